# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the members app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """The members app."""

    name = "scharnier.apps.members"
