# SPDX-License-Identifier: EUPL-1.2
"""What people call the places that never count; locks the table for a moment, all rows stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("situations", "0004_measured_from_signals")]

    operations = [
        migrations.AddField(
            model_name="scanground", name="excluded_words", field=models.JSONField(default=dict)
        ),
    ]
