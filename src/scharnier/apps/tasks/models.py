# SPDX-License-Identifier: EUPL-1.2
"""Rows of background work: each task once, and those that come back in time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.tasks.decisions import OPEN, Status

READY, RUNNING = Q(status=Status.READY.value), Q(status=Status.RUNNING.value)


class Task(models.Model):
    """Something to do outside a request; its arguments are identifiers, never personal data."""

    id = models.TextField(primary_key=True)
    task_path = models.TextField()
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.TextField(default="default")
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField()
    status = models.TextField(default=Status.READY.value)
    attempts = models.IntegerField(default=0)
    max_attempts = models.IntegerField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.BigIntegerField(default=0)  # a fence: each claim gets a higher one
    worker = models.TextField(blank=True, default="")  # who claimed it last
    dedupe_key = models.TextField(blank=True, default="")  # one open task for each key
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)  # the last attempt
    finished_at = models.DateTimeField(null=True)
    error_class = models.TextField(blank=True, default="")
    error_message = models.TextField(blank=True, default="")  # a code or a place in the program

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tasks_task_status_known",
                condition=Q(status__in=[status.value for status in Status]),
            ),
            models.CheckConstraint(
                name="tasks_task_leased_while_running",
                condition=(RUNNING & Q(lease_until__isnull=False)) | (~RUNNING & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="tasks_task_open_or_finished",
                condition=Q(status__in=OPEN, finished_at__isnull=True)
                | (~Q(status__in=OPEN) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="tasks_task_attempts_counted",
                condition=Q(attempts__gte=0, max_attempts__gte=1, attempts__lte=F("max_attempts")),
            ),
            models.UniqueConstraint(
                name="tasks_task_one_open_per_key",
                fields=["dedupe_key"],
                condition=~Q(dedupe_key="") & Q(status__in=OPEN),
            ),
        ]
        indexes = [
            models.Index(name="tasks_task_next", fields=["-priority", "run_after", "id"], condition=READY),
            models.Index(name="tasks_task_leases", fields=["lease_until"], condition=RUNNING),
        ]

    def __str__(self) -> str:
        return f"{self.task_path} {self.id}"


class PeriodicTask(models.Model):
    """A task that comes back every so often."""

    name = models.TextField(primary_key=True)
    task_path = models.TextField()
    every_seconds = models.IntegerField()
    next_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="tasks_periodictask_goes_forward", condition=Q(every_seconds__gte=1))
        ]

    def __str__(self) -> str:
        return self.name
