# SPDX-License-Identifier: EUPL-1.2
"""What a scene holds, and what of it each asker sees."""

from datetime import timedelta

import pytest

from scharnier.core import picture
from scharnier.core.kernel import AreaId, CommunityId, OrganizationId, Role, TopicId
from scharnier.core.network import Purpose
from tests.factories import (
    DAY,
    a_community,
    a_membership,
    a_network,
    a_person,
    a_tie,
    a_topic,
    an_actor,
    an_area,
    an_organization,
)

HIDDEN = ()
LISTED = (Purpose.LISTING,)


def days_ago(number):
    return DAY - timedelta(days=number)


NETWORK = a_network(
    areas=(an_area("wijk"), an_area("noord", parent="wijk"), an_area("zuid", parent="wijk")),
    topics=(a_topic("money"), a_topic("debt", broader="money"), a_topic("sport")),
    organizations=(
        an_organization(topics="debt", areas="noord"),
        an_organization("winkel", areas="zuid"),
    ),
    communities=(a_community(topics="sport"), a_community("elftal", topics="sport")),
    persons=(
        a_person(topics="debt"),
        a_person("karel", topics="sport", areas="zuid"),
        a_person("noor", topics="money", areas="noord", purposes=LISTED),
        a_person("stil", topics="debt", purposes=HIDDEN),
        a_person("los", purposes=LISTED),
    ),
    memberships=(
        a_membership(organization="schuldhulp", role="adviseur"),
        a_membership("karel", community="koor"),
        a_membership("noor", organization="schuldhulp", end=days_ago(1)),
        a_membership("stil", community="koor"),
        a_membership("karel", organization="winkel"),
    ),
    ties=(
        a_tie("samira", "karel", observed=days_ago(10)),
        a_tie("karel", "noor", observed=days_ago(200)),
        a_tie("noor", "samira", observed=days_ago(400)),
        a_tie("samira", "stil", observed=days_ago(10)),
        a_tie("karel", "samira", observed=DAY + timedelta(days=3)),
    ),
)
SCENE = picture.set_scene(NETWORK, on=DAY)


def see(person="samira", *, role=Role.PROFESSIONAL, network_id="kruisveld", **asked):
    actor = an_actor(person, role=role, network_id=network_id)
    return picture.see_picture(SCENE, picture.Selection(**asked), actor=actor)


def keys(seen):
    return {node.key for node in seen.nodes}


def persons(seen):
    return {node.id for node in seen.nodes if node.kind is picture.NodeKind.PERSON}


def ends(seen):
    return {(line.source.split(":")[1], line.target.split(":")[1]) for line in seen.lines}


class TestSetScene:
    def test_has_a_node_for_each_person_organization_and_community(self):
        kinds = [node.kind.value for node in SCENE.nodes.values()]

        assert {kind: kinds.count(kind) for kind in set(kinds)} == {
            "person": 5,
            "organization": 2,
            "community": 2,
        }

    def test_knows_who_wants_to_be_found_on_the_day(self):
        assert SCENE.listed == {"samira", "karel", "noor", "los"}

    def test_holds_roles_of_the_day_only(self):
        assert {line.source for line in SCENE.memberships} == {"person:samira", "person:karel", "person:stil"}

    def test_holds_no_tie_of_a_later_day(self):
        assert len(SCENE.ties) == 4

    def test_gives_no_place_to_who_does_not_want_to_be_found(self):
        assert set(SCENE.places) == set(SCENE.nodes) - {"person:stil"}

    def test_has_the_same_places_with_and_without_who_is_hidden(self):
        visible = a_network(
            organizations=NETWORK.organizations,
            communities=NETWORK.communities,
            areas=NETWORK.areas,
            topics=NETWORK.topics,
            persons=[person for person in NETWORK.persons if person.id != "stil"],
            memberships=[member for member in NETWORK.memberships if member.person_id != "stil"],
            ties=[tie for tie in NETWORK.ties if tie.target_id != "stil"],
        )

        assert picture.set_scene(visible, on=DAY).places == SCENE.places

    def test_lets_a_person_work_where_the_organization_works(self):
        assert SCENE.nodes["person:samira"].area_ids == {AreaId("noord")}


class TestRenewScene:
    def test_keeps_the_places_and_the_ties_that_are_still_there(self):
        made = picture.set_scene(NETWORK, on=DAY)
        made.find_places()
        kept = made.ties[0].relation

        renewed = picture.renew_scene(
            made,
            listed=frozenset({"karel"}),
            ties=[(kept.source_id, kept.target_id, kept.kind.value)],
            on=DAY + timedelta(days=1),
        )

        assert renewed.places is made.places
        assert [line.relation for line in renewed.ties] == [kept]
        assert renewed.listed == {"karel"}


