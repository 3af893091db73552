# SPDX-License-Identifier: EUPL-1.2
"""What follows a signal, kept with each run; on PostgreSQL it locks the runs for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("situations", "0006_why_an_agreement_was_not_kept")]

    operations = [
        migrations.AddField(model_name="scanrun", name="followed_from", field=models.DateField(null=True)),
        migrations.AddField(model_name="scanrun", name="following", field=models.JSONField(default=list)),
    ]
