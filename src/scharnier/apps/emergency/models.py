# SPDX-License-Identifier: EUPL-1.2
"""Rows of breaking the glass: who tried, and how it was judged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.sharing.models import Sharing
from scharnier.core.sharing import Verdict


class Attempt(models.Model):
    """Somebody tried to open a card; kept for a day, to count how often."""

    network_id = models.TextField()
    asked_by = models.TextField()  # a person's identifier
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["network_id", "asked_by", "made_at"], name="emergency_attempt_of_one"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Review(models.Model):
    """Whether opening a card was justified: to be judged by somebody else, once."""

    network_id = models.TextField()
    sharing = (
        models.OneToOneField(  # none: who opened the card, or whose it is, was erased before it was judged
            Sharing, on_delete=models.CASCADE, null=True, related_name="review"
        )
    )
    person_text_id = models.TextField()  # whose card: an identifier, as `asked_by`, which stays
    asked_by = models.TextField()
    made_at = models.DateTimeField()
    due_date = models.DateField()
    reminded_date = models.DateField(null=True)
    judged_by = models.TextField(blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    verdict = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_review_judged_or_not",
                condition=Q(judged_at__isnull=True, judged_by="", verdict="", words="")
                | (
                    Q(judged_at__isnull=False, verdict__in=[verdict.value for verdict in Verdict])
                    & ~Q(judged_by="")
                    & ~Q(words="")
                ),
            ),
            models.CheckConstraint(name="emergency_review_by_another", condition=~Q(judged_by=F("asked_by"))),
        ]
        indexes = [
            models.Index(
                fields=["network_id", "due_date"],
                condition=Q(judged_at__isnull=True),
                name="emergency_review_open",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"
