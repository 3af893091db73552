# SPDX-License-Identifier: EUPL-1.2
"""By what a referral that came in by a file is known again; locks referral_referral for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_reasons_to_decline"), ("referral", "0004_links_to_introduce")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="source_digest",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                name="referral_of_a_source_once",
                fields=["network", "sender_text_id", "source_digest"],
                condition=models.Q(("source_digest", ""), _negated=True),
            ),
        ),
    ]
