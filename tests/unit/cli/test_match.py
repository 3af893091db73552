# SPDX-License-Identifier: EUPL-1.2
"""`scharnier referral match`: an answer for each line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scharnier.formats import network_json
from tests.factories import a_network, a_person, an_area
from tests.unit.cli.conftest import Scharnier


class TestMatch:
    def test_answers_each_line_of_a_file(self, scharnier: Scharnier, tmp_path: Path, small: Path) -> None:
        needs = tmp_path / "needs.txt"
        needs.write_text("Er is lawaai en ruzie.\n\nIk heb schulden.\n", encoding="utf-8")

        found = scharnier("referral", "match", needs, "--network", small, "--limit", "1").lines()

        assert [(each["line"], each["rank"], each["party"]["person_id"]) for each in found] == [
            (1, 1, "karel"),
            (3, 1, "samira"),
        ]

    def test_reads_standard_input_and_objects(self, scharnier: Scharnier, small: Path) -> None:
        need = {"text": "Er is lawaai en ruzie.", "place": "Boven het spoor", "from": "wil"}

        (found,) = scharnier(
            "referral", "match", "-", "--network", small, "--limit", "1", given=json.dumps(need).encode()
        ).lines()

        assert found["party"]["person_id"] == "karel"
        assert (found["mandate"]["cover"], found["way_in"]["entry"]) == ("here", "known")

    def test_keeps_to_these_keys(self, scharnier: Scharnier, small: Path) -> None:
        (found,) = scharnier("referral", "match", "-", "--network", small, given=b"Ik heb schulden.").lines()

        assert list(found) == [
            "line",
            "rank",
            "party",
            "score",
            "expertise",
            "mandate",
            "room",
            "way_in",
            "propensity",
        ]

    def test_takes_the_example_neighbourhood_without_a_network(self, scharnier: Scharnier) -> None:
        found = scharnier("referral", "match", "-", "--limit", "2", given=b"Ik heb schulden.").lines()

        assert [each["rank"] for each in found] == [1, 2]

    @pytest.mark.parametrize("given", [b"", b"\n \n\t\n", b"xylofoon\n"])
    def test_says_nothing_where_nobody_is_found(
        self, scharnier: Scharnier, small: Path, given: bytes
    ) -> None:
        outcome = scharnier("referral", "match", "-", "--network", small, given=given)

        assert (outcome.code, outcome.said, outcome.complaint) == (0, "", "")


class TestMatchRefuses:
    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            (b'{"text": 3}', "needs, line 3: the field"),
            (b"{oeps", "needs, line 3: this is not a JSON object."),
            (b"\xff\xfe", "needs, line 3: this is not UTF-8. Save the file as UTF-8."),
            (b"?!", "Line 3: There is nothing here yet."),
            (
                b"Bel 06-12345678.",
                "Line 3: Your text mentions a telephone number (06\N{HORIZONTAL ELLIPSIS}).",
            ),
            (b"je ne sais pas quoi faire avec mes dettes", "Line 3: This text is in neither Dutch nor"),
            (b"lawaai " * 1000, "Line 3: Your text has 6999 characters; there is room for 5000."),
            (b'{"text": "a", "place": "Oost"}', "Line 3: We know no place called Oost. Choose one"),
            (b'{"text": "a", "from": "niemand"}', "Line 3: We do not know niemand in this network."),
        ],
    )
    def test_a_line_by_its_number_after_answering_those_before(
        self, scharnier: Scharnier, small: Path, line: bytes, complaint: str
    ) -> None:
        given = b"Ik heb schulden.\n\n" + line + b"\nEr is lawaai.\n"

        outcome = scharnier("referral", "match", "-", "--network", small, given=given)

        assert outcome.code == 1
        assert {each["line"] for each in outcome.lines()} == {1}
        assert outcome.complaint.startswith(f"scharnier: {complaint}")

    def test_a_place_that_may_be_several(self, scharnier: Scharnier, tmp_path: Path) -> None:
        squares = [an_area(f"plein-{part}", name="Plein", parent=part) for part in ("noord", "zuid")]
        whole = a_network(
            areas=(an_area("noord"), an_area("zuid"), *squares), persons=(a_person(summary="Schulden."),)
        )
        path = tmp_path / "squares.json"
        path.write_bytes(network_json.write_network(whole))

        outcome = scharnier(
            "referral", "match", "-", "--network", path, given=b'{"text": "schulden", "place": "plein"}'
        )

        assert (outcome.code, outcome.said) == (1, "")
        assert "Write which one you mean: Plein (Noord), Plein (Zuid)." in outcome.complaint

    def test_in_dutch_on_a_dutch_terminal(
        self, scharnier: Scharnier, small: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")

        outcome = scharnier("referral", "match", "-", "--network", small, given=b"?!")

        assert outcome.complaint == (
            "scharnier: Regel 1: Er staat nog niets. Schrijf in een paar woorden wat er aan de hand is.\n"
        )

    @pytest.mark.parametrize("source", ["weg.txt", "."])
    def test_what_is_no_file(self, scharnier: Scharnier, tmp_path: Path, source: str) -> None:
        outcome = scharnier("referral", "match", tmp_path / source)

        assert (outcome.code, outcome.said) == (2, "")
        assert "NEEDS" in outcome.complaint
