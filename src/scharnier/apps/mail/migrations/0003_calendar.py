# SPDX-License-Identifier: EUPL-1.2
"""Let a message bring something for a calendar; locks the table for a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_stop_address")]
    operations = [
        migrations.AddField(
            model_name="message", name="calendar", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(
            model_name="message", name="calendar_method", field=models.TextField(blank=True, default="")
        ),
        migrations.RemoveConstraint(model_name="message", name="mail_message_erased_is_empty"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("calendar", ""), ("stop_address", ""), ("subject", ""), ("text", ""), ("to", "")
                    ),
                    _connector="OR",
                ),
                name="mail_message_erased_is_empty",
            ),
        ),
    ]
