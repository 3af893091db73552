# SPDX-License-Identifier: EUPL-1.2
"""Tables of clearing up and of requests about data; both databases; locks nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("lines", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_text_id", models.TextField()),
                ("what", models.TextField()),
                ("received_date", models.DateField()),
                ("answer_by", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="data_requests",
                        to="people.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["copy", "erasure"])),
                        name="rights_data_request_what_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_by__gte", models.F("received_date"))),
                        name="rights_data_request_answered_after_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_text_id", models.TextField()),
                ("noticed_date", models.DateField()),
                ("warned_date", models.DateField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "person_text_id"), name="rights_notice_once_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("warned_date__isnull", True),
                            ("warned_date__gte", models.F("noticed_date")),
                            _connector="OR",
                        ),
                        name="rights_notice_warned_after_it",
                    ),
                ],
            },
        ),
    ]
