# SPDX-License-Identifier: EUPL-1.2
"""Rows of webhooks: where they go, and what was sent; no person stands in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.core.webhooks import Event


class State(models.TextChoices):
    """Where a delivery is."""

    WAITING = "waiting"  # for its first attempt, or for another
    TAKEN = "taken"  # the receiver took it
    DEAD = "dead"  # given up: a person sends it again, or throws it away


class OffBecause(models.TextChoices):
    """Why a webhook is off."""

    ON = ""
    GONE = "gone"  # the receiver said so
    FAILING = "failing"  # for days
    CHOSEN = "chosen"  # by who keeps the network


class Webhook(models.Model):
    """Another system that hears of events in a network."""

    network_id = models.TextField()
    address = models.TextField()
    events = models.JSONField(default=list)  # those wanted, as text
    secret = models.TextField()  # signing needs it, so it is kept as it is
    old_secret = models.TextField(blank=True, default="")
    old_secret_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)  # the first failure after the last success
    off_at = models.DateTimeField(null=True)
    off_because = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="webhooks_webhook_once", fields=["network_id", "address"]),
            models.CheckConstraint(
                name="webhooks_webhook_off_or_on",
                condition=Q(off_at__isnull=True, off_because="")
                | Q(off_at__isnull=False, off_because__in=[why for why in OffBecause.values if why]),
            ),
            models.CheckConstraint(
                name="webhooks_webhook_old_secret_ends",
                condition=Q(old_secret="", old_secret_until__isnull=True)
                | (~Q(old_secret="") & Q(old_secret_until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Delivery(models.Model):
    """One event on its way to one webhook; its identifier is the same at each attempt."""

    id = models.TextField(primary_key=True)
    network_id = models.TextField()
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.TextField()
    object_id = models.TextField()
    facts = models.JSONField(default=dict)  # identifiers
    happened_at = models.DateTimeField()
    task_id = models.TextField()  # what brings it; not a key: tasks are cleared up sooner
    state = models.TextField(default=State.WAITING.value)
    attempts = models.IntegerField(default=0)
    status = models.IntegerField(null=True)  # of the last answer
    error = models.TextField(blank=True, default="")  # a code, where there was no answer
    tried_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="webhooks_delivery_event_known", condition=Q(event__in=[event.value for event in Event])
            ),
            models.CheckConstraint(
                name="webhooks_delivery_waits_or_done",
                condition=Q(state=State.WAITING.value, done_at__isnull=True)
                | Q(state__in=[State.TAKEN.value, State.DEAD.value], done_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="webhooks_delivery_of_one", fields=["webhook", "-happened_at", "id"]),
            models.Index(
                name="webhooks_delivery_dead",
                fields=["network_id", "-done_at", "id"],
                condition=Q(state=State.DEAD.value),
            ),
            models.Index(
                name="webhooks_delivery_waiting",
                fields=["network_id"],
                condition=Q(state=State.WAITING.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}"
