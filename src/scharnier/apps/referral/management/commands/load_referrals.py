# SPDX-License-Identifier: EUPL-1.2
"""Command `load_referrals`: let the people of the example neighbourhood refer to each other."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from scharnier import example
from scharnier.apps.people.demonstration import NETWORK
from scharnier.apps.referral import demonstration
from scharnier.core.kernel import NetworkId


class Command(BaseCommand):
    """Play the referrals of the example, unless there are referrals already."""

    help = __doc__

    def handle(self, *_arguments: object, **_options: object) -> None:
        """Play them."""
        demonstration.play(example.load_referrals(), network_id=NetworkId(NETWORK), on=example.KRUISVELD_DAY)
