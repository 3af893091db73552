# SPDX-License-Identifier: EUPL-1.2
"""Laws of the figures beside the scan: chances, near repeats, heat, names, change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import detection
from scharnier.core.detection import BandPlan, HeatPlan, Saying, Square, Weeks, Window
from scharnier.core.detection._ratios import log_ratios, tabulate_logs
from tests.unit.detection.scenes import TODAY, a_sighting, by_hand

LOGS = tabulate_logs(5000)
BANDS = BandPlan(distances_m=(0, 100, 250), days=(1, 4), n_replicates=19)
HEAT = HeatPlan(radius_m=110, days=5, n_replicates=19)

values = st.lists(st.floats(0, 30), min_size=1, max_size=60).map(np.array)
weekly = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=6).map(
    lambda pairs: Weeks(before=tuple(one for one, _ in pairs), after=tuple(other for _, other in pairs))
)
fields = st.dictionaries(  # squares that do not overlap: each lies in a kilometre of its own
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([1000, 500, 250, 125])).map(
        lambda one: Square(size_m=one[2], column=one[0] * 1000 // one[2], row=one[1] * 1000 // one[2])
    ),
    st.integers(5, 120),
    max_size=12,
)
sightings = st.lists(
    st.builds(
        a_sighting,
        st.sampled_from(("police", "school")),
        st.sampled_from((0.0, 100.0, 200.0)),
        st.sampled_from((0.0, 100.0)),
        ago=st.integers(0, 12),
    ),
    min_size=1,
    max_size=30,
)
sayings = st.lists(
    st.builds(
        Saying,
        partner=st.sampled_from(("police", "school", "housing")),
        words=st.lists(st.sampled_from("abcde"), max_size=4).map(tuple),
    ),
    max_size=12,
)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Counts that can be: in zone and window, in the zone, in the window, of all."""
    total = draw(st.integers(1, 5000))
    zone, window = draw(st.integers(0, total)), draw(st.integers(0, total))
    return draw(st.integers(max(0, zone + window - total), min(zone, window))), zone, window, total


class TestLogRatios:
    @given(whole=counts())
    def test_are_never_below_nought_and_as_by_hand(self, whole):
        value = log_ratios(*(np.array([number]) for number in whole), LOGS)[0]

        assert value >= -1e-9
        assert value == pytest.approx(by_hand(*whole), rel=1e-9, abs=1e-8)

    @given(whole=counts())
    def test_do_not_tell_zone_from_window(self, whole):
        inside, zone, window, total = (np.array([number]) for number in whole)

        assert log_ratios(inside, zone, window, total, LOGS) == pytest.approx(
            log_ratios(inside, window, zone, total, LOGS), abs=1e-9
        )


class TestFindP:
    @given(maxima=values, one=st.floats(0, 40), more=st.floats(0, 40))
    def test_falls_as_the_value_rises(self, maxima, one, more):
        assert detection.count_p(one + more, maxima) <= detection.count_p(one, maxima)

    @given(maxima=values, value=st.floats(0, 40), stop_after=st.none() | st.integers(1, 20))
    def test_is_a_chance_above_nought(self, maxima, value, stop_after):
        assert 0 < detection.find_p(value, maxima, stop_after=stop_after) <= 1


class TestFindNearRepeats:
    @given(seen=sightings)
    def test_count_every_pair_once(self, seen):
        found = detection.find_near_repeats(seen, BANDS, with_numba=False)

        pairs = [
            (np.hypot(one.x_m - other.x_m, one.y_m - other.y_m), abs((one.on - other.on).days))
            for number, one in enumerate(seen)
            for other in seen[:number]
        ]
        assert sum(each.observed for each in found) == sum(far <= 250 and days <= 4 for far, days in pairs)
        for each in found:
            assert each.observed == sum(
                (each.from_m < far or far == each.from_m == 0 == each.to_m) and far <= each.to_m
                and each.from_days <= days <= each.to_days
                for far, days in pairs
            )  # fmt: skip

    @given(seen=sightings, days=st.integers(-999, 999))
    def test_do_not_depend_on_when_the_calendar_begins(self, seen, days):
        moved = [replace(each, on=each.on + timedelta(days=days)) for each in seen]

        assert detection.find_near_repeats(moved, BANDS, with_numba=False) == detection.find_near_repeats(
            seen, BANDS, with_numba=False
        )


class TestMeasureHeat:
    @given(seen=sightings)
    def test_tells_every_place_once_hottest_first(self, seen):
        heat = detection.measure_heat(seen, today=TODAY, plan=HEAT)

        assert {spot.place for spot in heat.spots} == {(each.x_m, each.y_m) for each in seen}
        assert [spot.z for spot in heat.spots] == sorted((spot.z for spot in heat.spots), reverse=True)
        assert all(np.isfinite(spot.z) for spot in heat.spots)
        assert 0 < heat.p <= 1


class TestFindBusy:
    @given(counts=fields, seed=st.integers(0, 9))
    def test_marks_what_has_more_than_its_share_and_never_everything(self, counts, seed):
        busy = detection.find_busy(counts, seed=seed)

        share = sum(counts.values()) / max(sum(square.size_m**2 for square in counts), 1)
        assert busy < counts.keys() or not busy
        assert all(counts[square] > share * square.size_m**2 for square in busy)

    @given(counts=fields, seed=st.integers(0, 9), by=st.integers(-5, 5))
    def test_does_not_depend_on_where_the_grid_begins(self, counts, seed, by):
        def moved(square):
            return replace(square, column=square.column + by * (1000 // square.size_m))

        there = {moved(square): n for square, n in counts.items()}

        busy = detection.find_busy(counts, seed=seed)
        assert detection.find_busy(there, seed=seed) == {moved(square) for square in busy}


class TestNameFind:
    @given(inside=sayings, outside=sayings)
    def test_tells_only_words_of_three_signals_and_two_partners(self, inside, outside):
        for label in detection.name_find(inside, outside):
            saying = [each for each in inside if label.word in each.words]

            assert label.z > 0
            assert label.n_signals == len(saying) >= 3
            assert label.n_partners == len({each.partner for each in saying}) >= 2

    @given(inside=sayings, outside=sayings, data=st.data())
    def test_does_not_depend_on_the_order(self, inside, outside, data):
        shuffled = data.draw(st.permutations(inside))

        assert detection.name_find(shuffled, outside[::-1]) == detection.name_find(inside, outside)


class TestMeasureChange:
    BASELINE = Window(first_day=date(2026, 1, 5), last_day=date(2026, 1, 18))

    def measure(self, zone, ring, control):
        return detection.measure_change(
            zone, ring, control, baseline=self.BASELINE, found_from=date(2026, 3, 2)
        )

    @given(zone=weekly, ring=weekly, control=weekly)
    def test_lies_within_its_interval(self, zone, ring, control):
        change = self.measure(zone, ring, control)

        assert 0 < change.low < change.rate_ratio < change.high
        assert change.overdispersion >= 1

    @given(zone=weekly, ring=weekly, control=weekly)
    def test_turns_over_when_before_and_after_change_places(self, zone, ring, control):
        turned = [Weeks(before=each.after, after=each.before) for each in (zone, ring, control)]

        assert self.measure(*turned).rate_ratio == pytest.approx(
            1 / self.measure(zone, ring, control).rate_ratio
        )

    @given(zone=weekly, ring=weekly, control=weekly)
    def test_tells_what_moved_only_when_the_zone_fell(self, zone, ring, control):
        if self.measure(zone, ring, control).displacement is not None:
            assert sum(zone.after) < sum(zone.before)
