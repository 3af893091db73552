# SPDX-License-Identifier: EUPL-1.2
"""Rows of what is shared: identifiers, words about why, and moments; no card stands in them."""

from __future__ import annotations

from enum import Enum

from django.db import models
from django.db.models import F, Q

from scharnier.core import sharing


def _one_of(name: str, *, field: str, kind: type[Enum]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [item.value for item in kind]}))


def _emergency_only_so() -> Q:
    """Return the condition that an emergency is for one person on vital interests, and nothing else is."""
    is_emergency = Q(purpose=sharing.Purpose.EMERGENCY.value)
    is_vital = Q(basis=sharing.LegalBasis.VITAL_INTERESTS.value)
    for_one = Q(audience_kind=sharing.AudienceKind.PERSON.value, audience_id=F("made_by"))
    return (is_emergency & is_vital & for_one) | (~is_emergency & ~is_vital)


class Sharing(models.Model):
    """Somebody's card shown to an audience; how long it may last, triggers of the database hold too."""

    network_id = models.TextField()
    person_id = models.TextField()  # whose card: a person's identifier, as all below
    audience_kind = models.TextField()
    audience_id = models.TextField()
    purpose = models.TextField()
    reason = models.TextField()  # the purpose in words of who made it
    basis = models.TextField()
    made_by = models.TextField()
    on_behalf_of = models.TextField(blank=True, default="")  # an organization; empty: nobody
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            _one_of("sharing_audience_kind_known", field="audience_kind", kind=sharing.AudienceKind),
            _one_of("sharing_purpose_known", field="purpose", kind=sharing.Purpose),
            _one_of("sharing_basis_known", field="basis", kind=sharing.LegalBasis),
            models.CheckConstraint(name="sharing_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="sharing_says_why_and_for_whom", condition=~Q(reason="") & ~Q(audience_id="")
            ),
            models.CheckConstraint(
                name="sharing_not_with_oneself",
                condition=~Q(audience_kind=sharing.AudienceKind.PERSON.value, audience_id=F("person_id")),
            ),
            models.CheckConstraint(name="sharing_emergency_only_so", condition=_emergency_only_so()),
        ]
        indexes = [
            models.Index(fields=["network_id", "audience_kind", "audience_id"], name="sharing_audience"),
            models.Index(fields=["network_id", "person_id"], name="sharing_person"),
        ]

    def __str__(self) -> str:
        return f"sharing {self.pk}"
