# SPDX-License-Identifier: EUPL-1.2
"""Meetings: an agenda made from what is due, who was there, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from scharnier.core.kernel import ActionId, Invalid, MeetingId, OrganizationId
from scharnier.core.situations._doing import (
    Action,
    Agreement,
    due_agreements,
    has_ended_undone,
    incomplete_actions,
)
from scharnier.core.situations._indicators import Indicator
from scharnier.core.situations._invitations import Invitation, InvitationState
from scharnier.core.situations._words import check_words


class MeetingUnclear(Invalid):
    """Who was there sent no apologies; who decides was there; a meeting has a moment with its time zone."""

    code = "situations.meeting_unclear"


class MeetingToCome(Invalid):
    """What is still to be held has no minutes."""

    code = "situations.meeting_to_come"


class Topical(StrEnum):
    """What a point of the agenda is about, in the order in which it is talked of."""

    INCOMPLETE_ACTION = "incomplete_action"
    AGREEMENT = "agreement"
    INVITATION = "invitation"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPoint:
    """One thing to talk of."""

    about: Topical
    subject_id: str  # of the action, agreement, invitation or indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One time that partners meet about a situation.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of decisions, and of the place where it is given.
    MeetingUnclear
    """

    id: MeetingId
    starts_at: datetime  # aware, in the time of the network: its day is that of the meeting
    ends_at: datetime
    place: str = ""
    agenda: tuple[AgendaPoint, ...] = ()
    present_ids: frozenset[OrganizationId] = frozenset()
    apologies_ids: frozenset[OrganizationId] = frozenset()
    decisions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_words(*self.decisions)
        check_words(self.place, may_be_empty=True)
        is_aware = self.starts_at.tzinfo is not None and self.ends_at.tzinfo is not None
        if not is_aware or self.ends_at.timestamp() <= self.starts_at.timestamp():  # not as clocks show it
            raise MeetingUnclear(n_present=len(self.present_ids))
        if self.present_ids & self.apologies_ids or (self.decisions and not self.present_ids):
            raise MeetingUnclear(n_present=len(self.present_ids))

    @property
    def is_recorded(self) -> bool:
        """Tell whether it has minutes: who was there, or who could not come."""
        return bool(self.present_ids or self.apologies_ids)

    def is_to_come(self, *, on: date) -> bool:
        """Tell whether its day is still to come."""
        return self.starts_at.date() > on


def write_minutes(
    meeting: Meeting,
    *,
    present_ids: frozenset[OrganizationId],
    apologies_ids: frozenset[OrganizationId] = frozenset(),
    decisions: tuple[str, ...] = (),
    agenda: tuple[AgendaPoint, ...] = (),
    on: date,
) -> Meeting:
    """Return the meeting with who was there and what was decided; from its own day on, also before its hour.

    Parameters
    ----------
    meeting
        As it stands, with or without minutes.
    present_ids, apologies_ids
        Who was there, and who could not come and said so.
    decisions
        In the order in which they were made, without spaces around them afterwards.
    agenda
        What was talked of.
    on
        The day on which it is written.

    Raises
    ------
    MeetingToCome
        Before the day of the meeting.
    MeetingUnclear, EmptyText, TextTooLong, PersonalDataFound

    Examples
    --------
    >>> starts_at = datetime.fromisoformat("2026-03-02T10:00+01:00")
    >>> meeting = Meeting(id=MeetingId("1"), starts_at=starts_at, ends_at=starts_at.replace(hour=11))
    >>> said = {"present_ids": frozenset({OrganizationId("school")}), "decisions": (" De lamp komt er. ",)}
    >>> write_minutes(meeting, **said, on=date(2026, 3, 2)).decisions
    ('De lamp komt er.',)
    """
    if meeting.is_to_come(on=on):
        raise MeetingToCome
    return replace(
        meeting,
        present_ids=present_ids,
        apologies_ids=apologies_ids,
        decisions=tuple(each.strip() for each in decisions),
        agenda=agenda,
    )


