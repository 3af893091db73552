# SPDX-License-Identifier: EUPL-1.2
"""Another value when who may be seen, or a tie, may have changed; adds one column and locks nothing for long."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_reasons_to_decline")]

    operations = [
        migrations.AddField(
            model_name="network", name="sight", field=models.TextField(blank=True, default="")
        ),
    ]
