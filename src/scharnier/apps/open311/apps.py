# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the Open311 app."""

from django.apps import AppConfig


class Open311Config(AppConfig):
    """The Open311 app."""

    name = "scharnier.apps.open311"
