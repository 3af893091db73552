# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the overview app."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The overview app."""

    name = "scharnier.apps.overview"
