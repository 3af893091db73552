# SPDX-License-Identifier: EUPL-1.2
"""Acts on background work: bring it in, claim it, renew, settle, take back, put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django_tasks.utils import normalize_json

from scharnier.apps.tasks import models
from scharnier.apps.tasks.decisions import (
    GIVEN_UP,
    OPEN,
    Pace,
    Status,
    backoff_seconds,
    next_status,
    next_time,
)
from scharnier.apps.tasks.definitions import LeasedTask, load_task
from scharnier.apps.tasks.failures import Failure, expired
from scharnier.apps.tasks.leases import Lease, LeaseLost
from scharnier.core.kernel import NotFound

# One statement, so that two workers never see the same task as theirs. On SQLite writers take turns.
_CLAIM = """
    UPDATE tasks_task
    SET status = 'running', attempts = attempts + 1, lease_token = lease_token + 1,
        lease_until = %(lease_until)s, started_at = %(at)s, worker = %(worker)s
    WHERE id = (
        SELECT id FROM tasks_task
        WHERE status = 'ready' AND run_after <= %(at)s AND (queue = %(queue)s OR %(queue)s = '')
        ORDER BY priority DESC, run_after, id LIMIT 1{lock}
    )
    RETURNING *
"""
CLAIM = {
    "sqlite": _CLAIM.format(lock=""),
    "postgresql": _CLAIM.format(lock=" FOR UPDATE SKIP LOCKED"),
}


class TaskNotFound(NotFound):
    """No task that was given up has this identifier."""

    code = "tasks.not_found"


def enqueue(
    task: LeasedTask[..., Any],
    *,
    at: datetime,
    args: Sequence[object] = (),
    kwargs: Mapping[str, object] | None = None,
    dedupe_key: str = "",
) -> models.Task:
    """Bring in a task, in the caller's transaction; with a key, what is already open under it stands."""
    fresh: dict[str, Any] = {
        "id": uuid4().hex,
        "task_path": task.module_path,
        "args": normalize_json(args),
        "kwargs": normalize_json(kwargs or {}),
        "queue": task.queue_name,
        "priority": task.priority,
        "max_attempts": task.max_attempts,
        "run_after": task.run_after or at,
        "enqueued_at": at,
    }
    if not dedupe_key:
        return models.Task.objects.create(**fresh)
    row, _ = models.Task.objects.get_or_create(dedupe_key=dedupe_key, status__in=OPEN, defaults=fresh)
    return row


def claim(*, worker: str, pace: Pace, at: datetime, queue: str = "") -> models.Task | None:
    """Take the next ready task, of one queue or of all, under a lease with a new token."""
    values = {
        "worker": worker,
        "queue": queue,
        "at": at,
        "lease_until": at + timedelta(seconds=pace.lease_seconds),
    }
    claimed = list(models.Task.objects.raw(CLAIM[connection.vendor], values))
    return claimed[0] if claimed else None


def renew(lease: Lease, *, pace: Pace, at: datetime) -> bool:
    """Lengthen a lease; tell whether it was still held."""
    lease_until = at + timedelta(seconds=pace.lease_seconds)
    return bool(lease.row().update(lease_until=lease_until))


def settle(task: models.Task, *, failure: Failure | None, pace: Pace, at: datetime) -> Status:
    """Record how a claimed task went, and return what becomes of it.

    Raises
    ------
    LeaseLost
        When another worker took it over; then nothing changes.
    """
    status, changes = _outcome(task, failure=failure, pace=pace, at=at)
    if not lease_of(task).row().update(**changes):
        raise LeaseLost(task_id=task.id)
    return status


def take_back(*, pace: Pace, at: datetime) -> int:
    """Take back the tasks of workers that did not renew in time; return how many."""
    n_taken = 0
    for task in models.Task.objects.filter(status=Status.RUNNING.value, lease_until__lt=at):
        _, changes = _outcome(task, failure=expired(task.worker), pace=pace, at=at)
        same = lease_of(task).row().filter(lease_until=task.lease_until)  # not renewed meanwhile
        n_taken += same.update(**changes)
    return n_taken


def put_back(task_id: str, *, at: datetime) -> None:
    """Give a task that was given up all its attempts again, from now (raises TaskNotFound)."""
    given_up = models.Task.objects.filter(id=task_id, status__in=GIVEN_UP)
    fresh = {"status": Status.READY.value, "attempts": 0, "run_after": at, "finished_at": None}
    if not given_up.update(**fresh, dedupe_key=""):  # another may be open under its key by now
        raise TaskNotFound(task_id=task_id)


def plan(periodic: Mapping[str, tuple[str, int]], *, at: datetime) -> None:
    """Make the periodic tasks those named here, each a path and seconds; the others end.

    A path that leads to no task raises here, at the start of a worker, and not when its time comes. All are
    loaded before anything is locked: that takes a while, and on SQLite nobody could write meanwhile.
    """
    for task_path, _ in periodic.values():
        load_task(task_path)
    with transaction.atomic():
        models.PeriodicTask.objects.exclude(name__in=periodic).delete()
        for name, (task_path, every_seconds) in sorted(periodic.items()):
            models.PeriodicTask.objects.update_or_create(
                name=name,
                defaults={"task_path": task_path, "every_seconds": every_seconds},
                create_defaults={"task_path": task_path, "every_seconds": every_seconds, "next_at": at},
            )


def enqueue_due(*, at: datetime) -> int:
    """Bring in the periodic tasks whose time has come, each by one worker; return how many."""
    due = models.PeriodicTask.objects.filter(next_at__lte=at)
    return sum(_enqueue_turn(row, at=at) for row in due)


@transaction.atomic
def _enqueue_turn(row: models.PeriodicTask, *, at: datetime) -> bool:
    turn = models.PeriodicTask.objects.filter(name=row.name, next_at=row.next_at)
    if not turn.update(next_at=next_time(row.next_at, every_seconds=row.every_seconds, at=at)):
        return False  # another worker was first
    enqueue(load_task(row.task_path), at=at, dedupe_key=f"periodic:{row.name}")
    return True


def lease_of(task: models.Task) -> Lease:
    """Return the lease under which a task was claimed."""
    return Lease(task_id=task.id, token=task.lease_token)


def _outcome(
    task: models.Task, *, failure: Failure | None, pace: Pace, at: datetime
) -> tuple[Status, dict[str, object]]:
    """Return what becomes of a task, and the columns that say so."""
    changes: dict[str, object] = {"lease_until": None, "error_class": "", "error_message": ""}
    status = Status.SUCCEEDED
    if failure:
        status = next_status(
            attempts=task.attempts, max_attempts=task.max_attempts, is_final=failure.is_final
        )
        changes |= {"error_class": failure.error_class, "error_message": failure.message}
    if status is Status.READY:
        pause = backoff_seconds(task.attempts, seed=task.id, pace=pace)
        changes["run_after"] = at + timedelta(seconds=pause)
    else:
        changes["finished_at"] = at
    return status, changes | {"status": status.value}
