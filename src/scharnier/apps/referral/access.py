# SPDX-License-Identifier: EUPL-1.2
"""The only way to a referral, its turns and its introductions on behalf of someone, as the policy allows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Person
from scharnier.apps.referral import models
from scharnier.core import audit, policy, referral
from scharnier.core.kernel import (
    Actor,
    NetworkId,
    NotAllowed,
    NotFound,
    OrganizationId,
    PersonId,
    ReferralId,
    TurnId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLink:
    """Somebody without an account who holds a link to one turn; whoever made the link has checked it."""

    network_id: NetworkId
    turn_id: TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLink:
    """The one it was for, who holds a link to say whether it helped; whoever made the link has checked it."""

    network_id: NetworkId
    referral_id: ReferralId


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionLink:
    """Somebody without an account who holds a link to introduce; whoever made the link has checked it."""

    network_id: NetworkId
    introduction_pk: int
    person_id: PersonId


By: TypeAlias = Actor | TurnLink | audit.System  # who takes a step: the system is the clock

OF_WHOLE = ("area", "resident_group", "sender_person__account", "sender_organization")
PARTIES = ("person", "organization", "community", "service", "rather_person", "rather_organization")


class MayNotAsk(NotAllowed):
    """Whoever sees nobody in the network would get an answer that names nobody."""

    code = "referral.may_not_ask"


class MayNotRefer(NotAllowed):
    """The actor's role brings nothing to others."""

    code = "referral.may_not_refer"


class MayNotCount(NotAllowed):
    """The actor's role sees no figures of the network."""

    code = "referral.may_not_count"


class ReferralNotFound(NotFound):
    """No such referral, or none that this actor may know of."""

    code = "referral.not_found"


class IntroductionNotFound(NotFound):
    """No such introduction, or none that waits for this actor."""

    code = "referral.introduction_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A referral with all its turns, oldest first."""

    row: models.Referral
    turns: tuple[models.Turn, ...]

    def turn(self, turn_id: TurnId) -> models.Turn:
        """Return one of its turns.

        Raises
        ------
        TurnNotFound
        """
        for row in self.turns:
            if row.id == turn_id:
                return row
        raise referral.TurnNotFound(turn_id=turn_id)


def check_may_ask(actor: Actor, *, on: date) -> None:
    """Let those pass who may ask.

    Raises
    ------
    MayNotAsk
    """
    question = policy.Thing(kind=policy.Kind.QUESTION, network_id=actor.network_id)
    if not policy.allow(actor, policy.Act.CREATE, question, at=on):
        raise MayNotAsk(role=actor.role.value)


def may_refer(actor: Actor, *, on: date) -> bool:
    """Tell whether somebody may bring a need to others."""
    thing = policy.Thing(kind=policy.Kind.REFERRAL, network_id=actor.network_id)
    return policy.allow(actor, policy.Act.CREATE, thing, at=on)


def check_may_refer(actor: Actor, *, on: date) -> None:
    """Let those pass who may bring a need to others.

    Raises
    ------
    MayNotRefer
    """
    if not may_refer(actor, on=on):
        raise MayNotRefer(role=actor.role.value)


def check_may_count(actor: Actor, *, on: date) -> None:
    """Let those pass who may know how well referrals go.

    Raises
    ------
    MayNotCount
    """
    thing = policy.Thing(kind=policy.Kind.ADEQUACY, network_id=actor.network_id)
    if not policy.allow(actor, policy.Act.SEE, thing, at=on):
        raise MayNotCount(role=actor.role.value)


def over(actor: Actor) -> QuerySet[models.Referral]:
    """Return the referrals of the actor's network that are over, to count what came of them."""
    found = models.Referral.objects.filter(network_id=actor.network_id, over_at__isnull=False)
    turns = models.Turn.objects.select_related(*PARTIES)
    whole = found.select_related("area", "resident_group", "sender_organization")
    return whole.prefetch_related(Prefetch("turns", queryset=turns), "events", "feedback").order_by("pk")


def asked_of(actor: Actor) -> Q:
    """Return the condition that the actor in person is asked in a turn."""
    return Q(requested_at__isnull=False, person__isnull=False, person_text_id=actor.person_id)


def asked_of_organizations(actor: Actor) -> Q:
    """Return the condition that an organization is asked in a turn that the actor acts for."""
    return Q(requested_at__isnull=False, organization__text_id__in=sorted(actor.acts_for))


