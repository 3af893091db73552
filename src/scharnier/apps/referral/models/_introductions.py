# SPDX-License-Identifier: EUPL-1.2
"""Rows of warm introductions: who brings whom together, in order, and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models import Network, Person
from scharnier.apps.referral.models._referrals import Turn


class Introduction(models.Model):
    """One way in, carried out: the sender's own contact first, then at most one more."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="introductions")
    first = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    first_text_id = models.TextField()  # stays when the person is gone, as the next
    second = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    second_text_id = models.TextField(blank=True, default="")  # empty: one introduces
    asked_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    n_yes = models.PositiveIntegerField(default=0)
    is_declined = models.BooleanField(default=False)
    other_way_told_at = models.DateTimeField(null=True)  # when the sender heard that this way did not open

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_introduction_by_one_or_two",
                condition=~Q(first_text_id="") & ~Q(first_text_id=F("second_text_id")),
            ),
            models.CheckConstraint(
                name="referral_introduction_yes_of_each",
                condition=Q(n_yes__lte=1) | (Q(n_yes=2) & ~Q(second_text_id="")),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "first_text_id"], name="referral_introduction_first"),
            models.Index(fields=["network", "second_text_id"], name="referral_introduction_second"),
        ]

    def __str__(self) -> str:
        return f"introduction {self.pk}"
