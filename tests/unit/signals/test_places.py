# SPDX-License-Identifier: EUPL-1.2
"""Places of every precision, distances, and squares in which no house can be told."""

from __future__ import annotations

from math import inf, nan

import pytest

from scharnier.core import signals, text
from scharnier.core.kernel import AreaId
from scharnier.core.signals import CELL_M, Place, PlaceUnclear, Precision, Spot
from tests.unit.signals.scenes import SQUARE, north

NORTH = AreaId("noord")


class TestSpot:
    @pytest.mark.parametrize(
        ("longitude", "latitude"),
        [(0, 0), (180, 85), (-180, -85), (5.1213, 52.0907)],
    )
    def test_lies_on_the_earth(self, longitude, latitude):
        assert Spot(longitude=longitude, latitude=latitude).latitude == latitude

    @pytest.mark.parametrize(
        ("longitude", "latitude"),
        [(180.1, 0), (-180.1, 0), (0, 85.1), (0, -85.1), (nan, 0), (0, nan), (inf, 0), (0, -inf)],
    )
    def test_lies_nowhere_else(self, longitude, latitude):
        with pytest.raises(PlaceUnclear) as refusal:
            Spot(longitude=longitude, latitude=latitude)

        assert refusal.value.facts == {"lacks": "spot"}


class TestPlace:
    @pytest.mark.parametrize(
        ("precision", "has"),
        [
            (Precision.POINT, {"spot": SQUARE}),
            (Precision.ADDRESS, {"words": "Venusstraat 12"}),
            (Precision.ADDRESS, {"words": "Venusstraat 12", "spot": SQUARE}),
            (Precision.STREET, {"words": "Venusstraat"}),
            (Precision.STREET, {"words": "Venusstraat", "spot": SQUARE, "area_id": NORTH}),
            (Precision.AREA, {"area_id": NORTH}),
            (Precision.AREA, {"area_id": NORTH, "words": "rond het plein"}),
        ],
    )
    def test_has_what_its_precision_asks_for(self, precision, has):
        place = Place(precision=precision, **has)

        assert {name: getattr(place, name) for name in has} == has

    @pytest.mark.parametrize(
        ("precision", "has", "lacks"),
        [
            (Precision.POINT, {}, "spot"),
            (Precision.POINT, {"words": "op het plein", "area_id": NORTH}, "spot"),
            (Precision.ADDRESS, {}, "words"),
            (Precision.ADDRESS, {"spot": SQUARE}, "words"),
            (Precision.STREET, {"words": "  "}, "words"),
            (Precision.STREET, {"area_id": NORTH}, "words"),
            (Precision.AREA, {}, "area"),
            (Precision.AREA, {"words": "noord", "spot": SQUARE}, "area"),
        ],
    )
    def test_says_what_it_lacks(self, precision, has, lacks):
        with pytest.raises(PlaceUnclear) as refusal:
            Place(precision=precision, **has)

        assert refusal.value.facts == {"lacks": lacks}

    @pytest.mark.parametrize("words", ["bij 06-12345678", "bij sam@voorbeeld.nl"])
    @pytest.mark.parametrize("precision", [Precision.POINT, Precision.ADDRESS, Precision.STREET])
    def test_points_at_no_person(self, precision, words):
        with pytest.raises(text.PersonalDataFound):
            Place(precision=precision, words=words, spot=SQUARE)

    def test_may_be_an_address_with_its_postcode(self):
        address = Place(precision=Precision.ADDRESS, words="Venusstraat 12, 3512 AB 12")

        assert address.words.startswith("Venusstraat")

    @pytest.mark.parametrize("precision", [Precision.POINT, Precision.STREET, Precision.AREA])
    def test_hides_no_address_in_something_wider(self, precision):
        with pytest.raises(text.PersonalDataFound):
            Place(precision=precision, words="3512 AB 12", spot=SQUARE, area_id=NORTH)

    def test_lets_no_other_data_pass_beside_an_address(self):
        with pytest.raises(text.PersonalDataFound) as refusal:
            Place(precision=Precision.ADDRESS, words="3512 AB 12, bel 06-12345678")

        assert set(refusal.value.facts["kinds"]) == {"address", "phone"}

    def test_is_said_in_two_hundred_characters(self):
        with pytest.raises(text.TextTooLong):
            Place(precision=Precision.STREET, words="a" * 201)

    @pytest.mark.parametrize("words", ["...", "-"])
    def test_is_said_in_words(self, words):
        with pytest.raises(text.EmptyText):
            Place(precision=Precision.STREET, words=words)

    def test_reaches_further_the_less_exactly_it_is_known(self):
        has = {"spot": SQUARE, "words": "Venusstraat", "area_id": NORTH}

        spreads = [Place(precision=precision, **has).spread_m for precision in Precision]

        assert spreads == [0, 0, 150, 500]


class TestMeasureDistance:
    def test_equals_a_degree_along_the_meridian(self):
        a, b = Spot(longitude=5, latitude=52), Spot(longitude=5, latitude=53)

        assert signals.measure_distance(a, b) == pytest.approx(111_195, abs=1)

    def test_equals_a_degree_along_a_parallel(self):
        a, b = Spot(longitude=5, latitude=60), Spot(longitude=6, latitude=60)

        assert signals.measure_distance(a, b) == pytest.approx(111_195 / 2, rel=1e-4)

    def test_equals_a_known_way(self):
        amsterdam = Spot(longitude=4.9041, latitude=52.3676)
        rotterdam = Spot(longitude=4.4777, latitude=51.9244)

        assert signals.measure_distance(amsterdam, rotterdam) == pytest.approx(57_270, rel=0.01)

    def test_goes_the_short_way_round(self):
        a, b = Spot(longitude=179.5, latitude=0), Spot(longitude=-179.5, latitude=0)

        assert signals.measure_distance(a, b) == pytest.approx(111_195, abs=1)

    def test_is_nought_from_a_spot_to_itself(self):
        assert signals.measure_distance(SQUARE, SQUARE) == 0

    @pytest.mark.parametrize("metres", [1, 50, 499, 2_000])
    def test_counts_in_metres(self, metres):
        assert signals.measure_distance(SQUARE, north(SQUARE, metres)) == pytest.approx(metres, rel=1e-3)


class TestCoarsen:
    def test_gives_neighbours_one_square(self):
        middle = signals.coarsen(SQUARE)
        near = [north(middle, metres) for metres in (-45, -10, 0, 10, 45)]

        assert {signals.coarsen(spot) for spot in near} == {middle}

    def test_gives_who_lives_further_another(self):
        middle = signals.coarsen(SQUARE)

        assert signals.coarsen(north(middle, 60)) != middle

    @pytest.mark.parametrize("latitude", [-85, -52, 0, 52.1, 80, 85])
    def test_moves_a_spot_by_less_than_a_square(self, latitude):
        spot = Spot(longitude=5.12, latitude=latitude)

        assert signals.measure_distance(spot, signals.coarsen(spot)) <= 0.75 * CELL_M

    def test_forgets_the_house(self):
        middle = signals.coarsen(SQUARE)
        houses = [north(middle, metres) for metres in range(-40, 41, 5)]

        assert len(houses) == 17
        assert len({signals.coarsen(house) for house in houses}) == 1

    def test_takes_squares_of_another_size(self):
        wide = signals.coarsen(SQUARE, cell_m=1_000)

        assert signals.measure_distance(SQUARE, wide) <= 750
