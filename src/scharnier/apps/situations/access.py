# SPDX-License-Identifier: EUPL-1.2
"""The only way to a situation on behalf of someone, as the policy allows: for who takes part."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.situations import models, rows
from scharnier.core import policy, situations
from scharnier.core.kernel import Actor, NotAllowed, NotFound, OrganizationId, SituationId

ACCEPTED = situations.InvitationState.ACCEPTED.value
TO_ANSWER = (situations.InvitationState.INVITED.value, situations.InvitationState.LAPSED.value)


class SituationNotFound(NotFound):
    """No such situation, or none that this actor may know of."""

    code = "situations.not_found"


class MonthNotFound(NotFound):
    """There is no map of that month, or none for this actor."""

    code = "situations.month_not_found"


class MayNotBegin(NotAllowed):
    """The actor acts for no organization and is no coordinator."""

    code = "situations.may_not_begin"


def may_begin(actor: Actor, *, on: date) -> bool:
    """Tell whether somebody may begin a situation, for one of their organizations or as a coordinator."""
    things = [
        policy.Thing(kind=policy.Kind.SITUATION, network_id=actor.network_id, organization_id=organization_id)
        for organization_id in (*sorted(actor.acts_for), None)
    ]
    return any(policy.allow(actor, policy.Act.CREATE, thing, at=on) for thing in things)


def check_may_begin(actor: Actor, *, on: date, organization_id: OrganizationId | None = None) -> None:
    """Let those pass who may begin a situation for an organization, or for none.

    Raises
    ------
    MayNotBegin
    """
    thing = policy.Thing(
        kind=policy.Kind.SITUATION, network_id=actor.network_id, organization_id=organization_id
    )
    if not policy.allow(actor, policy.Act.CREATE, thing, at=on):
        raise MayNotBegin(role=actor.role.value)


def is_member(actor: Actor) -> bool:
    """Tell whether somebody's role does anything in situations: takes part, or mends."""
    acts = (policy.Act.CHANGE, policy.Act.MEND)
    return any(policy.conditions_for(actor.role, act, policy.Kind.SITUATION) for act in acts)


def may_mend(actor: Actor) -> bool:
    """Tell whether somebody mends situations of others, as a coordinator does."""
    return bool(policy.conditions_for(actor.role, policy.Act.MEND, policy.Kind.SITUATION))


def knows_of_others(actor: Actor) -> bool:
    """Tell whether somebody's role may know that there are situations, if only some of them."""
    return bool(policy.conditions_for(actor.role, policy.Act.SEE, policy.Kind.SITUATION_FIGURES))


def knows_of_all(actor: Actor) -> bool:
    """Tell whether somebody may know of each situation that it is there: they keep watch, or count."""
    sees = policy.conditions_for(actor.role, policy.Act.SEE, policy.Kind.SITUATION_FIGURES)
    return policy.Condition.ALWAYS in sees


def check_may_begin_any(actor: Actor, *, on: date) -> None:
    """Let those pass who may begin a situation, for whichever organization or for none.

    Raises
    ------
    MayNotBegin
    """
    if not may_begin(actor, on=on):
        raise MayNotBegin(role=actor.role.value)


def takes_part(actor: Actor) -> Q:
    """Return the condition that an organization takes part that the actor acts for."""
    own = sorted(actor.acts_for)
    accepted = models.Invitation.objects.filter(
        situation=OuterRef("pk"), state=ACCEPTED, organization__text_id__in=own
    )
    bundled = models.BundlePartner.objects.filter(situation=OuterRef("pk"), organization__text_id__in=own)
    in_bundle = Q(state=situations.State.SIGNAL_BUNDLE.value) & Exists(bundled)
    return Q(owner__text_id__in=own) | Exists(accepted) | in_bundle


def is_asked(actor: Actor) -> Exists:
    """Return the condition that an organization is asked to take part that the actor acts for."""
    own = sorted(actor.acts_for)
    asked = models.Invitation.objects.filter(
        situation=OuterRef("pk"), state__in=TO_ANSWER, organization__text_id__in=own
    )
    return Exists(asked)


def seen(actor: Actor) -> QuerySet[models.Situation]:
    """Return the situations that the actor reads whole, as one of the coalition."""
    meaning: people.Meaning = {policy.Condition.IN_COALITION: takes_part(actor)}
    allowed = people.allowed(actor, policy.Act.SEE, policy.Kind.SITUATION, meaning=meaning)
    return models.Situation.objects.filter(allowed, network_id=actor.network_id)


def figures(actor: Actor) -> QuerySet[models.Situation]:
    """Return the situations of which the actor may know that they are there, in what phase, in bands."""
    meaning: people.Meaning = {
        policy.Condition.IN_COALITION: takes_part(actor),
        policy.Condition.FOR_ASKED: Q(is_asked(actor)),
    }
    allowed = people.allowed(actor, policy.Act.SEE, policy.Kind.SITUATION_FIGURES, meaning=meaning)
    return models.Situation.objects.filter(allowed, network_id=actor.network_id)


