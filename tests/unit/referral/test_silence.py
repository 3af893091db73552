# SPDX-License-Identifier: EUPL-1.2
"""Working days and the ladder of silence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.referral import (
    HELD_LASTS,
    LEAST_DAYS,
    MOST_DAYS,
    USUAL_DAYS,
    BadLadder,
    Ladder,
    Rung,
    add_working_days,
    is_held,
    ladder_within,
    rungs_due,
)

MONDAY = date(2026, 3, 2)
EASTER = [date(2026, 4, 3), date(2026, 4, 6)]
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


class TestAddWorkingDays:
    @pytest.mark.parametrize(
        ("day", "n_days", "expected"),
        [
            (MONDAY, 0, MONDAY),
            (MONDAY, 5, date(2026, 3, 9)),
            (date(2026, 3, 7), 0, date(2026, 3, 9)),  # a Saturday
            (date(2026, 4, 2), 1, date(2026, 4, 7)),
        ],
    )
    def test_passes_over_weekends_and_holidays(self, day, n_days, expected):
        assert add_working_days(day, n_days, free_days=EASTER) == expected

    @given(day=days, n_days=st.integers(0, 60), free=st.lists(days, max_size=20))
    def test_ends_on_a_working_day_by_counting_them_one_by_one(self, day, n_days, free):
        counted, left = day, n_days
        while counted.weekday() > 4 or counted in free or left:
            left -= counted.weekday() < 5 and counted not in free
            counted += timedelta(days=1)

        assert add_working_days(day, n_days, free_days=free) == counted


class TestRungsDue:
    def test_reminds_first_and_gives_up_last(self):
        climbed: list[Rung] = []
        story = []

        for n_days in range(20):
            for rung in rungs_due(MONDAY, on=MONDAY + timedelta(days=n_days), climbed=climbed):
                climbed.append(rung)
                story.append((n_days, rung.value))

        assert story == [
            (3, "candidate"),
            (7, "stand_in"),
            (9, "organization"),
            (11, "coordinator"),
            (14, "lapse"),
        ]

    def test_climbs_all_at_once_what_was_never_looked_at(self):
        assert rungs_due(MONDAY, on=MONDAY + timedelta(days=30)) == tuple(rung for rung, _ in Ladder().rungs)

    @given(asked_on=days, looked=st.lists(st.integers(0, 40), max_size=8), free=st.lists(days, max_size=9))
    def test_climbs_each_rung_once_whenever_it_is_looked_at(self, asked_on, looked, free):
        climbed: list[Rung] = []
        for n_days in [*sorted(looked), 90]:
            climbed += rungs_due(
                asked_on, on=asked_on + timedelta(days=n_days), climbed=climbed, free_days=free
            )

        assert climbed == [rung for rung, _ in Ladder().rungs]

    @given(asked_on=days, passed=st.integers(0, 400))
    def test_gives_nothing_up_that_another_system_works_on_and_reminds_all_the_same(self, asked_on, passed):
        on = asked_on + timedelta(days=passed)

        due, held = rungs_due(asked_on, on=on), rungs_due(asked_on, on=on, is_held=True)

        assert held == tuple(rung for rung in due if rung is not Rung.LAPSE)


class TestIsHeld:
    @pytest.mark.parametrize(
        ("passed", "held"), [(timedelta(0), True), (HELD_LASTS, False), (-timedelta(days=1), True)]
    )
    def test_lasts_a_week_from_the_last_word(self, passed, held):
        noon = datetime(2026, 3, 2, 12, tzinfo=UTC)

        assert is_held(noon, at=noon + passed) is held

    def test_needs_a_word_at_all(self):
        assert not is_held(None, at=datetime(2026, 3, 2, 12, tzinfo=UTC))


class TestLadder:
    @pytest.mark.parametrize(
        "rungs",
        [
            (),
            ((Rung.LAPSE, 0),),
            ((Rung.CANDIDATE, 3),),
            ((Rung.CANDIDATE, 3), (Rung.LAPSE, 3)),
            ((Rung.LAPSE, 3), (Rung.COORDINATOR, 5)),
        ],
    )
    def test_rises_and_ends_the_wait(self, rungs):
        with pytest.raises(BadLadder):
            Ladder(rungs=rungs)


class TestLadderWithin:
    def test_is_the_usual_one_for_the_usual_time(self):
        assert ladder_within(USUAL_DAYS) == Ladder()

    @given(st.integers(LEAST_DAYS, MOST_DAYS))
    def test_has_every_rung_and_ends_in_time(self, n_days):
        rungs = ladder_within(n_days).rungs

        assert [rung for rung, _ in rungs] == [rung for rung, _ in Ladder().rungs]
        assert rungs[-1] == (Rung.LAPSE, n_days)

    @given(st.integers(LEAST_DAYS, MOST_DAYS - 1))
    def test_climbs_no_rung_sooner_with_more_time(self, n_days):
        shorter, longer = ladder_within(n_days), ladder_within(n_days + 1)

        pairs = zip(shorter.rungs, longer.rungs, strict=True)
        assert all(before <= after for (_, before), (_, after) in pairs)

    @pytest.mark.parametrize("n_days", [-1, 0, LEAST_DAYS - 1, MOST_DAYS + 1])
    def test_refuses_too_little_and_too_much(self, n_days):
        with pytest.raises(BadLadder) as refused:
            ladder_within(n_days)

        assert refused.value.facts == {"days": (n_days,)}
