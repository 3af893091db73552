# SPDX-License-Identifier: EUPL-1.2
"""The closed list of what another system can be told, and one such thing: identifiers, never words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from scharnier.core.audit import is_identifier
from scharnier.core.kernel import Invalid, NetworkId


class InvalidAnnouncement(Invalid):
    """An announcement holds something that is no identifier, or a fact that is not on the list."""

    code = "webhooks.invalid_announcement"


class Event(StrEnum):
    """What can be announced; docs/reference/webhooks.md tells each."""

    REFERRAL_REQUESTED = "referral.requested"
    REFERRAL_ACCEPTED = "referral.accepted"
    REFERRAL_REJECTED = "referral.rejected"
    REFERRAL_UNANSWERED = "referral.unanswered"
    REFERRAL_IN_PROGRESS = "referral.in_progress"
    REFERRAL_ON_HOLD = "referral.on_hold"
    REFERRAL_COMPLETED = "referral.completed"
    REFERRAL_FAILED = "referral.failed"
    REFERRAL_CANCELLED = "referral.cancelled"
    REFERRAL_OUTCOME_TOLD = "referral.outcome_told"
    TEST = "webhook.test"  # asked for by who keeps the webhook


OFFERED: Final = tuple(event for event in Event if event is not Event.TEST)  # to choose from
FACTS: Final = frozenset(  # none is about a person
    {"area", "chain", "organization", "reason", "round", "service", "topic", "turn"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One thing that happened, as another system is told.

    Raises
    ------
    InvalidAnnouncement
        When a part is no identifier, a fact is not in FACTS, or the moment has no time zone.

    Examples
    --------
    >>> from datetime import UTC
    >>> Announcement(
    ...     event=Event.REFERRAL_ACCEPTED,
    ...     network_id=NetworkId("kruisveld"),
    ...     object_id="referral-7",
    ...     happened_at=datetime(2026, 3, 29, 12, tzinfo=UTC),
    ... ).event.value
    'referral.accepted'
    """

    event: Event
    network_id: NetworkId
    object_id: str  # of what it happened to
    happened_at: datetime  # aware
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.facts) - FACTS)
        named = all(map(is_identifier, (self.network_id, self.object_id, *self.facts.values())))
        if unknown or not named or self.happened_at.tzinfo is None:
            raise InvalidAnnouncement(event=self.event.value, unknown=tuple(unknown))
