# SPDX-License-Identifier: EUPL-1.2
"""Meetings as pages and minutes show them: each point of the agenda in words, with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.utils import timezone

from scharnier.apps.situations.selectors._seen import Seen
from scharnier.core import situations
from scharnier.core.kernel import OrganizationId
from scharnier.core.situations import Action, AgendaPoint, Agreement, Meeting, Topical

Promise: TypeAlias = Action | Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of the agenda in words."""

    about: Topical
    subject_id: str
    words: str  # empty: it is gone meanwhile
    unmet: Promise | None = None  # what did not go as was promised, with the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting with names."""

    value: Meeting
    points: tuple[Point, ...]
    present: tuple[str, ...]
    apologies: tuple[str, ...]
    is_over: bool
    is_to_come: bool  # on another day: it has no minutes yet
    is_recorded: bool


def read_meetings(seen: Seen, *, at: datetime) -> tuple[MeetingPage, ...]:
    """Return the meetings of a situation, the last one first."""
    return tuple(_page(each, seen, at=at) for each in reversed(seen.value.meetings))


def read_meeting(seen: Seen, meeting_id: str, *, at: datetime) -> MeetingPage | None:
    """Return one meeting of a situation."""
    found = (each for each in seen.value.meetings if each.id == meeting_id)
    return next((_page(each, seen, at=at) for each in found), None)


def read_points(agenda: tuple[AgendaPoint, ...], seen: Seen) -> tuple[Point, ...]:
    """Return the points of an agenda in words."""
    words = _words(seen)
    unmet = unmet_of(seen)
    return tuple(
        Point(
            about=each.about,
            subject_id=each.subject_id,
            words=words.get(each.subject_id, ""),
            unmet=unmet.get(each.subject_id),
        )
        for each in agenda
    )


def agenda_of(value: situations.Situation, *, on: date) -> tuple[AgendaPoint, ...]:
    """Return what there is to talk of on a day."""
    return situations.make_agenda(
        actions=value.actions,
        agreements=value.agreements,
        invitations=value.invitations,
        indicators=value.indicators,
        meetings=value.meetings,
        on=on,
    )


def meeting_agenda(meeting: Meeting, value: situations.Situation) -> tuple[AgendaPoint, ...]:
    """Return what a meeting is about: what is due on its day, also of what came up after it was planned.

    What was due when it was planned stays on it, so that its minutes hold what partners settled at the table;
    but not what they talked of at another meeting meanwhile. From its minutes on it stays as it was.
    """
    if meeting.is_recorded:
        return meeting.agenda
    on = meeting.starts_at.date()
    out = situations.talked_out(value.actions, value.meetings, on=on)
    planned = (point for point in meeting.agenda if point.subject_id not in out)
    return tuple(dict.fromkeys((*agenda_of(value, on=on), *planned)))


def promises_of(seen: Seen) -> tuple[Promise, ...]:
    """Return all that partners promised: actions and agreements, however they ended."""
    return (*seen.value.actions, *seen.value.agreements)


def unmet_of(seen: Seen) -> Mapping[str, Promise]:
    """Return what did not go as was promised, and why, by identifier."""
    return {each.id: each for each in promises_of(seen) if each.reason}


def _page(value: Meeting, seen: Seen, *, at: datetime) -> MeetingPage:
    return MeetingPage(
        value=value,
        points=read_points(meeting_agenda(value, seen.value), seen),
        present=_named(value.present_ids, seen.names),
        apologies=_named(value.apologies_ids, seen.names),
        is_over=value.starts_at <= at,
        is_to_come=value.is_to_come(on=timezone.localtime(at).date()),
        is_recorded=value.is_recorded,
    )


def _named(ids: frozenset[OrganizationId], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(names.get(each, each) for each in ids))


def _words(seen: Seen) -> Mapping[str, str]:
    value = seen.value
    return {
        **{each.id: each.text for each in value.actions},
        **{each.id: each.text for each in value.agreements},
        **{each.id: seen.names.get(each.organization_id, "") for each in value.invitations},
        **{each.id: each.name for each in value.indicators},
    }
