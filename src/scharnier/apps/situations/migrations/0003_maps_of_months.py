# SPDX-License-Identifier: EUPL-1.2
"""The maps of months; locks nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_drafts_of_areas"),
        ("situations", "0002_what_the_scan_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("drawn_on", models.DateField()),
                ("squares", models.JSONField(default=list)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "first_day"), name="situations_mapmonth_once")
                ],
            },
        ),
    ]
