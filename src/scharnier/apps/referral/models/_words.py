# SPDX-License-Identifier: EUPL-1.2
"""Rows of what was done and said: each of one person, so that the words go with who said them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Network, Person
from scharnier.apps.people.models._network import one_of
from scharnier.apps.referral.models._referrals import Referral, Turn
from scharnier.core.referral import Deed, Helped, Part, Step, Teller

DEEDS = [deed.value for deed in Deed]
STEPS = [step.value for step in Step]


class Event(models.Model):
    """One thing that was done in a referral, with the words that went with it."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, null=True, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_text_id = models.TextField(blank=True, default="")  # empty: the clock, or who holds a link
    part = models.TextField()
    step = models.TextField()  # of the turn, or what was done to the whole
    words = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            one_of("referral_event_part_known", field="part", kind=Part),
            models.CheckConstraint(
                name="referral_event_step_known",
                condition=Q(step__in=STEPS, turn__isnull=False) | Q(step__in=DEEDS, turn__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["network", "by_text_id"], name="referral_event_of_person")]

    def __str__(self) -> str:
        return f"event {self.pk}"


class Feedback(models.Model):
    """What somebody says of whether it helped; one word each for every time it was done."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="feedback")
    open_since = models.PositiveIntegerField()  # as the referral was when it was said
    told_by = models.TextField()
    helped = models.TextField()
    words = models.TextField(blank=True, default="")
    told_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_text_id = models.TextField(blank=True, default="")  # empty: who holds a link

    class Meta:
        constraints = [
            one_of("referral_feedback_teller_known", field="told_by", kind=Teller),
            one_of("referral_feedback_helped_known", field="helped", kind=Helped),
            models.UniqueConstraint(
                name="referral_feedback_once", fields=["referral", "open_since", "told_by"]
            ),
        ]
        indexes = [models.Index(fields=["network", "by_text_id"], name="referral_feedback_of_person")]

    def __str__(self) -> str:
        return f"feedback {self.pk}"


class Remark(models.Model):
    """A question of who is asked, or an answer of who sent it."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="remarks")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_text_id = models.TextField(blank=True, default="")  # empty: who holds a link
    part = models.TextField()
    words = models.TextField(blank=True)  # empty: who said it was erased

    class Meta:
        constraints = [one_of("referral_remark_part_known", field="part", kind=Part)]
        indexes = [models.Index(fields=["network", "by_text_id"], name="referral_remark_of_person")]

    def __str__(self) -> str:
        return f"remark {self.pk}"
