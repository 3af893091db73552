# SPDX-License-Identifier: EUPL-1.2
"""Acts on meetings: plan one, move it, call it off, and write down who was there and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.situations import meeting_mail, models, rows, selectors
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import Actor, Conflict, MeetingId, OrganizationId, SituationId
from scharnier.core.situations import AgendaPoint, Event


class MeetingHeld(Conflict):
    """What was held is not called off, nor moved to another time."""

    code = "situations.meeting_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """When partners meet, and where."""

    starts_at: datetime  # aware
    ends_at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Who was there, who could not come, and what was decided."""

    present_ids: frozenset[OrganizationId]
    apologies_ids: frozenset[OrganizationId] = frozenset()
    decisions: tuple[str, ...] = ()


@transaction.atomic
def plan_meeting(
    situation_id: SituationId, appointment: Appointment, *, actor: Actor, on: date, at: datetime
) -> MeetingId:
    """Plan a meeting, with an agenda of what is due on its day; those who act for the partners are invited.

    Planned twice, as by a double click, it is held once.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed
    MeetingUnclear, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="meet")
    value = situations.Meeting(
        id=MeetingId(working.new_id()),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        place=appointment.place.strip(),
        agenda=selectors.agenda_of(acted.value, on=appointment.starts_at.date()),
    )
    when = {"starts_at": value.starts_at, "ends_at": value.ends_at, "place": value.place}
    before = acted.row.meetings.filter(**when).first()
    if before is not None:
        return MeetingId(before.id)
    row = models.Meeting.objects.create(
        id=value.id,
        network_id=acted.row.network_id,
        situation=acted.row,
        **when,
        agenda=_stored(value.agenda),
    )
    meeting_mail.invite(row, acted.value.coalition, on=on, at=at)
    acting.tell(acted, Event.MET, at=at, what="planned", subject_id=row.id)
    acting.record("situation.meeting_planned", acted, at=at, facts={"meeting": row.id})
    return value.id


@transaction.atomic
def move_meeting(
    situation_id: SituationId,
    meeting_id: MeetingId,
    appointment: Appointment,
    *,
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    """Hold a meeting at another time or place; calendars are told.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound
    MeetingHeld
        When it has minutes.
    MeetingUnclear, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="meet")
    row = working.piece(acted.row.meetings.all(), meeting_id)
    before = _not_held(row)
    value = replace(
        before,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        place=appointment.place.strip(),
        agenda=selectors.agenda_of(acted.value, on=appointment.starts_at.date()),
    )
    row.starts_at, row.ends_at, row.place = value.starts_at, value.ends_at, value.place
    row.agenda = _stored(value.agenda)
    row.sequence += 1
    row.save(update_fields=["starts_at", "ends_at", "place", "agenda", "sequence"])
    meeting_mail.invite(row, acted.value.coalition, on=on, at=at)
    acting.tell(acted, Event.MET, at=at, what="moved", subject_id=row.id)
    acting.record("situation.meeting_moved", acted, at=at, facts={"meeting": row.id})


@transaction.atomic
def call_off_meeting(
    situation_id: SituationId, meeting_id: MeetingId, *, actor: Actor, on: date, at: datetime
) -> None:
    """Call a meeting off that was not held; it goes out of calendars.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound
    MeetingHeld
    """
    acted = working.hold_work(situation_id, actor=actor, step="meet")
    row = working.piece(acted.row.meetings.all(), meeting_id)
    _not_held(row)
    row.sequence += 1
    meeting_mail.call_off(row, acted.value.coalition, on=on, at=at)
    row.delete()
    acting.tell(acted, Event.MET, at=at, what="called_off", subject_id=meeting_id)
    acting.record("situation.meeting_called_off", acted, at=at, facts={"meeting": meeting_id})


@transaction.atomic
def record_meeting(
    situation_id: SituationId,
    meeting_id: MeetingId,
    minutes: Minutes,
    *,
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    """Write down who was at a meeting and what was decided; it can be mended afterwards.

    Raises
    ------
    SituationNotFound, StepClosed, PieceNotFound
    NotInCoalition
        Also when somebody is named who neither takes part nor did at the meeting.
    MeetingToCome
        Before its day.
    MeetingUnclear, EmptyText, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="meet")
    row = working.piece(acted.row.meetings.all(), meeting_id)
    before = rows.meeting_value(row)
    named = minutes.present_ids | minutes.apologies_ids
    working.check_partners(acted, named - before.present_ids - before.apologies_ids)
    value = situations.write_minutes(
        before,
        present_ids=minutes.present_ids,
        apologies_ids=minutes.apologies_ids,
        decisions=minutes.decisions,
        agenda=selectors.meeting_agenda(before, acted.value),
        on=on,
    )
    row.present_ids, row.apologies_ids = sorted(value.present_ids), sorted(value.apologies_ids)
    row.decisions, row.agenda = list(value.decisions), _stored(value.agenda)
    row.save(update_fields=["present_ids", "apologies_ids", "decisions", "agenda"])
    acting.tell(acted, Event.MET, at=at, what="recorded", subject_id=row.id)
    acting.record("situation.meeting_recorded", acted, at=at, facts={"meeting": row.id})


def _not_held(row: models.Meeting) -> situations.Meeting:
    """Return a meeting that has no minutes (raises MeetingHeld)."""
    value = rows.meeting_value(row)
    if value.is_recorded:
        raise MeetingHeld(n_present=len(value.present_ids))
    return value


def _stored(agenda: tuple[AgendaPoint, ...]) -> list[list[str]]:
    return [[point.about.value, point.subject_id] for point in agenda]
