# SPDX-License-Identifier: EUPL-1.2
"""Background work: tell people what waits for them."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps import wall
from scharnier.apps.digest import services
from scharnier.apps.http import now
from scharnier.apps.people import selectors as people
from scharnier.core.kernel import NetworkId


@task
def send() -> None:
    """Have digests sent in each network where one is due; one by one, so that a fault stops no other."""
    at = now()
    for network_id in people.each_network():
        if services.is_anybody_due(network_id, at=at):
            send_network.enqueue(network_id)


@task
def send_network(network_id: str) -> None:
    """Send the digests that are due in a network."""
    with wall.in_network(network_id):
        services.send_due(NetworkId(network_id), at=now())
