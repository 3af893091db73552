# SPDX-License-Identifier: EUPL-1.2
"""Squares stand for addresses: all of a circle or an area, each once, none besides."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import signals, situations
from scharnier.core.detection import Projection
from scharnier.core.signals import Spot
from tests.factories import an_area

SQUARE = Spot(longitude=5.1213, latitude=52.0907)
BOX = (((5.11, 52.08), (5.14, 52.08), (5.14, 52.1), (5.11, 52.1), (5.11, 52.08)),)

spots = st.builds(Spot, longitude=st.floats(3.4, 7.2), latitude=st.floats(50.8, 53.5))


def where(name: str) -> Spot:
    latitude, longitude = map(float, name.split())
    return Spot(longitude=longitude, latitude=latitude)


class TestNameSquare:
    @given(spot=spots)
    def test_is_that_of_every_spot_in_the_square(self, spot):
        assert situations.name_square(signals.coarsen(spot)) == situations.name_square(spot)

    @given(spot=spots)
    def test_tells_no_more_than_the_square(self, spot):
        assert signals.measure_distance(where(situations.name_square(spot)), spot) < 72

    def test_differs_from_that_of_the_next_square(self):
        near = replace(SQUARE, latitude=SQUARE.latitude + 0.0009)

        assert situations.name_square(near) != situations.name_square(SQUARE)


class TestSquaresAround:
    @given(spot=spots, radius_m=st.floats(60, 600))
    def test_are_those_with_their_middle_in_the_circle(self, spot, radius_m):
        found = situations.squares_around(spot, radius_m)

        assert all(signals.measure_distance(where(name), spot) <= radius_m + 1 for name in found)
        assert len(found) == pytest.approx(pi * radius_m**2 / 10_000, abs=2 + radius_m / 25)

    @given(spot=spots, radius_m=st.floats(0, 400))
    def test_of_a_wider_circle_are_more(self, spot, radius_m):
        assert situations.squares_around(spot, radius_m) <= situations.squares_around(spot, radius_m + 90)

    @given(east_m=st.floats(-250, 250), north_m=st.floats(-250, 250))
    def test_hold_every_place_well_within(self, east_m, north_m):
        longitude, latitude = Projection(longitude=5.1213, latitude=52.0907).to_degrees((east_m, north_m))
        name = situations.name_square(Spot(longitude=longitude, latitude=latitude))

        assert name in situations.squares_around(SQUARE, 430)


class TestSquaresIn:
    def test_are_those_with_their_middle_in_the_outline(self):
        area = replace(an_area("noord"), outline=(BOX,))

        found = situations.squares_in(area)

        assert all(5.11 <= where(name).longitude <= 5.14 for name in found)
        assert len(found) == pytest.approx(2056 * 2224 / 10_000, rel=0.05)

    def test_leave_out_a_hole_and_take_every_piece(self):
        hole = ((5.12, 52.085), (5.13, 52.085), (5.13, 52.095), (5.12, 52.095), (5.12, 52.085))
        piece = (((5.15, 52.08), (5.16, 52.08), (5.16, 52.09), (5.15, 52.09), (5.15, 52.08)),)
        area = an_area("noord")

        whole = situations.squares_in(replace(area, outline=(BOX,)))
        found = situations.squares_in(replace(area, outline=((*BOX, hole), piece)))

        gone, more = map(where, whole - found), map(where, found - whole)
        assert {5.12 <= spot.longitude <= 5.13 and 52.085 <= spot.latitude <= 52.095 for spot in gone} == {
            True
        }
        assert {5.15 <= spot.longitude <= 5.16 for spot in more} == {True}

    def test_are_none_without_an_outline(self):
        assert situations.squares_in(an_area("zuid")) == frozenset()


class TestChooseCircle:
    def test_is_the_narrowest_with_ten(self):
        def squares_of(_middle, radius_m):
            return frozenset(str(number) for number in range(int(radius_m) // 20))

        found = situations.choose_circle((10.0, 10.0), 30.0, squares_of)

        assert found is not None
        assert found[:2] == ((0.0, 0.0), 200.0)
        assert len(found[2]) == 10

    def test_is_none_where_too_little_counts(self):
        assert situations.choose_circle((0.0, 0.0), 30.0, lambda *_: frozenset("abc")) is None
