# SPDX-License-Identifier: EUPL-1.2
"""Rows of what only some may read: rooms, how a partner stands, and the story."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models import Network, Person
from scharnier.apps.people.models._network import one_of
from scharnier.apps.situations.models._situations import Situation
from scharnier.core.situations import Audience, Event, PartnerState

NAMED = Audience.NAMED.value


class Room(models.Model):
    """A private part: what one organization brings in, for whom, and from when to when."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="rooms")
    title = models.TextField()
    text = models.TextField()
    source_text_id = models.TextField()  # an organization
    audience = models.TextField(default=Audience.COALITION.value)
    named_ids = models.JSONField(default=list)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("situations_room_audience_known", field="audience", kind=Audience),
            models.CheckConstraint(
                name="situations_room_closes_later",
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"room {self.id}"


class Status(models.Model):
    """How one partner stands now."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="statuses")
    source_text_id = models.TextField()
    audience = models.TextField(default=Audience.COALITION.value)
    named_ids = models.JSONField(default=list)
    state = models.TextField()
    words = models.TextField(blank=True, default="")
    told_on = models.DateField()

    class Meta:
        constraints = [
            one_of("situations_status_audience_known", field="audience", kind=Audience),
            one_of("situations_status_state_known", field="state", kind=PartnerState),
            models.UniqueConstraint(name="situations_status_once", fields=["situation", "source_text_id"]),
        ]

    def __str__(self) -> str:
        return f"status {self.pk}"


class StoryLine(models.Model):
    """One line of the story; the words stand with what it is about."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="story")
    at = models.DateTimeField()
    event = models.TextField()
    what = models.TextField(blank=True, default="")  # the step, answer or state
    subject_id = models.TextField(blank=True, default="")
    source_text_id = models.TextField(blank=True, default="")  # for which organization; empty: the clock
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_text_id = models.TextField(blank=True, default="")
    audience = models.TextField(default=Audience.COALITION.value)
    named_ids = models.JSONField(default=list)

    class Meta:
        constraints = [
            one_of("situations_storyline_event_known", field="event", kind=Event),
            one_of("situations_storyline_audience_known", field="audience", kind=Audience),
        ]
        indexes = [models.Index(fields=["situation", "at"], name="situations_storyline_at")]

    def __str__(self) -> str:
        return f"story {self.pk}"
