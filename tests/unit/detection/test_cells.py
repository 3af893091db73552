# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest

from scharnier.core import detection
from scharnier.core.detection import Area, Ledger, Located, Square, Width, Window
from tests.unit.detection.scenes import MARCH, TODAY, a_cell

APRIL = Window(first_day=date(2026, 4, 1), last_day=date(2026, 4, 30))
PLACES = {
    f"{x} {y}": (25.0 + 50 * x, 25.0 + 50 * y) for x in range(20) for y in range(20)
}  # a square kilometre
WHOLE = Square(size_m=1000, column=0, row=0)
QUARTERS = WHOLE.parts


def seen_at(*addresses, on=TODAY, **counts):
    """So many signals of each partner at each address."""
    return [
        Located(partner=partner, address=address, on=on)
        for address in addresses
        for partner, n in counts.items()
        for _ in range(n)
    ]


def draw(seen=(), *, ledger=None, month=MARCH, places=PLACES, before=()):
    return detection.draw_cells(ledger or Ledger(), seen, month=month, places=places, before=before)


def squares_after(*before, places=PLACES):
    return [cell.square for cell in draw(places=places, before=before, month=APRIL)[1]]


class TestSquare:
    def test_is_made_of_its_quarters(self):
        assert [part.whole for part in WHOLE.parts] == [WHOLE] * 4
        assert [str(part) for part in WHOLE.parts] == ["500 m 0 0", "500 m 1 0", "500 m 0 1", "500 m 1 1"]

    @pytest.mark.parametrize("place", [(0.0, 0.0), (-0.1, 999.9), (-2500.0, 4321.0)])
    @pytest.mark.parametrize("size", [25, 125, 1000])
    def test_lies_around_its_places(self, place, size):
        square = Square.around(place, size_m=size)

        assert all(
            abs(middle - metres) <= size / 2 for middle, metres in zip(square.middle, place, strict=True)
        )


class TestMonthOf:
    @pytest.mark.parametrize(
        ("day", "last"),
        [
            (date(2026, 1, 31), date(2026, 1, 31)),
            (date(2026, 2, 1), date(2026, 2, 28)),
            (date(2026, 12, 5), date(2026, 12, 31)),
        ],
    )
    def test_ends_on_the_last_day(self, day, last):
        assert detection.month_of(day) == Window(first_day=day.replace(day=1), last_day=last)


class TestStandIns:
    def test_hold_every_place_of_the_rectangle(self):
        places = detection.stand_ins((-30.0, 10.0), (60.0, 40.0))

        assert len(places) == 5 * 2
        assert detection.stand_in((-30.0, 39.9)) in places
        assert all(detection.stand_in(middle) == name for name, middle in places.items())


