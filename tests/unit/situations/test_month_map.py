# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import situations
from scharnier.core.detection import Projection, Release, Square, Width, band_count, month_of
from scharnier.core.signals import Spot, measure_distance

MARCH = month_of(date(2026, 3, 1))
FLAT = Projection(longitude=5.25, latitude=52.55)
METRE = st.floats(-5000, 5000)


def a_release(*counts):
    return Release(
        width=Width.CELL,
        name="1000 m 0 0",
        window=MARCH,
        n_addresses=band_count(40),
        partners={str(number): band_count(n) for number, n in enumerate(counts)},
    )


class TestLeastOf:
    @given(counts=st.lists(st.integers(2, 600), min_size=2, max_size=8).filter(lambda n: sum(n) >= 5))
    def test_never_says_more_than_there_are(self, counts):
        found = situations.least_of(a_release(*counts))

        assert found.n_signals <= sum(counts)
        assert found.n_partners == len(counts)
        assert found.n_signals in situations.MAP_LEVELS

    @given(counts=st.lists(st.integers(2, 600), min_size=2, max_size=8).filter(lambda n: sum(n) >= 5))
    def test_says_the_same_of_all_counts_with_the_same_bands(self, counts):
        alike = [band_count(n).low or 2 for n in counts]

        assert situations.least_of(a_release(*counts)) == situations.least_of(a_release(*alike))

    @pytest.mark.parametrize(
        ("counts", "level"),
        [((3, 2), 5), ((4, 4, 4), 5), ((9, 9), 10), ((19, 19), 20), ((50, 2), 50), ((300, 80), 100)],
    )
    def test_goes_down_to_a_level(self, counts, level):
        assert situations.least_of(a_release(*counts)).n_signals == level


class TestHalfway:
    @pytest.mark.parametrize(
        ("counts", "middle"),
        [((2, 4), 6), ((5, 9, 3), 17), ((11, 3), 18), ((1500, 2000), 2000), ((50, 60), 149)],
    )
    def test_is_the_middle_of_each_band_together(self, counts, middle):
        assert situations.halfway(a_release(*counts)) == middle

    @given(counts=st.lists(st.integers(2, 2000), min_size=2, max_size=8))
    def test_follows_from_the_bands_alone(self, counts):
        alike = [band_count(n).low or 2 for n in counts]

        assert situations.halfway(a_release(*counts)) == situations.halfway(a_release(*alike))


class TestMonthsToDraw:
    def test_waits_for_28_days_after_the_end(self):
        end = MARCH.last_day
        first = date(2026, 3, 9)

        assert situations.months_to_draw(first=first, on=end + timedelta(days=28)) == ()
        assert situations.months_to_draw(first=first, on=end + timedelta(days=29)) == (MARCH,)

    def test_leaves_out_what_was_drawn(self):
        found = situations.months_to_draw(first=date(2026, 1, 3), on=date(2026, 6, 1), drawn=date(2026, 2, 1))

        assert [month.first_day for month in found] == [date(2026, 3, 1), date(2026, 4, 1)]

    def test_leaves_out_a_month_of_which_a_day_is_closed(self):
        found = situations.months_to_draw(
            first=date(2026, 1, 3), on=date(2026, 6, 1), closed_before=date(2026, 3, 2)
        )

        assert [month.first_day for month in found] == [date(2026, 4, 1)]

    def test_goes_two_years_back_at_most(self):
        found = situations.months_to_draw(first=date(2020, 1, 3), on=date(2026, 6, 1))

        assert len(found) == situations.MOST_MONTHS
        assert found[-1].first_day == date(2026, 4, 1)

    def test_finds_none_when_the_first_signal_is_of_today(self):
        assert situations.months_to_draw(first=date(2026, 6, 1), on=date(2026, 6, 1)) == ()


class TestSquares:
    @given(x=METRE, y=METRE, size_m=st.sampled_from([1000, 500, 250, 125]))
    def test_hold_the_places_that_lie_within_their_ring(self, x, y, size_m):
        longitude, latitude = FLAT.to_degrees((x, y))
        placed = situations.place_squares({"it": Spot(longitude=longitude, latitude=latitude)}, FLAT)

        ring = situations.ring_of(Square.around(placed["it"], size_m=size_m), FLAT)

        wests, souths = [at[0] for at in ring], [at[1] for at in ring]
        assert min(wests) - 1e-5 <= longitude <= max(wests) + 1e-5
        assert min(souths) - 1e-5 <= latitude <= max(souths) + 1e-5
        assert ring[0] == ring[-1]

    def test_have_the_middle_of_the_network_in_the_middle_of_one(self):
        placed = situations.place_squares({"it": Spot(longitude=5.25, latitude=52.55)}, FLAT)

        square = Square.around(placed["it"], size_m=1000)

        assert square.middle == placed["it"]

    def test_are_as_wide_as_they_say(self):
        ring = situations.ring_of(Square(size_m=500, column=0, row=0), FLAT)

        (west, south), (east, _) = ring[0], ring[1]
        wide = measure_distance(Spot(longitude=west, latitude=south), Spot(longitude=east, latitude=south))
        assert wide == pytest.approx(500, rel=0.01)

    def test_name_their_areas_by_how_much_of_them_they_hold(self):
        square = Square(size_m=500, column=0, row=0)
        places = {
            "a": (10.0, 10.0),
            "b": (20.0, 10.0),
            "c": (30.0, 10.0),
            "d": (900.0, 10.0),
            "e": (5.0, 5.0),
        }
        names = {"a": "Zuid", "b": "Noord", "c": "Noord", "d": "West"}

        assert situations.names_within(square, places, names) == ("Noord", "Zuid")

    def test_of_equal_parts_are_named_by_name(self):
        square = Square(size_m=500, column=0, row=0)
        places = {"a": (10.0, 10.0), "b": (20.0, 10.0)}

        assert situations.names_within(square, places, {"a": "Zuid", "b": "Noord"}) == ("Noord", "Zuid")


class TestSpotOfSquare:
    @given(longitude=st.floats(-179, 179), latitude=st.floats(-80, 80))
    def test_lies_in_the_square_of_that_name(self, longitude, latitude):
        name = situations.name_square(Spot(longitude=longitude, latitude=latitude))

        assert situations.name_square(situations.spot_of_square(name)) == name
