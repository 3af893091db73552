# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed for a place, as a place that is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import network, signals, text
from scharnier.core.kernel import AreaId, LocationId
from scharnier.core.network import AreaKind
from scharnier.core.signals import Place, Precision, Spot
from tests.factories import an_area
from tests.unit.signals.scenes import SQUARE

NORTH = an_area("noord", alternate_names=("het Noordje",))
MARS = an_area("mars", name="Marsstraat", kind=network.AreaKind.STREET, parent="noord")
SAME = an_area("straat", name="Noord", kind=network.AreaKind.STREET)
HALL = network.Location(
    id=LocationId("hal"), name="Sporthal De Bal", address="Plein 1", latitude=52.09, longitude=5.12
)
CLUB = network.Location(id=LocationId("club"), name="Club", area_id=AreaId("noord"))
NOWHERE = network.Location(id=LocationId("weg"), name="Nergens")
AREAS, LOCATIONS = (NORTH, MARS, SAME), (HALL, CLUB, NOWHERE)


def find(words, **beside):
    return signals.find_place(words, areas=AREAS, locations=LOCATIONS, **beside)


class TestFindPlace:
    @pytest.mark.parametrize("words", ["noord", "  NOORD ", "het  noordje"])
    def test_is_the_area_of_that_name(self, words):
        assert find(words) == Place(precision=Precision.AREA, area_id=AreaId("noord"))

    def test_is_the_street_of_that_name_as_the_network_writes_it(self):
        assert find("marsstraat") == Place(
            precision=Precision.STREET, words="Marsstraat", area_id=AreaId("mars")
        )

    @pytest.mark.parametrize("words", ["Marsstraat (Noord)", "marsstraat, het noordje", "Noord (straat)"])
    def test_is_the_one_whose_surroundings_are_said(self, words):
        expected = SAME if words.startswith("Noord") else MARS

        assert find(words) == Place(precision=Precision.STREET, words=expected.name, area_id=expected.id)

    @pytest.mark.parametrize("words", ["Marsstraat 12", "marsstraat 12a", "Marsstraat 12-14"])
    def test_is_a_house_in_a_street_that_is_known(self, words):
        assert find(words) == Place(precision=Precision.ADDRESS, words=words, area_id=AreaId("mars"))

    @pytest.mark.parametrize("words", ["sporthal de bal", "plein 1"])
    def test_is_the_address_that_everybody_knows(self, words):
        place = find(words)

        assert (place.precision, place.words) == (Precision.ADDRESS, "Plein 1")
        assert place.spot == Spot(longitude=5.12, latitude=52.09)

    def test_is_an_address_in_its_area_where_it_is_on_no_map(self):
        assert find("club") == Place(precision=Precision.ADDRESS, words="Club", area_id=AreaId("noord"))

    @pytest.mark.parametrize(
        ("words", "precision"),
        [
            ("naast de glasbak", Precision.STREET),
            ("Hoekweg 3", Precision.ADDRESS),
            ("Nergens", Precision.ADDRESS),
        ],
    )
    def test_is_somewhere_in_the_area_that_was_chosen(self, words, precision):
        wanted = find(words, area_id=AreaId("noord"))

        assert (wanted.precision, wanted.words, wanted.area_id) == (precision, words, "noord")

    def test_is_the_area_that_was_chosen_without_words(self):
        assert find(" ", area_id=AreaId("noord")).precision is Precision.AREA

    def test_is_the_point_before_anything_else(self):
        place = find("Noord", spot=SQUARE, area_id=AreaId("mars"))

        assert place == Place(precision=Precision.POINT, spot=SQUARE, words="Noord", area_id=AreaId("mars"))

    def test_is_the_point_of_an_address_also_with_its_postcode(self):
        place = find("Marsstraat 12, 3581 AB", spot=SQUARE)

        assert place == Place(precision=Precision.ADDRESS, spot=SQUARE, words="Marsstraat 12, 3581 AB")

    def test_goes_by_the_words_when_another_area_was_chosen(self):
        assert find("Marsstraat", area_id=AreaId("noord")).area_id == "mars"

    @pytest.mark.parametrize("words", ["naast de glasbak", "Hoekweg 3", "Nergens", "noord 3"])
    def test_is_refused_when_nobody_knows_it(self, words):
        with pytest.raises(signals.PlaceUnknown) as refused:
            find(words)

        assert refused.value.facts["words"] == words

    def test_is_refused_when_nothing_was_said(self):
        with pytest.raises(signals.PlaceUnclear):
            find("  ")

    def test_holds_nothing_of_a_person(self):
        with pytest.raises(text.PersonalDataFound):
            find("bij 06 12345678", area_id=AreaId("noord"))

    def test_does_not_depend_on_the_order_of_the_areas(self):
        turned = signals.find_place("noord", areas=AREAS[::-1])

        assert turned == find("noord")


