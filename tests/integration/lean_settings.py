# SPDX-License-Identifier: EUPL-1.2
"""The settings of an installation with background work only: such a worker starts four times as fast."""

from __future__ import annotations

from scharnier.site import settings
from scharnier.site.settings import *  # noqa: F403  # all of them

INSTALLED_APPS = ["scharnier.apps.tasks", "scharnier.apps.mail"]
PERIODIC_TASKS = {"chores.come_round": ("tests.integration.chores.come_round", settings.DAY_SECONDS)}
