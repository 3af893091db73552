# SPDX-License-Identifier: EUPL-1.2
"""Tables of shared situations; locks nothing, all is new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0008_drafts_of_areas"),
    ]

    operations = [
        migrations.CreateModel(
            name="Situation",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("question", models.TextField()),
                ("made_on", models.DateField()),
                ("origin", models.TextField()),
                ("template_id", models.TextField(blank=True, default="")),
                ("state", models.TextField(default="signal_bundle")),
                ("since", models.DateField(null=True)),
                ("owner_text_id", models.TextField(blank=True, default="")),
                ("owner_name", models.TextField(blank=True, default="")),
                ("lead_text_id", models.TextField(blank=True, default="")),
                ("topic_ids", models.JSONField(default=list)),
                ("area_ids", models.JSONField(default=list)),
                ("resident_group_ids", models.JSONField(default=list)),
                ("find", models.JSONField(null=True)),
                ("goal", models.TextField(blank=True, default="")),
                ("baseline", models.TextField(blank=True, default="")),
                ("deadline", models.DateField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("handed_to", models.TextField(blank=True, default="")),
                ("ended_on", models.DateField(null=True)),
                (
                    "lead",
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
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["network", "state"], name="situations_situation_state"),
                    models.Index(fields=["network", "ended_on"], name="situations_situation_ended"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "signal_bundle",
                                    "proposed",
                                    "accepted",
                                    "plan",
                                    "running",
                                    "evaluating",
                                    "closed",
                                    "handed_over",
                                    "dismissed",
                                ],
                            )
                        ),
                        name="situations_situation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["scan", "hand", "others"])),
                        name="situations_situation_origin_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True), name="situations_situation_asks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["signal_bundle", "proposed", "dismissed", "handed_over"]),
                            models.Q(("owner_text_id", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="situations_situation_has_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                ("state__in", ["closed", "dismissed", "handed_over"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["closed", "dismissed", "handed_over"]), _negated=True
                                ),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="situations_situation_ended_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organization_text_id", models.TextField()),
                ("score", models.PositiveIntegerField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("situation", "organization_text_id"), name="situations_score_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (1, 5))), name="situations_score_within"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("source_text_id", models.TextField()),
                ("audience", models.TextField(default="coalition")),
                ("named_ids", models.JSONField(default=list)),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rooms",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["coalition", "own", "named"])),
                        name="situations_room_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="situations_room_closes_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("found", models.TextField(blank=True, default="")),
                ("reminded_on", models.DateField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rechecks",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on__isnull", True)),
                        fields=["network", "due"],
                        name="situations_recheck_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("situation", "due"), name="situations_recheck_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("found", "")),
                            models.Q(
                                ("done_on__isnull", False), ("found__in", ["holds", "slipped", "unknown"])
                            ),
                            _connector="OR",
                        ),
                        name="situations_recheck_done_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.TextField(blank=True, default="")),
                ("agenda", models.JSONField(default=list)),
                ("present_ids", models.JSONField(default=list)),
                ("apologies_ids", models.JSONField(default=list)),
                ("decisions", models.JSONField(default=list)),
                ("sequence", models.PositiveIntegerField(default=0)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["network", "starts_at"], name="situations_meeting_starts")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="situations_meeting_ends_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("organization_text_id", models.TextField()),
                ("organization_name", models.TextField(blank=True, default="")),
                ("words", models.TextField(blank=True, default="")),
                ("invited_on", models.DateField()),
                ("state", models.TextField(default="invited")),
                ("reason", models.TextField(blank=True, default="")),
                ("changed_on", models.DateField(null=True)),
                ("place", models.PositiveIntegerField()),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["network", "organization", "state"], name="situations_invitation_of_org"
                    ),
                    models.Index(
                        fields=["network", "state", "invited_on"], name="situations_invitation_open"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["invited", "accepted", "declined", "lapsed", "withdrawn", "left"])
                        ),
                        name="situations_invitation_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("situation", "place"), name="situations_invitation_placed"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("unit", models.TextField(blank=True, default="")),
                ("wanted", models.TextField(default="fewer")),
                ("source", models.TextField(default="entered")),
                ("baseline", models.FloatField(null=True)),
                ("target", models.FloatField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wanted__in", ["fewer", "more"])),
                        name="situations_indicator_wanted_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["signals", "entered"])),
                        name="situations_indicator_source_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_earlier", models.BooleanField(default=False)),
                ("lesson", models.TextField()),
                ("n_kept", models.PositiveIntegerField(default=0)),
                ("n_judged", models.PositiveIntegerField(default=0)),
                ("rate_ratio", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("displacement", models.FloatField(null=True)),
                ("hours", models.FloatField(null=True)),
                ("residents_noticed", models.TextField(blank=True, default="")),
                ("made_on", models.DateField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluations",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_earlier", False)),
                        fields=("situation",),
                        name="situations_evaluation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("high__isnull", True), ("low__isnull", True), ("rate_ratio__isnull", True)
                            ),
                            models.Q(("high__isnull", False), ("low__gt", 0), ("rate_ratio__isnull", False)),
                            _connector="OR",
                        ),
                        name="situations_evaluation_measured_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BundlePartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("share", models.FloatField(default=0.0)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bundle",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("situation", "organization"), name="situations_bundlepartner_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__range", (0, 1))), name="situations_bundlepartner_share"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("party_ids", models.JSONField(default=list)),
                ("made_on", models.DateField()),
                ("review_on", models.DateField()),
                ("state", models.TextField(default="open")),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "kept", "not_kept", "dropped"])),
                        name="situations_agreement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_on__gt", models.F("made_on"))),
                        name="situations_agreement_reviewed_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("person_text_id", models.TextField(blank=True, default="")),
                ("organization_text_id", models.TextField()),
                ("due", models.DateField()),
                ("state", models.TextField(default="open")),
                ("reason", models.TextField(blank=True, default="")),
                ("ended_on", models.DateField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["network", "person_text_id", "state"], name="situations_action_of_person"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "not_possible", "not_done"])),
                        name="situations_action_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "done"]),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="situations_action_explained",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Status",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source_text_id", models.TextField()),
                ("audience", models.TextField(default="coalition")),
                ("named_ids", models.JSONField(default=list)),
                ("state", models.TextField()),
                ("words", models.TextField(blank=True, default="")),
                ("told_on", models.DateField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["coalition", "own", "named"])),
                        name="situations_status_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["looking", "busy", "waiting", "ready"])),
                        name="situations_status_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("situation", "source_text_id"), name="situations_status_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("event", models.TextField()),
                ("what", models.TextField(blank=True, default="")),
                ("subject_id", models.TextField(blank=True, default="")),
                ("source_text_id", models.TextField(blank=True, default="")),
                ("by_text_id", models.TextField(blank=True, default="")),
                ("audience", models.TextField(default="coalition")),
                ("named_ids", models.JSONField(default=list)),
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
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="story",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["situation", "at"], name="situations_storyline_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "event__in",
                                [
                                    "step",
                                    "invited",
                                    "answered",
                                    "left",
                                    "agreed",
                                    "agreement_judged",
                                    "action_made",
                                    "action_ended",
                                    "met",
                                    "figure",
                                    "status",
                                    "part_shared",
                                    "evaluated",
                                    "rechecked",
                                ],
                            )
                        ),
                        name="situations_storyline_event_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["coalition", "own", "named"])),
                        name="situations_storyline_audience_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_id", models.TextField()),
                ("content", models.JSONField()),
                ("is_offered", models.BooleanField(default=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "text_id"), name="situations_template_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("low", models.FloatField()),
                ("high", models.FloatField(null=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="situations.indicator",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "on"), name="situations_reading_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("high__isnull", True), ("high__gte", models.F("low")), _connector="OR"
                        ),
                        name="situations_reading_ordered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("situation_id", models.TextField()),
                ("state", models.TextField()),
                ("ended_on", models.DateField()),
                ("topic_ids", models.JSONField(default=list)),
                ("area_ids", models.JSONField(default=list)),
                ("n_partners", models.PositiveIntegerField(default=0)),
                ("n_kept", models.PositiveIntegerField(default=0)),
                ("n_judged", models.PositiveIntegerField(default=0)),
                ("rate_ratio", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("displacement", models.FloatField(null=True)),
                ("hours", models.FloatField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "signal_bundle",
                                    "proposed",
                                    "accepted",
                                    "plan",
                                    "running",
                                    "evaluating",
                                    "closed",
                                    "handed_over",
                                    "dismissed",
                                ],
                            )
                        ),
                        name="situations_result_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("network", "situation_id"), name="situations_result_once"
                    ),
                ],
            },
        ),
    ]
