# SPDX-License-Identifier: EUPL-1.2
"""Degrees on a flat map and back."""

from __future__ import annotations

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import signals
from scharnier.core.detection import Projection

MIDDLE = Projection(longitude=5.1213, latitude=52.0907)
NEAR = st.tuples(
    st.floats(MIDDLE.longitude - 0.1, MIDDLE.longitude + 0.1),
    st.floats(MIDDLE.latitude - 0.05, MIDDLE.latitude + 0.05),
)


class TestProjection:
    def test_lies_around_the_middle_of_the_outermost_places(self):
        found = Projection.around([(5.0, 52.2), (5.1, 52.1), (5.4, 52.0)])

        assert (found.longitude, found.latitude) == (pytest.approx(5.2), pytest.approx(52.1))

    def test_has_the_east_and_the_north_above_nought(self):
        east, north = MIDDLE.to_metres((MIDDLE.longitude + 0.01, MIDDLE.latitude + 0.01))

        assert (east, north) == (pytest.approx(683.2, abs=0.1), pytest.approx(1111.9, abs=0.1))

    @given(place=NEAR)
    def test_comes_back_to_a_decimetre(self, place):
        back = MIDDLE.to_degrees(MIDDLE.to_metres(place))

        assert back == (pytest.approx(place[0], abs=1e-6), pytest.approx(place[1], abs=1e-6))

    @given(a=NEAR, b=NEAR)
    def test_measures_as_over_the_earth_to_a_thousandth(self, a, b):
        flat = dist(MIDDLE.to_metres(a), MIDDLE.to_metres(b))

        spots = (signals.Spot(longitude=each[0], latitude=each[1]) for each in (a, b))
        assert flat == pytest.approx(signals.measure_distance(*spots), rel=1.5e-3, abs=0.01)
