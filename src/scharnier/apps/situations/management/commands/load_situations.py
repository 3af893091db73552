# SPDX-License-Identifier: EUPL-1.2
"""Command `load_situations`: let the people of the example neighbourhood share situations."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from scharnier import example
from scharnier.apps.people.demonstration import NETWORK
from scharnier.apps.situations import demonstration
from scharnier.core.kernel import NetworkId


class Command(BaseCommand):
    """Play the situations of the example, unless there are situations already."""

    help = __doc__

    def handle(self, *_arguments: object, **_options: object) -> None:
        """Play them."""
        demonstration.play(example.load_situations(), network_id=NetworkId(NETWORK), on=example.KRUISVELD_DAY)
