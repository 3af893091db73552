# SPDX-License-Identifier: EUPL-1.2
"""Tables of systems of organizations, and of what is on its way there; lock nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("open311", "0001_initial"),
        ("people", "0005_reasons_to_decline"),
        ("referral", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="System",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.TextField()),
                ("jurisdiction_id", models.TextField(blank=True, default="")),
                ("api_key", models.TextField(blank=True, default="")),
                ("form", models.TextField(default="json")),
                ("takes_words", models.BooleanField(default=False)),
                ("services", models.JSONField(default=list)),
                ("codes", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
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
                        related_name="+",
                        to="people.organization",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("service_code", models.TextField()),
                ("step", models.TextField(default="waiting")),
                ("has_words", models.BooleanField(default=False)),
                ("request_id", models.TextField(blank=True, default="")),
                ("token", models.TextField(blank=True, default="")),
                ("notes_digest", models.TextField(blank=True, default="")),
                ("task_id", models.TextField(blank=True, default="")),
                ("attempts", models.IntegerField(default=0)),
                ("status", models.IntegerField(null=True)),
                ("error", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("passed_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "turn",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passage",
                        to="referral.turn",
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="open311.system",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["json", "xml"])), name="open311_system_form_known"
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(fields=["network", "step", "made_at"], name="open311_passage_step"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["waiting", "sending", "passed", "over", "unknown", "failed"])
                ),
                name="open311_passage_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "passed"), _negated=True),
                    models.Q(("request_id", ""), _negated=True),
                    models.Q(("token", ""), _negated=True),
                    _connector="OR",
                ),
                name="open311_passage_passed_under_a_number",
            ),
        ),
    ]
