# SPDX-License-Identifier: EUPL-1.2
"""Tables of signals and of two partners who meet something alike; locks nothing, all is new."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import CASCADE, SET_NULL, F, Q

PRECISIONS = ["point", "address", "street", "area"]


def key() -> models.Field[Any, Any]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def part_of(model: str, *, related_name: str = "+") -> models.Field[Any, Any]:
    return models.ForeignKey(on_delete=CASCADE, related_name=related_name, to=model)


def counted() -> list[tuple[str, models.Field[Any, Any]]]:
    """Return the columns of what a trace holds, for the two tables that have them."""
    return [
        ("cell_longitude", models.FloatField(null=True)),
        ("cell_latitude", models.FloatField(null=True)),
        ("spread_m", models.FloatField()),
        ("area_text_id", models.TextField(blank=True, default="")),
        ("first_day", models.DateField()),
        ("last_day", models.DateField()),
        ("kept_until", models.DateField()),
        ("topic_ids", models.JSONField(default=list)),
    ]


def one_of(name: str, *, field: str, values: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q((f"{field}__in", values)))


SIGNAL_HOLDS = [
    one_of(
        "signals_signal_source_known",
        field="source",
        values=["member", "resident", "file", "api", "open311"],
    ),
    one_of("signals_signal_grain_known", field="grain", values=["day", "week", "month"]),
    one_of(
        "signals_signal_seriousness_known",
        field="seriousness",
        values=["annoying", "harmful", "dangerous"],
    ),
    one_of("signals_signal_state_known", field="state", values=["open", "handled", "withdrawn"]),
    models.CheckConstraint(
        name="signals_signal_words_with_a_place",
        condition=Q(text__isnull=False, precision__in=PRECISIONS)
        | Q(
            text__isnull=True,
            precision="",
            place_words="",
            longitude__isnull=True,
            latitude__isnull=True,
        ),
    ),
    models.CheckConstraint(
        name="signals_signal_counts_somewhere",
        condition=Q(cell_longitude__isnull=False, cell_latitude__isnull=False)
        | Q(cell_longitude__isnull=True, cell_latitude__isnull=True) & ~Q(area_text_id=""),
    ),
    models.CheckConstraint(name="signals_signal_days_in_order", condition=Q(first_day__lte=F("last_day"))),
    models.UniqueConstraint(
        name="signals_signal_reference_once",
        fields=["organization", "reference"],
        condition=~Q(reference=""),
    ),
]
SIDE_HOLDS = [
    one_of("signals_side_naming_known", field="naming", values=["asked", "named", "not_named", "lapsed"]),
    models.UniqueConstraint(name="signals_side_once", fields=["match", "organization"]),
    models.CheckConstraint(
        name="signals_side_decided_on_a_day",
        condition=Q(naming="asked", decided_on__isnull=True)
        | ~Q(naming="asked") & Q(decided_on__isnull=False),
    ),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0003_cards")]

    operations = [
        migrations.CreateModel(
            name="Signal",
            fields=[
                *counted(),
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("network", part_of("people.network")),
                (
                    "organization",
                    models.ForeignKey(
                        null=True, on_delete=CASCADE, related_name="+", to="people.organization"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(null=True, on_delete=SET_NULL, related_name="+", to="people.person"),
                ),
                ("source", models.TextField()),
                ("reference", models.TextField(blank=True, default="")),
                ("text", models.TextField(null=True)),
                ("precision", models.TextField(blank=True, default="")),
                ("place_words", models.TextField(blank=True, default="")),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("happened_on", models.DateField()),
                ("grain", models.TextField()),
                ("resident_group_ids", models.JSONField(default=list)),
                ("seriousness", models.TextField()),
                ("state", models.TextField()),
                ("told_at", models.DateTimeField()),
                ("story", models.JSONField(default=list)),
            ],
            options={
                "constraints": SIGNAL_HOLDS,
                "indexes": [
                    models.Index(fields=["network", "last_day"], name="signals_signal_when"),
                    models.Index(fields=["organization", "-told_at"], name="signals_signal_of_owner"),
                    models.Index(fields=["author", "-told_at"], name="signals_signal_of_author"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("network", part_of("people.network")),
                ("asked_on", models.DateField()),
            ],
            options={
                "indexes": [models.Index(fields=["network", "asked_on"], name="signals_match_asked")],
            },
        ),
        migrations.CreateModel(
            name="Side",
            fields=[
                ("id", key()),
                *counted(),
                ("match", part_of("signals.match", related_name="sides")),
                ("organization", part_of("people.organization")),
                (
                    "signal",
                    models.ForeignKey(
                        null=True, on_delete=SET_NULL, related_name="sides", to="signals.signal"
                    ),
                ),
                ("naming", models.TextField(default="asked")),
                ("decided_on", models.DateField(null=True)),
            ],
            options={"constraints": SIDE_HOLDS},
        ),
        migrations.CreateModel(
            name="Reception",
            fields=[
                ("id", key()),
                (
                    "network",
                    models.OneToOneField(on_delete=CASCADE, related_name="+", to="people.network"),
                ),
                ("organization", part_of("people.organization")),
            ],
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", key()),
                ("network", part_of("people.network")),
                ("key", models.TextField()),
                ("day", models.DateField()),
                ("n", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(name="signals_count_once", fields=["network", "key", "day"])
                ],
            },
        ),
    ]
