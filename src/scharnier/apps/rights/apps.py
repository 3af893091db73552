# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the rights app."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The rights app."""

    name = "scharnier.apps.rights"
