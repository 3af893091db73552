# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the tombstones app."""

from django.apps import AppConfig


class TombstonesConfig(AppConfig):
    """The tombstones app."""

    name = "scharnier.apps.tombstones"
