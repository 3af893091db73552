# SPDX-License-Identifier: EUPL-1.2
"""Background work on rights: clear up every night."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from scharnier.apps.http import today
from scharnier.apps.rights import services


@task
def clear_up() -> None:
    """Do what the rules of retention say, and keep the report."""
    services.run_retention(on=today(), at=timezone.now())
