# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the signals app."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """The signals app."""

    name = "scharnier.apps.signals"
