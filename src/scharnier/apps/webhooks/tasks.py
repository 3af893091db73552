# SPDX-License-Identifier: EUPL-1.2
"""Background work on webhooks."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from scharnier.apps.webhooks import delivery, tidying
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import MOST_ATTEMPTS


@task(max_attempts=2 * MOST_ATTEMPTS)  # the delivery itself says when it is given up
def deliver(network_id: str, delivery_id: str) -> None:
    """Send one event to one webhook."""
    delivery.deliver(NetworkId(network_id), delivery_id)


@task
def tidy() -> None:
    """Give up what nobody is sending any more, and forget secrets that count no more."""
    tidying.give_up_lost(timezone.now())
    tidying.forget_old_secrets(timezone.now())
