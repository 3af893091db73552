# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the tasks app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The tasks app."""

    name = "scharnier.apps.tasks"
