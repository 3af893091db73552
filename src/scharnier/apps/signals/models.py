# SPDX-License-Identifier: EUPL-1.2
"""Rows of signals, and of two partners who meet something alike.

What others count with stands in columns of its own (`Counted`), coarse from the start, so that whoever counts
reads no exact place and no words, and both can go while the count stays.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models import Network, Organization, Person
from scharnier.apps.people.models._network import one_of
from scharnier.core.signals import Grain, Naming, Precision, Seriousness, SignalState, Source

PRECISIONS = [precision.value for precision in Precision]


class Counted(models.Model):
    """What a trace holds: where about, when and what about."""

    cell_longitude = models.FloatField(null=True)  # middle of a square of 100 metres
    cell_latitude = models.FloatField(null=True)
    spread_m = models.FloatField()
    area_text_id = models.TextField(blank=True, default="")  # not a key: an area may leave the map sooner
    first_day = models.DateField()
    last_day = models.DateField()
    kept_until = models.DateField()  # last day
    topic_ids = models.JSONField(default=list)

    class Meta:
        abstract = True


class Signal(Counted):
    """What somebody meets; its words and its exact place are for its owner alone."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(  # whose it is, or that reads it for residents; it goes with it
        Organization, on_delete=models.CASCADE, null=True, related_name="+"
    )
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    source = models.TextField()
    reference = models.TextField(blank=True, default="")  # of the system that sent it
    text = models.TextField(null=True)  # noqa: DJ001  # null: the words went, and that it was met stays
    precision = models.TextField(blank=True, default="")  # of the exact place; empty: it went with the words
    place_words = models.TextField(blank=True, default="")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    happened_on = models.DateField()
    grain = models.TextField()
    resident_group_ids = models.JSONField(default=list)
    seriousness = models.TextField()
    state = models.TextField()
    told_at = models.DateTimeField()
    story = models.JSONField(default=list)  # pairs: what was done, and when; by whom stands in the log

    class Meta:
        constraints = [
            one_of("signals_signal_source_known", field="source", kind=Source),
            one_of("signals_signal_grain_known", field="grain", kind=Grain),
            one_of("signals_signal_seriousness_known", field="seriousness", kind=Seriousness),
            one_of("signals_signal_state_known", field="state", kind=SignalState),
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
            models.CheckConstraint(
                name="signals_signal_days_in_order", condition=Q(first_day__lte=F("last_day"))
            ),
            models.UniqueConstraint(
                name="signals_signal_reference_once",
                fields=["organization", "reference"],
                condition=~Q(reference=""),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "last_day"], name="signals_signal_when"),
            models.Index(fields=["organization", "-told_at"], name="signals_signal_of_owner"),
            models.Index(fields=["author", "-told_at"], name="signals_signal_of_author"),
        ]

    def __str__(self) -> str:
        return f"signal {self.id}"


class Match(models.Model):
    """Two partners who meet something alike, each a side of it."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    asked_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["network", "asked_on"], name="signals_match_asked")]

    def __str__(self) -> str:
        return f"match {self.id}"


class Side(Counted):
    """One partner of a match, and what it decided; what it met, as others may count with it."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="sides")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, related_name="sides")
    naming = models.TextField(default=Naming.ASKED.value)
    decided_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("signals_side_naming_known", field="naming", kind=Naming),
            models.UniqueConstraint(name="signals_side_once", fields=["match", "organization"]),
            models.CheckConstraint(
                name="signals_side_decided_on_a_day",
                condition=Q(naming=Naming.ASKED.value, decided_on__isnull=True)
                | ~Q(naming=Naming.ASKED.value) & Q(decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"side {self.pk}"


class Reception(models.Model):
    """Which organization reads what residents tell by the open form; without one the form is closed."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"reception {self.pk}"


class Count(models.Model):
    """How often something was asked within a day; of who asked only a keyed digest is kept."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    key = models.TextField()
    day = models.DateField()
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="signals_count_once", fields=["network", "key", "day"])]

    def __str__(self) -> str:
        return f"count {self.n}"
