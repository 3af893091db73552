# SPDX-License-Identifier: EUPL-1.2
"""Background work on people."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from scharnier.apps.http import today
from scharnier.apps.people import services


@task
def ask_to_confirm() -> None:
    """Ask by mail whether cards are still right that were not looked over in time."""
    services.ask_to_confirm(today())


@task
def forget_drafts() -> None:
    """Delete the files that were kept ready to be imported and never were."""
    services.forget_drafts(at=timezone.now())
