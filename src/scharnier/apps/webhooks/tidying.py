# SPDX-License-Identifier: EUPL-1.2
"""What goes past all webhooks now and then: deliveries that lost their task, and secrets that ended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from scharnier.apps.people import selectors as people
from scharnier.apps.tasks.decisions import OPEN
from scharnier.apps.tasks.models import Task
from scharnier.apps.webhooks import models

LOST = "lost"


def give_up_lost(at: datetime) -> int:
    """Put deliveries on the list of the dead that wait while their task ended; return how many.

    So none waits for ever unseen, not even one whose worker was killed at every attempt.
    """
    return sum(_give_up_lost(network_id, at=at) for network_id in people.each_network())


@transaction.atomic
def _give_up_lost(network_id: str, *, at: datetime) -> int:
    found = models.Delivery.objects.filter(network_id=network_id, state=models.State.WAITING)
    waiting = dict(found.select_for_update().order_by("pk").values_list("id", "task_id"))
    open_ids = set(Task.objects.filter(id__in=waiting.values(), status__in=OPEN).values_list("id", flat=True))
    lost = [delivery_id for delivery_id, task_id in waiting.items() if task_id not in open_ids]
    return found.filter(id__in=lost).update(state=models.State.DEAD, error=LOST, done_at=at)


def forget_old_secrets(at: datetime) -> int:
    """Forget the secrets that were renewed longer ago than they count; return how many."""
    n_forgotten = 0
    for network_id in people.each_network():
        ended = models.Webhook.objects.filter(network_id=network_id, old_secret_until__lte=at)
        n_forgotten += ended.update(old_secret="", old_secret_until=None)
    return n_forgotten
