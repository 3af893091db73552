# SPDX-License-Identifier: EUPL-1.2
"""Rows of notes: each of one writer, whom it goes with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Network, Person
from scharnier.core.referral import About


class Note(models.Model):
    """What somebody wrote down, for nobody else to see."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    writer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    key = models.UUIDField()  # made where it was written, so that it is kept once however often it comes in
    text = models.TextField(blank=True)  # empty: thrown away, and too late to take back
    place = models.TextField(blank=True, default="")
    about = models.TextField(blank=True, default="")  # empty: not said
    candidate = models.TextField(blank=True, default="")
    remind_date = models.DateField(null=True)
    made_at = models.DateTimeField()
    thrown_away_at = models.DateTimeField(null=True)
    referral_id = models.TextField(blank=True, default="")  # what became of it; not a key: that may go sooner

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notes_note_once", fields=["writer", "key"]),
            models.CheckConstraint(
                name="notes_note_about_known", condition=Q(about__in=["", *(each.value for each in About)])
            ),
            models.CheckConstraint(
                name="notes_note_words_while_it_waits",
                condition=Q(thrown_away_at__isnull=False) | ~Q(text=""),
            ),
        ]
        indexes = [models.Index(fields=["network", "writer", "made_at"], name="notes_note_of_writer")]

    def __str__(self) -> str:
        return f"note {self.pk}"