def reads(value: situations.Situation, actor: Actor, *, on: date) -> bool:
    """Tell of a value whether the actor reads it whole, as `seen` does of rows."""
    is_bundle = value.state is situations.State.SIGNAL_BUNDLE
    thing = policy.Thing(
        kind=policy.Kind.SITUATION,
        network_id=value.network_id,
        coalition_ids=value.coalition | (value.signal_partner_ids if is_bundle else frozenset()),
    )
    return policy.allow(actor, policy.Act.SEE, thing, at=on)


def situation_row(situation_id: SituationId, *, actor: Actor) -> models.Situation:
    """Return one situation that the actor reads whole, with all that belongs to it.

    Raises
    ------
    SituationNotFound
    """
    row = rows.with_all(seen(actor)).filter(pk=situation_id).first()
    if row is None:
        raise SituationNotFound(situation_id=situation_id)
    return row


def hold(situation_id: SituationId, *, network_id: str) -> models.Situation:
    """Return a situation with all that belongs to it, locked until the transaction ends; first of all locks.

    Whose it is, the caller asks afterwards.

    Raises
    ------
    SituationNotFound
    """
    found = models.Situation.objects.filter(pk=situation_id, network_id=network_id)
    if found.select_for_update(of=("self",)).values_list("pk", flat=True).first() is None:
        raise SituationNotFound(situation_id=situation_id)
    return rows.with_all(found).get()


def hold_all_of(person_pk: int) -> None:
    """Lock every situation that a person leads or has something to do in, or did, before the person."""
    concerned = Q(lead_id=person_pk) | Q(actions__person_id=person_pk) | Q(story__by_id=person_pk)
    ids = models.Situation.objects.filter(concerned).values_list("pk", flat=True).distinct()
    found = models.Situation.objects.select_for_update().filter(pk__in=sorted(ids))
    list(found.order_by("pk").values("pk"))


def own_rooms(row: models.Situation, *, actor: Actor) -> QuerySet[models.Room]:
    """Return the private rooms of a situation that the actor may change: those of their organizations."""
    meaning: people.Meaning = {policy.Condition.ON_BEHALF: Q(source_text_id__in=sorted(actor.acts_for))}
    allowed = people.allowed(actor, policy.Act.CHANGE, policy.Kind.SITUATION_PART, meaning=meaning)
    return row.rooms.filter(allowed)


def concerning(actor: Actor) -> QuerySet[models.Situation]:
    """Return what may wait for the actor: what goes on, and what was closed and is looked at again."""
    return rows.with_waiting(figures(actor).filter(_waits()).order_by("pk"))


def asking(actor: Actor) -> QuerySet[models.Invitation]:
    """Return the invitations to organizations that the actor acts for, which wait for an answer."""
    own = sorted(actor.acts_for)
    meaning: people.Meaning = {
        policy.Condition.FOR_ASKED: Q(organization__text_id__in=own),
    }
    allowed = people.allowed(actor, policy.Act.HANDLE, policy.Kind.SITUATION_INVITATION, meaning=meaning)
    found = models.Invitation.objects.filter(allowed, network_id=actor.network_id, state__in=TO_ANSWER)
    going_on = found.exclude(situation__state__in=[state.value for state in situations.ENDED])
    return going_on.select_related("situation", "organization").order_by("invited_on", "pk")


def own_invitations(actor: Actor) -> QuerySet[models.Invitation]:
    """Return what organizations that the actor acts for were asked, however it stands now, latest first."""
    own = Q(organization__text_id__in=sorted(actor.acts_for))
    meaning: people.Meaning = {
        policy.Condition.FOR_ASKED: own,
        policy.Condition.IN_COALITION: Q(situation__in=seen(actor).values("pk")),
    }
    allowed = people.allowed(actor, policy.Act.SEE, policy.Kind.SITUATION_INVITATION, meaning=meaning)
    return models.Invitation.objects.filter(own & allowed, network_id=actor.network_id).order_by("-place")


def map_months(actor: Actor) -> QuerySet[models.MapMonth]:
    """Return the months of which the actor may see the map, latest first."""
    allowed = people.allowed(actor, policy.Act.SEE, policy.Kind.SIGNAL_BANDS, meaning={})
    found = models.MapMonth.objects.filter(allowed, network_id=actor.network_id)
    return found.order_by("-first_day")


def partners_of(network_id: str) -> QuerySet[models.Situation, str]:
    """Return the organizations for which something may wait in the situations of a network, by identifier."""
    going_on = models.Situation.objects.filter(network_id=network_id).filter(_waits())
    leading = going_on.values_list("owner_text_id", flat=True)
    invited = models.Invitation.objects.filter(situation__in=going_on.values("pk"))
    return leading.union(
        invited.values_list("organization_text_id", flat=True),
        models.Action.objects.filter(situation__in=going_on.values("pk")).values_list(
            "organization_text_id", flat=True
        ),
    )


def _waits() -> Q:
    """Return the condition that a situation goes on, or was closed and is looked at again."""
    going_on = ~Q(state__in=[state.value for state in situations.ENDED])
    again = models.Recheck.objects.filter(situation=OuterRef("pk"), done_on__isnull=True)
    return going_on | Q(Q(state=situations.State.CLOSED.value) & Exists(again))
