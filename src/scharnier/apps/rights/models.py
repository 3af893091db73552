# SPDX-License-Identifier: EUPL-1.2
"""Rows of clearing up, and of what people without an account asked about their data."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models import Network

COPY, ERASURE = "copy", "erasure"


class RetentionReport(models.Model):
    """What one night's clearing up found and did: numbers only."""

    made_at = models.DateTimeField()
    lines = models.JSONField(default=list)  # services.Line, one for each rule and network with something over

    def __str__(self) -> str:
        return f"report {self.pk}"


class Notice(models.Model):
    """A person of whom nothing was heard for long: since when we know, and when they were told."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    person_text_id = models.TextField()  # no key: cards are written anew by an import
    noticed_date = models.DateField()
    warned_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rights_notice_once_per_person", fields=["network", "person_text_id"]
            ),
            models.CheckConstraint(
                name="rights_notice_warned_after_it",
                condition=Q(warned_date__isnull=True) | Q(warned_date__gte=F("noticed_date")),
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class DataRequest(models.Model):
    """Somebody without an account asks for a copy of their data, or for erasure."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="data_requests")
    person_text_id = models.TextField()  # no key: after erasure only the identifier stays
    what = models.TextField()
    received_date = models.DateField()
    answer_by = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rights_data_request_what_known", condition=Q(what__in=[COPY, ERASURE])
            ),
            models.CheckConstraint(
                name="rights_data_request_answered_after_it",
                condition=Q(answer_by__gte=F("received_date")),
            ),
        ]

    def __str__(self) -> str:
        return f"data request {self.pk}"
