# SPDX-License-Identifier: EUPL-1.2
"""Let a message name the address at which its reader ends such mails; locks the table for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="stop_address",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RemoveConstraint(model_name="message", name="mail_message_erased_is_empty"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(("stop_address", ""), ("subject", ""), ("text", ""), ("to", "")),
                    _connector="OR",
                ),
                name="mail_message_erased_is_empty",
            ),
        ),
    ]
