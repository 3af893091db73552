# SPDX-License-Identifier: EUPL-1.2
"""Tables of breaking the glass; lock nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("sharing", "0002_ends_in_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network_id", models.TextField()),
                ("asked_by", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["network_id", "asked_by", "made_at"], name="emergency_attempt_of_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network_id", models.TextField()),
                ("asked_by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("due_date", models.DateField()),
                ("reminded_date", models.DateField(null=True)),
                ("judged_by", models.TextField(blank=True, default="")),
                ("judged_at", models.DateTimeField(null=True)),
                ("verdict", models.TextField(blank=True, default="")),
                ("words", models.TextField(blank=True, default="")),
                (
                    "sharing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review",
                        to="sharing.sharing",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("judged_at__isnull", True)),
                        fields=["network_id", "due_date"],
                        name="emergency_review_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_at__isnull", True), ("judged_by", ""), ("verdict", ""), ("words", "")
                            ),
                            models.Q(
                                ("judged_at__isnull", False),
                                ("verdict__in", ["justified", "not_justified"]),
                                models.Q(("judged_by", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_review_judged_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged_by", models.F("asked_by")), _negated=True),
                        name="emergency_review_by_another",
                    ),
                ],
            },
        ),
    ]
