# SPDX-License-Identifier: EUPL-1.2
"""Rows of the log: written once; triggers of the database refuse to change or delete them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.core import audit


class AuditEvent(models.Model):
    """One event of a network's log; a network that goes leaves its events behind, so nothing refers to it.

    Everything but the number is text as it went into the digest: no second way to write the same value.
    """

    pk = models.CompositePrimaryKey("network_id", "number")
    network_id = models.TextField()
    number = models.PositiveBigIntegerField()
    at = models.TextField()
    actor_id = models.TextField(blank=True, default="")  # empty: the system
    on_behalf_of = models.TextField(blank=True, default="")
    act = models.TextField()
    kind = models.TextField()
    object_id = models.TextField()
    purpose = models.TextField(blank=True, default="")
    basis = models.TextField(blank=True, default="")
    outcome = models.TextField()
    facts = models.TextField(blank=True, default="")  # a JSON object
    digest = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_event_numbered_from_one", condition=Q(number__gte=1)),
        ]
        indexes = [
            models.Index(fields=["network_id", "kind", "object_id", "number"], name="audit_event_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.number}"


class AuditHead(models.Model):
    """How far a network's log goes; its lock puts those who append in a row."""

    network_id = models.TextField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.TextField(default=audit.GENESIS)

    def __str__(self) -> str:
        return f"{self.network_id} {self.number}"
