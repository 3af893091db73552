# SPDX-License-Identifier: EUPL-1.2
"""An invitation is read back by a library, as a calendar would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from scharnier.formats.calendar_invitation import Appointment, Method, write_invitation

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STARTS = datetime(2026, 4, 2, 10, tzinfo=AMSTERDAM)
AT = datetime(2026, 3, 29, 12, 0, 0, 999, tzinfo=UTC)


def an_appointment(**parts):
    usual = {
        "uid": "meeting.1@kruisveld.example.org",
        "sequence": 0,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=1),
        "title": "Overleg van partners",
        "place": "Buurthuis; zaal 2, boven",
        "address": "https://kruisveld.example.org/situations/s/meetings/1/",
    }
    return Appointment(**usual | parts)


def written(method=Method.REQUEST, **parts):
    return write_invitation(
        an_appointment(**parts),
        method=method,
        organizer="scharnier@example.org",
        attendee="noor@example.org",
        at=AT,
        language="nl",
    )


def event_of(data):
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return event


class TestWriteInvitation:
    def test_asks_a_calendar_to_keep_the_time(self):
        calendar, event = Calendar.from_ical(written()), event_of(written())

        assert (str(calendar["method"]), str(calendar["version"])) == ("REQUEST", "2.0")
        assert (event["uid"], event["sequence"], event["status"]) == (
            "meeting.1@kruisveld.example.org",
            0,
            "CONFIRMED",
        )
        assert event.decoded("dtstart") == STARTS
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
        assert str(event["location"]) == "Buurthuis; zaal 2, boven"
        assert str(event["url"]).endswith("/meetings/1/")

    def test_writes_times_that_need_no_zone(self):
        assert b"DTSTART:20260402T080000Z\r\n" in written()
        assert b"DTSTAMP:20260329T120000Z\r\n" in written()
        assert b"VTIMEZONE" not in written()

    def test_names_who_invites_and_who_is_invited_and_asks_for_no_answer(self):
        event = event_of(written())

        assert event["organizer"] == "mailto:scharnier@example.org"
        assert event["attendee"] == "mailto:noor@example.org"
        assert event["attendee"].params["RSVP"] == "FALSE"

    @pytest.mark.parametrize("sequence", [0, 1, 12])
    def test_is_the_same_meeting_after_each_change(self, sequence):
        event = event_of(written(sequence=sequence))

        assert (event["uid"], event["sequence"]) == ("meeting.1@kruisveld.example.org", sequence)

    def test_takes_a_meeting_out_again(self):
        data = written(Method.CANCEL, sequence=2)

        assert str(Calendar.from_ical(data)["method"]) == "CANCEL"
        assert (event_of(data)["status"], event_of(data)["sequence"]) == ("CANCELLED", 2)

    def test_leaves_out_a_place_that_is_not_known(self):
        assert "location" not in event_of(written(place=""))

    def test_folds_lines_and_reads_no_markup_in_words(self):
        title = "Overleg\nDTEND:19700101T000000Z, ja; " + "lang " * 20
        data = written(title=title)

        assert str(event_of(data)["summary"]) == title
        assert max(map(len, data.split(b"\r\n"))) <= 75
