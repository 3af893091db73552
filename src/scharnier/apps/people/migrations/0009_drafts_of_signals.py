# SPDX-License-Identifier: EUPL-1.2
"""A file on its way in may hold signals; changes one check and locks nothing for long."""

from django.db import migrations, models

KINDS = ["network", "areas", "signals"]


class Migration(migrations.Migration):
    dependencies = [("people", "0008_drafts_of_areas")]

    operations = [
        migrations.RemoveConstraint(model_name="importdraft", name="people_import_draft_kind_known"),
        migrations.AddConstraint(
            model_name="importdraft",
            constraint=models.CheckConstraint(
                name="people_import_draft_kind_known", condition=models.Q(kind__in=KINDS)
            ),
        ),
    ]