def sent_by(actor: Actor, *, path: str = "") -> Q:
    """Return the condition that the actor sent a referral."""
    return Q(**{f"{path}sender_person__isnull": False, f"{path}sender_text_id": actor.person_id})


def is_orphaned(*, path: str = "") -> Q:
    """Return the condition that nobody can sign in as who sent a referral."""
    is_gone = Q(**{f"{path}sender_person__isnull": True})
    return is_gone | Q(**{f"{path}sender_person__account__isnull": True})


def referrals(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Referral]:
    """Return the referrals that the actor may see, or do something else to."""
    of_this = models.Turn.objects.filter(referral=OuterRef("pk"))
    meaning: people.Meaning = {
        policy.Condition.SENT: sent_by(actor),
        policy.Condition.ASKED: Exists(of_this.filter(asked_of(actor))),
        policy.Condition.FOR_ASKED: Exists(of_this.filter(asked_of_organizations(actor))),
        policy.Condition.ORPHANED: is_orphaned(),
    }
    allowed = people.allowed(actor, act, policy.Kind.REFERRAL, meaning=meaning)
    found = models.Referral.objects.filter(allowed, network_id=actor.network_id)
    return found.select_related(*OF_WHOLE)


def turns(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Turn]:
    """Return the turns that the actor may see, or handle, oldest first.

    Notes
    -----
    Who is asked sees nothing of who else was: what others said in declining is for the sender.
    """
    meaning: people.Meaning = {
        policy.Condition.SENT: sent_by(actor, path="referral__"),
        policy.Condition.ASKED: asked_of(actor),
        policy.Condition.FOR_ASKED: asked_of_organizations(actor),
    }
    allowed = people.allowed(actor, act, policy.Kind.TURN, meaning=meaning)
    return in_order(models.Turn.objects.filter(allowed, network_id=actor.network_id))


def in_order(found: QuerySet[models.Turn]) -> QuerySet[models.Turn]:
    """Return turns oldest first, each with who is asked."""
    return found.select_related(*PARTIES).order_by("referral_id", "round", "place_in_round")


def referral_row(referral_id: ReferralId, *, actor: Actor) -> models.Referral:
    """Return one referral.

    Raises
    ------
    ReferralNotFound
    """
    row = referrals(actor).filter(pk=referral_id).first()
    if row is None:
        raise ReferralNotFound(referral_id=referral_id)
    return row


def hold(referral_id: ReferralId, *, network_id: NetworkId) -> Held:
    """Return a referral with its turns, locked until the transaction ends; first of all locks.

    Whose it is, the caller asks `parts_in` or `check_is_seen` afterwards.

    Raises
    ------
    ReferralNotFound
    """
    found = models.Referral.objects.select_for_update(of=("self",)).filter(network_id=network_id)
    row = found.select_related(*OF_WHOLE).filter(pk=referral_id).first()
    if row is None:
        raise ReferralNotFound(referral_id=referral_id)
    return Held(row=row, turns=tuple(in_order(models.Turn.objects.filter(referral=row))))


def hold_turn(turn_id: TurnId, *, network_id: NetworkId) -> Held:
    """Return the referral of a turn as `hold` does.

    Raises
    ------
    TurnNotFound
    """
    found = models.Turn.objects.filter(pk=turn_id, network_id=network_id)
    referral_id = found.values_list("referral_id", flat=True).first()
    if referral_id is None:
        raise referral.TurnNotFound(turn_id=turn_id)
    return hold(ReferralId(referral_id), network_id=network_id)


def hold_all_of(person_pk: int) -> None:
    """Lock every referral that a person sent, was asked in or said something in, before the person."""
    concerned = Q(sender_person_id=person_pk) | Q(turns__person_id=person_pk) | Q(events__by_id=person_pk)
    ids = models.Referral.objects.filter(concerned).values_list("pk", flat=True).distinct()
    list(models.Referral.objects.select_for_update().filter(pk__in=sorted(ids)).order_by("pk").values("pk"))


def parts_in(held: Held, *, by: By, on: date, turn: models.Turn | None = None) -> tuple[referral.Part, ...]:
    """Return in what capacities somebody can act on a referral, or on one of its turns.

    Who acts in the place of a sender who has gone does so as coordinator first.
    """
    if isinstance(by, audit.System):
        return (referral.Part.CLOCK,)
    if isinstance(by, TurnLink):
        is_theirs = turn is not None and turn.id == by.turn_id and turn.requested_at is not None
        return (referral.Part.CANDIDATE,) if is_theirs else ()
    return tuple(_parts_of_actor(held, actor=by, on=on, turn=turn))


