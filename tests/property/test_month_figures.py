# SPDX-License-Identifier: EUPL-1.2
"""Figures from maps of months, whatever is seen: bands hold the count, intervals hold the answer."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import detection, situations
from scharnier.core.detection import Band, BandMonths, Ledger, Located, Square, Weeks, Window
from scharnier.core.kernel import AreaId
from scharnier.core.situations import MonthSquare, MonthTold, Zone

MARCH, APRIL = (detection.month_of(date(2026, number, 1)) for number in (3, 4))
PLACES = detection.stand_ins((0, 0), (2000, 1000))
CORNERS = [(125.0, 125.0), (600.0, 200.0), (900.0, 900.0), (1400.0, 300.0), (1900.0, 800.0)]
PARTNERS = ("police", "school", "youth work", "residents")
LEAST_EACH = 2
WEST, EAST = AreaId("west"), AreaId("east")

heaps = st.lists(
    st.tuples(
        st.sampled_from(PARTNERS),
        st.sampled_from(CORNERS),
        st.sampled_from([MARCH, APRIL]),
        st.sampled_from([1, 2, 3, 7, 25]),
    ),
    max_size=25,
)


def seen_in(heap) -> list[Located]:
    return [
        Located(partner=partner, address=detection.stand_in(place), on=month.first_day)
        for partner, place, month, n in heap
        for _ in range(n)
    ]


def area_of(square: Square) -> AreaId:
    return WEST if square.middle[0] < 1000 else EAST


def draw(heap) -> list[MonthTold]:
    """Return the maps of two months, as the figures get them."""
    ledger, before, maps = Ledger(), (), []
    for month in (MARCH, APRIL):
        ledger, before = detection.draw_cells(
            ledger, seen_in(heap), month=month, places=PLACES, before=before
        )
        squares = tuple(
            MonthSquare(
                square=cell.square,
                area_id=area_of(cell.square),
                count=detection.count_release(cell.release),
            )
            for cell in before
        )
        maps.append(MonthTold(month=month, squares=squares))
    return maps


def true_count(heap, told: MonthTold, area_ids) -> tuple[int, int]:
    """Return how many signals count on a map, of partners with two or more in a square; and all of them."""
    counts = Counter()
    for each in seen_in(heap):
        for square in (one.square for one in told.squares if one.area_id in area_ids):
            inside = Square.around(PLACES[each.address], size_m=square.size_m) == square
            counts[square, each.partner] += inside and told.month.holds(each.on)
    return sum(n for n in counts.values() if n >= LEAST_EACH), counts.total()


class TestCountMonth:
    @given(heap=heaps, area_ids=st.sets(st.sampled_from([WEST, EAST])))
    def test_holds_the_true_count(self, heap, area_ids):
        for told in draw(heap):
            reading = situations.count_month(told, area_ids)

            if reading is not None:
                counted, everything = true_count(heap, told, area_ids)
                assert reading.low <= counted <= (counted if reading.high is None else reading.high)
                assert reading.low <= everything

    @given(heap=heaps)
    def test_tells_nothing_under_five(self, heap):
        for told in draw(heap):
            for area in (WEST, EAST):
                reading = situations.count_month(told, {area})

                assert reading is None or reading.low >= 5


@st.composite
def tiled(draw, month: Window) -> tuple[MonthTold, dict[Square, int]]:
    """Return a map of four wide squares, some taken apart, some left out, and the true count of each."""
    squares, counts = [], {}
    for column in range(4):
        wide = Square(size_m=1000, column=column, row=0)
        for square in wide.parts if draw(st.booleans()) else (wide,):
            n, is_told = draw(st.integers(5, 60)), draw(st.sampled_from([True, True, True, False]))
            band = Band(low=n - draw(st.integers(0, 4)), high=n + draw(st.integers(0, 9)))
            count = band if is_told else detection.count_release(None)
            squares.append(MonthSquare(square=square, area_id=WEST if column < 2 else EAST, count=count))
            counts[square] = n
    return MonthTold(month=month, squares=tuple(squares)), counts


class TestCompareSquares:
    @given(march=tiled(MARCH), april=tiled(APRIL))
    def test_holds_the_true_count_of_the_place_before_and_after(self, march, april):
        found = situations.compare_squares([march[0]], [april[0]], area_ids={WEST})

        if found is not None:
            periods = ((march, found.zone.before), (april, found.zone.after))
            for (_, counts), (zone,) in periods:
                here = sum(n for square, n in counts.items() if square.middle[0] < 2000)
                assert zone.low <= here <= (here if zone.high is None else zone.high)

    @given(march=tiled(MARCH), april=tiled(APRIL))
    def test_compares_with_what_the_maps_told_in_every_month(self, march, april):
        both = march[0].squares + april[0].squares
        east = {each.square for each in both if each.area_id == EAST}
        widest = {square for square in east if square.whole not in east}
        steady = {
            square
            for square in widest
            if all(each.count.low for each in both if square in {each.square, each.square.whole})
        }

        found = situations.compare_squares([march[0]], [april[0]], area_ids={WEST})

        assert (found is None) == (not steady)
        if found is not None:
            for (_, counts), (control,) in ((march, found.control.before), (april, found.control.after)):
                n = sum(n for square, n in counts.items() if steady & {square, square.whole})
                assert control.low <= n <= control.high

    @given(march=tiled(MARCH), april=tiled(APRIL), x_m=st.floats(0, 4000), radius_m=st.floats(0, 2000))
    def test_counts_no_square_twice(self, march, april, x_m, radius_m):
        circle = Zone(x_m=x_m, y_m=500, radius_m=radius_m)

        found = situations.compare_squares([march[0]], [april[0]], area_ids={WEST}, circle=circle)

        if found is not None:
            parts = [each for each in (found.zone, found.ring, found.control) if each is not None]
            assert sum(each.before[0].low for each in parts) <= sum(march[1].values())
            assert sum(each.after[0].low for each in parts) <= sum(april[1].values())


WINTER = Window(first_day=date(2026, 1, 1), last_day=date(2026, 2, 28))
FOUND = date(2026, 3, 2)


@st.composite
def banded(draw, n_months: int) -> tuple[BandMonths, tuple[int, int]]:
    """Return bands month by month, and sums before and after of counts that lie in them."""
    periods, sums = [], []
    for _ in range(2):
        lows = draw(st.lists(st.integers(1, 300), min_size=n_months, max_size=n_months))
        bands = tuple(Band(low=low, high=low + draw(st.integers(0, 2 * low))) for low in lows)
        periods.append(bands)
        sums.append(sum(draw(st.integers(band.low, band.high)) for band in bands))
    return BandMonths(before=periods[0], after=periods[1]), tuple(sums)


class TestMeasureBands:
    @given(data=st.data(), n_months=st.integers(1, 4))
    def test_holds_the_interval_of_any_counts_in_the_bands(self, data, n_months):
        (zone, seen), (control, elsewhere) = (data.draw(banded(n_months)) for _ in range(2))

        change = detection.measure_bands(zone, None, control, baseline=WINTER, found_from=FOUND)

        exact = measure_exactly(seen, (1, 1), elsewhere)
        slack = 1 + 1e-9
        assert change.low <= exact.low * slack
        assert change.high * slack >= exact.high
        assert change.low <= change.rate_ratio <= change.high

    @given(data=st.data())
    def test_tells_what_moved_as_any_counts_in_the_bands_do(self, data):
        (zone, seen), (ring, around), (control, elsewhere) = (data.draw(banded(1)) for _ in range(3))

        told = detection.measure_bands(zone, ring, control, baseline=WINTER, found_from=FOUND).displacement

        if told is not None:
            exact = measure_exactly(seen, around, elsewhere).displacement
            assert (exact > 0, exact < -1) == (told > 0, told < -1)


def measure_exactly(zone, ring, control):
    areas = (Weeks(before=(before,), after=(after,)) for before, after in (zone, ring, control))
    return detection.measure_change(*areas, baseline=WINTER, found_from=FOUND)
