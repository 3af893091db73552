# SPDX-License-Identifier: EUPL-1.2
"""Acts on outgoing mail: queue it with what it is about, send it again, note that it came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from scharnier.apps import wall
from scharnier.apps.mail import composing, models, tasks
from scharnier.apps.mail.composing import Calendar, Fact
from scharnier.core.kernel import Conflict, Invalid, NotFound
from scharnier.formats.delivery_report import DeliveryReport

RESENT = (models.State.UNKNOWN, models.State.BOUNCED)
RECEIVED = (models.State.SENT, models.State.UNKNOWN)


class InvalidAddress(Invalid):
    """That is no mail address."""

    code = "mail.invalid_address"


class MessageNotFound(NotFound):
    """No message has this identifier."""

    code = "mail.not_found"


class NotResendable(Conflict):
    """The message is on its way or arrived, or its words were erased."""

    code = "mail.not_resendable"


def is_address(text: str) -> bool:
    """Tell whether a message can be sent there."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
@wall.holding(wall.MAIL)
def queue_message(
    *,
    to: str,
    template: str,
    facts: Mapping[str, Fact],
    language: composing.Language,
    stop_address: str = "",
    calendar: Calendar | None = None,
) -> None:
    """Write a message, and have it sent once the transaction around it commits.

    With a stop address its reader's mail program offers to end such mails, by one click (RFC 8058). With a
    calendar it offers to keep the day, or takes it out again (RFC 6047).

    Raises
    ------
    InvalidAddress
    UnknownTemplate
    MissingFacts
    """
    if not is_address(to):
        raise InvalidAddress
    letter = composing.write_letter(template, facts=facts, language=language)
    row = models.Message.objects.create(
        id=uuid4().hex,
        to=to,
        template=template,
        language=language,
        subject=letter.subject,
        text=letter.text,
        stop_address=stop_address,
        calendar=calendar.text if calendar else "",
        calendar_method=calendar.method if calendar else "",
    )
    tasks.send_message.enqueue(row.id)


@transaction.atomic
@wall.holding(wall.MAIL)
def resend_message(message_id: str) -> None:
    """Send a message again that bounced or of which nobody knows whether it went.

    Raises
    ------
    MessageNotFound
    NotResendable
    """
    row = _message_for_update(message_id)
    if row.state not in RESENT or row.erased_at:
        raise NotResendable(message_id=message_id, state=row.state)
    row.state = models.State.QUEUED
    row.save(update_fields=["state"])
    tasks.send_message.enqueue(row.id)


@transaction.atomic
@wall.holding(wall.MAIL)
def record_report(report: DeliveryReport, *, at: datetime) -> None:
    """Note that a message came back after the mail server took it; the first note stands.

    A report of an earlier time of sending says nothing of the last one.

    Raises
    ------
    MessageNotFound
    """
    row = _message_for_update(report.message_id)
    if report.has_failed and row.fence == report.fence and row.state in RECEIVED:
        row.state, row.code, row.bounced_at = models.State.BOUNCED, report.status, at
        row.save(update_fields=["state", "code", "bounced_at"])


def _message_for_update(message_id: str) -> models.Message:
    row = models.Message.objects.select_for_update().filter(id=message_id).first()
    if row is None:
        raise MessageNotFound(message_id=message_id)
    return row
