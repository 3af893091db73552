# SPDX-License-Identifier: EUPL-1.2
"""Rows of how they hang together: memberships, ties, and what came of earlier questions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models._network import Network, one_of
from scharnier.apps.people.models._parties import Community, Organization, Person, ResidentGroup
from scharnier.core import referral
from scharnier.core.network import TieKind, TieOrigin

PARTIES = ("organization", "community", "resident_group")


def exactly_one_party() -> Q:
    """Return the condition that one of the three parties is there and the others are not."""
    condition = Q()
    for chosen in PARTIES:
        condition |= Q(**{f"{party}__isnull": party != chosen for party in PARTIES})
    return condition


class Membership(models.Model):
    """A person's role in one organization, community or resident group, for a time."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, related_name="memberships"
    )
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="memberships")
    resident_group = models.ForeignKey(
        ResidentGroup, on_delete=models.CASCADE, null=True, related_name="memberships"
    )
    role = models.TextField(blank=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    successor = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    is_confirmed = models.BooleanField(default=True)  # false: said by the person, not yet by the organization

    class Meta:
        constraints = [
            models.CheckConstraint(name="people_membership_of_one_party", condition=exactly_one_party()),
            models.CheckConstraint(
                name="people_membership_ends_after_start",
                condition=Q(start_date__isnull=True)
                | Q(end_date__isnull=True)
                | Q(end_date__gte=F("start_date")),
            ),
            models.CheckConstraint(
                name="people_membership_succeeded_by_another", condition=~Q(successor=F("person"))
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Tie(models.Model):
    """A dated observation that one person can reach another."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="ties")
    source = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_from")
    target = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_to")
    kind = models.TextField()
    strength = models.FloatField()
    observed_date = models.DateField()
    origin = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="people_tie_between_two", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="people_tie_strength_a_share", condition=Q(strength__gt=0, strength__lte=1)
            ),
            one_of("people_tie_kind_known", field="kind", kind=TieKind),
            one_of("people_tie_origin_known", field="origin", kind=TieOrigin),
        ]

    def __str__(self) -> str:
        return f"tie {self.pk}"


class Outcome(models.Model):
    """What came of bringing one problem to one party; the matching learns from it."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="outcomes")
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, related_name="+")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="+")
    response = models.TextField()
    reason = models.TextField(blank=True)
    rather_person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    rather_organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    happened_date = models.DateField()
    topic_ids = models.JSONField(default=list)

    class Meta:
        constraints = [
            one_of("people_outcome_response_known", field="response", kind=referral.Response),
            models.CheckConstraint(
                name="people_outcome_reason_known",
                condition=Q(reason__in=["", *(reason.value for reason in referral.Reason)]),
            ),
            models.CheckConstraint(
                name="people_outcome_of_a_party",
                condition=Q(person__isnull=False) | Q(organization__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"outcome {self.pk}"
