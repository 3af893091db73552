# SPDX-License-Identifier: EUPL-1.2
"""Acts on the life of a situation: a step, and who leads it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Organization, Person
from scharnier.apps.situations import doers, models
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _closing as closing
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import Actor, InvitationId, OrganizationId, PersonId, SituationId
from scharnier.core.situations import Capacity, Event, State, Step

LEADING: Final = (Capacity.OWNER, Capacity.COORDINATOR, Capacity.PARTNER, Capacity.CLOCK)


@transaction.atomic
def take_step(
    situation_id: SituationId, step: Step, *, said: str = "", actor: acting.By, on: date, at: datetime
) -> State:
    """Take a step in the life of a situation, and return where it stands now.

    Raises
    ------
    SituationNotFound
    StepClosed, StepOfOthers, NothingSaid
    NotReady
        Facts: `lacks`, what has to be there first.
    EmptyText, TextTooLong, PersonalDataFound
        Of what is said.
    """
    acted = acting.hold(situation_id, by=actor)
    value = situations.take_step(acted.value, step, by=capacity_for(acted, step), on=on, said=said)
    row = acted.row
    acting.store_head(row, value, on=on)
    if step in {Step.RESUME, Step.REOPEN}:
        row.evaluations.update(is_earlier=True)
        row.scores.all().delete()
        row.rechecks.all().delete()
        models.Result.objects.filter(network_id=row.network_id, situation_id=row.id).delete()
    if value.state is State.CLOSED:
        for recheck in value.rechecks:
            models.Recheck.objects.create(network_id=row.network_id, situation=row, due=recheck.due)
    if value.state in situations.ENDED:
        closing.keep_result(row, value, on=on)
    acting.tell(acted, Event.STEP, at=at, what=step.value)
    acting.record("situation.stepped", acted, at=at, facts={"step": step.value, "state": value.state.value})
    return value.state


def capacity_for(acted: acting.Acted, step: Step) -> Capacity:
    """Return in what capacity somebody takes a step: the first that it is open to, else any they have.

    Raises
    ------
    StepClosed
    """
    open_to = situations.find_move(acted.value.state, step).by
    has = [each for each in LEADING if each in acted.capacities]
    return next((each for each in has if each in open_to), has[0])


@transaction.atomic
def pass_lead(  # to whom, and by whom
    situation_id: SituationId,
    organization_id: OrganizationId,
    *,
    person_id: PersonId | None = None,
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    """Let another organization lead a situation, or another person of the same.

    Raises
    ------
    SituationNotFound
    StepOfOthers
        Who leads passes it on, and a coordinator does; where nobody leads, a partner takes it up itself.
    NotInCoalition
        Nobody leads who did not say yes.
    PersonNotFound
        Also when the person has no role there.
    """
    acted = acting.hold(situation_id, by=actor)
    _check_may_pass(acted, organization_id, actor=actor)
    person = _leader(person_id, organization_id, actor=actor, on=on)
    lead = situations.Lead(organization_id=organization_id, person_id=PersonId(person.text_id))
    value = situations.pass_lead(acted.value, lead, invitation_id=InvitationId(working.new_id()), on=on)
    _store_lead(acted.row, value, person)
    acting.tell(acted, Event.STEP, at=at, what=acting.LEAD_PASSED, subject_id=organization_id)
    acting.record("situation.lead_passed", acted, at=at, facts={"organization": organization_id})


def _check_may_pass(acted: acting.Acted, organization_id: OrganizationId, *, actor: Actor) -> None:
    value = acted.value
    is_own = organization_id in actor.acts_for
    takes_up = value.owner_id is None and is_own and Capacity.PARTNER in acted.capacities
    if not takes_up and not {Capacity.OWNER, Capacity.COORDINATOR} & acted.capacities:
        raise situations.StepOfOthers(step="pass_lead", state=value.state.value, capacity="")
    if value.state in situations.ENDED:
        raise situations.StepClosed(step="pass_lead", state=value.state.value)
    if organization_id not in value.coalition and not (is_own and takes_up):
        raise situations.NotInCoalition


def _leader(person_id: PersonId | None, organization_id: OrganizationId, *, actor: Actor, on: date) -> Person:
    """Return who leads: the person named, else the actor, when they have a role there.

    Raises
    ------
    PersonNotFound
    """
    wanted = person_id or PersonId(actor.person_id)
    roles = doers.roles_in([organization_id], actor=actor, on=on)
    found = people.persons(actor, on=on).filter(text_id=wanted, pk__in=roles.values("person_id"))
    row = found.select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise people.PersonNotFound(person_id=wanted)
    return row


def _store_lead(row: models.Situation, value: situations.Situation, person: Person) -> None:
    places = row.invitations.count()
    known = set(row.invitations.values_list("pk", flat=True))
    for each in value.invitations:
        if each.id not in known:
            former = row.owner
            models.Invitation.objects.create(
                id=each.id,
                network_id=row.network_id,
                situation=row,
                organization=former,
                organization_text_id=each.organization_id,
                organization_name=row.owner_name,
                invited_on=each.invited_on,
                state=each.state.value,
                changed_on=each.changed_on,
                place=places,
            )
    owner = Organization.objects.get(network_id=row.network_id, text_id=value.owner_id)
    row.owner, row.owner_text_id, row.owner_name = owner, owner.text_id, owner.name
    row.lead, row.lead_text_id = person, person.text_id
    row.save(update_fields=["owner", "owner_text_id", "owner_name", "lead", "lead_text_id"])