class TestDrawCells:
    def test_shows_bands_where_there_is_enough(self):
        seen = seen_at("1 1", "9 9", police=3, school=2)

        ledger, (cell,) = draw(seen)

        assert (cell.square, cell.release.width, cell.release.window) == (WHOLE, Width.CELL, MARCH)
        assert {name: str(band) for name, band in cell.release.partners.items()} == {
            "police": "5-9",
            "school": "<5",
        }
        assert [made.release for made in ledger.made] == [cell.release]

    def test_leaves_out_a_square_with_too_little(self):
        ledger, (cell,) = draw(seen_at("1 1", police=99))

        assert cell == a_cell(WHOLE)
        assert len(ledger.refused) == 1

    def test_leaves_out_a_square_of_few_addresses_without_looking(self):
        few = dict(list(PLACES.items())[:9])

        ledger, (cell,) = draw(seen_at("0 0", police=9, school=9), places=few)

        assert (ledger, cell) == (Ledger(), a_cell(WHOLE))

    def test_leaves_out_squares_without_an_address(self):
        far = {f"far {number}": (5000.0 + number, 0.0) for number in range(10)}

        _, cells = draw(places=PLACES | far)

        assert [str(cell.square) for cell in cells] == ["1000 m 0 0", "1000 m 5 0"]

    def test_leaves_out_what_a_find_already_told_of(self):
        ring = Area(width=Width.RING, name="ring", addresses=frozenset(list(PLACES)[:12]))
        seen = seen_at("0 0", police=9, school=9)
        ledger, _ = Ledger().offer([ring], detection.fix_days(MARCH), seen)

        after, (cell,) = draw(seen, ledger=ledger)

        assert (after, cell) == (ledger, a_cell(WHOLE))

    def test_answers_once(self):
        ledger, _ = draw(seen_at("1 1", police=9))

        after, (cell,) = draw(seen_at("1 1", police=9, school=9), ledger=ledger)

        assert (after, cell) == (ledger, a_cell(WHOLE))

    def test_shows_the_parts_of_a_busy_square_a_month_later(self):
        seen = seen_at("1 1", police=12, school=12)
        ledger, march = draw(seen)

        later = [Located(partner=each.partner, address="1 1", on=APRIL.first_day) for each in seen]
        _, april = draw(later, ledger=ledger, month=APRIL, before=march)

        assert [cell.square for cell in april] == list(QUARTERS)
        assert [cell.release is not None for cell in april] == [True, False, False, False]

    def test_begins_with_the_widest_squares(self):
        assert squares_after() == [WHOLE]

    @pytest.mark.parametrize(("lows", "n"), [((10, 10), 4), ((20, 0), 4), ((10, 5), 1), ((), 1)])
    def test_divides_a_square_of_twenty_signals(self, lows, n):
        assert len(squares_after(a_cell(WHOLE, *lows))) == n

    @pytest.mark.parametrize(("n", "squares"), [(9, [WHOLE]), (10, [QUARTERS[0], QUARTERS[3]])])
    def test_divides_no_square_into_parts_of_few_addresses(self, n, squares):
        places = {
            f"{corner} {number}": (corner + number, corner) for corner in (0.0, 900.0) for number in range(n)
        }

        assert squares_after(a_cell(WHOLE, 50, 50), places=places) == squares

    def test_divides_down_to_the_finest(self):
        before = (a_cell(WHOLE, 20, 20),)
        places = detection.stand_ins((0, 0), (1000, 1000))

        for _ in range(5):
            before = tuple(a_cell(square, 20, 20) for square in squares_after(*before, places=places))

        assert {cell.square.size_m for cell in before} == {125}
        assert len(before) == 64

    def test_takes_quarters_together_that_showed_nothing(self):
        assert squares_after(*map(a_cell, QUARTERS)) == [WHOLE]

    def test_keeps_quarters_of_which_one_was_shown(self):
        first, *others = QUARTERS

        assert squares_after(a_cell(first, 5, 5), *map(a_cell, others)) == list(QUARTERS)

    def test_keeps_a_square_divided_above_smaller_ones(self):
        first, *others = QUARTERS
        smaller = [a_cell(part) for part in first.parts]

        assert squares_after(*smaller, *map(a_cell, others)) == list(QUARTERS)

    def test_divides_wherever_an_address_was_added(self):
        south = {name: place for name, place in PLACES.items() if place[1] < 500}
        before = [a_cell(square, 5, 5) for square in QUARTERS[:2]]

        assert squares_after(*before, places=south) == list(QUARTERS[:2])
        assert squares_after(*before) == list(QUARTERS)

    def test_covers_every_address_once(self):
        first, *others = QUARTERS
        before = [a_cell(first, 20, 20), *map(a_cell, others)]

        ledger, cells = draw(month=APRIL, before=before)

        assert sum(len(each.addresses) for each in ledger.refused) == len(PLACES)
        assert frozenset().union(*(each.addresses for each in ledger.refused)) == set(PLACES)
        assert len(cells) == 7

    def test_shuts_out_a_find_that_reaches_back_into_the_month(self):
        ledger, _ = draw(seen_at("1 1", police=9, school=9))
        area = Area(width=Width.RING, name="ring", addresses=frozenset(PLACES))

        may = [
            ledger.may_look(area, Window(first_day=first, last_day=APRIL.last_day))
            for first in (MARCH.last_day, APRIL.first_day)
        ]

        assert may == [False, True]
