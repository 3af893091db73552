# SPDX-License-Identifier: EUPL-1.2
"""A file on its way in may hold areas; adds one column and locks nothing for long."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_outlines_in_pieces")]

    operations = [
        migrations.AddField(model_name="importdraft", name="kind", field=models.TextField(default="network")),
        migrations.AddConstraint(
            model_name="importdraft",
            constraint=models.CheckConstraint(
                name="people_import_draft_kind_known", condition=models.Q(kind__in=["network", "areas"])
            ),
        ),
    ]
