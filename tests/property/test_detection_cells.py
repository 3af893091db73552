# SPDX-License-Identifier: EUPL-1.2
"""Laws of the map of a month: every address in one square, whatever the months before showed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import detection
from scharnier.core.detection import Ledger, Located, Square
from tests.unit.detection.scenes import MARCH, TODAY, a_cell

PARTNERS = ("police", "school")
metres = st.floats(-2000.0, 2000.0, allow_nan=False)
places = st.lists(st.tuples(metres, metres), max_size=60).map(
    lambda found: {str(number): place for number, place in enumerate(found)}
)
sizes = st.sampled_from((125, 250, 500, 1000))
lows = st.sampled_from(((), (5, 5), (20, 20)))


@st.composite
def months(draw: st.DrawFn):
    """What some month showed of squares that do not overlap: all parts of one, or the one."""
    whole = Square.around((draw(metres), draw(metres)), size_m=1000)
    cells = [whole]
    for _ in range(draw(st.integers(0, 3))):
        one = draw(st.sampled_from(cells))
        if one.size_m > 125:
            cells = [*(each for each in cells if each != one), *one.parts]
    return tuple(a_cell(square, *draw(lows)) for square in cells)


def draw_cells(places, before=(), seen=()):
    return detection.draw_cells(Ledger(), seen, month=MARCH, places=places, before=before)


class TestDrawCells:
    @given(places=places, before=months())
    def test_has_every_address_in_one_square(self, places, before):
        squares = [cell.square for cell in draw_cells(places, before)[1]]

        for place in places.values():
            assert sum(Square.around(place, size_m=each.size_m) == each for each in squares) == 1

    @given(places=places, before=months())
    def test_has_no_square_without_an_address(self, places, before):
        for cell in draw_cells(places, before)[1]:
            inside = (Square.around(place, size_m=cell.square.size_m) for place in places.values())
            assert cell.square in inside

    @given(places=places, before=months(), data=st.data())
    def test_has_the_same_squares_whatever_was_seen(self, places, before, data):
        spots = st.builds(
            Located,
            partner=st.sampled_from(PARTNERS),
            address=st.sampled_from(sorted(places) or [""]),
            on=st.just(TODAY),
        )
        seen = data.draw(st.lists(spots, max_size=40))

        quiet, busy = (draw_cells(places, before, some)[1] for some in ((), seen))

        assert [cell.square for cell in quiet] == [cell.square for cell in busy]

    @given(places=places, before=months())
    def test_does_not_depend_on_the_order_of_addresses(self, places, before):
        turned = dict(reversed(places.items()))

        assert draw_cells(places, before) == draw_cells(turned, before)

    @given(places=places)
    def test_looks_at_no_square_of_fewer_than_ten_addresses(self, places):
        ledger, cells = draw_cells(places)

        held = Counter(Square.around(place, size_m=1000) for place in places.values())
        assert len(ledger.refused) == sum(held[cell.square] >= 10 for cell in cells)


class TestSquare:
    @given(x=metres, y=metres, size=sizes)
    def test_lies_in_its_whole_and_around_its_middle(self, x, y, size):
        square = Square.around((x, y), size_m=size)

        assert square in square.whole.parts
        assert Square.around(square.middle, size_m=size) == square
        assert Square.around((x, y), size_m=2 * size) == square.whole


class TestStandIns:
    @given(x=metres, y=metres, width=st.floats(1.0, 300.0), height=st.floats(1.0, 300.0), data=st.data())
    def test_stand_for_every_place_in_the_rectangle(self, x, y, width, height, data):
        places = detection.stand_ins((x, y), (x + width, y + height))

        share = data.draw(st.tuples(st.floats(0, 0.999), st.floats(0, 0.999)))
        assert detection.stand_in((x + share[0] * width, y + share[1] * height)) in places
