# SPDX-License-Identifier: EUPL-1.2
"""What came of it, from what partners counted or from the maps, compared with before the place was found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.apps.situations import measuring
from scharnier.core import detection
from scharnier.core.detection import Band, PeakAsBaseline, Square, UnequalPeriods, Window
from scharnier.core.kernel import AreaId, NetworkId, OrganizationId, SituationId
from scharnier.core.situations import (
    FigureSource,
    Find,
    MonthSquare,
    MonthTold,
    Situation,
    Zone,
)

MADE, FOUND = date(2026, 3, 29), date(2026, 3, 2)
BEFORE = Window(first_day=date(2026, 1, 1), last_day=date(2026, 1, 28))
AFTER = Window(first_day=date(2026, 5, 1), last_day=date(2026, 5, 28))


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


class TestMeasureMonths:
    NOORD = AreaId("noord")
    CIRCLE = Zone(x_m=500, y_m=500, radius_m=600)

    def a_month(self, number: int, *counts: int | None, year: int = 2026) -> MonthTold:
        """Return a map of squares side by side with so many signals, the first of Noord; None: left out."""
        squares = tuple(
            MonthSquare(
                square=Square(size_m=1000, column=column, row=0),
                area_id=AreaId("zuid") if column else self.NOORD,
                count=Band(low=0, high=None) if n is None else Band(low=n, high=n + 2),
            )
            for column, n in enumerate(counts)
        )
        return MonthTold(month=detection.month_of(date(year, number, 1)), squares=squares)

    def measure(self, *months: MonthTold, found: bool = True, **parts):
        usual = {"area_ids": {self.NOORD}, "circle": None}
        return measuring.measure_months(a_situation(found=found), months, **usual | parts)

    def test_compares_with_before_the_place_was_found(self):
        before, peak, after = (
            [self.a_month(number, n, 9, 59, 59) for number in months]
            for n, months in ((39, (1, 2)), (99, (3,)), (19, (4, 5)))
        )

        measured = self.measure(*before, *peak, *after)

        assert measured.rate_ratio == 0.5
        assert measured.low < 0.5 < measured.high < 1
        assert measured.source is FigureSource.SIGNALS

    def test_tells_what_moved_where_the_find_has_a_circle(self):
        before, after = self.a_month(2, 999, 999, 9999), self.a_month(4, 99, 99, 9999)

        assert self.measure(before, after, circle=self.CIRCLE).displacement > 0
        assert self.measure(before, after).displacement is None

    def test_takes_the_same_months_of_last_year_where_they_were_drawn(self):
        months = [self.a_month(4, 9, 59, year=2025), self.a_month(2, 39, 59), self.a_month(4, 19, 59)]

        assert self.measure(*months).rate_ratio == 2

    def test_compares_with_before_it_was_begun_where_no_scan_found_it(self):
        months = [self.a_month(2, 39, 59), self.a_month(3, 99, 59), self.a_month(4, 19, 59)]

        assert self.measure(*months, found=False).rate_ratio == 0.5

    @pytest.mark.parametrize(
        "months",
        [
            [],
            [(2, 39, 59)],
            [(4, 19, 59)],
            [(3, 39, 59), (4, 19, 59)],
            [(2, 39, 59), (4, None, 59)],
            [(2, None, 59), (4, 19, 59)],
            [(2, 39, 59), (4, 19, None)],
            [(2, 39), (4, 19)],
        ],
        ids=["no map", "none after", "none before", "the peak alone", "left out after", "left out before",
             "left out elsewhere", "no rest"],
    )  # fmt: skip
    def test_says_nothing_of_too_little(self, months):
        assert self.measure(*(self.a_month(number, *counts) for number, *counts in months)) is None
