# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people app."""

    name = "scharnier.apps.people"
