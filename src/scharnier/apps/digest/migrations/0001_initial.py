# SPDX-License-Identifier: EUPL-1.2
"""Tables of who is told what waits; locks nothing that was there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0005_reasons_to_decline"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to="people.account",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version", ""), _negated=True), name="digest_feed_has_a_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("n_things", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="people.account",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["network", "day"], name="digest_sending_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "day"), name="digest_sending_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("often", models.TextField()),
                ("weekday", models.PositiveIntegerField()),
                ("hour", models.PositiveIntegerField()),
                ("language", models.TextField(blank=True, default="")),
                ("chosen_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_terms",
                        to="people.account",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("often__in", ["never", "working_days", "weekly"])),
                        name="digest_terms_often_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hour__in", [7, 8, 12, 17]),
                            ("language__in", ["", "nl", "en"]),
                            ("weekday__in", [1, 2, 3, 4, 5]),
                        ),
                        name="digest_terms_offered",
                    ),
                ],
            },
        ),
    ]
