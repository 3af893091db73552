# SPDX-License-Identifier: EUPL-1.2
import math

import igraph
import numpy as np
import pytest

from scharnier.core import picture
from scharnier.core.picture._layout import _apart, _Chance

TEAM = ["ria", "karel", "samira", "anna"]
ALL_KNOW_ALL = [(one, other) for one in TEAM for other in TEAM]


def distance(one, other):
    return math.dist(one, other)


class TestLayOut:
    def test_places_nobody_in_an_empty_network(self):
        assert picture.lay_out([], [("ria", "karel")]) == {}

    def test_places_one_in_the_middle(self):
        assert picture.lay_out(["ria"], [("ria", "ria")]) == {"ria": (0.5, 0.5)}

    def test_places_a_pair_side_by_side(self):
        places = picture.lay_out(["ria", "karel"], [("ria", "karel")])

        assert places == {"karel": (0.0, 0.5), "ria": (1.0, 0.5)}

    def test_places_those_without_an_edge_in_rows_beneath(self):
        loners = [f"alone{number}" for number in range(7)]

        places = picture.lay_out([*TEAM, *loners], ALL_KNOW_ALL)

        lowest = min(places[name][1] for name in TEAM)
        rows = {places[name][1] for name in loners}
        assert max(rows) < lowest
        assert len(rows) <= 2

    def test_places_larger_parts_above_smaller_ones(self):
        places = picture.lay_out(
            [*TEAM, "bert", "cor", "dien"], [*ALL_KNOW_ALL, ("bert", "cor"), ("cor", "dien")]
        )

        assert min(places[name][1] for name in TEAM) > max(
            places[name][1] for name in ("bert", "cor", "dien")
        )

    def test_leaves_out_edges_to_who_is_no_node(self):
        assert picture.lay_out(["ria"], [("ria", "karel"), ("karel", "anna")]) == {"ria": (0.5, 0.5)}

    def test_does_not_count_an_edge_twice(self):
        once = picture.lay_out(TEAM, [("ria", "karel"), ("karel", "anna"), ("anna", "samira")])

        twice = [
            ("ria", "karel"),
            ("karel", "ria"),
            ("karel", "anna"),
            ("anna", "samira"),
            ("anna", "samira"),
        ]
        assert picture.lay_out(TEAM, twice) == once

    def test_brings_together_who_belong_together(self):
        """Two teams of eight that one person joins: within a team they stand nearer than across."""
        teams = [[f"{team}{number}" for number in range(8)] for team in "ab"]
        edges = [(one, other) for team in teams for one in team for other in team if one < other]

        places = picture.lay_out([*teams[0], *teams[1]], [*edges, ("a0", "b0")])

        within = np.mean([distance(places[one], places[other]) for one, other in edges])
        across = np.mean([distance(places[one], places[other]) for one in teams[0] for other in teams[1]])
        assert across > 2 * within

    def test_keeps_the_length_of_edges_near_that_of_its_rival(self):
        """Against Kamada-Kawai of igraph: the mean edge over the mean distance, within a half more."""
        graph = igraph.Graph.Tree(60, 3)
        edges = [(f"n{one:02}", f"n{other:02}") for one, other in graph.get_edgelist()]

        ours = picture.lay_out([f"n{number:02}" for number in range(60)], edges)

        rival = graph.layout_kamada_kawai().coords
        theirs = {f"n{number:02}": tuple(place) for number, place in enumerate(rival)}
        assert _tightness(ours, edges) < 1.5 * _tightness(theirs, edges)

    def test_changes_with_the_seed_only_a_little(self):
        edges = [(f"n{number}", f"n{number + 1}") for number in range(20)]
        names = [f"n{number}" for number in range(21)]

        one, other = (picture.lay_out(names, edges, seed=seed) for seed in (0, 1))

        assert one != other
        assert set(one) == set(other)

    def test_leaves_igraph_with_chance_of_its_own(self):
        picture.lay_out(TEAM, ALL_KNOW_ALL)

        drawn = {tuple(igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist()) for _ in range(3)}

        assert len(drawn) == 3

    @pytest.mark.parametrize("n_leaves", [3, 40])
    def test_parts_those_who_hang_on_one_person(self, n_leaves):
        leaves = [f"leaf{number}" for number in range(n_leaves)]

        places = picture.lay_out(["hub", *leaves], [("hub", leaf) for leaf in leaves])

        apart = min(distance(places[one], places[other]) for one in leaves for other in leaves if one < other)
        assert apart > 0.01


def _tightness(places, edges):
    points = list(places.values())
    mean = np.mean([distance(one, other) for one in points for other in points])
    return np.mean([distance(places[one], places[other]) for one, other in edges]) / mean


class TestGradeStrength:
    @pytest.mark.parametrize(
        ("strength", "word"),
        [(1.0, "strong"), (0.5, "strong"), (0.49, "normal"), (0.2, "normal"), (0.19, "weak"), (0.0, "weak")],
    )
    def test_says_it_in_a_word(self, strength, word):
        assert picture.grade_strength(strength).value == word


class TestApart:
    def test_finds_the_next_free_step_within_the_square(self):

        corner = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0], [1.0, 1.0]])

        found = list(_apart(corner))

        assert len(set(found)) == 5
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found)


class TestChance:
    def test_repeats_itself_in_the_shapes_that_igraph_asks_for(self):
        one, other = _Chance(3), _Chance(3)

        drawn = [one.random(), one.randint(2, 4), one.gauss(5.0, 0.0)]

        assert drawn == [other.random(), other.randint(2, 4), other.gauss(5.0, 0.0)]
        assert 0 <= drawn[0] < 1
        assert drawn[1] in {2, 3, 4}
        assert drawn[2] == 5.0
