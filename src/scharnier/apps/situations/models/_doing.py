# SPDX-License-Identifier: EUPL-1.2
"""Rows of what partners do together: agreements, actions, meetings and figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models import Network, Person
from scharnier.apps.people.models._network import one_of
from scharnier.apps.situations.models._situations import Situation
from scharnier.core.situations import ActionState, AgreementState, FigureSource, Wanted


class Agreement(models.Model):
    """What partners promise each other."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="agreements")
    text = models.TextField()
    party_ids = models.JSONField(default=list)  # of organizations
    made_on = models.DateField()
    review_on = models.DateField()
    state = models.TextField(default=AgreementState.OPEN.value)
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            one_of("situations_agreement_state_known", field="state", kind=AgreementState),
            models.CheckConstraint(
                name="situations_agreement_reviewed_later", condition=Q(review_on__gt=F("made_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.id}"


class Action(models.Model):
    """What one person does for one organization, by a day."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    person_text_id = models.TextField(blank=True, default="")  # stays when the person is gone
    organization_text_id = models.TextField()
    due = models.DateField()
    state = models.TextField(default=ActionState.OPEN.value)
    reason = models.TextField(blank=True, default="")
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("situations_action_state_known", field="state", kind=ActionState),
            models.CheckConstraint(
                name="situations_action_explained",
                condition=Q(state__in=[ActionState.OPEN.value, ActionState.DONE.value]) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "person_text_id", "state"], name="situations_action_of_person")
        ]

    def __str__(self) -> str:
        return f"action {self.id}"


class Indicator(models.Model):
    """A named series of figures."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="indicators")
    name = models.TextField()
    unit = models.TextField(blank=True, default="")
    wanted = models.TextField(default=Wanted.FEWER.value)
    source = models.TextField(default=FigureSource.ENTERED.value)
    baseline = models.FloatField(null=True)
    target = models.FloatField(null=True)

    class Meta:
        constraints = [
            one_of("situations_indicator_wanted_known", field="wanted", kind=Wanted),
            one_of("situations_indicator_source_known", field="source", kind=FigureSource),
        ]

    def __str__(self) -> str:
        return f"indicator {self.id}"


class Reading(models.Model):
    """A figure of an indicator for the period that ends on a day."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    low = models.FloatField()
    high = models.FloatField(null=True)  # None: the last band, which is open

    class Meta:
        constraints = [
            models.UniqueConstraint(name="situations_reading_once", fields=["indicator", "on"]),
            models.CheckConstraint(
                name="situations_reading_ordered", condition=Q(high__isnull=True) | Q(high__gte=F("low"))
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Meeting(models.Model):
    """One time that partners meet."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.TextField(blank=True, default="")
    agenda = models.JSONField(default=list)  # [what about, identifier]
    present_ids = models.JSONField(default=list)  # of organizations, as the next
    apologies_ids = models.JSONField(default=list)
    decisions = models.JSONField(default=list)
    sequence = models.PositiveIntegerField(default=0)  # of the invitation in a calendar, each change one more

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="situations_meeting_ends_later", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["network", "starts_at"], name="situations_meeting_starts")]

    def __str__(self) -> str:
        return f"meeting {self.id}"
