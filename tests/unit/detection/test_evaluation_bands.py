# SPDX-License-Identifier: EUPL-1.2
"""What came of it from bands: exact where it can be, silent where an end is open."""

from __future__ import annotations

from datetime import date
from math import exp, log, sqrt

import pytest

from scharnier.core import detection
from scharnier.core.detection import Band, BandMonths, Release, Weeks, Width, Window

WINTER = Window(first_day=date(2026, 1, 1), last_day=date(2026, 2, 28))
FOUND = date(2026, 3, 2)


def months(before, after) -> BandMonths:
    """Return bands from pairs of a low and a high end, one a month."""
    before, after = (tuple(Band(low=low, high=high) for low, high in ends) for ends in (before, after))
    return BandMonths(before=before, after=after)


FELL = months([(100, 199), (100, 199)], [(10, 19), (10, 19)])
SAME = months([(200, 499), (200, 499)], [(200, 499), (200, 499)])


def measure(zone=FELL, ring=None, control=SAME, *, baseline=WINTER):
    return detection.measure_bands(zone, ring, control, baseline=baseline, found_from=FOUND)


def released(*lows: int) -> Release:
    return Release(
        width=Width.CELL,
        name="1",
        window=WINTER,
        n_addresses=detection.band_count(40),
        partners={str(number): detection.band_count(low) for number, low in enumerate(lows)},
    )


class TestCountRelease:
    @pytest.mark.parametrize(
        ("lows", "ends"),
        [
            ((0, 0), (5, 8)),  # two and two would be four, and of fewer than five nothing is released
            ((0, 5), (7, 13)),
            ((0, 0, 0), (6, 12)),
            ((10, 20), (30, 68)),
            ((5, 1000), (1005, None)),
        ],
    )
    def test_adds_the_bands_of_its_partners(self, lows, ends):
        band = detection.count_release(released(*lows))

        assert (band.low, band.high) == ends

    def test_knows_nothing_of_what_was_left_out(self):
        assert detection.count_release(None) == Band(low=0, high=None)


class TestMeasureBands:
    def test_gives_the_ratio_of_the_middles(self):
        assert measure().rate_ratio == pytest.approx((29 / 299) / 1)

    def test_runs_from_the_lowest_to_the_highest_that_counts_can_make_it(self):
        change = measure()

        lowest, highest = (20 / 398) / (998 / 400), (38 / 200) / (400 / 998)
        assert change.low == pytest.approx(
            exp(log(lowest) - 1.96 * sqrt(1 / 20 + 1 / 398 + 1 / 998 + 1 / 400))
        )
        assert change.high == pytest.approx(
            exp(log(highest) + 1.96 * sqrt(1 / 38 + 1 / 200 + 1 / 400 + 1 / 998))
        )
        assert change.overdispersion == 1

    def test_is_that_of_counts_when_bands_have_one_number(self):
        zone, control = months([(40, 40)], [(20, 20)]), months([(90, 90)], [(100, 100)])
        exact = detection.measure_change(
            Weeks(before=(40,), after=(20,)),
            Weeks(before=(1,), after=(1,)),
            Weeks(before=(90,), after=(100,)),
            baseline=WINTER,
            found_from=FOUND,
        )

        change = measure(zone, None, control)

        assert (change.rate_ratio, change.low, change.high) == pytest.approx(
            (exact.rate_ratio, exact.low, exact.high)
        )

    def test_is_wider_when_months_differ_more_than_chance_makes_them(self):
        uneven = months([(10, 19), (200, 499)], [(10, 19), (10, 19)])
        even = months([(105, 259), (105, 259)], [(10, 19), (10, 19)])

        assert measure(uneven).overdispersion > 1
        assert measure(uneven).high > measure(even).high

    @pytest.mark.parametrize(
        "unknown",
        [
            months([(100, None), (100, 199)], [(10, 19), (10, 19)]),
            months([(100, 199), (100, 199)], [(10, 19), (10, None)]),
            months([(100, 199), (0, 4)], [(10, 19), (10, 19)]),
        ],
        ids=["before", "after", "nothing"],
    )
    def test_says_nothing_of_what_is_not_told(self, unknown):
        assert measure(unknown) is None
        assert measure(control=unknown) is None

    def test_compares_with_no_peak(self):
        peak = Window(first_day=date(2026, 2, 1), last_day=date(2026, 3, 31))

        with pytest.raises(detection.PeakAsBaseline):
            measure(baseline=peak)


class TestDisplacement:
    def test_is_told_when_around_it_fell_too_whatever_the_counts_were(self):
        ring = months([(200, 499), (200, 499)], [(5, 9), (5, 9)])

        assert measure(ring=ring).displacement == pytest.approx((14 / 699 - 1) / (29 / 699 - 299 / 699))

    def test_is_told_when_more_moved_than_was_won_whatever_the_counts_were(self):
        ring = months([(5, 9), (5, 9)], [(5000, 5001), (5000, 5001)])

        assert measure(ring=ring).displacement < -1

    def test_is_not_told_when_it_may_be_either(self):
        assert measure(ring=FELL).displacement is not None
        assert measure(ring=SAME).displacement is None

    def test_is_not_told_when_the_place_may_not_have_fallen(self):
        zone = months([(20, 49), (20, 49)], [(10, 19), (10, 49)])

        assert measure(zone, ring=FELL).displacement is None

    def test_is_not_told_without_what_is_around(self):
        ring = months([(100, None), (100, 199)], [(10, 19), (10, 19)])

        assert measure().displacement is None
        assert measure(ring=ring).displacement is None
