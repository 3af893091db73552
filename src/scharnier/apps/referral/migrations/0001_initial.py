# SPDX-License-Identifier: EUPL-1.2
"""Tables of referrals; lock nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0005_reasons_to_decline"),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("text", models.TextField(blank=True)),
                ("language", models.TextField()),
                ("topic_ids", models.JSONField(default=list)),
                ("about", models.TextField()),
                ("purpose", models.TextField(blank=True, default="")),
                ("consented_on", models.DateField(null=True)),
                ("sender_text_id", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("open_since", models.PositiveIntegerField(default=1)),
                ("awaited", models.TextField(blank=True, default="")),
                ("moved_at", models.DateTimeField()),
                ("outcome_told_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                ("over_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.area",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referrals",
                        to="people.network",
                    ),
                ),
                (
                    "resident_group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.residentgroup",
                    ),
                ),
                (
                    "sender_organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
                (
                    "sender_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referrals",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["network", "over_at"], name="referral_over"),
                    models.Index(fields=["network", "sender_text_id"], name="referral_of_sender"),
                    models.Index(
                        condition=models.Q(("over_at__isnull", True)),
                        fields=["network", "moved_at"],
                        name="referral_running",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["problem", "situation", "group", "resident"])),
                        name="referral_about_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", "group"), ("consented_on__isnull", True), ("purpose", "")),
                            models.Q(
                                ("about", "resident"),
                                ("consented_on__isnull", False),
                                ("resident_group", None),
                            ),
                            models.Q(
                                ("about__in", ["problem", "situation"]),
                                ("consented_on__isnull", True),
                                ("purpose", ""),
                                ("resident_group", None),
                            ),
                            _connector="OR",
                        ),
                        name="referral_about_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("awaited__in", ["", "next_party", "outcome"])),
                        name="referral_awaited_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "en"])), name="referral_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sender_text_id", ""), _negated=True), name="referral_of_a_sender"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("open_since__gte", 1)), name="referral_open_since_a_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("over_at__isnull", True), ("awaited", ""), _connector="OR"),
                        name="referral_over_waits_for_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("over_at__isnull", False), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="referral_words_while_it_runs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("open_since", models.PositiveIntegerField()),
                ("told_by", models.TextField()),
                ("helped", models.TextField()),
                ("words", models.TextField(blank=True, default="")),
                ("told_at", models.DateTimeField()),
                ("by_text_id", models.TextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="referral.referral",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["network", "by_text_id"], name="referral_feedback_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("told_by__in", ["concerned", "sender", "receiver"])),
                        name="referral_feedback_teller_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("helped__in", ["yes", "partly", "no"])),
                        name="referral_feedback_helped_known",
                    ),
                    models.UniqueConstraint(
                        fields=("referral", "open_since", "told_by"), name="referral_feedback_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("round", models.PositiveIntegerField()),
                ("place_in_round", models.PositiveIntegerField()),
                ("state", models.TextField(default="draft")),
                ("person_text_id", models.TextField(blank=True, default="")),
                ("proposed_by", models.TextField(default="hand")),
                ("place", models.PositiveIntegerField(null=True)),
                ("propensity", models.FloatField(null=True)),
                ("moved_at", models.DateTimeField()),
                ("requested_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("until", models.DateField(null=True)),
                ("hours", models.FloatField(null=True)),
                ("climbed", models.JSONField(default=list)),
                ("is_with_coordinator", models.BooleanField(default=False)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "learned",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.outcome",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="turns",
                        to="people.person",
                    ),
                ),
                (
                    "rather_organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
                (
                    "rather_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="referral.referral",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.service",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["network", "person_text_id", "state"], name="referral_turn_of_person"
                    ),
                    models.Index(fields=["network", "organization", "state"], name="referral_turn_of_org"),
                    models.Index(fields=["network", "state", "requested_at"], name="referral_turn_asked"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "requested",
                                    "unanswered",
                                    "accepted",
                                    "rejected",
                                    "in-progress",
                                    "on-hold",
                                    "completed",
                                    "failed",
                                    "cancelled",
                                    "entered-in-error",
                                ],
                            )
                        ),
                        name="referral_turn_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by__in", ["suggestion", "rather", "hand"])),
                        name="referral_turn_proposed_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "not_my_remit",
                                    "not_my_area",
                                    "no_capacity",
                                    "conflict",
                                    "already_known",
                                    "not_eligible",
                                    "other",
                                ],
                            )
                        ),
                        name="referral_turn_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "reason__in",
                                    [
                                        "not_my_remit",
                                        "not_my_area",
                                        "no_capacity",
                                        "conflict",
                                        "already_known",
                                        "not_eligible",
                                        "other",
                                    ],
                                ),
                                ("state", "rejected"),
                            ),
                            ("state", "entered-in-error"),
                            models.Q(models.Q(("state", "rejected"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="referral_turn_reason_of_decline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person_text_id", ""), _negated=True),
                            ("organization__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_turn_of_a_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place_in_round__gte", 1), ("round__gte", 1)),
                        name="referral_turn_numbered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__isnull", True), ("hours__gte", 0), _connector="OR"),
                        name="referral_turn_hours_not_below",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requested_at__isnull", False),
                            ("state__in", ["draft", "entered-in-error"]),
                            _connector="OR",
                        ),
                        name="referral_turn_asked_unless_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "on-hold"), _negated=True),
                            ("until__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_turn_waits_for_a_day",
                    ),
                    models.UniqueConstraint(
                        fields=("referral", "round", "place_in_round"), name="referral_turn_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_text_id", models.TextField(blank=True, default="")),
                ("part", models.TextField()),
                ("words", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="referral.turn",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["network", "by_text_id"], name="referral_remark_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["sender", "candidate", "coordinator", "clock"])),
                        name="referral_remark_part_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_text_id", models.TextField()),
                ("second_text_id", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
                ("replied_at", models.DateTimeField(null=True)),
                ("n_yes", models.PositiveIntegerField(default=0)),
                ("is_declined", models.BooleanField(default=False)),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="introductions",
                        to="referral.turn",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["network", "first_text_id"], name="referral_introduction_first"),
                    models.Index(fields=["network", "second_text_id"], name="referral_introduction_second"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_text_id", ""), _negated=True),
                            models.Q(("first_text_id", models.F("second_text_id")), _negated=True),
                        ),
                        name="referral_introduction_by_one_or_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("n_yes__lte", 1),
                            models.Q(("n_yes", 2), models.Q(("second_text_id", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="referral_introduction_yes_of_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_text_id", models.TextField(blank=True, default="")),
                ("part", models.TextField()),
                ("step", models.TextField()),
                ("words", models.TextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="referral.referral",
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="referral.turn",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["network", "by_text_id"], name="referral_event_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["sender", "candidate", "coordinator", "clock"])),
                        name="referral_event_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "step__in",
                                    [
                                        "send",
                                        "accept",
                                        "decline",
                                        "lapse",
                                        "start",
                                        "pause",
                                        "resume",
                                        "complete",
                                        "fail",
                                        "cancel",
                                        "void",
                                    ],
                                ),
                                ("turn__isnull", False),
                            ),
                            models.Q(
                                ("step__in", ["make", "ask_next", "reopen", "give_up", "tell_outcome"]),
                                ("turn__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_event_step_known",
                    ),
                ],
            },
        ),
    ]
