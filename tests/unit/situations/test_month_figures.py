# SPDX-License-Identifier: EUPL-1.2
"""Figures from the maps of months: bands of areas, which months compare, and the same squares in all."""

from __future__ import annotations

from datetime import date

import pytest

from scharnier.core import detection, situations
from scharnier.core.detection import Band, Square
from scharnier.core.kernel import AreaId
from scharnier.core.situations import MonthSquare, MonthTold, Zone

NOORD, ZUID = AreaId("noord"), AreaId("zuid")
HIDDEN = Band(low=0, high=None)
FEW, MORE, MANY = Band(low=5, high=9), Band(low=20, high=49), Band(low=50, high=99)


def month(number: int, year: int = 2026) -> detection.Window:
    return detection.month_of(date(year, number, 1))


def a_square(
    column: int, count: Band, *, area: AreaId | None = NOORD, row: int = 0, size_m: int = 1000
) -> MonthSquare:
    return MonthSquare(square=Square(size_m=size_m, column=column, row=row), area_id=area, count=count)


def told(number: int, *squares: MonthSquare) -> MonthTold:
    return MonthTold(month=month(number), squares=squares)


class TestCountMonth:
    def test_adds_the_squares_of_the_areas(self):
        march = told(3, a_square(0, FEW), a_square(1, MORE, area=ZUID), a_square(2, MANY))

        reading = situations.count_month(march, {NOORD})

        assert (reading.on, reading.low, reading.high) == (date(2026, 3, 31), 55, 108)

    def test_has_no_end_above_where_a_square_was_left_out(self):
        march = told(3, a_square(0, FEW), a_square(1, HIDDEN))

        reading = situations.count_month(march, {NOORD})

        assert (reading.low, reading.high) == (5, None)

    def test_is_not_touched_by_what_was_left_out_elsewhere(self):
        march = told(3, a_square(0, FEW), a_square(1, HIDDEN, area=ZUID), a_square(2, MORE, area=None))

        assert situations.count_month(march, {NOORD}).high == 9

    @pytest.mark.parametrize("area_ids", [{ZUID}, set()])
    def test_tells_nothing_where_the_map_tells_nothing(self, area_ids):
        march = told(3, a_square(0, FEW), a_square(1, HIDDEN, area=ZUID))

        assert situations.count_month(march, area_ids) is None


def chosen(drawn, *, since=date(2026, 4, 29), found_from=date(2026, 4, 6)):
    return tuple(
        [(each.first_day.year, each.first_day.month) for each in months]
        for months in situations.choose_months(drawn, since=since, found_from=found_from)
    )


class TestChooseMonths:
    def test_takes_the_same_months_of_last_year_where_all_were_drawn(self):
        drawn = [month(number, year) for year in (2025, 2026) for number in range(1, 8)]

        assert chosen(drawn) == ([(2025, 5), (2025, 6), (2025, 7)], [(2026, 5), (2026, 6), (2026, 7)])

    def test_takes_the_last_before_the_find_where_one_of_them_was_not(self):
        drawn = [month(number, 2025) for number in (5, 7, 12)] + [month(number) for number in range(1, 8)]

        assert chosen(drawn) == ([(2026, 1), (2026, 2), (2026, 3)], [(2026, 5), (2026, 6), (2026, 7)])

    def test_takes_as_many_after_as_there_are_before(self):
        drawn = [month(number) for number in range(3, 10)]

        assert chosen(drawn) == ([(2026, 3)], [(2026, 9)])

    def test_takes_no_month_in_which_the_place_was_high(self):
        drawn = [month(number) for number in range(1, 8)]

        before, _after = chosen(drawn, found_from=date(2026, 3, 31))

        assert before == [(2026, 1), (2026, 2)]

    def test_takes_no_month_in_which_the_situation_had_not_begun(self):
        drawn = [month(number) for number in range(1, 8)]

        assert chosen(drawn, since=date(2026, 5, 2))[1] == [(2026, 6), (2026, 7)]
        assert chosen(drawn, since=date(2026, 5, 1))[1] == [(2026, 5), (2026, 6), (2026, 7)]

    def test_takes_no_month_of_last_year_when_the_find_lasted_that_long(self):
        drawn = [month(number, year) for year in (2025, 2026) for number in range(1, 8)]

        before, after = chosen(drawn, found_from=date(2025, 6, 20))

        assert (before, after) == ([(2025, 3), (2025, 4), (2025, 5)], [(2026, 5), (2026, 6), (2026, 7)])

    def test_takes_a_year_at_most(self):
        drawn = [month(number, year) for year in (2023, 2024, 2025, 2026) for number in range(1, 13)]

        before, after = chosen(drawn, since=date(2025, 6, 1), found_from=date(2025, 5, 1))

        assert (len(before), len(after)) == (12, 12)
        assert (before[0], before[-1]) == ((2024, 5), (2025, 4))  # of last year some are too late

    @pytest.mark.parametrize("numbers", [(), (1, 2, 3), (5, 6, 7)], ids=["none", "before", "after"])
    def test_has_nothing_to_compare(self, numbers):
        assert chosen(map(month, numbers)) == ([], [])

    def test_does_not_depend_on_the_order(self):
        drawn = [month(number) for number in range(1, 8)]

        assert chosen(drawn) == chosen(drawn[::-1])


