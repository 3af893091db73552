# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.core import network
from scharnier.core.kernel import AreaId, LocationId, OrganizationId, PersonId, ServiceId, TopicId
from scharnier.core.network import Fault
from tests.factories import (
    a_community,
    a_full_network,
    a_location,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_tie,
    a_topic,
    an_area,
    an_organization,
)

IDENTIFIED = (
    "areas",
    "locations",
    "topics",
    "organizations",
    "services",
    "communities",
    "resident_groups",
    "persons",
)


def problems_of(**parts: tuple[object, ...]) -> list[tuple[str, Fault, str]]:
    """What is wrong with the full network when some of its parts are others."""
    with pytest.raises(network.InvalidNetwork) as raised:
        replace(a_full_network(), **parts)  # type: ignore[arg-type]  # parts by name
    return [(problem.place, problem.fault, problem.value) for problem in raised.value.problems]


class TestNetwork:
    def test_may_be_empty(self) -> None:
        assert a_network().persons == ()

    def test_may_hang_together(self) -> None:
        assert len(a_full_network().memberships) == 3

    @pytest.mark.parametrize("part", IDENTIFIED)
    def test_has_each_identifier_once(self, part: str) -> None:
        items = getattr(a_full_network(), part)

        assert problems_of(**{part: (*items, items[0])}) == [
            (f"{part}[{len(items)}].id", Fault.DUPLICATE_ID, items[0].id)
        ]

    def test_may_use_one_identifier_in_two_parts(self) -> None:
        whole = a_network(areas=[an_area("noord")], organizations=[an_organization("noord")])

        assert (whole.areas[0].id, whole.organizations[0].id) == ("noord", "noord")

    @pytest.mark.parametrize(
        ("part", "item", "field", "value"),
        [
            ("areas", an_area("x", parent="weg"), "parent_id", "weg"),
            ("locations", a_location("x", area="weg"), "area_id", "weg"),
            ("topics", a_topic("x", broader="weg"), "broader_ids", "weg"),
            ("topics", a_topic("x", related="debt weg"), "related_ids", "weg"),
            ("organizations", an_organization("x", parent="weg"), "parent_id", "weg"),
            ("organizations", an_organization("x", topics="debt weg"), "topics", "weg"),
            ("organizations", an_organization("x", areas="weg"), "area_ids", "weg"),
            ("services", a_service("x", organization="weg"), "organization_id", "weg"),
            ("services", a_service("x", topics="weg"), "topics", "weg"),
            ("services", replace(a_service("x"), area_ids=frozenset({AreaId("weg")})), "area_ids", "weg"),
            (
                "services",
                replace(a_service("x"), location_ids=frozenset({LocationId("weg")})),
                "location_ids",
                "weg",
            ),
            ("communities", a_community("x", topics="weg"), "topics", "weg"),
            ("communities", a_community("x", areas="weg"), "area_ids", "weg"),
            ("persons", a_person("x", topics="weg"), "topics", "weg"),
            ("persons", a_person("x", areas="weg"), "area_ids", "weg"),
            ("memberships", a_membership("weg"), "person_id", "weg"),
            ("memberships", a_membership(organization="weg"), "organization_id", "weg"),
            ("memberships", a_membership(community="weg"), "community_id", "weg"),
            ("memberships", a_membership(resident_group="weg"), "resident_group_id", "weg"),
            ("memberships", a_membership(successor="weg"), "successor_id", "weg"),
            ("ties", a_tie("weg", "karel"), "source_id", "weg"),
            ("ties", a_tie("karel", "weg"), "target_id", "weg"),
        ],
    )
    def test_answers_every_reference(self, part: str, item: object, field: str, value: str) -> None:
        items = getattr(a_full_network(), part)

        assert problems_of(**{part: (*items, item)}) == [
            (f"{part}[{len(items)}].{field}", Fault.UNKNOWN_REFERENCE, value)
        ]

    @pytest.mark.parametrize(
        ("part", "items", "field"),
        [
            ("areas", [an_area("a", parent="b"), an_area("b", parent="a")], "parent_id"),
            (
                "organizations",
                [an_organization("a", parent="b"), an_organization("b", parent="a")],
                "parent_id",
            ),
            ("topics", [a_topic("a", broader="b"), a_topic("b", broader="a")], "broader_ids"),
        ],
    )
    def test_has_no_circles(self, part: str, items: list[object], field: str) -> None:
        there = getattr(a_full_network(), part)
        first = len(there)

        assert problems_of(**{part: (*there, *items)}) == [
            (f"{part}[{first}].{field}", Fault.CIRCLE, "a"),
            (f"{part}[{first + 1}].{field}", Fault.CIRCLE, "b"),
        ]

    def test_may_have_a_topic_with_two_ways_up(self) -> None:
        topics = [
            a_topic("a", broader="b c"),
            a_topic("b", broader="d"),
            a_topic("c", broader="d"),
            a_topic("d"),
        ]

        assert len(a_network(topics=topics).topics) == 4

    def test_names_what_lies_under_a_circle_too(self) -> None:
        areas = (an_area("a", parent="b"), an_area("b", parent="a"), an_area("c", parent="a"))

        with pytest.raises(network.InvalidNetwork) as raised:
            a_network(areas=areas)

        assert [problem.value for problem in raised.value.problems] == ["a", "b", "c"]

    def test_names_several_problems_in_the_order_of_the_parts(self) -> None:
        with pytest.raises(network.InvalidNetwork) as raised:
            a_network(
                ties=[a_tie("x", "y")],
                areas=[an_area("a", parent="z")],
                persons=[a_person("p"), a_person("p")],
            )

        assert [problem.place for problem in raised.value.problems] == [
            "persons[1].id",
            "areas[0].parent_id",
            "ties[0].source_id",
            "ties[0].target_id",
        ]

    def test_names_no_more_than_a_hundred(self) -> None:
        with pytest.raises(network.InvalidNetwork) as raised:
            a_network(ties=[a_tie() for _ in range(200)])

        assert len(raised.value.problems) == 100


