# SPDX-License-Identifier: EUPL-1.2
"""Write days to keep as a calendar that others read (RFC 5545, with the properties of RFC 7986).

Each is an event that takes a whole day and no time: calendars on phones show events of a calendar they read
from an address, and leave out its to-dos. Without METHOD, DTSTAMP says when the event last changed, so the
same days always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone, TimezoneStandard
from icalendar.prop import vDuration, vText

from scharnier.formats.wording import Language

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
READ_AGAIN_AFTER: Final = timedelta(hours=6)
PRODUCT: Final = "-//Scharnier//Scharnier//NL"
ZONE: Final = "UTC"  # nothing refers to it


@dataclass(frozen=True, slots=True, kw_only=True)
class DayToKeep:
    """A day by which somebody has to do something."""

    id: str  # the same for the same thing, whatever its day is
    day: date
    title: str
    address: str  # of the page where it is done
    changed_at: datetime  # aware


def write_calendar(days: Iterable[DayToKeep], *, name: str, host: str, language: Language) -> bytes:
    """Return a calendar; the days in order, so that the order in which they come does not matter.

    Notes
    -----
    A calendar has at least one component. Where there is no day to keep, that is a time zone.
    """
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(key, value)
    calendar["name"] = calendar["x-wr-calname"] = vText(name, params={})
    calendar.add("refresh-interval", vDuration(READ_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar["x-published-ttl"] = vDuration(READ_AGAIN_AFTER)
    found = sorted(days, key=lambda each: (each.day, each.id))
    for each in found:
        calendar.add_component(_event(each, host=host, language=language))
    if not found:
        calendar.add_component(_zone())
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    zone, always = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    always.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  # by the rules of a zone without an offset
    always.add("tzoffsetfrom", timedelta())
    always.add("tzoffsetto", timedelta())
    zone.add_component(always)
    return zone


def _event(each: DayToKeep, *, host: str, language: Language) -> Event:
    event = Event()
    changed_at = each.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", f"{each.id}@{host}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", each.title, parameters={"LANGUAGE": language})
    event.add("description", each.address)  # not every calendar shows the property that is made for it
    event.add("url", each.address)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # it makes nobody busy
    return event
