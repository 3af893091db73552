# SPDX-License-Identifier: EUPL-1.2
"""Background work on broken glass."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps.emergency import services
from scharnier.apps.http import now, today


@task
def remind_judges() -> None:
    """Tell by mail that reviews are past their day."""
    services.remind_judges(today())


@task
def forget_attempts() -> None:
    """Delete the attempts that count no more."""
    services.forget_attempts(now())
