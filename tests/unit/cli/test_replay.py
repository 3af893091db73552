# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scharnier.core.network import Network
from scharnier.formats import network_json
from tests.factories import a_network, an_organization
from tests.unit.cli.conftest import Outcome, Scharnier

DESK, YARD = "organization/desk", "organization/yard"
DUCKS = "Er lopen eenden op de weg bij de vijver."


def an_answer(party: str, day: int, response: str = "completed", **more: object) -> dict[str, object]:
    return {"party": party, "on": f"2026-03-{day:02}", "response": response, **more}


HISTORY: tuple[dict[str, Any], ...] = tuple(
    {
        "text": DUCKS,
        "asked": [
            an_answer(DESK, day, "declined", reason="not_my_remit", rather=YARD),
            an_answer(YARD, day),
        ],
    }
    for day in (1, 5, 9, 13)
)


def the_network(*, with_ducks: bool = False) -> Network:
    more = ", eenden op de weg bij de vijver" if with_ducks else ""
    return a_network(
        organizations=(
            an_organization("desk", remit="hulp bij schulden, vijver"),
            an_organization("yard", remit=f"onderhoud van groen{more}"),
        )
    )


def play(
    scharnier: Scharnier, folder: Path, *more: object, history: tuple[dict[str, Any], ...] | str = HISTORY
) -> Outcome:
    lines = history if isinstance(history, str) else "\n\n".join(map(json.dumps, history))
    (folder / "history.jsonl").write_text(lines)
    (folder / "network.json").write_bytes(network_json.write_network(the_network()))
    files = (folder / "history.jsonl", "--network", folder / "network.json")
    return scharnier("referral", "replay", *files, *more)


def ways(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.code == 0, outcome.complaint
    return outcome.lines()


class TestReplay:
    def test_learns_on_the_way(self, scharnier: Scharnier, tmp_path: Path) -> None:
        (usual,) = ways(play(scharnier, tmp_path, "--json"))

        assert usual == {
            "way": "as it is",
            "n": 4,
            "mean_asks": 1.5,
            "mrr": 0.75,
            "first_ask_share": 0.5,
            "n_left_out": 0,
        }

    def test_lays_a_change_beside_it(self, scharnier: Scharnier, tmp_path: Path) -> None:
        usual, changed = ways(play(scharnier, tmp_path, "--json", "--without", "learning"))

        assert (usual["mean_asks"], changed["mean_asks"]) == (1.5, 2.0)

    @pytest.mark.parametrize("change", [("--half-life", "3"), ("--without", "availability")])
    def test_tries_each_change(self, scharnier: Scharnier, tmp_path: Path, change: tuple[str, ...]) -> None:
        found = ways(play(scharnier, tmp_path, "--json", *change))

        assert [each["way"] for each in found] == ["as it is", "changed"]

    def test_takes_no_change_for_what_it_is(self, scharnier: Scharnier, tmp_path: Path) -> None:
        assert len(ways(play(scharnier, tmp_path, "--json", "--half-life", "30"))) == 1

    def test_tries_another_network(self, scharnier: Scharnier, tmp_path: Path) -> None:
        other = tmp_path / "other.json"
        other.write_bytes(network_json.write_network(the_network(with_ducks=True)))

        _, changed = ways(play(scharnier, tmp_path, "--json", "--against", other))

        assert changed["mean_asks"] == 1.0

    def test_leaves_out_what_no_candidate_took(self, scharnier: Scharnier, tmp_path: Path) -> None:
        stranger = {"text": DUCKS, "asked": [an_answer("person/ria", 20)]}

        (usual,) = ways(play(scharnier, tmp_path, "--json", history=(*HISTORY, stranger)))

        assert (usual["n"], usual["n_left_out"]) == (4, 1)

    def test_plays_the_days_in_order_whatever_the_file(self, scharnier: Scharnier, tmp_path: Path) -> None:
        one, other = (
            ways(play(scharnier, tmp_path, "--json", history=history)) for history in (HISTORY, HISTORY[::-1])
        )

        assert one == other

    def test_prints_a_table_for_people(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = play(scharnier, tmp_path, "--without", "learning")

        rows = [line.split() for line in outcome.said.splitlines()]
        assert rows[1:] == [
            ["as", "it", "is", "4", "1.50", "0.750", "0.500", "0"],
            ["changed", "4", "2.00", "0.500", "0.000", "0"],
        ]

    def test_has_nothing_to_say_of_nothing(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = play(scharnier, tmp_path, history=())

        assert (outcome.code, outcome.said) == (1, "")

    @pytest.mark.parametrize(
        ("line", "field"),
        [
            ({"asked": []}, "text"),
            ({"text": " ", "asked": []}, "text"),
            ({"text": DUCKS}, "asked"),
            ({"text": DUCKS, "asked": []}, "asked"),
            ({"text": DUCKS, "asked": ["desk"]}, "response"),
            ({"text": DUCKS, "asked": [an_answer("desk", 1)]}, "party"),
            ({"text": DUCKS, "asked": [an_answer(DESK, 1, "perhaps")]}, "response"),
            ({"text": DUCKS, "asked": [an_answer(DESK, 41)]}, "on"),
            ({"text": DUCKS, "asked": [an_answer(DESK, 1, "declined", reason="no_time")]}, "reason"),
            ({"text": DUCKS, "asked": [an_answer(DESK, 1, "declined", rather="yard")]}, "rather"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, scharnier: Scharnier, tmp_path: Path, line: dict[str, Any], field: str
    ) -> None:
        outcome = play(scharnier, tmp_path, history=json.dumps(line))

        assert outcome.code == 1
        assert outcome.complaint.startswith("scharnier: history, line 1: the field")
        assert field in outcome.complaint

    def test_refuses_a_line_that_is_no_object(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = play(scharnier, tmp_path, history="[]")

        assert outcome.complaint.startswith("scharnier: history, line 1: this is not a JSON object.")
