# SPDX-License-Identifier: EUPL-1.2
"""Write one meeting as an invitation for a calendar, or take it out again (RFC 5545 and 5546).

The same meeting always has the same UID; each change has a higher SEQUENCE, so that a calendar that gets two
messages in the wrong order keeps the last. Times are in UTC: no calendar has to know our zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from icalendar import Calendar, Event, vCalAddress

from scharnier.formats.wording import Language

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Scharnier//Scharnier//NL"


class Method(StrEnum):
    """What a calendar is to do."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A meeting as a calendar has to know it: no word of what it is about."""

    uid: str  # of the meeting, for ever
    sequence: int  # >= 0, each change one more
    starts_at: datetime  # aware
    ends_at: datetime
    title: str
    place: str = ""
    address: str  # of its page


def write_invitation(
    appointment: Appointment,
    *,
    method: Method,
    organizer: str,
    attendee: str,
    at: datetime,
    language: Language,
) -> bytes:
    """Return a calendar with one event, for one receiver.

    Parameters
    ----------
    appointment
        What is invited to.
    method
        To keep the time, or to take it out.
    organizer, attendee
        Mail addresses: of the installation, and of who gets it.
    at
        When this is written, aware.
    language
        Of the title.
    """
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", method.value)):
        calendar.add(key, value)
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", _in_utc(at))
    event.add("dtstart", _in_utc(appointment.starts_at))
    event.add("dtend", _in_utc(appointment.ends_at))
    event.add("summary", appointment.title, parameters={"LANGUAGE": language})
    event.add("description", appointment.address)  # not every calendar shows the property made for it
    event.add("url", appointment.address)
    if appointment.place:
        event.add("location", appointment.place)
    event.add("status", "CONFIRMED" if method is Method.REQUEST else "CANCELLED")
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    event.add("attendee", vCalAddress(f"mailto:{attendee}"), parameters={"RSVP": "FALSE"})
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
