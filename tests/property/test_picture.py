# SPDX-License-Identifier: EUPL-1.2
"""Laws of the layout, for any graph: one place each, in the square, whatever the order."""

import math
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scharnier.core import network, picture, policy
from scharnier.core.kernel import AreaId, CommunityId, NetworkId, OrganizationId, PersonId, Role, TopicId
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

NAMES = st.sampled_from([f"n{number}" for number in range(14)])
GRAPHS = st.tuples(st.sets(NAMES), st.lists(st.tuples(NAMES, NAMES), max_size=30))
FEW = settings(max_examples=60)
ANY_GRAPH = given(graph=GRAPHS, seed=st.integers(0, 3))


class TestLayOut:
    @ANY_GRAPH
    @FEW
    def test_gives_every_node_one_place(self, graph, seed):
        nodes, edges = graph

        assert set(picture.lay_out(nodes, edges, seed=seed)) == nodes

    @ANY_GRAPH
    @FEW
    def test_stays_within_the_unit_square(self, graph, seed):
        places = picture.lay_out(*graph, seed=seed)

        assert all(math.isfinite(value) and 0 <= value <= 1 for place in places.values() for value in place)

    @ANY_GRAPH
    @FEW
    def test_puts_no_two_on_one_point(self, graph, seed):
        places = picture.lay_out(*graph, seed=seed)

        assert len(set(places.values())) == len(places)

    @ANY_GRAPH
    @FEW
    def test_gives_the_same_for_the_same_seed(self, graph, seed):
        assert picture.lay_out(*graph, seed=seed) == picture.lay_out(*graph, seed=seed)

    @ANY_GRAPH
    @FEW
    def test_does_not_depend_on_the_order_or_direction_of_anything(self, graph, seed):
        nodes, edges = graph
        forwards = picture.lay_out(sorted(nodes), edges, seed=seed)

        turned = [(other, one) for one, other in reversed(edges)]

        assert picture.lay_out(sorted(nodes, reverse=True), turned, seed=seed) == forwards


