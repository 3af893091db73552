# SPDX-License-Identifier: EUPL-1.2
"""Of a note, what referral it became; locks notes_note for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="referral_id",
            field=models.TextField(blank=True, default=""),
        ),
    ]
