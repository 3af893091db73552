# SPDX-License-Identifier: EUPL-1.2
"""Whether a network takes requests to join; locks people_network for a moment.

The roles of an account stay in its check; that the column also listed them changed nothing in the database.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="network",
            name="takes_requests",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(model_name="account", name="role", field=models.TextField()),
    ]