@given(
    strengths=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_stronger_tie_never_gets_a_weaker_word(strengths):
    words = list(picture.Grade)
    low, high = (words.index(picture.grade_strength(strength)) for strength in sorted(strengths))

    assert high <= low


PEOPLE = ("anna", "bert", "cor", "dien", "samira")
PAIRS = [(one, other) for one in PEOPLE for other in PEOPLE if one != other]
PURPOSES = st.sampled_from(
    [(), (network.Purpose.LISTING,), tuple(network.Purpose), (network.Purpose.CONTACT,)]
)
TOPICS, AREAS, ORGANIZATIONS, COMMUNITIES = ("money", "debt"), ("wijk", "noord"), ("o1", "o2"), ("c1", "c2")


@st.composite
def networks(draw):
    """Small networks in which anybody may be hidden, anywhere and tied to anybody."""
    return a_network(
        areas=(an_area("wijk"), an_area("noord", parent="wijk")),
        topics=(a_topic("money"), a_topic("debt", broader="money")),
        organizations=[an_organization(name, areas=draw(_some(AREAS))) for name in ORGANIZATIONS],
        communities=[a_community(name, topics=draw(_some(TOPICS))) for name in COMMUNITIES],
        persons=[
            a_person(name, topics=draw(_some(TOPICS)), areas=draw(_some(AREAS)), purposes=draw(PURPOSES))
            for name in PEOPLE
        ],
        memberships=[
            a_membership(name, **{kind: body})
            for name, kind, body in draw(st.sets(MEMBERS, max_size=8).map(sorted))
        ],
        ties=[
            a_tie(*pair, observed=DAY - timedelta(days=days))
            for pair, days in draw(
                st.dictionaries(st.sampled_from(PAIRS), st.integers(0, 900), max_size=12)
            ).items()
        ],
    )


def _some(words):
    return st.sets(st.sampled_from(words)).map(lambda chosen: " ".join(sorted(chosen)))


MEMBERS = st.one_of(
    st.tuples(st.sampled_from(PEOPLE), st.just("organization"), st.sampled_from(ORGANIZATIONS)),
    st.tuples(st.sampled_from(PEOPLE), st.just("community"), st.sampled_from(COMMUNITIES)),
)
SELECTIONS = st.builds(
    picture.Selection,
    community_id=st.sampled_from([None, *map(CommunityId, COMMUNITIES)]),
    organization_id=st.sampled_from([None, *map(OrganizationId, ORGANIZATIONS)]),
    topic_id=st.sampled_from([None, *map(TopicId, TOPICS)]),
    area_id=st.sampled_from([None, *map(AreaId, AREAS)]),
    age=st.sampled_from(picture.Age),
    with_groups=st.booleans(),
)
ASKED = given(value=networks(), selection=SELECTIONS, role=st.sampled_from(Role), who=st.sampled_from(PEOPLE))
EVERYTHING = picture.Selection(with_groups=True)


def see(value, selection, *, who, role):
    scene = picture.set_scene(value, on=DAY)
    return picture.see_picture(scene, selection, actor=an_actor(who, role=role))


def allowed(value, kind, *about, who, role):
    persons = {person.id: person for person in value.persons}
    thing = policy.Thing(
        kind=kind,
        network_id=NetworkId("kruisveld"),
        about=frozenset(map(PersonId, about)),
        consents=tuple(persons[name].consents for name in about),
    )
    return policy.allow(an_actor(who, role=role), policy.Act.SEE, thing, at=DAY)


class TestSeePicture:
    @ASKED
    @FEW
    def test_shows_nobody_and_no_tie_that_the_policy_refuses(self, value, selection, role, who):
        seen = see(value, selection, who=who, role=role)

        for node in seen.nodes:
            about = (node.id,) if node.kind is picture.NodeKind.PERSON else ()
            assert allowed(value, policy.Kind(node.kind.value), *about, who=who, role=role)
        for line in seen.lines:
            if isinstance(line.relation, network.Tie):
                ends = (line.relation.source_id, line.relation.target_id)
                assert allowed(value, policy.Kind.TIE, *ends, who=who, role=role)
            else:
                assert allowed(value, policy.Kind.MEMBERSHIP, line.relation.person_id, who=who, role=role)

    @given(value=networks(), role=st.sampled_from(Role), who=st.sampled_from(PEOPLE))
    @FEW
    def test_shows_everybody_whom_the_policy_allows_when_nothing_is_chosen(self, value, role, who):
        seen = see(value, EVERYTHING, who=who, role=role)

        shown = {node.id for node in seen.nodes if node.kind is picture.NodeKind.PERSON}
        assert shown == {
            name for name in PEOPLE if allowed(value, policy.Kind.PERSON, name, who=who, role=role)
        }

    @ASKED
    @FEW
    def test_draws_only_lines_between_nodes_that_are_there(self, value, selection, role, who):
        seen = see(value, selection, who=who, role=role)

        keys = {node.key for node in seen.nodes}
        assert {end for line in seen.lines for end in (line.source, line.target)} <= keys

    @ASKED
    @FEW
    def test_never_shows_more_persons_or_ties_for_a_narrower_choice(self, value, selection, role, who):
        seen, whole = (see(value, asked, who=who, role=role) for asked in (selection, EVERYTHING))

        assert set(seen.nodes) <= set(whole.nodes)
        assert {str(line) for line in seen.lines} <= {str(line) for line in whole.lines}

    @ASKED
    @FEW
    def test_tells_the_same_number_of_unseen_for_every_choice(self, value, selection, role, who):
        seen, whole = (see(value, asked, who=who, role=role) for asked in (selection, EVERYTHING))

        assert seen.n_unlisted == whole.n_unlisted

    @ASKED
    @FEW
    def test_shows_the_same_to_all_who_stand_at_one_viewpoint(self, value, selection, role, who):
        scene = picture.set_scene(value, on=DAY)
        actor = an_actor(who, role=role)
        at = picture.find_viewpoint(scene, actor=actor)
        others = [an_actor(other, role=role) for other in PEOPLE]

        beside = [other for other in others if picture.find_viewpoint(scene, actor=other) == at]

        seen = picture.see_picture(scene, selection, actor=actor)
        assert all(picture.see_picture(scene, selection, actor=other) == seen for other in beside)

    @ASKED
    @FEW
    def test_gives_each_node_a_place_in_the_square(self, value, selection, role, who):
        scene = picture.set_scene(value, on=DAY)
        seen = picture.see_picture(scene, selection, actor=an_actor(who, role=role))

        places = picture.place_nodes(scene, seen)

        assert len(places) == len(seen.nodes)
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
