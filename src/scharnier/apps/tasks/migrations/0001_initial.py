# SPDX-License-Identifier: EUPL-1.2
"""Tables of background work: tasks under leases, and periodic ones; both databases; locks nothing, all is new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PeriodicTask",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("task_path", models.TextField()),
                ("every_seconds", models.IntegerField()),
                ("next_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("every_seconds__gte", 1)), name="tasks_periodictask_goes_forward"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("task_path", models.TextField()),
                ("args", models.JSONField(default=list)),
                ("kwargs", models.JSONField(default=dict)),
                ("queue", models.TextField(default="default")),
                ("priority", models.SmallIntegerField(default=0)),
                ("run_after", models.DateTimeField()),
                ("status", models.TextField(default="ready")),
                ("attempts", models.IntegerField(default=0)),
                ("max_attempts", models.IntegerField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_token", models.BigIntegerField(default=0)),
                ("worker", models.TextField(blank=True, default="")),
                ("dedupe_key", models.TextField(blank=True, default="")),
                ("enqueued_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("error_class", models.TextField(blank=True, default="")),
                ("error_message", models.TextField(blank=True, default="")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "ready")),
                        fields=["-priority", "run_after", "id"],
                        name="tasks_task_next",
                    ),
                    models.Index(
                        condition=models.Q(("status", "running")),
                        fields=["lease_until"],
                        name="tasks_task_leases",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["ready", "running", "succeeded", "failed", "dead"])
                        ),
                        name="tasks_task_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "running"), ("lease_until__isnull", False)),
                            models.Q(
                                models.Q(("status", "running"), _negated=True), ("lease_until__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="tasks_task_leased_while_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("status__in", ("ready", "running"))),
                            models.Q(
                                models.Q(("status__in", ("ready", "running")), _negated=True),
                                ("finished_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tasks_task_open_or_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attempts__gte", 0),
                            ("attempts__lte", models.F("max_attempts")),
                            ("max_attempts__gte", 1),
                        ),
                        name="tasks_task_attempts_counted",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("dedupe_key", ""), _negated=True), ("status__in", ("ready", "running"))
                        ),
                        fields=("dedupe_key",),
                        name="tasks_task_one_open_per_key",
                    ),
                ],
            },
        ),
    ]
