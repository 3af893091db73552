# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the situations app."""

from django.apps import AppConfig


class SituationsConfig(AppConfig):
    """The situations app."""

    name = "scharnier.apps.situations"
