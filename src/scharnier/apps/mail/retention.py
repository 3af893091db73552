# SPDX-License-Identifier: EUPL-1.2
"""Take the words and the address out of messages of a while ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from scharnier.apps import wall
from scharnier.apps.mail import models

KEPT_DAYS = 30
ENDED = (models.State.BOUNCED, models.State.UNKNOWN)


@wall.holding(wall.MAIL)
def erase_contents(*, at: datetime) -> int:
    """Erase what was sent, or ended otherwise, over 30 days ago; return of how many messages."""
    limit = at - timedelta(days=KEPT_DAYS)
    sent = Q(state=models.State.SENT, sent_at__lt=limit)
    ended = Q(state__in=ENDED, queued_at__lt=limit)
    old = models.Message.objects.filter(sent | ended, erased_at__isnull=True)
    return old.update(to="", subject="", text="", erased_at=at)
