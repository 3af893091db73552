# SPDX-License-Identifier: EUPL-1.2
"""Houses as people write them: the street is known, whatever letters or numbers its name ends with."""

from __future__ import annotations

import pytest

from scharnier.core import network, signals
from scharnier.core.kernel import AreaId
from scharnier.core.signals import Place, Precision
from tests.factories import an_area

STREETS = {
    "kade": "Bachkade",
    "heide": "Hoge Heide",
    "esplanade": "Esplanade",
    "dreef": "Lage Dreef",
    "plein": "Plein 1940",
    "laan": "Laan van 1813",
}
AREAS = (
    *(an_area(key, name=name, kind=network.AreaKind.STREET) for key, name in STREETS.items()),
    an_area("noord"),
)
HOUSES = ("1", "12", "12a", "12 a", "12-14", "12-b", "12 bis")


class TestFindPlace:
    @pytest.mark.parametrize("house", HOUSES)
    @pytest.mark.parametrize("key", STREETS)
    def test_knows_the_street_of_a_house(self, key, house):
        words = f"{STREETS[key]} {house}"

        place = signals.find_place(words, areas=AREAS)

        assert place == Place(precision=Precision.ADDRESS, words=words, area_id=AreaId(key))

    @pytest.mark.parametrize("key", STREETS)
    def test_knows_the_street_itself(self, key):
        place = signals.find_place(STREETS[key].upper(), areas=AREAS)

        assert (place.precision, place.words, place.area_id) == (Precision.STREET, STREETS[key], key)

    @pytest.mark.parametrize("words", ["BACHKADE 3", "bachkade, 3", "Bachkade3", " Bachkade  3 "])
    def test_does_not_mind_how_it_is_typed(self, words):
        assert signals.find_place(words, areas=AREAS).area_id == "kade"

    @pytest.mark.parametrize("words", ["Bachk 3", "Bachlaan 3", "Plein 1941 3", "3", "3 Bachkade", "12a"])
    def test_does_not_guess(self, words):
        with pytest.raises(signals.PlaceUnknown) as refusal:
            signals.find_place(words, areas=AREAS)

        assert refusal.value.facts["words"] == words

    def test_does_not_take_a_neighbourhood_for_a_street(self):
        with pytest.raises(signals.PlaceUnknown):
            signals.find_place("Noord 3", areas=[an_area("noord", name="Noord")])

    def test_goes_by_the_street_before_the_area_that_was_chosen(self):
        place = signals.find_place("Esplanade 7", areas=AREAS, area_id=AreaId("noord"))

        assert place.area_id == "esplanade"

    def test_reads_areas_that_can_be_read_only_once(self):
        place = signals.find_place("Esplanade 7", areas=iter(AREAS))

        assert place.area_id == "esplanade"
