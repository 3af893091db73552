# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """The sharing app."""

    name = "scharnier.apps.sharing"
