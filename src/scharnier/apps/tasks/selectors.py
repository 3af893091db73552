# SPDX-License-Identifier: EUPL-1.2
"""Look at background work, without touching it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scharnier.apps.tasks import models
from scharnier.apps.tasks.decisions import GIVEN_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A task that nothing more is done about, unless somebody puts it back."""

    id: str
    task_path: str
    status: str
    attempts: int
    finished_at: datetime
    error_class: str
    error_message: str


def given_up() -> tuple[GivenUp, ...]:
    """Return the tasks that failed for good or are dead, latest first."""
    rows = models.Task.objects.filter(status__in=GIVEN_UP, finished_at__isnull=False)
    return tuple(
        GivenUp(
            id=row.id,
            task_path=row.task_path,
            status=row.status,
            attempts=row.attempts,
            finished_at=row.finished_at,
            error_class=row.error_class,
            error_message=row.error_message,
        )
        for row in rows.order_by("-finished_at", "id")
        if row.finished_at
    )
