# SPDX-License-Identifier: EUPL-1.2
"""Tables of links and of time to answer; adds a column to introductions, and locks those for a moment."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_reasons_to_decline"),
        ("referral", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCount",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("n", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="introduction",
            name="other_way_told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="AnswerTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n_days", models.PositiveIntegerField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer_time",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("n_days__range", (5, 40))), name="referral_answer_time_within"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.TextField()),
                ("holder", models.TextField()),
                ("token_digest", models.TextField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="referral.referral",
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="referral.turn",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["network", "expires_at"], name="referral_link_expires")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["answer", "finish", "outcome"])),
                        name="referral_link_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holder__in", ["person", "organization", "concerned"])),
                        name="referral_link_holder_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder", "concerned"), ("purpose", "outcome"), ("turn__isnull", True)),
                            models.Q(
                                models.Q(("purpose", "outcome"), _negated=True),
                                models.Q(("holder", "concerned"), _negated=True),
                                ("turn__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="referral_link_of_a_turn_or_the_whole",
                    ),
                ],
            },
        ),
    ]
