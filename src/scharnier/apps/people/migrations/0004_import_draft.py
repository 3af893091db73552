# SPDX-License-Identifier: EUPL-1.2
"""Files on their way in, and cards that nobody took up yet; locks people_person for a moment.

Cards that are there already count as taken up, so that no file speaks for them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_cards"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="awaits_person",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="ImportDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.TextField()),
                ("data", models.BinaryField()),
                ("digest", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("preview", models.JSONField(default=dict)),
                ("previewed_revision", models.TextField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_drafts",
                        to="people.network",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_drafts",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "person"), name="people_import_draft_one_a_person"
                    )
                ],
            },
        ),
    ]
