# SPDX-License-Identifier: EUPL-1.2
"""What came of it, from what partners counted or from signals, compared with before the place was found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.apps.situations import measuring
from scharnier.core.detection import PeakAsBaseline, Sighting, UnequalPeriods, Window
from scharnier.core.kernel import NetworkId, OrganizationId, SituationId
from scharnier.core.situations import Find, Situation, Zone

MADE, FOUND = date(2026, 3, 29), date(2026, 3, 2)
BEFORE = Window(first_day=date(2026, 1, 1), last_day=date(2026, 1, 28))
AFTER = Window(first_day=date(2026, 5, 1), last_day=date(2026, 5, 28))
TODAY = MADE + timedelta(weeks=8)


def a_situation(*, found: bool = True) -> Situation:
    find = Find(
        zone=Zone(x_m=0, y_m=0, radius_m=100),
        first_day=FOUND,
        last_day=FOUND + timedelta(days=20),
        llr=9.0,
        recurrence_weeks=40,
        partner_ids=frozenset({OrganizationId("school")}),
    )
    return Situation(
        id=SituationId("s"),
        network_id=NetworkId("n"),
        question="Lawaai op het plein",
        made_on=MADE,
        find=find if found else None,
    )


def counted(**parts) -> measuring.Counted:
    usual = {"before": BEFORE, "after": AFTER, "place": (40, 20), "rest": (100, 100)}
    return measuring.Counted(**usual | parts)


def seen(n: int, *, x_m: float, first: date, days: int) -> list[Sighting]:
    return [
        Sighting(partner="police", x_m=x_m, y_m=0, on=first + timedelta(days=place * days // n))
        for place in range(n)
    ]


class TestMeasureCounts:
    def test_gives_the_ratio_of_the_place_beside_the_rest(self):
        measured = measuring.measure_counts(a_situation(), counted())

        assert measured.rate_ratio == 0.5
        assert measured.low < 0.5 < measured.high
        assert measured.displacement is None

    def test_gives_what_moved_when_around_was_counted(self):
        measured = measuring.measure_counts(a_situation(), counted(around=(30, 24)))

        assert measured.displacement == pytest.approx((0.24 - 0.30) / (0.20 - 0.40))

    def test_does_not_change_for_what_was_not_counted_around(self):
        with_around = measuring.measure_counts(a_situation(), counted(around=(30, 24)))
        without = measuring.measure_counts(a_situation(), counted())

        assert with_around.rate_ratio == without.rate_ratio

    @pytest.mark.parametrize(
        "after",
        [
            Window(first_day=date(2026, 5, 1), last_day=date(2026, 5, 20)),
            Window(first_day=date(2026, 1, 20), last_day=date(2026, 2, 16)),
        ],
        ids=["shorter", "meets"],
    )
    def test_compares_periods_as_long_that_do_not_meet(self, after):
        with pytest.raises(UnequalPeriods):
            measuring.measure_counts(a_situation(), counted(after=after))

    @pytest.mark.parametrize(("found", "last"), [(True, FOUND), (False, MADE)])
    def test_compares_with_no_peak(self, found, last):
        before = Window(first_day=last - timedelta(days=27), last_day=last)

        with pytest.raises(PeakAsBaseline):
            measuring.measure_counts(a_situation(found=found), counted(before=before))

    def test_counts_nothing_as_nothing_and_not_as_a_wonder(self):
        measured = measuring.measure_counts(a_situation(), counted(place=(8, 0)))

        assert 0 < measured.low < measured.rate_ratio < 1


class TestMeasureSignals:
    def everything(self) -> list[Sighting]:
        """Return half of before in the place, and as many as before elsewhere."""
        before = FOUND - timedelta(weeks=8)
        return [
            *seen(40, x_m=0, first=before, days=56),
            *seen(60, x_m=900, first=before, days=56),
            *seen(80, x_m=0, first=FOUND, days=20),  # the peak, for which it was picked
            *seen(20, x_m=0, first=MADE, days=56),
            *seen(60, x_m=900, first=MADE, days=56),
        ]

    def test_compares_with_before_the_place_was_found(self):
        measured = measuring.measure_signals(a_situation(), self.everything(), today=TODAY)

        assert measured.rate_ratio == pytest.approx(0.5, rel=0.1)

    def test_says_nothing_of_what_no_scan_found(self):
        assert measuring.measure_signals(a_situation(found=False), self.everything(), today=TODAY) is None

    @pytest.mark.parametrize("today", [MADE, MADE + timedelta(days=6)])
    def test_says_nothing_before_a_whole_week(self, today):
        assert measuring.measure_signals(a_situation(), self.everything(), today=today) is None

    def test_says_nothing_of_few(self):
        few = [each for each in self.everything() if each.x_m == 0]

        assert measuring.measure_signals(a_situation(), few, today=TODAY) is None
        assert measuring.measure_signals(a_situation(), [], today=TODAY) is None

    def test_takes_the_same_weeks_of_last_year_where_they_are_known(self):
        last_year = MADE - timedelta(weeks=52)
        known = [
            *seen(10, x_m=0, first=last_year, days=56),
            *seen(60, x_m=900, first=last_year, days=56),
            *self.everything(),
        ]

        measured = measuring.measure_signals(a_situation(), known, today=TODAY)

        assert measured.rate_ratio > 1.5  # twice as many as a year ago, and elsewhere the same
