# SPDX-License-Identifier: EUPL-1.2
"""Acts on one turn: one function for each step of the core's table; of two at once, one wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.referral import access, models, rows
from scharnier.apps.referral.services import _acting as acting
from scharnier.apps.referral.services._learning import learn
from scharnier.apps.referral.services._parties import find_named
from scharnier.core import audit, referral
from scharnier.core.kernel import Actor, Invalid, NetworkId, ReferralId, TurnId
from scharnier.core.referral import Given, Part, Step

CHANGED = (
    *("state", "moved_at", "requested_at", "answered_at", "ended_at", "reason", "until", "hours"),
    *("rather_person", "rather_organization"),
)
ENDED = {Step.DECLINE, Step.COMPLETE, Step.FAIL, Step.CANCEL, Step.VOID}


class DayPassed(Invalid):
    """The day to wait for lies behind, or is today."""

    code = "referral.day_passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Why a party says no, in a code and in words, and whom it names instead."""

    reason: referral.Reason
    words: str = ""  # needed with `OTHER`
    rather: referral.Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said with a step."""

    words: str = ""
    decline: Decline | None = None
    until: date | None = None
    hours: float | None = None


SILENT = Said()


@transaction.atomic
def send(turn_id: TurnId, *, actor: Actor | audit.System, on: date, at: datetime) -> None:
    """Ask the party of a draft; from now on it sees the referral (raises as `_take`).

    The system does so once an introduction was made that the draft waited for.
    """
    acting.record("referral.sent", _take(turn_id, Step.SEND, by=actor, on=on, at=at), at=at)


@transaction.atomic
def send_all(referral_id: ReferralId, *, actor: Actor, on: date, at: datetime) -> tuple[TurnId, ...]:
    """Ask every party of a referral that is still a draft; return their turns, none when all were asked.

    Raises
    ------
    ReferralNotFound, NotYourStep
    """
    held = acting.hold_whole(referral_id, actor=actor, on=on, step=Step.SEND).held
    drafts = tuple(TurnId(turn.id) for turn in held.turns if turn.state == referral.State.DRAFT)
    for turn_id in drafts:
        send(turn_id, actor=actor, on=on, at=at)
    return drafts


@transaction.atomic
def accept(turn_id: TurnId, *, actor: access.By, on: date, at: datetime) -> None:
    """Say yes, in person or for the organization that is asked (raises as `_take`)."""
    acting.record("referral.accepted", _take(turn_id, Step.ACCEPT, by=actor, on=on, at=at), at=at)


@transaction.atomic
def decline(turn_id: TurnId, said: Decline, *, actor: access.By, on: date, at: datetime) -> None:
    """Say no with a reason, and perhaps whom to go to rather (raises as `_take`, and what `find_named` does).

    Raises
    ------
    NothingGiven
        When the reason is another one and the words lack.
    """
    if said.reason is referral.Reason.OTHER and not said.words.strip():
        raise referral.NothingGiven(step=Step.DECLINE.value, given=Given.CAUSE.value)
    words = Said(words=said.words, decline=said)
    acted = _take(turn_id, Step.DECLINE, by=actor, on=on, at=at, said=words)
    acting.record("referral.declined", acted, at=at, facts={"reason": said.reason.value})


@transaction.atomic
def start(turn_id: TurnId, *, actor: access.By, on: date, at: datetime) -> None:
    """Say that it has begun (raises as `_take`)."""
    acting.record("referral.started", _take(turn_id, Step.START, by=actor, on=on, at=at), at=at)


@transaction.atomic
def pause(turn_id: TurnId, *, until: date, words: str = "", actor: access.By, on: date, at: datetime) -> None:
    """Say that it waits until a day to come (raises as `_take`).

    Raises
    ------
    DayPassed
    """
    if until <= on:
        raise DayPassed(until=until)
    acted = _take(turn_id, Step.PAUSE, by=actor, on=on, at=at, said=Said(words=words, until=until))
    acting.record("referral.paused", acted, at=at)


@transaction.atomic
def resume(turn_id: TurnId, *, actor: access.By, on: date, at: datetime) -> None:
    """Go on after a wait; the system does so on the day itself (raises as `_take`)."""
    acting.record("referral.resumed", _take(turn_id, Step.RESUME, by=actor, on=on, at=at), at=at)


@transaction.atomic
def complete(  # what was done, in what time
    turn_id: TurnId,
    *,
    result: str,
    hours: float | None = None,
    actor: access.By,
    on: date,
    at: datetime,
) -> None:
    """Say that it is done and what was done (raises as `_take`).

    Raises
    ------
    BadHandling
        With hours below nought.
    """
    if hours is not None and not 0 <= hours < float("inf"):
        raise referral.BadHandling(by="")
    acted = _take(turn_id, Step.COMPLETE, by=actor, on=on, at=at, said=Said(words=result, hours=hours))
    acting.record("referral.completed", acted, at=at)


@transaction.atomic
def fail(turn_id: TurnId, *, cause: str, actor: access.By, on: date, at: datetime) -> None:
    """Say that it did not work out, and why (raises as `_take`)."""
    acted = _take(turn_id, Step.FAIL, by=actor, on=on, at=at, said=Said(words=cause))
    acting.record("referral.failed", acted, at=at)


@transaction.atomic
def cancel(turn_id: TurnId, *, cause: str, actor: Actor, on: date, at: datetime) -> None:
    """Call it off, and say why (raises as `_take`)."""
    acted = _take(turn_id, Step.CANCEL, by=actor, on=on, at=at, said=Said(words=cause))
    acting.record("referral.cancelled", acted, at=at)


@transaction.atomic
def void(turn_id: TurnId, *, cause: str = "", actor: Actor, on: date, at: datetime) -> None:
    """Say that it should never have been there; why, unless it was never sent (raises as `_take`)."""
    acted = _take(turn_id, Step.VOID, by=actor, on=on, at=at, said=Said(words=cause))
    acting.record("referral.voided", acted, at=at)


@transaction.atomic
def lapse(turn_id: TurnId, *, actor: audit.System, on: date, at: datetime) -> None:
    """Note that no answer came in time; the sender finds the next party (raises as `_take`)."""
    acting.record("referral.lapsed", _take(turn_id, Step.LAPSE, by=actor, on=on, at=at), at=at)


def note_elsewhere(turn_id: TurnId, *, at: datetime | None) -> None:
    """Note when another system said that it works on a turn; None: it does not. In the act of the caller."""
    models.Turn.objects.filter(pk=turn_id).update(elsewhere_at=at)


@transaction.atomic
def climb(turn_id: TurnId, rung: referral.Rung, *, network_id: NetworkId, at: datetime) -> bool:
    """Note that a rung of the ladder was climbed; tell whether it was not yet, and the turn still waits.

    Raises
    ------
    TurnNotFound
    """
    held = access.hold_turn(turn_id, network_id=network_id)
    turn = held.turn(turn_id)
    if turn.state != referral.State.REQUESTED or rung.value in turn.climbed:
        return False
    turn.climbed = [*turn.climbed, rung.value]
    turn.is_with_coordinator |= rung is referral.Rung.COORDINATOR
    turn.save(update_fields=["climbed", "is_with_coordinator"])
    by = audit.System(network_id=network_id)
    acted = acting.Acted(held=held, by=by, part=Part.CLOCK, turn=turn)
    acting.record("referral.reminded", acted, at=at, facts={"rung": rung.value})
    return True


def _take(  # who does what when, and what is said with it
    turn_id: TurnId, step: Step, *, by: access.By, on: date, at: datetime, said: Said = SILENT
) -> acting.Acted:
    """Take a step and store what came of it.

    Raises
    ------
    TurnNotFound
        Also when it is not for this actor to know of.
    IllegalStep
        Also when somebody else was first.
    NotYourStep
    NothingGiven
    TextTooLong, PersonalDataFound, EmptyText
    """
    acting.check_words(said.words)
    held = access.hold_turn(turn_id, network_id=by.network_id)
    turn = held.turn(turn_id)
    if not access.is_turn_seen(turn, held=held, by=by, on=on):
        raise referral.TurnNotFound(turn_id=turn_id)
    part = _part(held, turn, step, by=by, on=on)
    chain = rows.chain_value(held.row, held.turns)
    taken = referral.take_step(chain, turn_id, step, by=part, given=_given(turn, step, said))
    turn.state = next(each.state for each in taken.turns if each.id == turn_id).value
    at = max(at, turn.moved_at)  # the clocks of two servers may differ
    _stamp(turn, step, said, at=at)
    if said.decline and said.decline.rather:
        rather = find_named(said.decline.rather, by=by, on=on)
        turn.rather_person, turn.rather_organization = rather.person, rather.organization
    turn.save(update_fields=CHANGED)
    acted = acting.Acted(held=held, by=by, part=part, turn=turn)
    acting.keep_event(acted, step, at=at, words=said.words)
    acting.settle(held, at=at)
    learn(held, turn, step, on=on)
    return acted


def _part(held: access.Held, turn: models.Turn, step: Step, *, by: access.By, on: date) -> Part:
    """Return in what capacity somebody takes a step: one that may, where there is one."""
    parts = access.parts_in(held, by=by, on=on, turn=turn)
    state = referral.State(turn.state)
    able = [part for part in parts if step in referral.steps_for(state, part)]
    if not parts:
        raise referral.NotYourStep(state=turn.state, step=step.value, part="")
    return able[0] if able else parts[0]


def _given(turn: models.Turn, step: Step, said: Said) -> object:
    """Return what the core asks to be said with a step."""
    needed = referral.what_to_give(referral.State(turn.state), step)
    if needed is Given.REASON:
        return said.decline.reason if said.decline else None
    return said.until if needed is Given.UNTIL else said.words


def _stamp(turn: models.Turn, step: Step, said: Said, *, at: datetime) -> None:
    turn.moved_at = at
    if step is Step.SEND:
        turn.requested_at = at
    if step in (Step.ACCEPT, Step.DECLINE):
        turn.answered_at = at
    if step in ENDED:
        turn.ended_at = at
    if said.decline:
        turn.reason = said.decline.reason.value
    turn.until = said.until if step is Step.PAUSE else None
    if step is Step.COMPLETE:
        turn.hours = said.hours
