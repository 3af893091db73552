# SPDX-License-Identifier: EUPL-1.2
"""Rows of outgoing mail: what was said to whom, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class State(models.TextChoices):
    """Where a message is on its way."""

    QUEUED = "queued"
    SENDING = "sending"  # being handed to the mail server
    SENT = "sent"  # the mail server took it
    BOUNCED = "bounced"  # refused for good, by the server or later on
    UNKNOWN = "unknown"  # the process ended while handing over: taken or not, nobody knows


class Message(models.Model):
    """One message to one address; its content goes after a month, the row stays."""

    id = models.TextField(primary_key=True)
    to = models.TextField(blank=True)
    template = models.TextField()
    language = models.TextField()
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    stop_address = models.TextField(blank=True, default="")  # where one click ends such mails; empty: nowhere
    calendar = models.TextField(blank=True, default="")  # an invitation that goes with it (RFC 6047)
    calendar_method = models.TextField(blank=True, default="")
    state = models.TextField(default=State.QUEUED.value)
    fence = models.IntegerField(default=0)  # each start of handing over gets a higher one
    code = models.TextField(
        blank=True, default=""
    )  # what the server said last, as a number, or an error's kind
    queued_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mail_message_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="mail_message_sent_when", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="mail_message_bounced_when", condition=~Q(state="bounced") | Q(bounced_at__isnull=False)
            ),
            models.CheckConstraint(
                name="mail_message_erased_is_empty",
                condition=Q(erased_at__isnull=True)
                | Q(to="", subject="", text="", stop_address="", calendar=""),
            ),
        ]
        indexes = [
            models.Index(name="mail_message_by_state", fields=["state", "queued_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"
