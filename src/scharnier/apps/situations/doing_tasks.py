# SPDX-License-Identifier: EUPL-1.2
"""Background work on what partners do: every night, each network by itself."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps import wall
from scharnier.apps.http import now, today
from scharnier.apps.people import selectors as people
from scharnier.apps.situations import doing_night
from scharnier.core.kernel import NetworkId


@task
def look_after() -> None:
    """Have every network looked after."""
    for network_id in people.each_network():
        look_after_network.enqueue(network_id)


@task
def look_after_network(network_id: str) -> None:
    """Remind of what is to be looked at again, and store the figures that new maps of months give."""
    with wall.in_network(network_id):
        doing_night.remind_rechecks(NetworkId(network_id), on=today(), at=now())
        doing_night.count_signals(NetworkId(network_id))
