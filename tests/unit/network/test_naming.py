# SPDX-License-Identifier: EUPL-1.2
"""What areas are called: found by any of their names, and told apart where they share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import network
from scharnier.core.network import AreaKind, AreaNames
from tests.factories import an_area

STREET = AreaKind.STREET
AREAS = (
    an_area("wijk", name="Kruisveld", kind=AreaKind.DISTRICT),
    an_area("noord", parent="wijk", alternate_names=("Boven het spoor",)),
    an_area("zuid", parent="wijk"),
    an_area("parkweg-zuid", name="Parkweg", kind=STREET, parent="zuid"),
    an_area("parkweg", name="Parkweg", kind=STREET, parent="noord"),
    an_area("plein", name="Kerkplein", kind=STREET, parent="noord", alternate_names=("het plein",)),
    an_area("markt", name="Markt", kind=STREET, parent="zuid", alternate_names=("Het Plein",)),
    an_area("zuidstraat", name="Zuid", kind=STREET, parent="noord"),
)
NAMES = AreaNames(AREAS)


def by_id(area_id: str) -> network.Area:
    return next(area for area in AREAS if area.id == area_id)


def found(words: str, names: AreaNames = NAMES) -> list[str]:
    return [area.id for area in names.find(words)]


@st.composite
def areas_that_share_names(draw: st.DrawFn) -> list[network.Area]:
    """Areas of a few names, each in one other or in none."""
    parents = [draw(st.integers(-1, number - 1)) for number in range(draw(st.integers(1, 7)))]
    areas = [
        an_area(
            f"a{number}",
            name=draw(st.sampled_from(["Plein", "Noord", "Zuid"])),
            kind=draw(st.sampled_from([STREET, AreaKind.NEIGHBOURHOOD])),
            parent=None if parent < 0 else f"a{parent}",
            alternate_names=draw(st.sampled_from([(), ("noord",), ("het plein",)])),
        )
        for number, parent in enumerate(parents)
    ]
    return draw(st.permutations(areas))


class TestFind:
    @pytest.mark.parametrize("words", ["parkweg", " PARKWEG ", "Parkweg"])
    def test_is_every_area_of_a_name_by_name_and_identifier(self, words: str) -> None:
        assert found(words) == ["parkweg", "parkweg-zuid"]

    def test_counts_what_people_call_it(self) -> None:
        assert found("het  plein") == ["plein", "markt"]

    def test_takes_a_neighbourhood_before_a_street(self) -> None:
        assert found("zuid") == ["zuid"]

    @pytest.mark.parametrize(
        "words",
        ["Parkweg (Zuid)", "parkweg (zuid)", "Parkweg, zuid", "parkweg ,Zuid", "Parkweg (parkweg-zuid)"],
    )
    def test_is_the_one_whose_surroundings_are_said(self, words: str) -> None:
        assert found(words) == ["parkweg-zuid"]

    def test_knows_surroundings_by_an_everyday_name_and_farther_away(self) -> None:
        assert found("Parkweg, boven het spoor") == ["parkweg"]
        assert found("Parkweg, Kruisveld") == ["parkweg", "parkweg-zuid"]

    @pytest.mark.parametrize(
        "words",
        ["", " ", "(", ")", ",", "Parkweg,", ",Zuid", "Parkweg ()", "Parkweg (West)", "Parkweg, x"],
    )
    def test_is_nothing_where_nothing_is_called_so(self, words: str) -> None:
        assert found(words) == []

    def test_does_without_surroundings_that_are_not_there(self) -> None:
        assert found("plein, noord", AreaNames([an_area("plein", parent="noord")])) == []

    @given(areas=areas_that_share_names(), words=st.sampled_from(["plein", "noord", "Plein, Zuid"]))
    def test_does_not_depend_on_the_order(self, areas: list[network.Area], words: str) -> None:
        assert AreaNames(areas).find(words) == AreaNames(areas[::-1]).find(words)

    @given(words=st.text(max_size=20))
    def test_takes_any_words(self, words: str) -> None:
        assert set(NAMES.find(words)) <= set(AREAS)


class TestTellApart:
    @pytest.mark.parametrize(
        ("area_id", "name"),
        [
            ("noord", "Noord"),
            ("plein", "Kerkplein"),
            ("parkweg", "Parkweg (Noord)"),
            ("parkweg-zuid", "Parkweg (Zuid)"),
            ("zuidstraat", "Zuid (Noord)"),
        ],
    )
    def test_says_what_lies_around_it_where_it_has_to(self, area_id: str, name: str) -> None:
        assert NAMES.tell_apart(by_id(area_id)) == name

    def test_says_more_of_it_and_at_last_the_identifier(self) -> None:
        areas = [
            an_area("stad"),
            an_area("dorp"),
            an_area("kern-1", name="Kern", parent="stad"),
            an_area("kern-2", name="Kern", parent="dorp"),
            an_area("weg-1", name="Weg", parent="kern-1"),
            an_area("weg-2", name="Weg", parent="kern-2"),
            an_area("weg-3", name="Weg", parent="kern-2"),
        ]
        names = AreaNames(areas)

        assert [names.tell_apart(area) for area in areas[4:]] == [
            "Weg (Kern, Stad)",
            "Weg (weg-2)",
            "Weg (weg-3)",
        ]

    @given(areas=areas_that_share_names())
    def test_finds_that_area_alone(self, areas: list[network.Area]) -> None:
        names = AreaNames(areas)

        assert all(names.find(names.tell_apart(area)) == (area,) for area in areas)