def talked_out(actions: Iterable[Action], meetings: Iterable[Meeting], *, on: date) -> frozenset[ActionId]:
    """Return the actions that ended undone, and that partners talked of since: once is enough.

    Parameters
    ----------
    actions, meetings
        Of one situation, in any order.
    on
        The day; what is held or ends after it does not count yet.

    Returns
    -------
    frozenset of ActionId
        Those on the agenda of a meeting with minutes, held when the action had ended. An action that is
        opened again is not among them, and one that then ends undone anew is to be talked of anew.

    Notes
    -----
    O(n + points of agendas).

    Examples
    --------
    >>> from scharnier.core.situations import ActionState
    >>> lamp = Action(id=ActionId("1"), text="Lamp maken", person_id=None, due=date(2026, 3, 1),
    ...     organization_id=OrganizationId("gemeente"), state=ActionState.NOT_POSSIBLE,
    ...     reason="Geen stroom", ended_on=date(2026, 2, 27))
    >>> starts_at = datetime.fromisoformat("2026-03-02T10:00+01:00")
    >>> held = Meeting(id=MeetingId("1"), starts_at=starts_at, ends_at=starts_at.replace(hour=11),
    ...     agenda=(AgendaPoint(about=Topical.INCOMPLETE_ACTION, subject_id="1"),),
    ...     present_ids=frozenset({OrganizationId("school")}))
    >>> [sorted(talked_out([lamp], [held], on=date(2026, 3, day))) for day in (1, 2)]
    [[], ['1']]
    """
    held: dict[str, date] = {}  # the last time that each was talked of
    for meeting in meetings:
        day = meeting.starts_at.date()
        if meeting.is_recorded and day <= on:
            for point in meeting.agenda:
                held[point.subject_id] = max(day, held.get(point.subject_id, day))
    return frozenset(
        action.id for action in actions if action.id in held and has_ended_undone(action, on=held[action.id])
    )


def make_agenda(
    *,
    actions: Iterable[Action],
    agreements: Iterable[Agreement],
    invitations: Iterable[Invitation],
    indicators: Iterable[Indicator],
    meetings: Iterable[Meeting] = (),
    on: date,
) -> tuple[AgendaPoint, ...]:
    """Return what there is to talk of on a day: incomplete actions first.

    Parameters
    ----------
    actions, agreements, invitations, indicators
        Of one situation, in any order.
    meetings
        That were held: what ended undone is talked of once.
    on
        The day of the meeting.

    Returns
    -------
    tuple of AgendaPoint, shape (k,)
        Incomplete actions as `incomplete_actions` orders them, without those that were talked of since they
        ended, agreements to look at, open invitations by the day of asking, and every indicator by name.

    Notes
    -----
    O(n log n).

    Examples
    --------
    >>> make_agenda(actions=[], agreements=[], invitations=[], indicators=[], on=date(2026, 3, 2))
    ()
    """
    known = tuple(actions)
    out = talked_out(known, meetings, on=on)
    to_talk_of = [action for action in known if action.id not in out]
    return tuple(_points(to_talk_of, agreements, invitations, indicators, on))


def _points(
    actions: Iterable[Action],
    agreements: Iterable[Agreement],
    invitations: Iterable[Invitation],
    indicators: Iterable[Indicator],
    on: date,
) -> Iterator[AgendaPoint]:
    for action in incomplete_actions(actions, on=on):
        yield AgendaPoint(about=Topical.INCOMPLETE_ACTION, subject_id=action.id)
    for agreement in due_agreements(agreements, on=on):
        yield AgendaPoint(about=Topical.AGREEMENT, subject_id=agreement.id)
    is_open = {InvitationState.INVITED, InvitationState.LAPSED}
    waiting = [each for each in invitations if each.state in is_open]
    for invitation in sorted(waiting, key=lambda each: (each.invited_on, each.id)):
        yield AgendaPoint(about=Topical.INVITATION, subject_id=invitation.id)
    for indicator in sorted(indicators, key=lambda each: (each.name, each.id)):
        yield AgendaPoint(about=Topical.INDICATOR, subject_id=indicator.id)