class TestSeePicture:
    def test_shows_who_wants_to_be_found_and_the_ties_between_them(self):
        seen = see()

        assert persons(seen) == {"samira", "karel", "noor", "los"}
        assert ends(seen) == {("samira", "karel"), ("karel", "noor"), ("noor", "samira")}

    def test_shows_ones_own_hidden_card_with_its_ties(self):
        seen = see("stil")

        assert "stil" in persons(seen)
        assert ("samira", "stil") in ends(seen)

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_shows_no_other_person_to_who_keeps_the_house_or_counts(self, role):
        seen = see(role=role)

        assert persons(seen) == {"samira"}
        assert seen.lines == ()
        assert seen.n_unlisted is None

    def test_shows_organizations_and_communities_to_a_researcher(self):
        assert {key.split(":")[0] for key in keys(see("ria", role=Role.RESEARCHER, with_groups=True))} == {
            "organization",
            "community",
        }

    def test_shows_an_administrator_nothing_of_them(self):
        assert keys(see("bas", role=Role.ADMINISTRATOR, with_groups=True)) == set()

    @pytest.mark.parametrize("role", Role)
    def test_shows_nothing_of_another_network(self, role):
        seen = see(role=role, network_id="elders", with_groups=True)

        assert (seen.nodes, seen.lines, seen.n_unlisted) == ((), (), None)

    def test_tells_how_many_do_not_want_to_be_seen(self):
        assert see().n_unlisted == 1

    def test_counts_the_unseen_over_the_whole_network_whatever_is_asked(self):
        assert see(topic_id=TopicId("sport")).n_unlisted == see().n_unlisted

    @pytest.mark.parametrize(
        ("age", "n_ties"), [(picture.Age.ALL, 3), (picture.Age.YEAR, 2), (picture.Age.HALF_YEAR, 1)]
    )
    def test_leaves_out_older_ties(self, age, n_ties):
        assert len(see(age=age).lines) == n_ties

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"community_id": CommunityId("koor")}, {"karel"}),
            ({"organization_id": OrganizationId("schuldhulp")}, {"samira"}),
            ({"organization_id": OrganizationId("winkel"), "community_id": CommunityId("koor")}, {"karel"}),
            ({"organization_id": OrganizationId("schuldhulp"), "community_id": CommunityId("koor")}, set()),
            ({"topic_id": TopicId("money")}, {"samira", "noor"}),
            ({"topic_id": TopicId("debt")}, {"samira"}),
            ({"area_id": AreaId("noord")}, {"samira", "noor", "los"}),
            ({"area_id": AreaId("zuid")}, {"karel", "los"}),
            ({"area_id": AreaId("wijk")}, {"samira", "karel", "noor", "los"}),
            ({"area_id": AreaId("atlantis")}, {"los"}),
            ({"topic_id": TopicId("nothing")}, set()),
            ({"community_id": CommunityId("nobody")}, set()),
        ],
    )
    def test_narrows_to_what_is_asked(self, asked, found):
        seen = see(**asked)

        assert persons(seen) == found
        assert all(one in found and other in found for one, other in ends(seen))

    def test_adds_groups_only_when_asked(self):
        assert {node.kind for node in see().nodes} == {picture.NodeKind.PERSON}

    def test_joins_people_to_their_groups(self):
        lines = ends(see(with_groups=True))

        assert {("samira", "schuldhulp"), ("karel", "koor"), ("karel", "winkel")} <= lines
        assert ("stil", "koor") not in lines

    def test_shows_the_group_that_was_asked_for_and_those_of_its_people(self):
        seen = see(with_groups=True, community_id=CommunityId("koor"))

        assert keys(seen) == {"person:karel", "community:koor", "organization:winkel"}

    def test_shows_a_group_that_fits_without_any_people(self):
        assert "community:elftal" in keys(see(with_groups=True, topic_id=TopicId("sport")))
        assert "community:elftal" not in keys(see(with_groups=True, topic_id=TopicId("money")))

    def test_puts_nodes_in_order_of_name(self):
        names = [node.name for node in see(with_groups=True).nodes]

        assert names == sorted(names, key=str.casefold)


class TestPlaceNodes:
    def test_gives_each_node_of_a_picture_its_place(self):
        seen = see(with_groups=True)

        places = picture.place_nodes(SCENE, seen)

        assert list(places) == [SCENE.places[node.key] for node in seen.nodes]

    def test_puts_a_hidden_card_amid_its_own_contacts(self):
        seen = see("stil")

        places = dict(zip([node.key for node in seen.nodes], picture.place_nodes(SCENE, seen), strict=True))

        assert places["person:stil"] == SCENE.places["person:samira"]

    def test_puts_a_hidden_card_without_contacts_beneath_all(self):
        scene = picture.set_scene(a_network(persons=(a_person(purposes=HIDDEN),)), on=DAY)
        seen = picture.see_picture(scene, picture.Selection(), actor=an_actor())

        assert picture.place_nodes(scene, seen) == ((0.5, 0.0),)


class TestSelection:
    def test_tells_whether_it_is_of_a_group(self):
        assert picture.Selection(community_id=CommunityId("koor")).is_of_a_group
        assert not picture.Selection(topic_id=TopicId("debt")).is_of_a_group
