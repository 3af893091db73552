# SPDX-License-Identifier: EUPL-1.2
"""Background work on the coalition: every night, each network by itself, so that one fault stops no other."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps import wall
from scharnier.apps.http import now, today
from scharnier.apps.people import selectors as people
from scharnier.apps.situations import telling
from scharnier.core.kernel import NetworkId


@task
def lapse_invitations() -> None:
    """Have the invitations of every network looked at."""
    for network_id in people.each_network():
        lapse_in_network.enqueue(network_id)


@task
def lapse_in_network(network_id: str) -> None:
    """Note which invitations got no answer in time."""
    with wall.in_network(network_id):
        telling.lapse_all(NetworkId(network_id), on=today(), at=now())
