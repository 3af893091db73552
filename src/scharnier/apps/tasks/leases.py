# SPDX-License-Identifier: EUPL-1.2
"""A lease: for a while a task belongs to one worker; its token tells an old holder from the present one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import QuerySet

from scharnier.apps.tasks import models
from scharnier.apps.tasks.decisions import Status
from scharnier.core.kernel import Conflict


class LeaseLost(Conflict):
    """The task went to another worker; what this one still wanted to write is refused."""

    code = "tasks.lease_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """One worker's hold on one task."""

    task_id: str
    token: int

    def row(self) -> QuerySet[models.Task]:
        """Select the task's row, as long as this lease holds it."""
        return models.Task.objects.filter(
            id=self.task_id, lease_token=self.token, status=Status.RUNNING.value
        )


_running: ContextVar[Lease | None] = ContextVar("lease", default=None)


@contextmanager
def running_under(lease: Lease) -> Iterator[None]:
    """Let what runs in the block know its lease."""
    token = _running.set(lease)
    try:
        yield
    finally:
        _running.reset(token)


def hold() -> None:
    """Keep the lease of the running task until the transaction ends; a task's writes start with this.

    Outside a worker there is no lease to lose, and nothing happens.

    Raises
    ------
    LeaseLost
    """
    lease = _running.get()
    if lease and lease.row().select_for_update().first() is None:
        raise LeaseLost(task_id=lease.task_id)
