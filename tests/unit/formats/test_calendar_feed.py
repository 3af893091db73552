# SPDX-License-Identifier: EUPL-1.2
"""A calendar is read back by a library, and line by line by the rules of RFC 5545."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scharnier.formats.calendar_feed import READ_AGAIN_AFTER, DayToKeep, write_calendar
from tests.strict_calendar import check, unescaped

CHANGED = datetime(2026, 3, 2, 8, 30, 15, 999, tzinfo=UTC)


def a_day(number=1, **parts):
    usual = {
        "id": f"answer.{number}",
        "day": date(2026, 3, 16),
        "title": "Iemand van Jongerenwerk wacht op je antwoord",
        "address": f"https://kruisveld.example.org/referrals/{number}/",
        "changed_at": CHANGED,
    }
    return DayToKeep(**usual | parts)


def written(*days, name="Wat er wacht, Kruisveld", language="nl"):
    return write_calendar(days, name=name, host="kruisveld.example.org", language=language)


class TestWriteCalendar:
    def test_gives_each_day_as_an_event_of_a_whole_day(self):
        (event,) = Calendar.from_ical(written(a_day())).walk("VEVENT")

        assert event["uid"] == "answer.1@kruisveld.example.org"
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 3, 16), date(2026, 3, 17))
        assert str(event["summary"]) == "Iemand van Jongerenwerk wacht op je antwoord"
        assert event["summary"].params["language"] == "nl"
        assert event["url"] == event["description"] == "https://kruisveld.example.org/referrals/1/"
        assert event.decoded("dtstamp") == event.decoded("last-modified") == CHANGED.replace(microsecond=0)

    def test_is_private_and_makes_nobody_busy(self):
        (event,) = Calendar.from_ical(written(a_day())).walk("VEVENT")

        assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
        assert event.walk("VALARM") == []

    def test_says_how_it_is_called_and_when_to_read_again(self):
        calendar = Calendar.from_ical(written())

        for name in ("name", "x-wr-calname"):
            assert unescaped(calendar[name]) == "Wat er wacht, Kruisveld"
        assert calendar["refresh-interval"].td == READ_AGAIN_AFTER
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in written()
        assert "method" not in calendar  # with it, DTSTAMP would say when this was written

    def test_without_a_day_is_a_calendar_all_the_same(self):
        check(written())

        assert Calendar.from_ical(written()).walk("VEVENT") == []

    def test_counts_moments_in_utc(self):
        elsewhere = CHANGED.astimezone(ZoneInfo("Europe/Amsterdam"))

        assert written(a_day(changed_at=elsewhere)) == written(a_day())

    @given(numbers=st.lists(st.integers(0, 99), unique=True, max_size=6), shift=st.integers(0, 5))
    def test_does_not_depend_on_the_order_of_the_days(self, numbers, shift):
        days = [a_day(number, day=date(2026, 3, 1) + timedelta(days=number % 3)) for number in numbers]

        assert written(*days) == written(*days[shift:], *days[:shift])

    @given(
        title=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=200),
        name=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=90),
        day=st.dates(date(1970, 1, 1), date(9998, 1, 1)),
    )
    def test_keeps_to_the_rules_and_to_the_words_whatever_they_are(self, title, name, day):
        data = written(a_day(title=title, day=day), a_day(2), name=name)

        check(data)
        calendar = Calendar.from_ical(data)
        assert unescaped(calendar["name"]) == name
        assert {str(event["summary"]) for event in calendar.walk("VEVENT")} == {title, a_day().title}

    @pytest.mark.parametrize("words", ["éé" * 60, "日本語" * 40, "a, b; c\\d" * 12])
    def test_folds_long_lines_between_letters(self, words):
        check(written(a_day(title=words)))


class TestCheck:
    """The strict reading itself finds what is wrong."""

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            (b"\r\n", b"\n"),
            (b"VERSION:2.0\r\n", b""),
            (b"UID:", b"UID:answer.2\r\nUID:"),
            (b"20260316", b"2026-03-16"),
            (b";VALUE=DATE", b""),
            (b"T083015Z", b"T083015"),
            (b"END:VEVENT\r\n", b""),
            (b"Kruisveld", b"Kruisveld; Noord"),
            (b"wacht op je antwoord", b"wacht op je antwoord en nog veel meer dan dat zonder om te slaan"),
        ],
    )
    def test_finds_what_breaks_a_rule(self, right, wrong):
        data = written(a_day())
        assert right in data

        with pytest.raises((AssertionError, KeyError)):
            check(data.replace(right, wrong))
