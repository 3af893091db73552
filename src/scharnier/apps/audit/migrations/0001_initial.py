# SPDX-License-Identifier: EUPL-1.2
"""Tables of the log and of how far it goes; both databases; locks nothing, all is new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("network_id", models.TextField(primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(default=0)),
                (
                    "digest",
                    models.TextField(
                        default="0000000000000000000000000000000000000000000000000000000000000000"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "network_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("network_id", models.TextField()),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.TextField()),
                ("actor_id", models.TextField(blank=True, default="")),
                ("on_behalf_of", models.TextField(blank=True, default="")),
                ("act", models.TextField()),
                ("kind", models.TextField()),
                ("object_id", models.TextField()),
                ("purpose", models.TextField(blank=True, default="")),
                ("basis", models.TextField(blank=True, default="")),
                ("outcome", models.TextField()),
                ("facts", models.TextField(blank=True, default="")),
                ("digest", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["network_id", "kind", "object_id", "number"], name="audit_event_of_object"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="audit_event_numbered_from_one"
                    )
                ],
            },
        ),
    ]
