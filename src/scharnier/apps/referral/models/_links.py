# SPDX-License-Identifier: EUPL-1.2
"""Rows of links that somebody without an account was given, and of how long an organization has to answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Network, Organization
from scharnier.apps.people.models._network import one_of
from scharnier.apps.referral.models._introductions import Introduction
from scharnier.apps.referral.models._referrals import Referral, Turn
from scharnier.core.referral import LEAST_DAYS, MOST_DAYS, LinkPurpose

OUTCOME, INTRODUCE = LinkPurpose.OUTCOME.value, LinkPurpose.INTRODUCE.value


class Holder(models.TextChoices):
    """Who was given a link; the address itself stands on the card."""

    PERSON = "person"
    ORGANIZATION = "organization"
    CONCERNED = "concerned"  # the one it was for, by the sender's hand


class Link(models.Model):
    """One secret address; of the secret we keep a digest."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, null=True, related_name="links")
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, null=True, related_name="links")
    introducer_text_id = models.TextField(
        blank=True, default=""
    )  # who is asked to introduce; stays, as others
    purpose = models.TextField()
    holder = models.TextField()
    token_digest = models.TextField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # the first time
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("referral_link_purpose_known", field="purpose", kind=LinkPurpose),
            one_of("referral_link_holder_known", field="holder", kind=Holder),
            models.CheckConstraint(
                name="referral_link_of_a_turn_or_the_whole",
                condition=Q(purpose=OUTCOME, turn__isnull=True, holder=Holder.CONCERNED.value)
                | (~Q(purpose=OUTCOME) & ~Q(holder=Holder.CONCERNED.value) & Q(turn__isnull=False)),
            ),
            models.CheckConstraint(
                name="referral_link_of_an_introducer",
                condition=Q(purpose=INTRODUCE, introduction__isnull=False, holder=Holder.PERSON.value)
                & ~Q(introducer_text_id="")
                | ~Q(purpose=INTRODUCE) & Q(introduction__isnull=True, introducer_text_id=""),
            ),
        ]
        indexes = [models.Index(fields=["network", "expires_at"], name="referral_link_expires")]

    def __str__(self) -> str:
        return f"link {self.pk}"


class LinkCount(models.Model):
    """How often a link or an address was tried within an hour; only a keyed digest is kept."""

    key = models.TextField(primary_key=True)
    since = models.DateTimeField()
    n = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"count {self.n}"


class AnswerTime(models.Model):
    """How many working days an organization has to answer, where it chose another number than most."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="answer_time")
    n_days = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_answer_time_within", condition=Q(n_days__range=(LEAST_DAYS, MOST_DAYS))
            ),
        ]

    def __str__(self) -> str:
        return f"answer time {self.pk}"
