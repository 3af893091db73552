# SPDX-License-Identifier: EUPL-1.2
"""What becomes of referrals when a person or an organization goes: nobody is left waiting for who is gone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from scharnier.apps.people.models import Person
from scharnier.apps.referral import access, models, rows
from scharnier.apps.referral.services import _acting as acting
from scharnier.core import audit, referral
from scharnier.core.kernel import NetworkId, ReferralId, TurnId
from scharnier.core.referral import Part, State, Step

BUSY = [state.value for state in (State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD)]


def forget_person(person: Person, *, at: datetime) -> None:
    """Take the words of a person out of all referrals; call it in the transaction in which the person goes.

    Notes
    -----
    Identifiers stay, as in the log. A draft goes as a whole. What the person asked goes once it is over; till
    then others need it, and the coordinator acts in their place. Who waits for the person alone is told at
    once that nobody has it any more; a turn of an organization goes on without them.
    """
    _end_turns(person, at=at)
    sent = models.Referral.objects.filter(sender_person=person)
    sent.exclude(turns__requested_at__isnull=False).delete()
    over = sent.filter(over_at__isnull=False)
    models.Turn.objects.filter(referral__in=over).update(learned=None)
    over.update(text="", purpose="")
    said: tuple[QuerySet[models.Event] | QuerySet[models.Remark] | QuerySet[models.Feedback], ...] = (
        models.Event.objects.filter(by=person),
        models.Remark.objects.filter(by=person),
        models.Feedback.objects.filter(by=person),
    )
    for words in said:
        words.update(words="")


def unheld(network_id: NetworkId) -> QuerySet[models.Turn]:
    """Return the turns that run though whoever was asked has left the network, oldest first."""
    found = models.Turn.objects.filter(network_id=network_id, person__isnull=True, organization__isnull=True)
    return found.filter(state__in=[State.REQUESTED.value, *BUSY]).order_by("requested_at", "pk")


@transaction.atomic
def end_unheld(turn_id: TurnId, *, actor: audit.System, at: datetime) -> State:
    """End a turn that nobody has any more, and return where it stands.

    Raises
    ------
    TurnNotFound
    IllegalStep
        When it has ended.
    """
    held = access.hold_turn(turn_id, network_id=actor.network_id)
    acted = _end(held, held.turn(turn_id), by=actor, at=at)
    state = State(held.turn(turn_id).state)
    acting.record("referral.failed" if state is State.FAILED else "referral.lapsed", acted, at=at)
    return state


def _end_turns(person: Person, *, at: datetime) -> None:
    alone = models.Turn.objects.filter(person=person, organization__isnull=True)
    waiting = alone.filter(state__in=[State.REQUESTED.value, *BUSY]).order_by("referral_id", "pk")
    for turn_id, referral_id in waiting.values_list("pk", "referral_id"):
        network_id = NetworkId(person.network_id)
        held = access.hold(ReferralId(referral_id), network_id=network_id)
        _end(held, held.turn(TurnId(turn_id)), by=audit.System(network_id=network_id), at=at)


def _end(held: access.Held, turn: models.Turn, *, by: audit.System, at: datetime) -> acting.Acted:
    is_busy = turn.state in BUSY
    step, part = (Step.FAIL, Part.CANDIDATE) if is_busy else (Step.LAPSE, Part.CLOCK)
    chain = rows.chain_value(held.row, held.turns)
    ended = referral.take_step(chain, TurnId(turn.id), step, by=part, given="gone")
    turn.state = next(each.state for each in ended.turns if each.id == turn.id).value
    turn.moved_at, turn.until = at, None
    turn.ended_at = at if is_busy else None
    turn.save(update_fields=["state", "moved_at", "until", "ended_at"])
    acted = acting.Acted(held=held, by=by, part=part, turn=turn)
    acting.keep_event(acted, step, at=at)
    acting.settle(held, at=at)
    return acted