def _parts_of_actor(
    held: Held, *, actor: Actor, on: date, turn: models.Turn | None
) -> Iterator[referral.Part]:
    whole = thing_of(held)
    if turn is not None:
        one = thing_of(Held(row=held.row, turns=(turn,)), kind=policy.Kind.TURN)
        if policy.allow(actor, policy.Act.HANDLE, one, at=on):
            yield referral.Part.CANDIDATE
    if policy.allow(actor, policy.Act.FOLLOW, whole, at=on):
        yield referral.Part.SENDER
    if policy.allow(actor, policy.Act.MEND, whole, at=on):
        yield from (referral.Part.COORDINATOR, referral.Part.SENDER)


def is_seen(held: Held, *, by: By, on: date) -> bool:
    """Tell whether somebody may know of a referral."""
    if isinstance(by, Actor):
        return policy.allow(by, policy.Act.SEE, thing_of(held), at=on)
    return isinstance(by, audit.System) or by.turn_id in {turn.id for turn in held.turns}


def is_turn_seen(turn: models.Turn, *, held: Held, by: By, on: date) -> bool:
    """Tell whether somebody may know of a turn."""
    if isinstance(by, Actor):
        one = thing_of(Held(row=held.row, turns=(turn,)), kind=policy.Kind.TURN)
        return policy.allow(by, policy.Act.SEE, one, at=on)
    return isinstance(by, audit.System) or by.turn_id == turn.id


def thing_of(held: Held, *, kind: policy.Kind = policy.Kind.REFERRAL) -> policy.Thing:
    """Return a referral, or one of its turns, as far as the policy needs to know it."""
    asked = [turn for turn in held.turns if turn.requested_at is not None]
    return policy.Thing(
        kind=kind,
        network_id=NetworkId(held.row.network_id),
        sender_id=PersonId(held.row.sender_text_id),
        is_orphaned=_has_gone(held.row.sender_person),
        asked_ids=frozenset(PersonId(turn.person_text_id) for turn in asked if turn.person_id is not None),
        asked_organization_ids=frozenset(
            OrganizationId(turn.organization.text_id) for turn in asked if turn.organization
        ),
    )


def _has_gone(person: Person | None) -> bool:
    return person is None or not hasattr(person, "account")


def introductions(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Introduction]:
    """Return the introductions that wait for the actor to say yes, no or later, oldest first."""
    first = Q(first__isnull=False, first_text_id=actor.person_id, n_yes=0)
    second = Q(second__isnull=False, second_text_id=actor.person_id, n_yes=1)
    meaning: people.Meaning = {policy.Condition.ASKED: (first | second) & Q(is_declined=False)}
    allowed = people.allowed(actor, act, policy.Kind.INTRODUCTION, meaning=meaning)
    found = models.Introduction.objects.filter(allowed, network_id=actor.network_id)
    related = ("turn__referral__sender_person", "turn__person", "first", "second")
    return found.select_related(*related).order_by("asked_at", "pk")


def introduction_for_update(introduction_pk: int, *, actor: Actor | IntroductionLink) -> models.Introduction:
    """Return an introduction that the actor was asked for, locked until the transaction ends.

    Raises
    ------
    IntroductionNotFound
        Also when somebody else is asked; what was answered before is found, to say so.
    """
    named = Q(first__isnull=False, first_text_id=actor.person_id)
    named |= Q(second__isnull=False, second_text_id=actor.person_id, n_yes__gte=1)
    if isinstance(actor, Actor):
        meaning: people.Meaning = {policy.Condition.ASKED: named}
        allowed = people.allowed(actor, policy.Act.HANDLE, policy.Kind.INTRODUCTION, meaning=meaning)
    else:
        allowed = named & Q(pk=actor.introduction_pk)
    found = models.Introduction.objects.select_for_update(of=("self",)).select_related("turn__referral")
    row = found.filter(allowed, network_id=actor.network_id, pk=introduction_pk).first()
    if row is None:
        raise IntroductionNotFound(introduction_id=introduction_pk)
    return row


def open_links(turn_ids: Collection[str]) -> QuerySet[models.Link]:
    """Return the links to turns that were not used or taken back; some may have run out.

    Those to introduce are there, used or not: that one was used may be a no, which the sender never hears.
    """
    found = models.Link.objects.filter(turn__in=turn_ids, revoked_at__isnull=True)
    return found.filter(Q(used_at__isnull=True) | Q(introduction__isnull=False))
