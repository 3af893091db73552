# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the wall."""

from django.apps import AppConfig
from django.core import checks

from scharnier.apps.wall.checks import check_role


class WallConfig(AppConfig):
    """The wall."""

    name = "scharnier.apps.wall"

    def ready(self) -> None:
        """Let `check --deploy --database default` look whether the wall stands; migrating needs none."""
        checks.register(check_role, checks.Tags.database, deploy=True)
