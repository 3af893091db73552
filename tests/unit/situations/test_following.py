# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scharnier.core import situations
from scharnier.core.detection import Sighting
from scharnier.core.situations import Following

HALF_YEAR = situations.half_year_before(date(2026, 8, 1))
FIRST = HALF_YEAR.first_day
STEPS = {1.5, 2.0, 2.5, 3.0, 3.5, 4.0}


def a_sighting(*, partner="school", at=0, day=0):
    return Sighting(partner=partner, x_m=1000.0 * at, y_m=0.0, on=FIRST + timedelta(days=day))


def in_pairs(n=25, *, after=5, partners=("school", "politie")):
    """Two signals at each of n places, the other so many days after the one."""
    return [
        a_sighting(partner=partner, at=at, day=at * 6 + number * after)
        for at in range(n)
        for number, partner in enumerate(partners)
    ]


def scattered(n, *, seed=1):
    chance = Random(seed)  # noqa: S311  # a half year, no secret
    return [
        a_sighting(
            partner=chance.choice(["school", "politie"]), at=chance.randrange(15), day=chance.randrange(181)
        )
        for _ in range(n)
    ]


def find(seen, seed=1):
    return situations.find_following(seen, HALF_YEAR, seed=seed)


class TestHalfYearBefore:
    @given(on=st.dates(date(2020, 1, 1), date(2060, 1, 1)))
    def test_is_a_half_of_the_calendar_year_that_is_over_for_28_days(self, on):
        found = situations.half_year_before(on)

        assert (found.first_day.month, found.first_day.day) in {(1, 1), (7, 1)}
        assert (found.last_day.month, found.last_day.day) in {(6, 30), (12, 31)}
        assert 180 <= (found.last_day - found.first_day).days < 184
        assert 28 <= (on - found.last_day).days - 1 < 28 + 184

    @given(on=st.dates(date(2020, 1, 1), date(2060, 1, 1)), days=st.integers(0, 800))
    def test_has_no_day_in_common_with_another(self, on, days):
        one, other = (situations.half_year_before(on + timedelta(days=more)) for more in (0, days))

        assert one == other or not one.meets(other)


class TestFindFollowing:
    def test_tells_for_how_long_more_follow(self):
        assert find(in_pairs()) == (Following(to_days=7, times=4.0),)

    def test_goes_on_for_as_long_as_there_is_no_gap(self):
        apart = [
            a_sighting(partner=partner, at=60 * kind + at, day=at * 7 + day)
            for kind, gap in enumerate((4, 12, 22))
            for at in range(22)
            for partner, day in (("school", 0), ("politie", gap))
        ]

        assert [band.to_days for band in find(apart)] == [7, 14, 28]

    def test_begins_with_the_first_week(self):
        assert find(in_pairs(after=12)) == ()

    def test_does_not_count_the_same_day(self):
        assert find(in_pairs(after=0)) == ()

    def test_does_not_count_what_lies_further(self):
        apart = [
            a_sighting(partner=partner, at=at + 0.2 * number, day=at * 6 + number)
            for at in range(25)
            for number, partner in enumerate(("school", "politie"))
        ]

        assert find(apart) == ()

    def test_tells_nothing_that_chance_gives_as_well(self):
        told = [find(scattered(90, seed=seed), seed=seed) for seed in range(40)]

        assert sum(map(bool, told)) <= 3

    def test_tells_nothing_of_fewer_than_fifty(self):
        assert find(in_pairs(25)) != ()
        assert find(in_pairs(25)[1:]) == ()

    @pytest.mark.parametrize("partners", [("school",) * 2, ("school", "school")])
    def test_tells_nothing_of_one_partner(self, partners):
        assert find(in_pairs(60, partners=partners)) == ()

    @pytest.mark.parametrize(("n_others", "is_told"), [(4, False), (5, True)])
    def test_wants_five_of_a_second_partner(self, n_others, is_told):
        alone = in_pairs(30, partners=("school", "school"))
        with_others = [
            Sighting(
                partner="politie" if number < n_others else each.partner, x_m=each.x_m, y_m=0.0, on=each.on
            )
            for number, each in enumerate(alone)
        ]

        assert bool(find(with_others)) is is_told

    @settings(max_examples=20, deadline=None)
    @given(extra=st.lists(st.integers(1, 400), max_size=30))
    def test_does_not_hear_of_what_was_told_outside_the_half_year(self, extra):
        later = [a_sighting(partner="politie", day=181 + day) for day in extra]
        earlier = [a_sighting(partner="politie", day=-day) for day in extra]

        assert find([*in_pairs(), *later, *earlier]) == find(in_pairs())

    @settings(max_examples=30, deadline=None)
    @given(n=st.integers(25, 40), n_more=st.integers(0, 60), seed=st.integers(0, 5))
    def test_moves_in_steps_of_a_half_and_never_further_than_four(self, n, n_more, seed):
        told = find([*in_pairs(n), *scattered(n_more, seed=seed)], seed=seed)

        assert {band.times for band in told} <= STEPS
        assert [band.to_days for band in told] == [7, 14, 28][: len(told)]

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_moves_by_one_step_at_most_when_one_signal_comes_or_goes(self, seed):
        seen = [*in_pairs(30), *scattered(40, seed=seed)]
        (whole,) = find(seen)

        fewer = [find(seen[:number] + seen[number + 1 :]) for number in range(0, len(seen), 6)]

        assert whole.times < 4.0
        assert {abs(one[0].times - whole.times) for one in fewer} <= {0.0, 0.5}

    def test_is_the_same_for_the_same_seed(self):
        seen = [*in_pairs(30), *scattered(60, seed=4)]

        assert find(seen) == find(seen) != ()
