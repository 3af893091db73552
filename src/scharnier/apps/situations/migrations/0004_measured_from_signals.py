# SPDX-License-Identifier: EUPL-1.2
"""Whether what was measured comes from the maps of months; locks the evaluations for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("situations", "0003_maps_of_months"),
    ]

    operations = [
        migrations.AddField(
            model_name="evaluation",
            name="is_from_signals",
            field=models.BooleanField(default=False),
        ),
    ]
