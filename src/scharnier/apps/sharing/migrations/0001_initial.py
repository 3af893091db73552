# SPDX-License-Identifier: EUPL-1.2
"""Table of what is shared; locks nothing, all is new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sharing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network_id", models.TextField()),
                ("person_id", models.TextField()),
                ("audience_kind", models.TextField()),
                ("audience_id", models.TextField()),
                ("purpose", models.TextField()),
                ("reason", models.TextField()),
                ("basis", models.TextField()),
                ("made_by", models.TextField()),
                ("on_behalf_of", models.TextField(blank=True, default="")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["network_id", "audience_kind", "audience_id"], name="sharing_audience"
                    ),
                    models.Index(fields=["network_id", "person_id"], name="sharing_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience_kind__in", ["person", "organization", "role"])),
                        name="sharing_audience_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["help", "together", "cover", "emergency"])),
                        name="sharing_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    "consent",
                                    "contract",
                                    "legal_obligation",
                                    "vital_interests",
                                    "public_task",
                                    "legitimate_interests",
                                ],
                            )
                        ),
                        name="sharing_basis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="sharing_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("audience_id", ""), _negated=True),
                        ),
                        name="sharing_says_why_and_for_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience_id", models.F("person_id")), ("audience_kind", "person"), _negated=True
                        ),
                        name="sharing_not_with_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("purpose", "emergency"),
                                ("basis", "vital_interests"),
                                ("audience_id", models.F("made_by")),
                                ("audience_kind", "person"),
                            ),
                            models.Q(
                                models.Q(("purpose", "emergency"), _negated=True),
                                models.Q(("basis", "vital_interests"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sharing_emergency_only_so",
                    ),
                ],
            },
        ),
    ]