class TestProblem:
    def test_has_the_code_and_facts_of_its_sentence(self) -> None:
        problem = network.Problem(place="ties[3].target_id", fault=Fault.UNKNOWN_REFERENCE, value="karel")

        assert (problem.code, problem.facts) == (
            "network.unknown_reference",
            {"place": "ties[3].target_id", "value": "karel"},
        )


class TestNetworkIndex:
    def test_finds_each_part_by_its_identifier(self) -> None:
        whole = a_full_network()

        index = network.index_network(whole)

        assert index.areas[AreaId("noord")] is whole.areas[1]
        assert index.locations[LocationId("buurthuis")] is whole.locations[0]
        assert index.topics[TopicId("debt")] is whole.topics[1]
        assert index.organizations[OrganizationId("schuldhulp")] is whole.organizations[0]
        assert index.services[ServiceId("spreekuur")] is whole.services[0]
        assert list(index.communities.values()) == list(whole.communities)
        assert list(index.resident_groups.values()) == list(whole.resident_groups)
        assert index.persons[PersonId("karel")] is whole.persons[1]

    def test_finds_what_hangs_on_a_part(self) -> None:
        whole = a_full_network()

        index = network.index_network(whole)

        assert index.services_of[OrganizationId("schuldhulp")] == whole.services
        assert index.memberships_of[PersonId("karel")] == whole.memberships[1:]
        assert index.members_of == {OrganizationId("schuldhulp"): whole.memberships[:1]}

    def test_finds_the_ties_of_a_person_either_way(self) -> None:
        ties = (a_tie("a", "b"), a_tie("c", "a"))
        whole = a_network(persons=[a_person("a"), a_person("b"), a_person("c")], ties=ties)

        index = network.index_network(whole)

        assert index.ties_of == {
            PersonId("a"): ties,
            PersonId("b"): ties[:1],
            PersonId("c"): ties[1:],
        }


class TestUnknownPlace:
    def test_names_the_areas_there_are_where_none_is_called_so(self) -> None:
        index = network.index_network(a_network(areas=[an_area("zuid"), an_area("noord")]))

        assert index.unknown_place("West").facts == {"place": "West", "known": ("Noord", "Zuid")}

    def test_names_what_looks_like_a_place_that_is_not_there(self) -> None:
        areas = [an_area("bloemen", name="Bloemenbuurt"), an_area("vogel", name="Vogelbuurt")]

        refused = network.index_network(a_network(areas=areas)).unknown_place("bloemebuurt")

        assert refused.facts["known"] == ("Bloemenbuurt", "Vogelbuurt")

    def test_names_ten_areas_at_most_the_largest_first(self) -> None:
        streets = [an_area(f"straat-{letter}", parent="wijk") for letter in "abcdefghijkl"]

        refused = network.index_network(a_network(areas=[*streets, an_area("wijk")])).unknown_place("x")

        assert refused.facts["known"][0] == "Wijk"
        assert len(refused.facts["known"]) == 10

    def test_says_so_when_there_are_no_areas(self) -> None:
        assert isinstance(network.index_network(a_network()).unknown_place("Noord"), network.NoPlaces)


class TestAreasAround:
    AREAS = (
        an_area("stad"),
        an_area("wijk", parent="stad"),
        an_area("buurt", parent="wijk"),
        an_area("straat", parent="buurt"),
        an_area("ander", parent="stad"),
    )

    @pytest.mark.parametrize(
        ("area", "around"),
        [
            ("stad", {"stad", "wijk", "buurt", "straat", "ander"}),
            ("wijk", {"stad", "wijk", "buurt", "straat"}),
            ("straat", {"stad", "wijk", "buurt", "straat"}),
            ("ander", {"stad", "ander"}),
        ],
    )
    def test_are_what_it_lies_in_and_what_lies_in_it(self, area: str, around: set[str]) -> None:
        index = network.index_network(a_network(areas=self.AREAS[::-1]))

        assert index.areas_around(AreaId(area)) == around
