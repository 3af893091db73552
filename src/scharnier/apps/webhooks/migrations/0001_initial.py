# SPDX-License-Identifier: EUPL-1.2
"""Tables of webhooks and of what they sent; lock nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network_id", models.TextField()),
                ("address", models.TextField()),
                ("events", models.JSONField(default=list)),
                ("secret", models.TextField()),
                ("old_secret", models.TextField(blank=True, default="")),
                ("old_secret_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("failing_since", models.DateTimeField(null=True)),
                ("off_at", models.DateTimeField(null=True)),
                ("off_because", models.TextField(blank=True, default="")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network_id", "address"), name="webhooks_webhook_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("off_at__isnull", True), ("off_because", "")),
                            models.Q(
                                ("off_at__isnull", False), ("off_because__in", ["gone", "failing", "chosen"])
                            ),
                            _connector="OR",
                        ),
                        name="webhooks_webhook_off_or_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("old_secret", ""), ("old_secret_until__isnull", True)),
                            models.Q(
                                models.Q(("old_secret", ""), _negated=True),
                                ("old_secret_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="webhooks_webhook_old_secret_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("network_id", models.TextField()),
                ("event", models.TextField()),
                ("object_id", models.TextField()),
                ("facts", models.JSONField(default=dict)),
                ("happened_at", models.DateTimeField()),
                ("task_id", models.TextField()),
                ("state", models.TextField(default="waiting")),
                ("attempts", models.IntegerField(default=0)),
                ("status", models.IntegerField(null=True)),
                ("error", models.TextField(blank=True, default="")),
                ("tried_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="webhooks.webhook",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["webhook", "-happened_at", "id"], name="webhooks_delivery_of_one"),
                    models.Index(
                        condition=models.Q(("state", "dead")),
                        fields=["network_id", "-done_at", "id"],
                        name="webhooks_delivery_dead",
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["network_id"],
                        name="webhooks_delivery_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "event__in",
                                [
                                    "referral.requested",
                                    "referral.accepted",
                                    "referral.rejected",
                                    "referral.unanswered",
                                    "referral.in_progress",
                                    "referral.on_hold",
                                    "referral.completed",
                                    "referral.failed",
                                    "referral.cancelled",
                                    "referral.outcome_told",
                                    "webhook.test",
                                ],
                            )
                        ),
                        name="webhooks_delivery_event_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("state", "waiting")),
                            models.Q(("done_at__isnull", False), ("state__in", ["taken", "dead"])),
                            _connector="OR",
                        ),
                        name="webhooks_delivery_waits_or_done",
                    ),
                ],
            },
        ),
    ]
