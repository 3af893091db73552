# SPDX-License-Identifier: EUPL-1.2
"""A referral in each state it can be in, by the acts of those who bring it there."""

from __future__ import annotations

from datetime import timedelta

from scharnier.apps.referral import services
from scharnier.core.referral import Reason, State
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import CLOCK, KAREL, NOOR

FRIDAY = DAY + timedelta(days=5)
SAYS = {
    "accept": {},
    "decline": {"said": services.Decline(reason=Reason.NOT_MY_REMIT)},
    "start": {},
    "pause": {"until": FRIDAY},
    "resume": {},
    "complete": {"result": "We spraken met beiden."},
    "fail": {"cause": "Niemand deed open."},
    "cancel": {"cause": "Het loste zich vanzelf op."},
    "void": {"cause": "Dubbel gestuurd."},
    "lapse": {},
}
WAYS = {  # to each state, from a turn that was sent
    State.REQUESTED: [],
    State.UNANSWERED: [("lapse", CLOCK)],
    State.ACCEPTED: [("accept", KAREL)],
    State.REJECTED: [("decline", KAREL)],
    State.IN_PROGRESS: [("accept", KAREL), ("start", KAREL)],
    State.ON_HOLD: [("accept", KAREL), ("pause", KAREL)],
    State.COMPLETED: [("accept", KAREL), ("complete", KAREL)],
    State.FAILED: [("accept", KAREL), ("fail", KAREL)],
    State.CANCELLED: [("cancel", NOOR)],
    State.ENTERED_IN_ERROR: [("void", NOOR)],
}


def take(turn_id, step, actor, *, at=NOON, **says):
    words = {**SAYS[step], **says}
    said = [words.pop("said")] if "said" in words else []
    getattr(services, step)(turn_id, *said, **words, actor=actor, on=DAY, at=at)


def a_turn_in(state):
    turn_id = scenes.a_turn()
    for step, actor in WAYS[state]:
        take(turn_id, step, actor)
    assert scenes.row(turn_id).state == state
    return turn_id
