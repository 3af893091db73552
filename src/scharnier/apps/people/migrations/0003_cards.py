# SPDX-License-Identifier: EUPL-1.2
"""To whom fields are shown, who says a role is right, when cards were looked over.

Locks people_person and people_membership for a moment.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_network_takes_requests")]

    operations = [
        migrations.AddField(model_name="person", name="visibility", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="membership", name="is_confirmed", field=models.BooleanField(default=True)
        ),
        migrations.CreateModel(
            name="CardCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.TextField()),
                ("checked_on", models.DateField()),
                ("verify_by", models.DateField()),
                ("asked_on", models.DateField(null=True)),
                ("version", models.TextField(blank=True, default="")),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="people.network",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="people.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", True), ("person__isnull", False)),
                            models.Q(("organization__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="people_check_of_one_card",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verify_by__gte", models.F("checked_on"))),
                        name="people_check_due_after_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["skills", "ways", "room", "about", "services"])),
                        name="people_check_group_known",
                    ),
                    models.UniqueConstraint(fields=("person", "group"), name="people_check_once_a_person"),
                    models.UniqueConstraint(
                        fields=("organization", "group"), name="people_check_once_an_organization"
                    ),
                ],
            },
        ),
    ]
