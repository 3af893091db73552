# SPDX-License-Identifier: EUPL-1.2
"""What other systems are told of acts on referrals: identifiers, never who or what was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from scharnier.apps.referral import models
from scharnier.apps.webhooks import services as webhooks
from scharnier.core.kernel import NetworkId
from scharnier.core.referral import About
from scharnier.core.webhooks import Event

EVENTS: Mapping[str, Event] = {  # act of the log -> what is announced; the others are for those who take part
    "referral.sent": Event.REFERRAL_REQUESTED,
    "referral.accepted": Event.REFERRAL_ACCEPTED,
    "referral.declined": Event.REFERRAL_REJECTED,
    "referral.lapsed": Event.REFERRAL_UNANSWERED,
    "referral.started": Event.REFERRAL_IN_PROGRESS,
    "referral.resumed": Event.REFERRAL_IN_PROGRESS,
    "referral.paused": Event.REFERRAL_ON_HOLD,
    "referral.completed": Event.REFERRAL_COMPLETED,
    "referral.failed": Event.REFERRAL_FAILED,
    "referral.cancelled": Event.REFERRAL_CANCELLED,
    "referral.outcome_told": Event.REFERRAL_OUTCOME_TOLD,
}


def announce(act: str, row: models.Referral, turn: models.Turn | None, *, at: datetime) -> None:
    """Have other systems told of an act, once it commits; of a resident not where they live."""
    event = EVENTS.get(act)
    if event is None:
        return
    facts = _facts_of(turn) if turn is not None else {}
    if row.area is not None and row.about != About.RESIDENT:
        facts["area"] = row.area.text_id
    webhooks.publish(event, network_id=NetworkId(row.network_id), object_id=row.id, at=at, facts=facts)


def _facts_of(turn: models.Turn) -> dict[str, str]:
    facts = {"turn": turn.id, "round": str(turn.round), "reason": turn.reason}
    if turn.organization is not None:
        facts["organization"] = turn.organization.text_id
    if turn.service is not None:
        facts["service"] = turn.service.text_id
    return {name: value for name, value in facts.items() if value}
