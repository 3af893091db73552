# SPDX-License-Identifier: EUPL-1.2
"""Which place a question is about, where its words fit several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import network, referral
from scharnier.core.kernel import AreaId, OrganizationId
from tests.factories import a_network, an_area, an_organization

STREET = network.AreaKind.STREET
AREAS = (
    an_area("noord"),
    an_area("west"),
    an_area("zuid"),
    *(an_area(f"plein-{part}", name="Plein", kind=STREET, parent=part) for part in ("zuid", "west", "noord")),
)
INDEX = network.index_network(
    a_network(
        areas=AREAS,
        organizations=(
            an_organization("zuiders", areas="zuid"),
            an_organization("westers", areas="plein-west"),
            an_organization("overal"),
            an_organization("allen", areas="noord west zuid"),
        ),
    )
)
NOORD, WEST, ZUID = "Plein (Noord)", "Plein (West)", "Plein (Zuid)"


def take(words: str, *bodies: str, area_id: str | None = None) -> referral.PlaceTaken:
    place = referral.take_place(
        INDEX,
        words,
        area_id=None if area_id is None else AreaId(area_id),
        organization_ids=[OrganizationId(body) for body in bodies],
    )
    assert place is not None
    return place


def names(place: referral.PlaceTaken) -> list[str]:
    return [each.name for each in place.candidates]


class TestTakePlace:
    @pytest.mark.parametrize("words", ["", "  ", "\n"])
    def test_is_none_where_no_place_is_said(self, words: str) -> None:
        assert referral.take_place(INDEX, words) is None

    def test_is_the_only_one_of_its_name(self) -> None:
        place = take(" NOORD ", "zuiders")

        assert (place.taken.id, place.taken.name) == ("noord", "Noord")
        assert (place.others, place.candidates, place.reason) == ((), (), None)

    def test_is_the_first_of_several_and_names_the_others(self) -> None:
        place = take("plein")

        assert place.taken == referral.NamedArea(id=AreaId("plein-noord"), name=NOORD)
        assert [other.id for other in place.others] == ["plein-west", "plein-zuid"]
        assert place.reason == "first"

    @pytest.mark.parametrize(
        ("bodies", "expected", "reason"),
        [
            (("zuiders",), [ZUID, NOORD, WEST], "near"),
            (("westers",), [WEST, NOORD, ZUID], "near"),
            (("westers", "zuiders"), [WEST, ZUID, NOORD], "near"),
            (("overal",), [NOORD, WEST, ZUID], "first"),
            (("allen",), [NOORD, WEST, ZUID], "first"),
            (("allen", "zuiders"), [NOORD, WEST, ZUID], "first"),
            (("weg",), [NOORD, WEST, ZUID], "first"),
            ((), [NOORD, WEST, ZUID], "first"),
        ],
    )
    def test_puts_first_where_the_asker_s_organizations_work(
        self, bodies: tuple[str, ...], expected: list[str], reason: str
    ) -> None:
        place = take("plein", *bodies)

        assert (names(place), place.reason) == (expected, reason)

    @pytest.mark.parametrize("words", [ZUID, "plein, zuid", "plein-zuid"])
    def test_is_settled_by_words_that_say_which(self, words: str) -> None:
        place = take(words, "westers")

        assert (place.taken.id, place.others) == ("plein-zuid", ())

    @pytest.mark.parametrize("words", ["plein", "", "noord", "Atlantis"])
    def test_is_settled_by_the_one_that_was_chosen(self, words: str) -> None:
        place = take(words, "westers", area_id="plein-zuid")

        assert (place.taken.name, place.others, place.reason) == (ZUID, (), None)

    @pytest.mark.parametrize(("words", "area_id"), [("Atlantis", None), ("plein", "weg"), ("", "")])
    def test_is_refused_when_there_is_no_such_place(self, words: str, area_id: str | None) -> None:
        with pytest.raises(network.UnknownPlace):
            take(words, area_id=area_id)

    @given(areas=st.permutations(AREAS), body=st.sampled_from(["zuiders", "westers", "overal"]))
    def test_does_not_depend_on_the_order_of_the_network(self, areas: list[network.Area], body: str) -> None:
        whole = a_network(areas=areas, organizations=INDEX.network.organizations)

        place = referral.take_place(
            network.index_network(whole), "plein", organization_ids=[OrganizationId(body)]
        )

        assert place == take("plein", body)


class TestCheckOnePlace:
    def test_lets_one_place_or_none_pass(self) -> None:
        for place in (None, take("noord"), take("plein", area_id="plein-west")):
            referral.check_one_place(place, words="plein")

    def test_names_every_place_that_may_be_meant(self) -> None:
        with pytest.raises(referral.PlaceAmbiguous) as refused:
            referral.check_one_place(take("plein"), words=" plein ")

        assert refused.value.facts == {
            "words": "plein",
            "known": (NOORD, WEST, ZUID),
            "candidates": (("plein-noord", NOORD), ("plein-west", WEST), ("plein-zuid", ZUID)),
        }
