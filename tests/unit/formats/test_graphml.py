# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from scharnier.core import network
from scharnier.formats import graphml
from tests.factories import DAY, a_full_network, a_network, a_person
from tests.strategies import networks

GRAPHML = {"g": graphml.NAMESPACE}


def graph_of(whole: network.Network, *, on: date = DAY) -> ElementTree.Element:
    document = ElementTree.fromstring(graphml.write_graphml(whole, on=on))  # noqa: S314  # our own
    graph = document.find("g:graph", GRAPHML)
    assert graph is not None
    return graph


def told(element: ElementTree.Element) -> dict[str, str | None]:
    return {data.attrib["key"]: data.text for data in element.iterfind("g:data", GRAPHML)}


class TestWriteGraphml:
    def test_has_persons_and_parties_as_nodes(self) -> None:
        nodes = graph_of(a_full_network()).findall("g:node", GRAPHML)

        assert [node.attrib["id"] for node in nodes] == [
            "person:samira",
            "person:karel",
            "organization:schuldhulp",
            "community:koor",
            "resident_group:jongeren",
        ]
        assert told(nodes[0]) == {
            "node-kind": "person",
            "node-name": "Samira",
            "node-topics": "debt",
            "node-areas": "noord",
        }
        assert told(nodes[4])["node-n_people"] == "900"

    def test_has_roles_and_ties_as_edges(self) -> None:
        edges = graph_of(a_full_network()).findall("g:edge", GRAPHML)

        assert [
            (edge.attrib["source"], edge.attrib["target"], told(edge)["edge-kind"]) for edge in edges
        ] == [
            ("person:samira", "organization:schuldhulp", "member_of"),
            ("person:karel", "community:koor", "member_of"),
            ("person:karel", "resident_group:jongeren", "member_of"),
            ("person:samira", "person:karel", "knows"),
            ("person:karel", "person:samira", "knows"),
        ]

    def test_says_how_strong_a_tie_is_now(self) -> None:
        edges = graph_of(a_full_network(), on=DAY + timedelta(days=365)).findall("g:edge", GRAPHML)

        strengths = [(told(edge)["edge-strength"], told(edge)["edge-strength_now"]) for edge in edges[3:]]
        assert strengths == [("1.0", "0.5"), ("0.5", "0.125")]

    def test_declares_every_key_that_it_uses(self) -> None:
        document = ElementTree.fromstring(graphml.write_graphml(a_full_network(), on=DAY))  # noqa: S314  # our own

        declared = {key.attrib["id"] for key in document.iterfind("g:key", GRAPHML)}
        assert {data.attrib["key"] for data in document.iterfind(".//g:data", GRAPHML)} <= declared

    def test_leaves_out_who_did_not_agree_with_their_ties(self) -> None:
        whole = a_full_network()
        silent = replace(whole, persons=tuple(replace(person, consents=()) for person in whole.persons))

        graph = graph_of(silent)

        assert not [node for node in graph.iterfind("g:node", GRAPHML) if told(node)["node-kind"] == "person"]
        assert graph.findall("g:edge", GRAPHML) == []

    @pytest.mark.parametrize("name", ["Zoë & <co>", 'een "bijnaam"', "bel\x07", "half\ud800"])
    def test_survives_any_name(self, name: str) -> None:
        (node,) = graph_of(a_network(persons=[a_person(name=name)])).findall("g:node", GRAPHML)

        assert (told(node)["node-name"] or "")[:3] == name[:3]

    @settings(max_examples=15)
    @given(whole=networks())
    def test_has_both_ends_of_every_edge(self, whole: network.Network) -> None:
        graph = graph_of(whole)

        nodes = {node.attrib["id"] for node in graph.iterfind("g:node", GRAPHML)}
        assert {
            edge.attrib[end] for edge in graph.iterfind("g:edge", GRAPHML) for end in ("source", "target")
        } <= nodes
