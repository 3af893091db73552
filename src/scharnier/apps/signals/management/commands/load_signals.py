# SPDX-License-Identifier: EUPL-1.2
"""Command `load_signals`: let the people of the example neighbourhood tell what they meet."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from scharnier import example
from scharnier.apps.people.demonstration import NETWORK
from scharnier.apps.signals import demonstration
from scharnier.core.kernel import NetworkId


class Command(BaseCommand):
    """Play the signals of the example, unless there are signals already."""

    help = __doc__

    def handle(self, *_arguments: object, **_options: object) -> None:
        """Play them."""
        demonstration.play(example.load_told(), network_id=NetworkId(NETWORK))
