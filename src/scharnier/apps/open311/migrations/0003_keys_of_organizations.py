# SPDX-License-Identifier: EUPL-1.2
"""A key may be of an organization: what it reports is a signal; adds two columns and changes a check."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("open311", "0002_systems_of_organizations"),
        ("people", "0005_reasons_to_decline"),
        ("signals", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="key",
            name="organization",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.organization",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="signal",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="report",
                to="signals.signal",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                name="open311_report_of_signal_is_bare",
                condition=models.Q(signal__isnull=True)
                | models.Q(
                    referral__isnull=True,
                    dropped_at__isnull=True,
                    text="",
                    address="",
                    area__isnull=True,
                    latitude__isnull=True,
                    is_public=False,
                ),
            ),
        ),
    ]
