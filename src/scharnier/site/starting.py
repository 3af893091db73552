# SPDX-License-Identifier: EUPL-1.2
"""Start Django for a command: what reads the settings or the database can be imported only after it."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

import django


def set_up() -> None:
    """Make the installation's settings, models and database ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scharnier.site.settings")
    django.setup()


def import_after_set_up(name: str) -> ModuleType:
    """Return a module of the site that needs the set-up done."""
    set_up()
    return import_module(f"scharnier.site.{name}")
