# SPDX-License-Identifier: EUPL-1.2
"""When another system last said that it works on what was asked; locks referral_turn for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referral", "0005_sources")]

    operations = [
        migrations.AddField(model_name="turn", name="elsewhere_at", field=models.DateTimeField(null=True)),
    ]
