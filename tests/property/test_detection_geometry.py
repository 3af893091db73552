# SPDX-License-Identifier: EUPL-1.2
"""Laws of bands, days, circles and flat maps, from which every release and evaluation is made."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import hypot

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scharnier.core import detection
from scharnier.core.detection import Ledger, Located, Projection, Sighting, Width, Window
from scharnier.core.signals import Spot, measure_distance

FIRST = date(2026, 1, 5)
PARTNERS = ("housing", "police", "school")
counts = st.integers(0, 3000)
metres = st.floats(-20_000, 20_000)
moments = st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n))
windows = st.tuples(moments, st.integers(0, 60)).map(
    lambda each: Window(first_day=each[0], last_day=each[0] + timedelta(days=each[1]))
)
short_windows = st.tuples(moments, st.sampled_from((6, 7, 13))).map(
    lambda each: Window(first_day=each[0], last_day=each[0] + timedelta(days=each[1]))
)
lots = st.dictionaries(st.sampled_from(PARTNERS), st.integers(0, 12))
seen = st.lists(
    st.builds(
        Sighting,
        partner=st.sampled_from(PARTNERS),
        x_m=st.floats(-600, 600),
        y_m=st.floats(-600, 600),
        on=moments,
    ),
    max_size=30,
)


class TestBandCount:
    @given(n=counts)
    def test_holds_the_count(self, n):
        band = detection.band_count(n)

        assert band.low <= n
        assert band.high is None or n <= band.high

    @given(one=counts, other=counts)
    def test_rises_with_the_count(self, one, other):
        low, high = (detection.band_count(n).low for n in sorted((one, other)))

        assert low <= high

    @given(n=counts)
    def test_is_the_same_for_every_count_in_it(self, n):
        band = detection.band_count(n)
        ends = {band.low, band.low + 3 if band.high is None else band.high}

        assert {detection.band_count(end) for end in ends} == {band}

    @given(n=counts)
    def test_tells_never_one_count(self, n):
        band = detection.band_count(n)

        assert band.high is None or band.high - band.low >= 4

    def test_leaves_no_count_out(self):
        bands = list(dict.fromkeys(map(detection.band_count, range(1200))))

        assert bands[0].low == 0
        assert all(one.high == other.low - 1 for one, other in pairwise(bands))
        assert bands[-1].high is None


class TestMayShow:
    @given(told=lots, name=st.sampled_from(PARTNERS), more=st.integers(0, 5))
    def test_is_never_ended_by_more_signals(self, told, name, more):
        assume(detection.may_show(told))

        assert detection.may_show(told | {name: told.get(name, 0) + more})

    @given(told=lots)
    def test_does_not_see_who_saw_one_or_none(self, told):
        without = {name: n for name, n in told.items() if n > 1}
        with_ones = {name: max(told.get(name, 0), 1) for name in PARTNERS}

        assert detection.may_show(told) is detection.may_show(without) is detection.may_show(with_ones)

    @given(told=lots)
    def test_asks_for_two_partners_and_five_signals(self, told):
        assume(detection.may_show(told))

        assert sum(n > 1 for n in told.values()) >= 2
        assert sum(n for n in told.values() if n > 1) >= 5


class TestFixDays:
    @given(window=windows)
    def test_covers_the_window_with_the_fewest_whole_weeks(self, window):
        fixed = detection.fix_days(window)
        n_days = len(fixed.days())

        assert fixed.last_day == window.last_day
        assert fixed.first_day <= window.first_day
        assert n_days % 7 == 0
        assert n_days - len(window.days()) < 7

    @given(window=windows)
    def test_changes_nothing_when_done_twice(self, window):
        fixed = detection.fix_days(window)

        assert detection.fix_days(fixed) == fixed

    @given(one=windows, other=windows)
    def test_meets_what_shares_a_day(self, one, other):
        assert one.meets(other) is other.meets(one) is bool({*one.days()} & {*other.days()})

    @given(window=windows, day=moments)
    def test_holds_its_own_days(self, window, day):
        assert window.holds(day) is (day in window.days())


class TestFixCircle:
    @given(x=metres, y=metres, radius=st.floats(0, 2000), wider=st.integers(0, 8))
    def test_covers_the_find_from_a_point_of_the_grid(self, x, y, radius, wider):
        middle, reach = detection.fix_circle((x, y), radius, wider=wider)

        assert [each % 50 for each in (*middle, reach)] == [0, 0, 0]
        assert hypot(middle[0] - x, middle[1] - y) + radius <= reach + 1e-6

    @given(x=metres, y=metres, radius=st.floats(0, 2000), wider=st.integers(0, 8))
    def test_grows_by_whole_steps_around_one_point(self, x, y, radius, wider):
        narrow, wide = (detection.fix_circle((x, y), radius, wider=n) for n in (0, wider))

        assert narrow[0] == wide[0]
        assert wide[1] - narrow[1] == 50 * wider


class TestProjection:
    flat_maps = st.builds(Projection, longitude=st.floats(3.4, 7.2), latitude=st.floats(50.8, 53.5))

    @given(flat=flat_maps, east=metres, north=metres)
    def test_comes_back_to_within_a_decimetre(self, flat, east, north):
        back = flat.to_metres(flat.to_degrees((east, north)))

        assert back == pytest.approx((east, north), abs=0.1)

    @given(flat=flat_maps, east=st.floats(-5000, 5000), north=st.floats(-5000, 5000))
    def test_measures_as_over_the_earth(self, flat, east, north):
        assume(hypot(east, north) > 100)
        longitude, latitude = flat.to_degrees((east, north))
        middle = Spot(longitude=flat.longitude, latitude=flat.latitude)

        distance = measure_distance(Spot(longitude=longitude, latitude=latitude), middle)

        assert distance == pytest.approx(hypot(east, north), rel=0.002)

    @given(places=st.lists(st.tuples(st.floats(5, 5.2), st.floats(52, 52.2)), min_size=1))
    def test_lies_no_further_from_one_end_than_from_the_other(self, places):
        flat = Projection.around(places)
        placed = [flat.to_metres(place) for place in places]

        for axis in (0, 1):
            ends = [place[axis] for place in placed]
            assert max(ends) == pytest.approx(-min(ends), abs=0.01)


class TestCountWeeks:
    BEFORE = Window(first_day=FIRST, last_day=FIRST + timedelta(days=27))
    AFTER = Window(first_day=FIRST + timedelta(days=70), last_day=FIRST + timedelta(days=97))

    def count(self, sightings, *, radius_m=200.0):
        distances = [hypot(each.x_m, each.y_m) - radius_m for each in sightings]
        return detection.count_weeks(
            sightings, distances, ring_m=radius_m, before=self.BEFORE, after=self.AFTER
        )

    @given(sightings=seen)
    def test_counts_each_signal_of_the_periods_in_one_area(self, sightings):
        areas = self.count(sightings)

        for name, window in (("before", self.BEFORE), ("after", self.AFTER)):
            weeks = [sum(counts) for counts in zip(*(getattr(area, name) for area in areas), strict=True)]
            days = [(each.on - window.first_day).days for each in sightings if window.holds(each.on)]
            assert weeks == [sum(day // 7 == week for day in days) for week in range(4)]

    @given(sightings=seen, radius=st.floats(0, 500))
    def test_counts_in_the_zone_what_lies_in_it(self, sightings, radius):
        zone, ring, _ = self.count(sightings, radius_m=radius)
        away = [hypot(each.x_m, each.y_m) for each in sightings if self.AFTER.holds(each.on)]

        assert sum(zone.after) == sum(distance - radius <= 0 for distance in away)
        assert sum(ring.after) == sum(0 < distance - radius <= radius for distance in away)

    @given(sightings=seen, data=st.data())
    def test_does_not_depend_on_the_order(self, sightings, data):
        mixed = data.draw(st.permutations(sightings))

        assert self.count(mixed) == self.count(sightings)

    @given(before=short_windows, after=short_windows)
    def test_compares_only_equal_whole_weeks_that_do_not_meet(self, before, after):
        n_days = len(before.days())
        is_fair = n_days == len(after.days()) and n_days % 7 == 0 and not before.meets(after)

        def count():
            return detection.count_weeks([], [], ring_m=1, before=before, after=after)

        if is_fair:
            assert len(count()[0].before) == len(count()[0].after) == n_days // 7
        else:
            with pytest.raises(detection.UnequalPeriods) as refusal:
                count()
            assert refusal.value.facts == {"days": n_days}


class TestChooseBaseline:
    @given(after=windows, found_ago=st.integers(0, 900), has_last_year=st.booleans())
    def test_is_as_long_and_before_the_find(self, after, found_ago, has_last_year):
        found = after.first_day - timedelta(days=found_ago)

        baseline = detection.choose_baseline(after, found_from=found, has_last_year=has_last_year)

        assert len(baseline.days()) == len(after.days())
        assert baseline.last_day < found
        is_last_year = after.first_day - baseline.first_day == timedelta(weeks=52)
        assert is_last_year or (found - baseline.last_day).days == 1


class TestLedger:
    @given(told=lots, n_addresses=st.integers(1, 30), excluded=st.integers(0, 30))
    def test_shows_one_area_exactly_when_the_rule_allows_it(self, told, n_addresses, excluded):
        addresses = [str(n) for n in range(n_addresses)]
        area = detection.Area(width=Width.STREET, name="Plein", addresses=frozenset(addresses))
        ledger = Ledger(excluded=frozenset(addresses[:excluded]))
        day = Window(first_day=FIRST, last_day=FIRST)
        told_here = [
            Located(partner=name, address=addresses[-1], on=FIRST)
            for name, n in told.items()
            for _ in range(n)
        ]

        _, shown = ledger.offer([area], day, told_here)

        n_counted = max(n_addresses - excluded, 0)
        is_enough = n_counted >= 10 and detection.may_show(told)
        assert (shown is not None) is is_enough
        if shown is not None:
            assert shown.n_addresses == detection.band_count(n_counted)
            assert shown.partners == {name: detection.band_count(n) for name, n in told.items() if n > 1}
