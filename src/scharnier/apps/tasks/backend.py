# SPDX-License-Identifier: EUPL-1.2
"""The `django_tasks` backend: a task is a row in the transaction of the act that asked for it."""

from __future__ import annotations

from typing import Any, ParamSpec, TypeVar

from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from scharnier.apps.tasks import models, services
from scharnier.apps.tasks.decisions import Pace, Status
from scharnier.apps.tasks.definitions import LeasedTask, load_task

P = ParamSpec("P")
T = TypeVar("T")
STATUSES = {
    Status.READY.value: TaskResultStatus.READY,
    Status.RUNNING.value: TaskResultStatus.RUNNING,
    Status.SUCCEEDED.value: TaskResultStatus.SUCCESSFUL,
    Status.FAILED.value: TaskResultStatus.FAILED,
    Status.DEAD.value: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):
    """Keeps tasks in the database, for workers that lease them; what a task returns is not kept."""

    task_class = LeasedTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self.pace = Pace(**self.options)

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Bring in a task; it exists exactly when the transaction around it commits."""
        self.validate_task(task)
        if not isinstance(task, LeasedTask):
            raise TypeError(f"{task.module_path} was made for another backend")
        row = services.enqueue(task, args=args, kwargs=kwargs, at=timezone.now())
        return _result(row, task=task, alias=self.alias)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return where a task is (raises TaskResultDoesNotExist)."""
        row = models.Task.objects.filter(id=result_id).first()
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        return _result(row, task=load_task(row.task_path), alias=self.alias)


def _result(row: models.Task, *, task: Task[..., T], alias: str) -> TaskResult[T]:
    error = TaskError(exception_class_path=row.error_class, traceback=row.error_message)
    return TaskResult(
        task=task,
        id=row.id,
        status=STATUSES[row.status],
        enqueued_at=row.enqueued_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        last_attempted_at=row.started_at,
        args=row.args,
        kwargs=row.kwargs,
        backend=alias,
        errors=[error] if row.error_class else [],
        worker_ids=[row.worker] * row.attempts,  # only the last one is known
    )