class TestReadSpot:
    @pytest.mark.parametrize(
        "words",
        ["52.0907 5.1213", "52.0907, 5.1213", "52,0907 5,1213", "52,0907; 5,1213", "  52.0907,5.1213 "],
    )
    def test_takes_numbers_as_maps_write_them(self, words):
        assert signals.read_spot(words) == Spot(longitude=5.1213, latitude=52.0907)

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "Marsstraat 12",
            "52 5",
            "52.0907",
            "52.0907 5.1213 6.1",
            "1.5e3 5.1",
            "52. 5.",
            "Dorp 52.1 5.1",
        ],
    )
    def test_takes_nothing_else(self, words):
        assert signals.read_spot(words) is None

    @pytest.mark.parametrize("words", ["99.5 5.1", "52.1 181.5", "-85.1 0.0"])
    def test_refuses_what_is_no_place_on_earth(self, words):
        with pytest.raises(signals.PlaceUnclear):
            signals.read_spot(words)

    def test_takes_the_other_side_of_the_world(self):
        assert signals.read_spot("-33.9 -70.5") == Spot(longitude=-70.5, latitude=-33.9)


class TestSeveralOfOneName:
    ROADS = tuple(
        replace(an_area(f"parkweg-{side}", kind=AreaKind.STREET, parent=side), name="Parkweg")
        for side in ("noord", "zuid")
    )
    AREAS = (an_area("noord"), an_area("zuid"), *ROADS)

    @pytest.mark.parametrize("words", ["Parkweg", "parkweg", "Parkweg 12"])
    def test_are_all_told(self, words):
        with pytest.raises(signals.PlaceAmbiguous) as refused:
            signals.find_place(words, areas=self.AREAS)

        assert refused.value.facts["candidates"] == (
            ("parkweg-noord", "Parkweg"), ("parkweg-zuid", "Parkweg"),
        )  # fmt: skip

    @pytest.mark.parametrize("area_id", ["parkweg-zuid", "zuid"])
    def test_are_told_apart_by_the_area(self, area_id):
        for words, precision in (("Parkweg", Precision.STREET), ("Parkweg 12", Precision.ADDRESS)):
            place = signals.find_place(words, areas=self.AREAS, area_id=AreaId(area_id))

            assert (place.area_id, place.precision) == ("parkweg-zuid", precision)

    def test_are_none_of_them_in_an_area_that_holds_none(self):
        place = signals.find_place("Parkweg", areas=self.AREAS, area_id=AreaId("oost"))

        assert (place.area_id, place.words) == ("oost", "Parkweg")

    def test_are_not_streets_where_an_area_is_called_so(self):
        park = an_area("park", name="Parkweg")

        assert signals.find_place("Parkweg", areas=(*self.AREAS, park)).area_id == "park"

    @given(areas=st.permutations(AREAS))
    def test_are_told_in_one_order(self, areas):
        with pytest.raises(signals.PlaceAmbiguous) as refused:
            signals.find_place("Parkweg", areas=areas)

        assert refused.value.facts["candidates"][0] == ("parkweg-noord", "Parkweg")


class TestMuchLikeIt:
    AREAS = (
        an_area("kruis-noord", name="Kruisveld-Noord"),
        an_area("mars", name="Marsstraat"),
        an_area("zuid"),
    )

    @pytest.mark.parametrize(
        ("words", "ids"),
        [("noord", ["kruis-noord"]), ("Marsstrat", ["mars"]), ("Marsstrat 12", ["mars"]), ("xyzzy", [])],
    )
    def test_is_told_when_nothing_has_that_name(self, words, ids):
        with pytest.raises(signals.PlaceUnknown) as refused:
            signals.find_place(words, areas=self.AREAS)

        assert [area_id for area_id, _name in refused.value.facts["candidates"]] == ids

    def test_is_ten_at_most(self):
        many = [an_area(f"kruis-{n}", name=f"Kruis {n}") for n in range(30)]

        with pytest.raises(signals.PlaceUnknown) as refused:
            signals.find_place("kruis", areas=many)

        assert len(refused.value.facts["candidates"]) == 10
