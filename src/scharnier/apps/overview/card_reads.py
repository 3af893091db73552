# SPDX-License-Identifier: EUPL-1.2
"""Who looked at my card: the log of one's own card in words, by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from scharnier.apps.audit import selectors as log
from scharnier.apps.people import access
from scharnier.apps.people import selectors as people
from scharnier.core import audit
from scharnier.core.kernel import Actor

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One time that somebody opened one's card, or wanted to."""

    at: datetime
    who: people.Link | None  # None: somebody who does not want to be found, or is gone
    on_behalf_of: str  # a name; empty: nobody
    purpose: str
    is_refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The readings of one day, latest first."""

    day: date
    days_ago: int
    lines: tuple[ReadLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsPage:
    """A part of who looked at one's card."""

    days: tuple[Day, ...]
    total: int  # on all pages
    number: int  # of this page, from 1
    n_pages: int

    @property
    def previous(self) -> int:
        """Return the number of the page before, the last one when there is none of this number."""
        return min(self.number - 1, self.n_pages)

    @property
    def next(self) -> int:
        """Return the number of the next page."""
        return self.number + 1


def read_lines(actor: Actor, *, first: int, most: int, on: date) -> tuple[tuple[ReadLine, ...], int]:
    """Return who looked at the actor's card, latest first from a position on, and how often in all."""
    found = log.card_reads(actor, first=first, most=most)
    names = _names(actor, {event.actor_id for event in found.events if event.actor_id}, on=on)
    parties = _parties(actor, {event.on_behalf_of for event in found.events if event.on_behalf_of})
    lines = (_line(event, names=names, parties=parties) for event in found.events)
    return tuple(lines), found.total


def reads_page(actor: Actor, *, number: int, on: date, at: datetime) -> ReadsPage:
    """Return a page of who looked at the actor's card, by day where the network is."""
    first = (number - 1) * PAGE_SIZE
    lines, total = read_lines(actor, first=first, most=PAGE_SIZE, on=on)
    today = timezone.localdate(at)
    days = groupby(lines, key=lambda line: timezone.localdate(line.at))
    return ReadsPage(
        days=tuple(Day(day=day, days_ago=(today - day).days, lines=tuple(of_day)) for day, of_day in days),
        total=total,
        number=number,
        n_pages=max(1, -(-total // PAGE_SIZE)),
    )


def _line(event: audit.Event, *, names: Mapping[str, str], parties: Mapping[str, str]) -> ReadLine:
    who = event.actor_id or ""
    return ReadLine(
        at=event.at,
        who=people.Link(name=names[who], kind="person", id=who) if who in names else None,
        on_behalf_of=parties.get(event.on_behalf_of, ""),
        purpose=event.purpose,
        is_refused=event.outcome == "refused",
    )


def _names(actor: Actor, ids: Iterable[str], *, on: date) -> Mapping[str, str]:
    """Return the names of those whom the actor may know of."""
    found = access.persons(actor, on=on).filter(text_id__in=sorted(ids))
    return dict(found.values_list("text_id", "name"))


def _parties(actor: Actor, ids: Iterable[str]) -> Mapping[str, str]:
    found = access.organizations(actor).filter(text_id__in=sorted(ids))
    return dict(found.values_list("text_id", "name"))
