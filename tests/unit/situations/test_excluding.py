# SPDX-License-Identifier: EUPL-1.2
"""A place that never counts is a square that we know, and no whole street or neighbourhood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import situations
from scharnier.core.kernel import AreaId
from scharnier.core.signals import Place, Precision, Spot

spots = st.builds(Spot, longitude=st.floats(3.4, 7.2), latitude=st.floats(50.8, 53.5))


class TestExcludeSquare:
    @given(spot=spots)
    def test_is_where_signals_of_that_place_count(self, spot):
        for place in (
            Place(precision=Precision.POINT, spot=spot),
            Place(precision=Precision.ADDRESS, words="Marsstraat 12", spot=spot),
        ):
            assert situations.exclude_square(place) == situations.name_square(spot)

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            (Place(precision=Precision.AREA, area_id=AreaId("noord")), ""),
            (Place(precision=Precision.STREET, words="Marsstraat", area_id=AreaId("noord")), "Marsstraat"),
            (Place(precision=Precision.ADDRESS, words="Marsstraat 12"), "Marsstraat 12"),
        ],
    )
    def test_takes_no_place_of_which_the_point_is_not_known(self, place, words):
        with pytest.raises(situations.PlaceNotExact) as refused:
            situations.exclude_square(place)

        assert refused.value.facts == {"words": words}
