# SPDX-License-Identifier: EUPL-1.2
"""When somebody is told what waits: days, hours, holidays, summer time, and a worker that comes late."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.digest import (
    HOURS,
    LATEST,
    WEEKDAYS,
    BadTerms,
    MailTerms,
    Often,
    digest_due,
    latest_slot,
)

HERE = ZoneInfo("Europe/Amsterdam")
EASTER = [date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6)]
USUAL = MailTerms()
DAILY = MailTerms(often=Often.WORKING_DAYS)
MINUTE = timedelta(minutes=1)
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 11 * 366 * 24 * 60).map(lambda n: (BEGIN + n * MINUTE).astimezone(HERE))
terms = st.builds(
    MailTerms, often=st.sampled_from(Often), weekday=st.sampled_from(WEEKDAYS), hour=st.sampled_from(HOURS)
)
holidays = st.lists(st.dates(date(2020, 1, 1), date(2031, 1, 1)), max_size=40)


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=HERE)


class TestMailTerms:
    def test_are_monday_at_eight_unless_chosen(self):
        assert (USUAL.often, USUAL.weekday, USUAL.hour) == (Often.WEEKLY, 1, 8)

    @pytest.mark.parametrize("wrong", [{"weekday": 0}, {"weekday": 6}, {"hour": 3}, {"hour": -8}])
    def test_refuse_a_day_or_hour_that_is_not_offered(self, wrong):
        with pytest.raises(BadTerms):
            MailTerms(**wrong)


class TestLatestSlot:
    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (at(2026, 3, 2, 7, 59), at(2026, 2, 23, 8)),
            (at(2026, 3, 2, 8), at(2026, 3, 2, 8)),
            (at(2026, 3, 8, 23), at(2026, 3, 2, 8)),
            (at(2026, 4, 6, 9), at(2026, 3, 30, 8)),  # Easter Monday
            (at(2026, 4, 7, 8), at(2026, 4, 7, 8)),
            (at(2026, 4, 13, 8), at(2026, 4, 13, 8)),
        ],
    )
    def test_is_once_a_week_on_the_next_working_day_when_the_day_is_free(self, now, expected):
        assert latest_slot(USUAL, at=now, free_days=EASTER) == expected

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (at(2026, 4, 2, 8), at(2026, 4, 2, 8)),
            (at(2026, 4, 6, 12), at(2026, 4, 2, 8)),  # Good Friday, the weekend and Easter Monday pass
            (at(2026, 4, 7, 7), at(2026, 4, 2, 8)),
            (at(2026, 4, 7, 8), at(2026, 4, 7, 8)),
        ],
    )
    def test_passes_over_free_days_when_daily(self, now, expected):
        assert latest_slot(DAILY, at=now, free_days=EASTER) == expected

    def test_never_comes_for_who_wants_none(self):
        assert latest_slot(MailTerms(often=Often.NEVER), at=at(2026, 3, 2, 9)) is None

    @given(chosen=terms, now=moments, free=holidays)
    def test_is_the_last_of_what_a_calendar_kept_by_hand_says(self, chosen, now, free):
        def is_working(day):
            return day.weekday() < 5 and day not in free

        def moved(day):
            while not is_working(day):
                day += timedelta(days=1)
            return day

        back = [now.date() - timedelta(days=n) for n in range(22)]
        if chosen.often is Often.WEEKLY:
            days = [moved(day) for day in back if day.isoweekday() == chosen.weekday]
        else:
            days = [day for day in back[:15] if is_working(day) and chosen.often is not Often.NEVER]
        slots = [datetime.combine(day, time(chosen.hour), tzinfo=HERE) for day in days]
        expected = max((slot for slot in slots if slot <= now), default=None)

        found = latest_slot(chosen, at=now, free_days=free)

        assert found == expected or (found is None and expected < now - timedelta(days=14))

    @given(chosen=terms, now=moments)
    def test_exists_on_the_clock_and_once_only(self, chosen, now):
        found = latest_slot(chosen, at=now)

        if found is not None:
            assert found.astimezone(UTC).astimezone(HERE) == found
            assert found.utcoffset() == found.replace(fold=1).utcoffset()


class TestDigestDue:
    @pytest.mark.parametrize(
        ("utc", "expected"),
        [
            (datetime(2026, 3, 23, 6, 59, tzinfo=UTC), None),  # winter: eight o'clock is seven in UTC
            (datetime(2026, 3, 23, 7, 0, tzinfo=UTC), date(2026, 3, 23)),
            (datetime(2026, 3, 30, 5, 59, tzinfo=UTC), None),  # the clock went forward on the 29th
            (datetime(2026, 3, 30, 6, 0, tzinfo=UTC), date(2026, 3, 30)),
            (datetime(2026, 10, 26, 6, 59, tzinfo=UTC), None),  # and back on the 25th
            (datetime(2026, 10, 26, 7, 0, tzinfo=UTC), date(2026, 10, 26)),
        ],
    )
    def test_keeps_to_the_clock_on_the_wall_when_summer_time_begins_and_ends(self, utc, expected):
        assert digest_due(USUAL, at=utc.astimezone(HERE)) == expected

    def test_comes_late_for_a_day_at_most(self):
        slot = at(2026, 3, 2, 8)

        assert digest_due(USUAL, at=slot + LATEST - MINUTE) == date(2026, 3, 2)
        assert digest_due(USUAL, at=slot + LATEST) is None

    def test_is_not_sent_for_what_passed_before_it_was_chosen(self):
        now = at(2026, 3, 2, 10)

        assert digest_due(DAILY, at=now, since=at(2026, 3, 2, 9)) is None
        assert digest_due(DAILY, at=now, since=at(2026, 3, 2, 8)) == date(2026, 3, 2)

    @given(chosen=terms, now=moments, free=holidays)
    def test_names_a_working_day_of_today_or_yesterday(self, chosen, now, free):
        found = digest_due(chosen, at=now, free_days=free)

        if found is not None:
            assert found.weekday() < 5
            assert found not in free
            assert now.date() - timedelta(days=1) <= found <= now.date()

    @given(chosen=terms, start=moments)
    def test_comes_on_as_many_days_as_was_asked_for(self, chosen, start):
        monday = start.date() - timedelta(days=start.weekday())
        noons = [datetime.combine(monday + timedelta(days=n), time(20), tzinfo=HERE) for n in range(7)]

        told = {digest_due(chosen, at=noon) for noon in noons} - {None}

        assert len(told) == {Often.NEVER: 0, Often.WORKING_DAYS: 5, Often.WEEKLY: 1}[chosen.often]
