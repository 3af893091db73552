# SPDX-License-Identifier: EUPL-1.2
"""Webhooks: what another system is told, where it may be told so, and when we stop trying."""

from scharnier.core.webhooks._addresses import BadAddress, ForbiddenAddress, check_address, is_reachable
from scharnier.core.webhooks._events import FACTS, OFFERED, Announcement, Event, InvalidAnnouncement
from scharnier.core.webhooks._limits import (
    FAILS_FOR,
    MOST_ATTEMPTS,
    MOST_WEBHOOKS,
    OLD_SECRET_LASTS,
    SAID_GONE,
    is_given_up,
    is_switched_off,
    is_taken,
)

__all__ = [
    "FACTS",
    "FAILS_FOR",
    "MOST_ATTEMPTS",
    "MOST_WEBHOOKS",
    "OFFERED",
    "OLD_SECRET_LASTS",
    "SAID_GONE",
    "Announcement",
    "BadAddress",
    "Event",
    "ForbiddenAddress",
    "InvalidAnnouncement",
    "check_address",
    "is_given_up",
    "is_reachable",
    "is_switched_off",
    "is_taken",
]
