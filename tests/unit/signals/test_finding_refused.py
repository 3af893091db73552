# SPDX-License-Identifier: EUPL-1.2
"""What is typed for a place and is none: said before anything else when it points at a person."""

from __future__ import annotations

import pytest

from scharnier.core import signals, text
from scharnier.core.kernel import AreaId, Invalid
from scharnier.core.network import AreaKind
from scharnier.core.signals import Precision, Spot
from tests.factories import an_area

AREAS = (
    an_area("noord", name="Noord", alternate_names=("Bloemenbuurt",)),
    an_area("zuid", name="Zuid"),
    an_area("venusstraat", name="Venusstraat", kind=AreaKind.STREET, parent="noord"),
)
PERSONAL = ("bij 06 12345678", "jan@example.org", "achter NL91 ABNA 0417 1643 00")
SPOT = Spot(longitude=5.12, latitude=52.09)


class TestPersonalData:
    @pytest.mark.parametrize("words", PERSONAL)
    @pytest.mark.parametrize(
        "beside",
        [{}, {"area_id": AreaId("noord")}, {"spot": SPOT}, {"spot": SPOT, "area_id": AreaId("zuid")}],
        ids=["alone", "in an area", "at a point", "at a point in an area"],
    )
    def test_is_refused_wherever_it_is(self, words: str, beside: dict[str, object]) -> None:
        with pytest.raises(text.PersonalDataFound) as refused:
            signals.find_place(words, areas=AREAS, **beside)

        assert words not in str(refused.value.facts)

    @pytest.mark.parametrize("words", ["3581 AB 12", "Venusstraat 12, 3581 AB"])
    def test_is_no_house_in_itself(self, words: str) -> None:
        place = signals.find_place(words, areas=AREAS, area_id=AreaId("noord"))

        assert (place.precision, place.words) == (Precision.ADDRESS, words)


class TestLength:
    def test_is_at_most_two_hundred(self) -> None:
        assert signals.find_place("x" * 200, areas=AREAS, area_id=AreaId("zuid")).words == "x" * 200

    @pytest.mark.parametrize("area_id", [None, AreaId("zuid")])
    def test_is_refused_before_it_is_said_to_be_unknown(self, area_id: AreaId | None) -> None:
        with pytest.raises(text.TextTooLong):
            signals.find_place("x" * 201, areas=AREAS, area_id=area_id)


class TestUnknown:
    @pytest.mark.parametrize("words", ["Marsstraat", "Marsstraat 3", "Noord 3", "Noorderplein", "12"])
    def test_needs_an_area(self, words: str) -> None:
        with pytest.raises(signals.PlaceUnknown) as refused:
            signals.find_place(words, areas=AREAS)

        assert refused.value.facts["words"] == words
        assert signals.find_place(words, areas=AREAS, area_id=AreaId("zuid")).area_id == "zuid"

    @pytest.mark.parametrize("words", ["", " ", "\n\t"])
    def test_is_not_what_nobody_said(self, words: str) -> None:
        with pytest.raises(signals.PlaceUnclear):
            signals.find_place(words, areas=AREAS)

    @pytest.mark.parametrize(
        "words", ["Venusstraat 1", "venusstraat 12a", "VENUSSTRAAT 3-5", " Venusstraat  7 "]
    )
    def test_is_no_house_of_a_known_street(self, words: str) -> None:
        place = signals.find_place(words, areas=AREAS)

        assert (place.precision, place.area_id) == (Precision.ADDRESS, "venusstraat")

    @pytest.mark.parametrize("words", ["noord", "NOORD", " Bloemenbuurt ", "bloemenbuurt"])
    def test_is_no_other_name_of_an_area(self, words: str) -> None:
        place = signals.find_place(words, areas=AREAS, area_id=AreaId("zuid"))

        assert (place.precision, place.area_id, place.words) == (Precision.AREA, "noord", "")


class TestSpot:
    @pytest.mark.parametrize(
        ("longitude", "latitude"),
        [(180.1, 0), (-181, 0), (0, 85.1), (0, -90), (float("nan"), 0), (0, float("inf"))],
    )
    def test_lies_on_the_map(self, longitude: float, latitude: float) -> None:
        with pytest.raises(Invalid):
            Spot(longitude=longitude, latitude=latitude)

    @pytest.mark.parametrize(("longitude", "latitude"), [(180, 85), (-180, -85), (0, 0)])
    def test_may_lie_on_its_edge(self, longitude: float, latitude: float) -> None:
        assert signals.find_place("", areas=AREAS, spot=Spot(longitude=longitude, latitude=latitude)).spot
