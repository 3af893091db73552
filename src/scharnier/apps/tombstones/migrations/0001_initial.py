# SPDX-License-Identifier: EUPL-1.2
"""The table of tombstones; both databases; locks nothing, all is new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network_id", models.TextField()),
                ("kind", models.TextField()),
                ("object_id", models.TextField()),
                ("removed_date", models.DateField()),
                ("by", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network_id", "kind", "object_id"), name="tombstones_tombstone_once"
                    )
                ],
            },
        ),
    ]
