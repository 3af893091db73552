# SPDX-License-Identifier: EUPL-1.2
"""A worker: claims tasks and runs them one by one, in this process."""

from __future__ import annotations

import logging
import os
import signal
import socket
from dataclasses import dataclass, field
from threading import Event
from types import FrameType, TracebackType

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone
from django_tasks import default_task_backend
from django_tasks.base import TaskContext

from scharnier.apps import wall
from scharnier.apps.tasks import leases, models, services
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.definitions import load_task
from scharnier.apps.tasks.failures import Failure, failure_of
from scharnier.apps.tasks.heartbeat import heartbeat

log = logging.getLogger("scharnier.tasks")


def own_name() -> str:
    """Return this worker's name: the machine and the process."""
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass(slots=True, kw_only=True)
class Worker:
    """Does background work until it is stopped; in a burst, until nothing is ready."""

    pace: Pace
    queue: str = ""  # empty: all
    is_burst: bool = False
    parent_pid: int | None = None  # ends with this process
    name: str = field(default_factory=own_name)
    stopped: Event = field(default_factory=Event)

    def stop_on_signals(self) -> None:
        """Let Ctrl-C and SIGTERM stop the worker, after the task that runs."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def run(self) -> None:
        """Work until the end."""
        log.info("worker %s begins", self.name)
        while not self._is_over():
            found = self._turn()
            if not found and self.is_burst:
                break
            if not found:
                self.stopped.wait(self.pace.poll_seconds)
        log.info("worker %s ends", self.name)

    def run_next(self) -> bool:
        """Take back what expired, bring in what is due, and run one task; tell whether there was one."""
        services.take_back(pace=self.pace, at=timezone.now())
        services.enqueue_due(at=timezone.now())
        claimed = services.claim(worker=self.name, pace=self.pace, queue=self.queue, at=timezone.now())
        if claimed is None:
            return False
        failure = self._attempt(claimed)
        self._settle(claimed, failure=failure)
        return True

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopped.set()

    def _is_over(self) -> bool:
        return self.stopped.is_set() or self.parent_pid not in {None, os.getppid()}

    def _turn(self) -> bool:
        try:
            return self.run_next()
        except (OperationalError, InterfaceError) as error:  # away or busy; a claim expires
            log.warning("the database did not answer (%s); trying again", type(error).__name__)
            connections.close_all()
            self.stopped.wait(self.pace.poll_seconds)
            return True

    def _attempt(self, task: models.Task) -> Failure | None:
        lease = services.lease_of(task)
        with heartbeat(lease, pace=self.pace), leases.running_under(lease), _Attempt() as attempt:
            _call(task)
        return attempt.failure

    def _settle(self, task: models.Task, *, failure: Failure | None) -> None:
        try:
            status = services.settle(task, failure=failure, pace=self.pace, at=timezone.now())
        except leases.LeaseLost:
            log.warning("task %s %s: lease lost to another worker", task.id, task.task_path)
            return
        level = logging.WARNING if failure else logging.INFO
        reason = f" {failure.error_class} {failure.message}" if failure else ""
        log.log(level, "task %s %s: %s%s", task.id, task.task_path, status.value, reason)


class _Attempt:
    """Keeps what a task raised, whatever it is: the next task has to run all the same."""

    def __init__(self) -> None:
        self.failure: Failure | None = None

    def __enter__(self) -> _Attempt:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception):  # not what ends the process
            self.failure = failure_of(error)
            return True
        return False


def _call(row: models.Task) -> None:
    wall.forget()  # whatever the task before was told
    task = load_task(row.task_path)
    if task.takes_context:
        context = TaskContext(task_result=default_task_backend.get_result(row.id))
        task.call(context, *row.args, **row.kwargs)
    else:
        task.call(*row.args, **row.kwargs)
