# SPDX-License-Identifier: EUPL-1.2
"""Table of outgoing mail; both databases; locks nothing, all is new."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("to", models.TextField(blank=True)),
                ("template", models.TextField()),
                ("language", models.TextField()),
                ("subject", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("state", models.TextField(default="queued")),
                ("fence", models.IntegerField(default=0)),
                ("code", models.TextField(blank=True, default="")),
                ("queued_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("sent_at", models.DateTimeField(null=True)),
                ("bounced_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "queued_at"], name="mail_message_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sending", "sent", "bounced", "unknown"])
                        ),
                        name="mail_message_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="mail_message_sent_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "bounced"), _negated=True),
                            ("bounced_at__isnull", False),
                            _connector="OR",
                        ),
                        name="mail_message_bounced_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(("subject", ""), ("text", ""), ("to", "")),
                            _connector="OR",
                        ),
                        name="mail_message_erased_is_empty",
                    ),
                ],
            },
        ),
    ]
