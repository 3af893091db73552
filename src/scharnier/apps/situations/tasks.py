# SPDX-License-Identifier: EUPL-1.2
"""Background work on situations: every night, each network by itself, so that one fault stops no other."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps import wall
from scharnier.apps.http import now, today
from scharnier.apps.people import selectors as people
from scharnier.apps.situations import services
from scharnier.core.kernel import NetworkId


@task
def scan() -> None:
    """Have every network scanned."""
    for network_id in people.each_network():
        scan_network.enqueue(network_id)


@task
def scan_network(network_id: str) -> None:
    """Look in a network for what several partners meet, once a day."""
    with wall.in_network(network_id):
        services.scan(NetworkId(network_id), on=today(), at=now())


@task
def draw_maps() -> None:
    """Have the map of each month that is over drawn in every network."""
    for network_id in people.each_network():
        draw_maps_of_network.enqueue(network_id)


@task
def draw_maps_of_network(network_id: str) -> None:
    """Draw the months of a network that were not drawn yet."""
    with wall.in_network(network_id):
        services.draw_months(NetworkId(network_id), on=today())
