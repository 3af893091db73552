# SPDX-License-Identifier: EUPL-1.2
"""Rows of how people come into a network, and how their roles go to somebody else."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models import Membership, Network, Person
from scharnier.core.kernel import Role


class Invitation(models.Model):
    """An offer to join a network in a role, good once and for a while; the token itself is kept nowhere."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="invitations")
    email = models.TextField()
    role = models.TextField()
    person_text_id = models.TextField(blank=True, default="")  # the card it is for; empty: a new one
    invited_by = models.TextField()  # a person's identifier: who invited may leave
    token_digest = models.TextField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="members_invitation_role_known",
                condition=Q(role__in=[role.value for role in Role]),
            ),
            models.CheckConstraint(
                name="members_invitation_expires_later", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="members_invitation_used_or_withdrawn",
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="members_invitation_one_open",
                fields=["network", "email"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class JoinRequest(models.Model):
    """Somebody asks to join; once that is decided, only the decision stays."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="join_requests")
    name = models.TextField(blank=True)
    email = models.TextField(blank=True)
    why = models.TextField(blank=True)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="members_join_request_one_open",
                fields=["network", "email"],
                condition=Q(decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="members_join_request_decided_is_empty",
                condition=Q(decided_at__isnull=True) | Q(name="", email="", why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"join request {self.pk}"


class HandOver(models.Model):
    """The roles of one person gone to another, so that it can be undone the same day."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="hand_overs")
    from_person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on_date = models.DateField()  # the last day of the one
    made_date = models.DateField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="members_hand_over_to_another", condition=~Q(from_person=F("to_person"))
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class HandOverStep(models.Model):
    """One role that went over: how it stood before, and what was made of it."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="steps")
    ended = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    begun = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    end_date_before = models.DateField(null=True)
    successor_before = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"step {self.pk}"
