# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the notes app."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """The notes app."""

    name = "scharnier.apps.notes"
