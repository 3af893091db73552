# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from math import exp, log, sqrt

import pytest

from scharnier.core import detection
from scharnier.core.detection import Weeks, Window
from tests.unit.detection.scenes import TODAY, a_sighting

JANUARY = Window(first_day=date(2026, 1, 5), last_day=date(2026, 2, 1))
MAY = Window(first_day=date(2026, 5, 4), last_day=date(2026, 5, 31))
MARCH = date(2026, 3, 2)
SAME = Weeks(before=(50, 50), after=(50, 50))
FELL = Weeks(before=(20, 20), after=(10, 10))


def measure(zone=FELL, ring=SAME, control=SAME, *, baseline=JANUARY):
    return detection.measure_change(zone, ring, control, baseline=baseline, found_from=MARCH)


class TestChooseBaseline:
    def test_is_a_year_before_on_the_same_weekdays(self):
        chosen = detection.choose_baseline(MAY, found_from=MARCH, has_last_year=True)

        assert chosen == Window(first_day=date(2025, 5, 5), last_day=date(2025, 6, 1))
        assert chosen.first_day.weekday() == MAY.first_day.weekday()

    def test_is_just_before_the_find_when_there_is_no_last_year(self):
        chosen = detection.choose_baseline(MAY, found_from=MARCH, has_last_year=False)

        assert chosen.last_day == MARCH - timedelta(days=1)
        assert chosen.last_day - chosen.first_day == MAY.last_day - MAY.first_day

    def test_holds_no_day_of_the_find_even_when_that_lasts_a_year(self):
        chosen = detection.choose_baseline(MAY, found_from=date(2025, 5, 1), has_last_year=True)

        assert chosen.last_day == date(2025, 4, 30)


class TestCountWeeks:
    def count(self, *seen, before=JANUARY, after=MAY):
        """Count signals, each with its distance to the zone."""
        sightings, distances = zip(*seen, strict=True) if seen else ((), ())
        return detection.count_weeks(sightings, distances, ring_m=50, before=before, after=after)

    @pytest.mark.parametrize(("distance", "area"), [(-5, 0), (0, 0), (0.1, 1), (50, 1), (50.1, 2)])
    def test_tells_zone_ring_and_the_rest_apart(self, distance, area):
        found = self.count((a_sighting(ago=(TODAY - JANUARY.first_day).days), distance))

        assert [sum(weeks.before) for weeks in found] == [int(area == each) for each in range(3)]

    @pytest.mark.parametrize(("day", "week"), [(0, 0), (6, 0), (7, 1), (27, 3)])
    def test_puts_a_day_in_its_week(self, day, week):
        seen = a_sighting(ago=(TODAY - MAY.first_day).days - day)

        assert self.count((seen, 0))[0].after.index(1) == week

    def test_leaves_out_all_other_days(self):
        seen = [
            (a_sighting(ago=(TODAY - day).days), 0) for day in (MARCH, date(2026, 1, 4), date(2026, 6, 1))
        ]

        assert {sum(weeks.before + weeks.after) for weeks in self.count(*seen)} == {0}

    @pytest.mark.parametrize(
        "after",
        [
            Window(first_day=MAY.first_day, last_day=MAY.first_day + timedelta(days=6)),
            Window(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28)),
        ],
    )
    def test_wants_as_many_weeks_before_as_after(self, after):
        with pytest.raises(detection.UnequalPeriods):
            self.count(after=after)

    def test_wants_whole_weeks(self):
        eight = [Window(first_day=day, last_day=day + timedelta(days=7)) for day in (MARCH, MAY.first_day)]

        with pytest.raises(detection.UnequalPeriods):
            self.count(before=eight[0], after=eight[1])

    def test_wants_a_distance_of_each(self):
        with pytest.raises(ValueError, match="shorter"):
            detection.count_weeks([a_sighting()], [], ring_m=50, before=JANUARY, after=MAY)


class TestMeasureChange:
    def test_is_the_sum_by_hand(self):
        change = measure(control=Weeks(before=(40, 40), after=(60, 60)))

        error = sqrt(1 / 20 + 1 / 40 + 1 / 120 + 1 / 80)
        assert change.rate_ratio == pytest.approx((20 / 40) / (120 / 80))
        assert change.low == pytest.approx(exp(log(1 / 3) - 1.96 * error))
        assert change.high == pytest.approx(exp(log(1 / 3) + 1.96 * error))

    def test_is_less_sure_when_weeks_differ_more_than_by_chance(self):
        even, uneven = measure(), measure(zone=Weeks(before=(2, 38), after=(1, 19)))

        assert even.overdispersion == 1.0
        assert uneven.overdispersion > 10
        assert uneven.low < even.low < even.high < uneven.high

    def test_adds_a_half_everywhere_when_a_cell_is_empty(self):
        change = measure(zone=Weeks(before=(20, 20), after=(0, 0)))

        assert change.rate_ratio == pytest.approx((0.5 / 40.5) / (100.5 / 100.5))

    def test_can_be_told_of_nothing_at_all(self):
        nothing = Weeks(before=(0, 0), after=(0, 0))

        change = measure(nothing, nothing, nothing)

        assert (change.rate_ratio, change.overdispersion, change.displacement) == (1.0, 1.0, None)

    @pytest.mark.parametrize(
        ("ring", "quotient"),
        [((8, 8), 0.0), ((18, 18), -1.0), ((28, 28), -2.0), ((3, 3), 0.5)],
    )
    def test_tells_what_moved_to_the_ring(self, ring, quotient):
        """Bowers and Johnson (2003): the change of the ring over that of the zone, both per control."""
        change = measure(ring=Weeks(before=(8, 8), after=ring))

        assert change.displacement == pytest.approx(quotient)

    @pytest.mark.parametrize(
        ("zone", "control"),
        [
            (Weeks(before=(10, 10), after=(20, 20)), SAME),
            (Weeks(before=(10, 10), after=(10, 10)), SAME),
            (Weeks(before=(20, 20), after=(19, 19)), Weeks(before=(50, 50), after=(20, 20))),
        ],
        ids=["rose", "stayed", "fell less than the rest"],
    )
    def test_tells_no_displacement_unless_the_zone_fell(self, zone, control):
        assert measure(zone=zone, control=control).displacement is None

    @pytest.mark.parametrize("last", [MARCH, MARCH + timedelta(days=9)])
    def test_refuses_the_peak_for_which_the_zone_was_picked(self, last):
        with pytest.raises(detection.PeakAsBaseline) as error:
            measure(baseline=Window(first_day=date(2026, 1, 5), last_day=last))

        assert error.value.facts == {"last": last, "found": MARCH}


class TestOverdispersion:
    def test_is_pearsons_chi_square_by_its_freedom(self):
        assert detection.overdispersion([Weeks(before=(1, 9), after=(5, 5))]) == pytest.approx(6.4 / 2)

    def test_is_at_least_one(self):
        assert detection.overdispersion([SAME]) == 1.0

    def test_knows_nothing_of_single_weeks(self):
        assert detection.overdispersion([Weeks(before=(9,), after=(1,))]) == 1.0
