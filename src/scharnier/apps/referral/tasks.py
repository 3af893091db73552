# SPDX-License-Identifier: EUPL-1.2
"""Background work on referrals: every night, each network by itself, so that one fault stops no other."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps import wall
from scharnier.apps.http import now, today
from scharnier.apps.people import selectors as people
from scharnier.apps.referral import links, night
from scharnier.core.kernel import NetworkId


@task
def remind() -> None:
    """Have the night's work done in every network."""
    for network_id in people.each_network():
        remind_network.enqueue(network_id)


@task
def remind_network(network_id: str) -> None:
    """Wake what waited for today, break silences, end ways in that stay shut."""
    with wall.in_network(network_id):
        night.remind(NetworkId(network_id), on=today(), at=now())


@task
def forget_counts() -> None:
    """Delete the counts of requests that say nothing any more."""
    links.forget_counts(now())
