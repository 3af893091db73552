# SPDX-License-Identifier: EUPL-1.2
"""Command `load_finds`: draw the maps of the example, look for what several meet, and tell figures of it."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.core.management.base import BaseCommand

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.people.demonstration import NETWORK
from scharnier.apps.situations import doing_night, services
from scharnier.core.kernel import NetworkId

NIGHT = time(3, tzinfo=UTC)


class Command(BaseCommand):
    """Do what the nights before the day of the example would have done, unless it was done."""

    help = __doc__

    def handle(self, *_arguments: object, **_options: object) -> None:
        """Draw the months first: a scan lets go of days that no find can reach any more."""
        network_id, day = NetworkId(NETWORK), example.KRUISVELD_DAY
        with wall.in_network(network_id):
            services.draw_months(network_id, on=day)
            services.scan(network_id, on=day, at=datetime.combine(day, NIGHT))
            doing_night.count_signals(network_id)