def compared(before, after, **parts):
    return situations.compare_squares([before], [after], **parts)


class TestCompareSquares:
    def test_sets_the_areas_beside_the_rest(self):
        squares = a_square(0, FEW), a_square(1, MORE, area=ZUID), a_square(2, MANY, area=ZUID)

        found = compared(told(1, *squares), told(5, *squares), area_ids={NOORD})

        assert found.zone == detection.BandMonths(before=(FEW,), after=(FEW,))
        assert found.control.before == (Band(low=70, high=148),)
        assert found.ring is None

    def test_takes_the_circle_of_a_find_and_what_lies_around_it(self):
        squares = [a_square(column, count) for column, count in enumerate((FEW, MORE, MANY, MANY))]
        circle = Zone(x_m=500, y_m=500, radius_m=600)

        found = compared(told(1, *squares), told(5, *squares), area_ids={NOORD}, circle=circle)

        assert (found.zone.before, found.ring.before) == ((FEW,), (MORE,))
        assert found.control.before == (Band(low=100, high=198),)

    def test_takes_the_areas_where_the_circle_holds_the_middle_of_no_square(self):
        squares = a_square(0, FEW), a_square(1, MORE, area=ZUID)
        circle = Zone(x_m=100, y_m=100, radius_m=50)

        found = compared(told(1, *squares), told(5, *squares), area_ids={NOORD}, circle=circle)

        assert (found.zone.before, found.ring) == ((FEW,), None)

    def test_counts_a_square_as_a_whole_where_it_was_taken_apart(self):
        rest = a_square(5, MANY, area=ZUID)
        parts = [a_square(0, FEW, size_m=500), a_square(1, MORE, size_m=500, area=ZUID)]

        found = compared(told(1, a_square(0, MANY), rest), told(5, *parts, rest), area_ids={NOORD})

        assert found.zone == detection.BandMonths(before=(MANY,), after=(Band(low=25, high=58),))

    def test_leaves_out_of_the_rest_what_was_left_out_once(self):
        before = told(1, a_square(0, FEW), a_square(1, MANY, area=ZUID), a_square(2, MORE, area=ZUID))
        after = told(5, a_square(0, FEW), a_square(1, MANY, area=ZUID), a_square(2, HIDDEN, area=ZUID))

        found = compared(before, after, area_ids={NOORD})

        assert (found.control.before, found.control.after) == ((MANY,), (MANY,))

    def test_leaves_out_of_the_rest_what_was_told_in_part(self):
        parts = [a_square(2, FEW, size_m=500, area=ZUID), a_square(3, HIDDEN, size_m=500, area=ZUID)]
        rest = a_square(0, FEW), a_square(2, MANY, area=ZUID)

        found = compared(
            told(1, a_square(1, MORE, area=ZUID), *rest), told(5, *parts, *rest), area_ids={NOORD}
        )

        assert found.control.after == (MANY,)

    def test_has_no_end_above_where_a_square_of_the_place_was_left_out(self):
        rest = a_square(5, MANY, area=ZUID)
        before = told(1, a_square(0, FEW), a_square(1, FEW), rest)

        after_hidden = compared(
            before, told(5, a_square(0, FEW), a_square(1, HIDDEN), rest), area_ids={NOORD}
        )
        after_gone = compared(before, told(5, a_square(0, FEW), rest), area_ids={NOORD})

        assert after_hidden.zone.after == after_gone.zone.after == (Band(low=5, high=None),)

    @pytest.mark.parametrize(
        ("rest", "area_ids"),
        [((a_square(1, MORE, area=ZUID),), {AreaId("west")}), ((a_square(1, HIDDEN, area=ZUID),), {NOORD}),
         ((), {NOORD}), ((a_square(1, MORE, area=None),), set())],
        ids=["no place", "nothing told of the rest", "no rest", "no areas"],
    )  # fmt: skip
    def test_has_nothing_to_compare(self, rest, area_ids):
        squares = (a_square(0, FEW), *rest)

        assert compared(told(1, *squares), told(5, *squares), area_ids=area_ids) is None

    def test_has_nothing_to_compare_without_months(self):
        assert situations.compare_squares([], [], area_ids={NOORD}) is None
