# SPDX-License-Identifier: EUPL-1.2
"""Links for who is asked to introduce and has no account; locks referral_link for a moment."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referral", "0003_organizations_that_left")]

    operations = [
        migrations.RemoveConstraint(model_name="link", name="referral_link_purpose_known"),
        migrations.AddField(
            model_name="link",
            name="introducer_text_id",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="link",
            name="introduction",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="referral.introduction",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                name="referral_link_purpose_known",
                condition=models.Q(("purpose__in", ["answer", "finish", "outcome", "introduce"])),
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                name="referral_link_of_an_introducer",
                condition=models.Q(
                    models.Q(
                        ("holder", "person"),
                        ("introduction__isnull", False),
                        ("purpose", "introduce"),
                        models.Q(("introducer_text_id", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("purpose", "introduce"), _negated=True),
                        ("introducer_text_id", ""),
                        ("introduction__isnull", True),
                    ),
                    _connector="OR",
                ),
            ),
        ),
    ]
