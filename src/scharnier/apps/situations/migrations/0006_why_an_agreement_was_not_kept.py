# SPDX-License-Identifier: EUPL-1.2
"""Why an agreement was not kept; locks the table for a moment, all rows stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("situations", "0005_places_that_never_count")]

    operations = [
        migrations.AddField(
            model_name="agreement", name="reason", field=models.TextField(blank=True, default="")
        ),
    ]
