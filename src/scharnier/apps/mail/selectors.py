# SPDX-License-Identifier: EUPL-1.2
"""Look at outgoing mail: what did not arrive, without what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scharnier.apps import wall
from scharnier.apps.mail import models

ARRIVED = (models.State.SENT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A message that waits, bounced, or of which nobody knows whether it went."""

    id: str
    template: str
    state: str
    code: str
    queued_at: datetime


@wall.holding(wall.MAIL)
def undelivered() -> tuple[Undelivered, ...]:
    """Return the messages that did not go, oldest first."""
    rows = models.Message.objects.exclude(state__in=ARRIVED).order_by("queued_at", "id")
    return tuple(
        Undelivered(id=row.id, template=row.template, state=row.state, code=row.code, queued_at=row.queued_at)
        for row in rows
    )
