# SPDX-License-Identifier: EUPL-1.2
"""Background work on background work: forget what is done."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from scharnier.apps.tasks import services

KEPT_DAYS = 7


@task
def forget_finished() -> None:
    """Delete tasks that succeeded a week ago."""
    services.forget_finished(before=timezone.now() - timedelta(days=KEPT_DAYS))
