# SPDX-License-Identifier: EUPL-1.2
"""What waits for whom: the oldest promise first, in parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db.models import F, Q, Value

from scharnier.apps.people import access as people
from scharnier.apps.referral import access, models, rows
from scharnier.apps.referral.selectors import _lines as lines
from scharnier.core import policy, referral
from scharnier.core.kernel import Actor, ReferralId, TurnId
from scharnier.core.referral import Awaited, Part, State

WITH_CANDIDATE = [
    state.value for state in (State.REQUESTED, State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD)
]
Keys = tuple[str, str]  # a referral and a turn of it; without a turn the whole


class Whose(StrEnum):
    """For whom something waits."""

    MINE = "mine"
    ORGANIZATIONS = "organizations"  # for those that the actor acts for, without the actor's own
    NETWORK = "network"  # for a sender who has gone, or silent for so long that the coordinator heard of it


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One thing that waits, and since when."""

    referral_id: ReferralId
    turn_id: TurnId | None  # None: the whole referral waits
    part: Part  # who has to do it
    awaited: Awaited
    since: datetime
    until: date | None
    text: str
    sender: lines.Named
    party: lines.Named | None  # who is asked; None: the whole referral waits


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """A part of what waits, the oldest promise first."""

    lines: tuple[WorkLine, ...]
    total: int  # on all pages


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToIntroduce:
    """Somebody would like to meet somebody, because of something; nothing else of the referral."""

    pk: int
    asker: lines.Named
    party: lines.Named
    because: str
    asked_at: datetime


def work_list(actor: Actor, *, whose: Whose = Whose.MINE, first: int = 0, most: int = 50) -> WorkPage:
    """Return what waits for the actor, their organizations or the network, from a position on.

    Without the role of a coordinator nothing waits for the network.
    """
    turn_q, whole_q = _conditions(actor, whose)
    of_network = {"network_id": actor.network_id}
    turns = models.Turn.objects.filter(turn_q, **of_network).annotate(since=F("moved_at"), one=F("id"))
    wholes = models.Referral.objects.filter(whole_q, **of_network).exclude(awaited="")
    found = (
        turns.order_by()
        .values_list("since", "referral_id", "one")
        .union(
            wholes.annotate(since=F("moved_at"), one=Value("")).values_list("since", "id", "one"),
            all=True,
        )
        .order_by("since", "referral_id", "one")
    )
    keys = [(referral_id, turn_id) for _, referral_id, turn_id in found[first : first + most]]
    return WorkPage(lines=tuple(_read(keys)), total=found.count())


def has_work(actor: Actor) -> bool:
    """Tell whether anything waits for the actor in person, or for the organizations they act for."""
    if access.introductions(actor).exists():
        return True
    return any(work_list(actor, whose=whose, most=1).total for whose in (Whose.MINE, Whose.ORGANIZATIONS))


def introductions_to_make(actor: Actor) -> tuple[AskedToIntroduce, ...]:
    """Return the introductions that wait for the actor's yes, no or later, oldest first."""
    return tuple(
        AskedToIntroduce(
            pk=row.pk,
            asker=lines.sender_of(row.turn.referral),
            party=lines.name_of(row.turn.person),
            because=row.turn.referral.text,
            asked_at=row.asked_at,
        )
        for row in access.introductions(actor)
    )


def _conditions(actor: Actor, whose: Whose) -> tuple[Q, Q]:
    """Return which turns and which whole referrals wait."""
    is_with_candidate = Q(state__in=WITH_CANDIDATE)
    is_draft = Q(state=State.DRAFT.value)
    if whose is Whose.ORGANIZATIONS:
        theirs = access.asked_of_organizations(actor) & ~Q(person_text_id=actor.person_id)
        return is_with_candidate & theirs, people.NOTHING
    if whose is Whose.NETWORK:
        may = policy.conditions_for(actor.role, policy.Act.MEND, policy.Kind.REFERRAL)
        if not may:
            return people.NOTHING, people.NOTHING
        silent = Q(state=State.REQUESTED.value, is_with_coordinator=True)
        return silent | (is_draft & access.is_orphaned(path="referral__")), access.is_orphaned()
    mine = is_with_candidate & access.asked_of(actor)
    drafts = is_draft & access.sent_by(actor, path="referral__")
    return mine | drafts, access.sent_by(actor)


def _read(keys: Sequence[Keys]) -> Iterator[WorkLine]:
    """Yield the lines of what was found, in that order."""
    wanted = [turn_id for _, turn_id in keys if turn_id]
    related = ("referral__sender_person", "referral__sender_organization", "person", "organization")
    turns = models.Turn.objects.filter(pk__in=wanted).select_related(*related, "community").in_bulk()
    whole = [referral_id for referral_id, turn_id in keys if not turn_id]
    senders = ("sender_person", "sender_organization")
    referrals: Mapping[str, models.Referral] = (
        models.Referral.objects.filter(pk__in=whole).select_related(*senders).in_bulk()
    )
    for referral_id, turn_id in keys:
        if turn_id and turn_id in turns:
            yield _line_of_turn(turns[turn_id])
        elif referral_id in referrals:
            yield _line_of_whole(referrals[referral_id])


def _line_of_turn(turn: models.Turn) -> WorkLine:
    alone = referral.Chain(turns=(replace(rows.turn_value(turn), round=1),))
    wait = referral.waits(alone)[0]
    return WorkLine(
        referral_id=ReferralId(turn.referral_id),
        turn_id=TurnId(turn.id),
        part=wait.part,
        awaited=wait.awaited,
        since=turn.moved_at,
        until=turn.until,
        text=turn.referral.text,
        sender=lines.sender_of(turn.referral),
        party=lines.candidate_of(turn),
    )


def _line_of_whole(row: models.Referral) -> WorkLine:
    return WorkLine(
        referral_id=ReferralId(row.id),
        turn_id=None,
        part=Part.SENDER,
        awaited=Awaited(row.awaited),
        since=row.moved_at,
        until=None,
        text=row.text,
        sender=lines.sender_of(row),
        party=None,
    )
