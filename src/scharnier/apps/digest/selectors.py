# SPDX-License-Identifier: EUPL-1.2
"""Reads of what waits for somebody, and of what somebody chose about hearing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext

from scharnier.apps.digest import access, labels, links
from scharnier.apps.notes import selectors as notes
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Organization
from scharnier.apps.referral import answering
from scharnier.apps.referral import selectors as referrals
from scharnier.apps.referral.free_days import free_days
from scharnier.apps.referral.selectors import Whose
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import selectors as shared
from scharnier.core.digest import MailTerms, answer_due, introduction_due
from scharnier.core.kernel import Actor
from scharnier.core.referral import Awaited, State
from scharnier.formats import wording
from scharnier.formats.calendar_feed import DayToKeep

MOST_LINES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that waits, in words that anybody may read."""

    since: datetime
    said: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatWaits:
    """What waits for somebody, the oldest promise first."""

    totals: Mapping[Whose, int]
    lines: tuple[Line, ...]  # ten at most
    n_notes: int  # of one's own, that still have to find somebody
    notes_since: datetime | None
    n_shared: int  # in shared situations

    @property
    def n_more(self) -> int:
        """Return how many things wait that have no line."""
        return sum(self.totals.values()) - len(self.lines)

    @property
    def total(self) -> int:
        """Return how many things wait."""
        return sum(self.totals.values()) + self.n_notes + self.n_shared


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """What somebody chose about mail and calendar."""

    terms: MailTerms
    language: str  # empty: that of the network
    address: str  # where the mail goes; empty: nowhere
    calendar: str  # empty: there is none

    @property
    def subscription(self) -> str:
        """Return the same address as programs for calendars know it: to read again and again."""
        return f"webcal:{self.calendar.partition(':')[2]}"


def language_of(account: Account) -> wording.Language:
    """Return in which language somebody is told."""
    row = access.chosen_terms(account)
    chosen = (row.language if row else "") or account.network.language
    return "en" if chosen == "en" else "nl"


def mail_page(actor: Actor) -> MailPage:
    """Return what the actor chose (raises AccountNotFound)."""
    account = access.own_account(actor)
    row, feed = access.chosen_terms(account), access.feed_of(account)
    return MailPage(
        terms=access.terms_of(account),
        language=row.language if row else "",
        address=account.user.email,
        calendar=links.calendar_address(feed) if feed else "",
    )


def what_waits(actor: Actor, *, on: date) -> WhatWaits:
    """Return what waits for the actor, their organizations and the network, in the language of now."""
    pages = {whose: referrals.work_list(actor, whose=whose, most=MOST_LINES) for whose in Whose}
    introductions = tuple(_introduction(asked) for asked in referrals.introductions_to_make(actor))
    totals = {whose: page.total for whose, page in pages.items()}
    totals[Whose.MINE] += len(introductions)
    matches = tuple(_match(line) for line in signals.read_matches(actor) if line.is_asked)
    totals[Whose.ORGANIZATIONS] += len(matches)
    found = {
        (line.referral_id, line.turn_id): _line(line, whose=whose)
        for whose, page in reversed(pages.items())  # what is one's own and the network's is one's own
        for line in page.lines
    }
    lines = sorted((*found.values(), *introductions, *matches), key=lambda line: (line.since, line.address))
    written = notes.what_waits(actor)
    return WhatWaits(
        totals=totals,
        lines=tuple(lines[:MOST_LINES]),
        n_notes=written.n_notes,
        notes_since=written.since,
        n_shared=len(shared.waiting_lines(actor, on=on)),
    )


def days_to_keep(account: Account, *, on: date) -> tuple[DayToKeep, ...]:
    """Return the days by which somebody has to do something, in the language of now."""
    actor = people.actor_of_account(account, on=on)
    return (*_turn_days(actor), *_introduction_days(actor), *_shared_days(actor, on=on)) if actor else ()


def _introduction(asked: referrals.AskedToIntroduce) -> Line:
    return Line(
        since=asked.asked_at,
        said=_say_introduction(asked.asker.organization.name if asked.asker.organization else ""),
        address=links.page_of("referral:introduction", asked.pk),
    )


def _match(line: signals.MatchLine) -> Line:
    day = datetime.combine(line.view.asked_on, time.min)
    said = gettext("Another partner meets the same as %(party)s") % {"party": line.organization_name}
    return Line(
        since=timezone.make_aware(day),
        said=said,
        address=links.page_of("signals:match", line.view.match_id),
    )


def _line(line: referrals.WorkLine, *, whose: Whose) -> Line:
    party = line.party.organization.name if line.party and line.party.organization else ""
    sender = line.sender.organization.name if line.sender.organization else ""
    is_as_such = line.party is not None and line.party.person is None
    return Line(
        since=line.since,
        said=labels.say_line(
            labels.LINES[whose][line.awaited],
            who=labels.say_somebody(sender),
            party=party if is_as_such else labels.say_somebody(party),
        ),
        address=links.page_of("referral:referral", line.referral_id),
    )


def _turn_days(actor: Actor) -> Iterator[DayToKeep]:
    for turn in access.turns_to_handle(actor):
        who = labels.say_somebody(_name(turn.referral.sender_organization))
        words = labels.MINE if turn.person_text_id else labels.OF_ORGANIZATION
        if turn.state == State.REQUESTED.value and turn.requested_at is not None:
            asked_on = timezone.localdate(turn.requested_at)
            ladder = answering.ladder_of(turn.organization)
            free = free_days(asked_on, asked_on)
            kind, day = "answer", answer_due(asked_on, ladder=ladder, free_days=free)
            said = words[Awaited.ANSWER]
        elif turn.until is not None:
            kind, day, said = "back", turn.until, words[Awaited.RESUMING]
        else:
            continue  # never so: the database sees to that
        yield DayToKeep(
            id=f"{kind}.{turn.pk}",
            day=day,
            title=labels.say_line(said, who=who, party=_name(turn.organization)),
            address=links.page_of("referral:referral", turn.referral_id),
            changed_at=turn.moved_at,
        )


def _introduction_days(actor: Actor) -> Iterator[DayToKeep]:
    for row in access.introductions_to_make(actor):
        asked_on = timezone.localdate(row.asked_at)
        yield DayToKeep(
            id=f"introduction.{row.pk}",
            day=introduction_due(asked_on, free_days=free_days(asked_on, asked_on)),
            title=_say_introduction(_name(row.turn.referral.sender_organization)),
            address=links.page_of("referral:introduction", row.pk),
            changed_at=row.replied_at or row.asked_at,
        )


def _shared_days(actor: Actor, *, on: date) -> Iterator[DayToKeep]:
    """Yield the days of shared situations, without a word of what these are about."""
    for line in shared.waiting_lines(actor, on=on):
        each = line.awaiting
        if each.due is not None:
            since = datetime.combine(line.since or each.due, time.min)
            yield DayToKeep(
                id=f"{each.awaited.value}.{each.subject_id or each.situation_id}",
                day=each.due,
                title=labels.say_shared_day(each.awaited),
                address=links.page_of("situations:overview", each.situation_id),
                changed_at=timezone.make_aware(since),
            )


def _say_introduction(organization: str) -> str:
    said = gettext("%(who)s asks you to introduce them")
    return labels.say_line(said, who=labels.say_somebody(organization))


def _name(organization: Organization | None) -> str:
    return organization.name if organization else ""
