# SPDX-License-Identifier: EUPL-1.2
"""Tables of a network, its people and who may sign in; both databases; locks nothing, all is new."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Network",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("language", models.TextField(default="nl")),
                ("revision", models.TextField(blank=True, default="")),
                ("source_digest", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("alternate_names", models.JSONField(default=list)),
                ("cbs_code", models.TextField(blank=True, default="")),
                ("outline", models.JSONField(default=list)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="people.area",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_area_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["municipality", "district", "neighbourhood", "street"])
                        ),
                        name="people_area_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="people_area_not_in_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Community",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("name", models.TextField()),
                ("description", models.TextField(blank=True)),
                ("topic_ids", models.JSONField(default=list)),
                ("area_ids", models.JSONField(default=list)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="communities",
                        to="people.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_community_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("name", models.TextField()),
                ("description", models.TextField(blank=True)),
                ("alternate_name", models.TextField(blank=True)),
                ("remit", models.TextField(blank=True)),
                ("topic_ids", models.JSONField(default=list)),
                ("area_ids", models.JSONField(default=list)),
                ("email", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("website", models.TextField(blank=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organizations",
                        to="people.network",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_organization_once"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="people_organization_not_in_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("name", models.TextField()),
                ("summary", models.TextField(blank=True)),
                ("competences", models.JSONField(default=list)),
                ("topic_ids", models.JSONField(default=list)),
                ("area_ids", models.JSONField(default=list)),
                ("languages", models.JSONField(default=list)),
                ("email", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("reach", models.TextField(blank=True)),
                ("accepting", models.TextField(default="unknown")),
                ("accepting_until", models.DateField(null=True)),
                ("open_requests", models.PositiveIntegerField(default=0)),
                ("capacity", models.PositiveIntegerField(null=True)),
                ("last_active_date", models.DateField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="persons",
                        to="people.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_person_once"),
                    models.CheckConstraint(
                        condition=models.Q(("accepting__in", ["yes", "limited", "no", "unknown"])),
                        name="people_person_accepting_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("response", models.TextField()),
                ("reason", models.TextField(blank=True)),
                ("happened_date", models.DateField()),
                ("topic_ids", models.JSONField(default=list)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="people.network",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("response__in", ["accepted", "completed", "declined", "unanswered"])
                        ),
                        name="people_outcome_response_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                ["", "not_my_remit", "not_my_area", "no_time", "conflict", "already_known"],
                            )
                        ),
                        name="people_outcome_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("organization__isnull", False), _connector="OR"
                        ),
                        name="people_outcome_of_a_party",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.TextField()),
                ("given_date", models.DateField()),
                ("end_date", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "purpose"], name="people_consent_purpose")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["listing", "contact", "introduction", "research"])
                        ),
                        name="people_consent_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_date__isnull", True),
                            ("end_date__gte", models.F("given_date")),
                            _connector="OR",
                        ),
                        name="people_consent_ends_after_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("resident", "Resident"),
                            ("entrepreneur", "Entrepreneur"),
                            ("professional", "Professional"),
                            ("coordinator", "Coordinator"),
                            ("board", "Board"),
                            ("researcher", "Researcher"),
                            ("administrator", "Administrator"),
                        ]
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="people.network",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "network"), name="people_account_once_per_network"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "resident",
                                    "entrepreneur",
                                    "professional",
                                    "coordinator",
                                    "board",
                                    "researcher",
                                    "administrator",
                                ],
                            )
                        ),
                        name="people_account_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidentGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("name", models.TextField()),
                ("n_people", models.PositiveIntegerField(null=True)),
                ("source", models.TextField(blank=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resident_groups",
                        to="people.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_resident_group_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.TextField(blank=True)),
                ("start_date", models.DateField(null=True)),
                ("end_date", models.DateField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.community",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.network",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.person",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "resident_group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.residentgroup",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("community__isnull", True),
                                ("organization__isnull", False),
                                ("resident_group__isnull", True),
                            ),
                            models.Q(
                                ("community__isnull", False),
                                ("organization__isnull", True),
                                ("resident_group__isnull", True),
                            ),
                            models.Q(
                                ("community__isnull", True),
                                ("organization__isnull", True),
                                ("resident_group__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="people_membership_of_one_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_date__isnull", True),
                            ("end_date__isnull", True),
                            ("end_date__gte", models.F("start_date")),
                            _connector="OR",
                        ),
                        name="people_membership_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("successor", models.F("person")), _negated=True),
                        name="people_membership_succeeded_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("name", models.TextField()),
                ("description", models.TextField(blank=True)),
                ("alternate_name", models.TextField(blank=True)),
                ("status", models.TextField()),
                ("eligibility", models.TextField(blank=True)),
                ("how_to_apply", models.TextField(blank=True)),
                ("topic_ids", models.JSONField(default=list)),
                ("area_ids", models.JSONField(default=list)),
                ("location_ids", models.JSONField(default=list)),
                ("languages", models.JSONField(default=list)),
                ("schedules", models.JSONField(default=list)),
                ("capacity_available", models.PositiveIntegerField(null=True)),
                ("capacity_maximum", models.PositiveIntegerField(null=True)),
                ("capacity_unit", models.TextField(blank=True)),
                ("capacity_updated_date", models.DateField(null=True)),
                ("website", models.TextField(blank=True)),
                ("email", models.TextField(blank=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="people.network",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_service_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["active", "inactive", "defunct", "temporarily closed"])
                        ),
                        name="people_service_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity_maximum__isnull", True),
                            models.Q(
                                ("capacity_available__isnull", False),
                                ("capacity_maximum__gte", models.F("capacity_available")),
                            ),
                            _connector="OR",
                        ),
                        name="people_service_capacity_within_maximum",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("strength", models.FloatField()),
                ("observed_date", models.DateField()),
                ("origin", models.TextField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="people.network"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties_from",
                        to="people.person",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties_to",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="people_tie_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("strength__gt", 0), ("strength__lte", 1)),
                        name="people_tie_strength_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["knows", "works_with", "refers_to", "trusts"])),
                        name="people_tie_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["declared", "derived"])),
                        name="people_tie_origin_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("labels", models.JSONField(default=list)),
                ("definition", models.TextField(blank=True)),
                ("broader_ids", models.JSONField(default=list)),
                ("related_ids", models.JSONField(default=list)),
                ("fields", models.JSONField(default=list)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="people.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_topic_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("name", models.TextField(blank=True)),
                ("location_type", models.TextField()),
                ("address", models.TextField(blank=True)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="people.area",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="locations",
                        to="people.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="people_location_once"),
                    models.CheckConstraint(
                        condition=models.Q(("location_type__in", ["physical", "postal", "virtual"])),
                        name="people_location_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="people_location_both_coordinates",
                    ),
                ],
            },
        ),
    ]
