# SPDX-License-Identifier: EUPL-1.2
"""Reads of what somebody wrote down for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.crypto import salted_hmac

from scharnier.apps.notes import access, labels, models
from scharnier.apps.people import selectors as people
from scharnier.core import notes, policy
from scharnier.core.kernel import Actor

PHONE = "scharnier.notes.phone"  # what the key of an account on a phone is made for, and nothing else
KEY_CHARACTERS = 32
MOST_REFERRED = 10  # on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A note as its writer reads it."""

    key: UUID
    text: str
    place: str
    about: str  # in words; empty: not said
    candidate: str
    remind_date: date | None
    is_due: bool
    made_at: datetime
    gone_date: date  # the last day that it is kept
    value: str  # what it is about, as forms say it
    referral_id: str  # what it became; empty: it waits


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesPage:
    """What waits, first what one wanted to be reminded of, and what was thrown away just now."""

    lines: tuple[NoteLine, ...]
    thrown_away: tuple[NoteLine, ...]
    referred: tuple[NoteLine, ...]  # the latest that became a referral
    may_refer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much somebody wrote down that waits, and since when."""

    n_notes: int
    since: datetime | None  # None: nothing waits


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePage:
    """What the page to write on needs around it."""

    places: tuple[str, ...]  # names to choose from
    account_key: str  # whose notes a phone holds
    n_waiting: int


def write_page(actor: Actor) -> WritePage:
    """Return what the page to write on needs."""
    return WritePage(
        places=people.area_names(actor),
        account_key=account_key(actor),
        n_waiting=access.waiting(actor).count(),
    )


def account_key(actor: Actor) -> str:
    """Return by what a phone tells accounts apart: it names nobody, and nobody can make it."""
    told = f"{actor.network_id}\n{actor.person_id}"
    return salted_hmac(PHONE, told, algorithm="sha256").hexdigest()[:KEY_CHARACTERS]


def notes_page(actor: Actor, *, on: date, at: datetime, kept_days: int) -> NotesPage:
    """Return what the actor wrote down, what they are to be reminded of first."""
    lines = [_line(row, on=on, kept_days=kept_days) for row in access.waiting(actor)]
    taken = access.to_take_back(actor, at=at)
    referral = policy.Thing(kind=policy.Kind.REFERRAL, network_id=actor.network_id)
    return NotesPage(
        lines=tuple(sorted(lines, key=lambda line: not line.is_due)),  # stable: oldest first in each part
        thrown_away=tuple(_line(row, on=on, kept_days=kept_days) for row in taken),
        referred=tuple(
            _line(row, on=on, kept_days=kept_days) for row in access.referred(actor)[:MOST_REFERRED]
        ),
        may_refer=policy.allow(actor, policy.Act.CREATE, referral, at=on),
    )


def what_waits(actor: Actor) -> Waiting:
    """Return how much the actor wrote down that waits."""
    found = access.waiting(actor).order_by().aggregate(n=Count("pk"), since=Min("made_at"))
    return Waiting(n_notes=found["n"], since=found["since"])


def count_due(actor: Actor, *, on: date) -> int:
    """Return of how many notes the actor wants to be reminded by now."""
    return access.waiting(actor).filter(remind_date__lte=on).count()


def _line(row: models.Note, *, on: date, kept_days: int) -> NoteLine:
    value = notes.Note(text=row.text, place=row.place, candidate=row.candidate, remind_date=row.remind_date)
    return NoteLine(
        key=row.key,
        text=row.text,
        place=row.place,
        about=str(labels.ABOUT[row.about]) if row.about else "",
        candidate=row.candidate,
        remind_date=row.remind_date,
        is_due=notes.is_due(value, on=on),
        made_at=row.made_at,
        value=row.about,
        referral_id=row.referral_id,
        gone_date=timezone.localdate(row.made_at) + timedelta(days=kept_days),
    )
