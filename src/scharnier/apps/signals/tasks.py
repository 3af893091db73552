# SPDX-License-Identifier: EUPL-1.2
"""Background work on signals: every night, each network by itself, so that one fault stops no other."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps import wall
from scharnier.apps.http import now, today
from scharnier.apps.people import selectors as people
from scharnier.apps.signals import services
from scharnier.core.kernel import NetworkId


@task
def lapse() -> None:
    """Have the matches of every network looked through."""
    for network_id in people.each_network():
        lapse_network.enqueue(network_id)


@task
def lapse_network(network_id: str) -> None:
    """Let pass in a network what nobody answered in time."""
    with wall.in_network(network_id):
        services.lapse_matches(NetworkId(network_id), on=today(), at=now())
