# SPDX-License-Identifier: EUPL-1.2
"""Background work of Open311: pass on to other systems, and ask them how it goes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from scharnier.apps.http import today
from scharnier.apps.open311 import following, models, passing
from scharnier.apps.people import selectors as people
from scharnier.apps.referral.letters import load_addresses
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import MOST_ATTEMPTS


@task(max_attempts=2 * MOST_ATTEMPTS)  # the passage itself says when it is given up
def pass_on(network_id: str, passage_id: str) -> None:
    """Post one report to one system."""
    load_addresses()
    passing.pass_on(NetworkId(network_id), passage_id)


@task
def find_new() -> None:
    """Find what organizations with a system of their own are asked, and have it posted."""
    load_addresses()
    for network_id in people.each_network():
        with transaction.atomic():
            for passage_id in passing.find_new(network_id, at=timezone.now()):
                send_off(network_id, passage_id)
        passing.give_up_lost(network_id, at=timezone.now())


@task
def follow_one(network_id: str, passage_id: str) -> None:
    """Ask how one report goes."""
    following.follow(NetworkId(network_id), passage_id, on=today())


@task
def follow() -> None:
    """Ask other systems how it goes with everything they have."""
    for network_id in people.each_network():
        for passage_id in following.followed(network_id):
            follow_one.enqueue(network_id, passage_id)


def send_off(network_id: str, passage_id: str) -> None:
    """Have a passage posted, in the transaction of the caller."""
    task_id = pass_on.enqueue(network_id, passage_id).id
    models.Passage.objects.filter(pk=passage_id).update(task_id=task_id)
