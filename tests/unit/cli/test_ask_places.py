# SPDX-License-Identifier: EUPL-1.2
"""Several places with one name, on the command line: which one was taken, and how to ask of another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scharnier.core.network import AreaKind
from scharnier.formats import network_json
from tests.factories import an_area
from tests.unit.cli.conftest import Scharnier, a_small_neighbourhood

NOISE = "Er is elke nacht lawaai in de flat, en ruzie."
IN_ENGLISH = "There is noise in the flat every night"


@pytest.fixture
def pleinen(tmp_path: Path) -> Path:
    """The small neighbourhood with a Plein in each of its two parts."""
    whole = a_small_neighbourhood()
    streets = [
        an_area(f"plein-{part}", name="Plein", kind=AreaKind.STREET, parent=part)
        for part in ("zuid", "noord")
    ]
    path = tmp_path / "pleinen.json"
    path.write_bytes(network_json.write_network(replace(whole, areas=(*whole.areas, *streets))))
    return path


class TestSeveralPlaces:
    def test_are_said_with_the_one_that_was_taken(self, scharnier: Scharnier, pleinen: Path) -> None:
        outcome = scharnier("ask", NOISE, "--network", pleinen, "--place", " plein ")

        assert outcome.words().startswith(
            "Meer plekken heten hier “plein”. Dit gaat over Plein (Noord). We weten niet welke je bedoelt."
            ' Bedoel je een andere? Vraag opnieuw met --place "Plein (Zuid)"'
        )
        assert "Karel" in outcome.said

    def test_are_said_in_the_language_of_the_question(self, scharnier: Scharnier, pleinen: Path) -> None:
        outcome = scharnier("ask", IN_ENGLISH, "--network", pleinen, "--place", "plein", "--from", "karel")

        assert outcome.words().startswith(
            "Several places here are called “plein”. This is about Plein (Noord), because your organization"
            ' works there. Do you mean another? Ask again with --place "Plein (Zuid)"'
        )

    @pytest.mark.parametrize(
        ("asker", "reason"), [("karel", "near"), ("samira", "first"), ("mo", "first"), ("wil", "first")]
    )
    def test_stand_in_json_with_the_reason(
        self, scharnier: Scharnier, pleinen: Path, asker: str, reason: str
    ) -> None:
        outcome = scharnier("ask", NOISE, "--network", pleinen, "--place", "plein", "--from", asker, "--json")

        answer = outcome.lines()[0]
        assert answer["place"] == {"id": "plein-noord", "name": "Plein (Noord)"}
        assert answer["place_reason"] == reason
        assert answer["candidates"] == [
            {"id": "plein-noord", "name": "Plein (Noord)"},
            {"id": "plein-zuid", "name": "Plein (Zuid)"},
        ]

    @pytest.mark.parametrize("place", ["Plein (Zuid)", "plein, zuid", "plein-zuid"])
    def test_are_settled_by_saying_which(self, scharnier: Scharnier, pleinen: Path, place: str) -> None:
        plain = scharnier("ask", NOISE, "--network", pleinen, "--place", place)
        answer = scharnier("ask", NOISE, "--network", pleinen, "--place", place, "--json").lines()[0]

        assert "plekken" not in plain.said
        assert "Karel" not in plain.said
        assert (answer["place"]["id"], answer["place_reason"], answer["candidates"]) == (
            "plein-zuid",
            None,
            [],
        )

    def test_are_none_without_a_place(self, scharnier: Scharnier, pleinen: Path) -> None:
        answer = scharnier("ask", NOISE, "--network", pleinen, "--json").lines()[0]

        assert (answer["place"], answer["candidates"]) == (None, [])

    def test_show_names_with_brackets_as_they_are(self, scharnier: Scharnier, tmp_path: Path) -> None:
        whole = a_small_neighbourhood()
        streets = [an_area(f"s{part}", name="[bold]Plein", parent=part) for part in ("zuid", "noord")]
        path = tmp_path / "n.json"
        path.write_bytes(network_json.write_network(replace(whole, areas=(*whole.areas, *streets))))

        outcome = scharnier("ask", NOISE, "--network", path, "--place", "[bold]plein")

        assert "Dit gaat over [bold]Plein (Noord)" in outcome.words()
