# SPDX-License-Identifier: EUPL-1.2
"""Table of notes that people make for themselves; locks nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("text", models.TextField(blank=True)),
                ("place", models.TextField(blank=True, default="")),
                ("about", models.TextField(blank=True, default="")),
                ("candidate", models.TextField(blank=True, default="")),
                ("remind_date", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("thrown_away_at", models.DateTimeField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["network", "writer", "made_at"], name="notes_note_of_writer")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("writer", "key"), name="notes_note_once"),
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["", "problem", "situation", "group", "resident"])),
                        name="notes_note_about_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("thrown_away_at__isnull", False),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notes_note_words_while_it_waits",
                    ),
                ],
            },
        ),
    ]
