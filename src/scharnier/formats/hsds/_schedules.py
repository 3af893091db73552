# SPDX-License-Identifier: EUPL-1.2
"""Weekly hours out of schedules (RFC 5545 rules, as far as a week can say them)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scharnier.core import network
from scharnier.formats.hsds._notes import NoteKind, Notes
from scharnier.formats.hsds._package import Record
from scharnier.formats.hsds._text import plain_text
from scharnier.formats.hsds._values import read_date, read_time, read_weekday

WEEKLY = "WEEKLY"
_TELLING = ("freq", "byday", "opens_at", "closes_at", "description", "notes", "schedule_link")
_BEYOND_A_WEEK = ("count", "byweekno", "bymonthday", "byyearday")
_ORDINAL = re.compile(r"[+-]?\d+(?=[A-Za-z])")  # the 1 of 1MO: the first Monday


def read_schedule(record: Record, notes: Notes) -> network.Schedule | None:
    """Return the hours of a row; None, with a note, when a week cannot say them."""
    if not any(record[column].strip() for column in _TELLING):
        notes.add_record(NoteKind.BLANK_SCHEDULE, record)
        return None
    if record["freq"].strip().upper() not in {"", WEEKLY} or _ORDINAL.search(record["byday"]):
        notes.add_record(NoteKind.NOT_WEEKLY, record, column="freq")
        return None
    if _says_more(record):
        notes.add_record(NoteKind.SIMPLIFIED_SCHEDULE, record)
    opens_at, closes_at = read_time(record["opens_at"]), read_time(record["closes_at"])
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        notes.add_record(NoteKind.OVERNIGHT, record, column="closes_at")
        closes_at = None
    return network.Schedule(
        weekdays=frozenset(_weekdays(record, notes)),
        opens_at=opens_at,
        closes_at=closes_at,
        valid_from=read_date(record["valid_from"]) or read_date(record["dtstart"]),
        valid_to=read_date(record["valid_to"]) or read_date(record["until"]),
        description=_description(record),
    )


def _description(record: Record) -> str:
    return " ".join(filter(None, (plain_text(record["description"]), plain_text(record["notes"]))))


def _says_more(record: Record) -> bool:
    beyond = any(record[column].strip() for column in _BEYOND_A_WEEK)
    return beyond or record["interval"].strip() not in {"", "0", "1"}


def _weekdays(record: Record, notes: Notes) -> Iterator[network.Weekday]:
    for word in filter(None, re.split(r"[,;\s]+", record["byday"])):
        day = read_weekday(word)
        if day is None:
            notes.add_record(NoteKind.SIMPLIFIED_SCHEDULE, record, column="byday")
        else:
            yield day
