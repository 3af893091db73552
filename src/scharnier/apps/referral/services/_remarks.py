# SPDX-License-Identifier: EUPL-1.2
"""A question of who is asked, and the answer of who sent it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.referral import access, models
from scharnier.apps.referral.services import _acting as acting
from scharnier.core import referral
from scharnier.core.kernel import Actor, TurnId
from scharnier.core.referral import Part, State

SPEAKERS = (Part.CANDIDATE, Part.SENDER)
SPOKEN_OF = {
    State.REQUESTED,
    State.UNANSWERED,
    State.ACCEPTED,
    State.IN_PROGRESS,
    State.ON_HOLD,
}


@transaction.atomic
def remark(turn_id: TurnId, *, words: str, actor: Actor | access.TurnLink, on: date, at: datetime) -> None:
    """Ask the sender something about a turn, or answer as the sender; nothing else changes by it.

    Raises
    ------
    TurnNotFound
    NotYourStep
    ReferralOver
        When the turn has ended, or was not sent.
    EmptyText, TextTooLong, PersonalDataFound
    """
    acting.check_words(words, is_needed=True)
    held = access.hold_turn(turn_id, network_id=actor.network_id)
    turn = held.turn(turn_id)
    if not access.is_turn_seen(turn, held=held, by=actor, on=on):
        raise referral.TurnNotFound(turn_id=turn_id)
    parts = [part for part in access.parts_in(held, by=actor, on=on, turn=turn) if part in SPEAKERS]
    if not parts:
        raise referral.NotYourStep(state=turn.state, step="remark", part="")
    if turn.state not in SPOKEN_OF:
        raise acting.ReferralOver
    acted = acting.Acted(held=held, by=actor, part=parts[0], turn=turn)
    person = acting.person_of(actor)
    models.Remark.objects.create(
        network_id=held.row.network_id,
        turn=turn,
        at=at,
        by=person,
        by_text_id=person.text_id if person else "",
        part=parts[0].value,
        words=words.strip(),
    )
    acting.record("referral.remarked", acted, at=at)
