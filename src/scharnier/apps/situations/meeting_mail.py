# SPDX-License-Identifier: EUPL-1.2
"""Mail about a meeting, with an invitation for the calendar, to who acts for the partners.

A mail is an open postcard: it holds no word of what the meeting is about. Everything here is queued in the
transaction of the act it tells of, so that it goes with it or not at all.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from scharnier.apps.mail import services as mail
from scharnier.apps.mail.composing import Calendar
from scharnier.apps.people.models import Account
from scharnier.apps.situations import doers, models
from scharnier.core.kernel import OrganizationId
from scharnier.formats import calendar_invitation, wording
from scharnier.formats.calendar_invitation import Method

PLANNED: Final = "meeting_planned"
CALLED_OFF: Final = "meeting_called_off"
TEMPLATES: Final = {Method.REQUEST: PLANNED, Method.CANCEL: CALLED_OFF}


def invite(row: models.Meeting, partners: Collection[OrganizationId], *, on: date, at: datetime) -> int:
    """Invite who acts for the partners, or tell them of a change; return how many."""
    return _send(row, partners, method=Method.REQUEST, on=on, at=at)


def call_off(row: models.Meeting, partners: Collection[OrganizationId], *, on: date, at: datetime) -> int:
    """Take the meeting out of the calendars of who acts for the partners; return how many."""
    return _send(row, partners, method=Method.CANCEL, on=on, at=at)


def page_of(row: models.Meeting) -> str:
    """Return the address of a meeting's page."""
    return f"{settings.ADDRESS}{reverse('situations:meeting', args=[row.situation_id, row.pk])}"


def situation_page(situation_id: str) -> str:
    """Return the address of a situation's page."""
    return f"{settings.ADDRESS}{reverse('situations:overview', args=[situation_id])}"


def calendar_of(
    row: models.Meeting, *, method: Method, attendee: str, at: datetime, language: wording.Language
) -> bytes:
    """Return the invitation to a meeting for the calendar of one receiver."""
    with translation.override(language):
        title = gettext("Meeting of partners")
    called_off = method is Method.CANCEL
    appointment = calendar_invitation.Appointment(
        uid=f"meeting.{row.pk}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}",
        sequence=row.sequence,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=title,
        place=row.place,
        address=situation_page(row.situation_id) if called_off else page_of(row),
    )
    return calendar_invitation.write_invitation(
        appointment,
        method=method,
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=attendee,
        at=at,
        language=language,
    )


def _send(
    row: models.Meeting, partners: Collection[OrganizationId], *, method: Method, on: date, at: datetime
) -> int:
    found = doers.accounts_for(partners, network_id=row.network_id, on=on)
    receivers = [account for account in found if mail.is_address(account.user.email)]
    for account in receivers:
        _write(row, account, method=method, at=at)
    return len(receivers)


def _write(row: models.Meeting, account: Account, *, method: Method, at: datetime) -> None:
    language: wording.Language = "en" if account.network.language == "en" else "nl"
    address = account.user.email
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    called_off = method is Method.CANCEL
    facts = {
        "day": wording.say_day(starts.date(), language=language),
        "time": f"{starts:%H:%M}",
        "until": f"{ends:%H:%M}",
        "place": row.place,
        "network": account.network.name,
        "link": situation_page(row.situation_id) if called_off else page_of(row),
    }
    calendar = calendar_of(row, method=method, attendee=address, at=at, language=language)
    mail.queue_message(
        to=address,
        template=TEMPLATES[method],
        facts=facts,
        language=language,
        calendar=Calendar(text=calendar.decode(), method=method.value),
    )
