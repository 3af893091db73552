# SPDX-License-Identifier: EUPL-1.2
"""Tables of the nightly scan; locks nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_drafts_of_areas"),
        ("situations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScanGround",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("longitude", models.FloatField()),
                ("latitude", models.FloatField()),
                ("excluded", models.JSONField(default=list)),
                ("closed_before", models.DateField(null=True)),
                (
                    "network",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScanRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("seed", models.BigIntegerField()),
                ("began_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("n_signals_low", models.PositiveIntegerField(default=0)),
                ("took_ms", models.PositiveIntegerField(default=0)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "day"), name="situations_scanrun_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_on", models.DateField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("squares", models.JSONField()),
                ("is_release", models.BooleanField()),
                ("width", models.TextField(blank=True, default="")),
                ("name", models.TextField(blank=True, default="")),
                ("n_addresses_low", models.PositiveIntegerField(default=0)),
                ("partners", models.JSONField(default=dict)),
                ("topic_ids", models.JSONField(default=list)),
                ("area_text_id", models.TextField(blank=True, default="")),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("radius_m", models.FloatField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["network", "last_day"], name="situations_scananswer_when")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_day__lte", models.F("last_day"))),
                        name="situations_scananswer_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_release", True),
                                ("width__in", ["ring", "street", "neighbourhood", "cell"]),
                            ),
                            models.Q(("is_release", False), ("name", ""), ("partners", {}), ("width", "")),
                            _connector="OR",
                        ),
                        name="situations_scananswer_shown",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Found",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_again_on", models.DateField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="found",
                        to="situations.scananswer",
                    ),
                ),
                (
                    "situation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="found",
                        to="situations.situation",
                    ),
                ),
            ],
        ),
    ]
