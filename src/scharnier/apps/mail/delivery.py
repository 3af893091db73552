# SPDX-License-Identifier: EUPL-1.2
"""Hand a message to the mail server, at most once.

Before the words go out, the message is marked `sending` under a new fence, and that is committed. Then there
are three ways on. The server answers: the message is sent, bounced, or queued for another try. The server
falls silent after it may have taken the message: it is `unknown`. The process dies: whoever takes the task
over finds `sending`, and makes it `unknown`. An unknown message is never sent again by itself; a person may.
"""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from scharnier.apps import wall
from scharnier.apps.mail import composing, models
from scharnier.apps.tasks import leases
from scharnier.apps.tasks.definitions import TryLater

log = logging.getLogger("scharnier.mail")
TEMPORARY, PERMANENT = range(400, 500), range(500, 600)  # replies of a mail server, RFC 5321


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of handing a message over."""

    state: models.State
    code: str = ""


@wall.holding(wall.MAIL)
def deliver(message_id: str) -> None:
    """Hand a message over, when it still waits for it.

    Raises
    ------
    TryLater
        When the server cannot be reached, or says that it may take the message later.
    """
    connection = mail.get_connection()
    try:
        _open(connection, message_id=message_id)
        message = _begin(message_id)
        if message:
            _hand_over(message, connection=connection)
    finally:
        with suppress(OSError):  # a server that hangs up early: whatever was to be done is done
            connection.close()


def outcome_of(error: OSError) -> Outcome:
    """Return what an error means that came after the connection stood."""
    code = code_of(error)
    if code.isdigit() and int(code) in TEMPORARY:
        return Outcome(state=models.State.QUEUED, code=code)
    if code.isdigit() and int(code) in PERMANENT:
        return Outcome(state=models.State.BOUNCED, code=code)
    return Outcome(state=models.State.UNKNOWN, code=code)  # silence: it may have been taken


def code_of(error: OSError) -> str:
    """Return the number of a mail server's reply, or else the kind of error; never its words."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused) if refused:
            return str(max(code for code, _ in refused.values()))
        case smtplib.SMTPResponseException(smtp_code=int(code)) if code > 0:
            return str(code)
        case _:
            return type(error).__name__


def _open(connection: BaseEmailBackend, *, message_id: str) -> None:
    """Connect before anything is marked: who cannot connect has sent nothing."""
    try:
        connection.open()
    except OSError as error:  # of which every error of smtplib is one
        code = code_of(error)
        models.Message.objects.filter(id=message_id, state=models.State.QUEUED).update(code=code)
        raise TryLater(f"mail server: {code}") from None


@transaction.atomic
def _begin(message_id: str) -> models.Message | None:
    leases.hold()
    message = models.Message.objects.select_for_update().filter(id=message_id).first()
    if message and message.state == models.State.QUEUED:
        message.state, message.fence = models.State.SENDING, message.fence + 1
        message.save(update_fields=["state", "fence"])
        return message
    if message and message.state == models.State.SENDING:  # whoever began this did not come back
        message.state = models.State.UNKNOWN
        message.save(update_fields=["state"])
        log.warning("message %s: not known whether it was sent", message_id)
    return None


def _hand_over(message: models.Message, *, connection: BaseEmailBackend) -> None:
    try:
        connection.send_messages([_as_mail(message)])
        outcome = Outcome(state=models.State.SENT)
    except OSError as error:
        outcome = outcome_of(error)
    _record(message, outcome=outcome, at=timezone.now())
    if outcome.state is models.State.QUEUED:
        raise TryLater(f"mail server: {outcome.code}")


def _record(message: models.Message, *, outcome: Outcome, at: datetime) -> None:
    """Write what became of it, unless somebody began anew; an unknown fate may become known."""
    begun = models.Message.objects.filter(id=message.id, fence=message.fence)
    from_states = [models.State.SENDING]
    changes: dict[str, object] = {"state": outcome.state, "code": outcome.code}
    if outcome.state is models.State.SENT:
        changes["sent_at"] = at
    if outcome.state is models.State.BOUNCED:
        changes["bounced_at"] = at
    if outcome.state is not models.State.QUEUED:
        from_states.append(models.State.UNKNOWN)
    log.info("message %s: %s %s", message.id, outcome.state.value, outcome.code)
    if not begun.filter(state__in=from_states).update(**changes):
        log.warning("message %s: taken over while it was handed over", message.id)


def _as_mail(message: models.Message) -> EmailMultiAlternatives:
    letter = composing.Letter(subject=message.subject, text=message.text)
    domain = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
    written = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[message.to],
        headers={
            "Message-ID": f"<{message.id}.{message.fence}@{domain}>",
            "Auto-Submitted": "auto-generated",
            **_way_to_stop(message.stop_address),
        },
    )
    written.attach_alternative(composing.in_html(letter, language=message.language), "text/html")
    if message.calendar:
        kind = f"text/calendar; method={message.calendar_method}"
        written.attach_alternative(message.calendar, kind)
    return written


def _way_to_stop(address: str) -> dict[str, str]:
    """Return the headers by which a mail program ends such mails; one click works over https only."""
    if not address:
        return {}
    stop = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https://"):
        stop["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return stop
