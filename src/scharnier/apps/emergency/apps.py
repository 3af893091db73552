# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the emergency app."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """The emergency app."""

    name = "scharnier.apps.emergency"
