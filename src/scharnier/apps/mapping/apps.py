# SPDX-License-Identifier: EUPL-1.2
"""Django's entry for the map."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """The map of a network, with the same as a list."""

    name = "scharnier.apps.mapping"
