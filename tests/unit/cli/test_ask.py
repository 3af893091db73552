# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scharnier.formats import network_json
from tests.factories import a_consent, a_network, a_person, an_organization
from tests.unit.cli.conftest import Outcome, Scharnier

DEBTS = "De deurwaarder dreigt met een brief, want ik heb schulden."
NOISE = "Er is elke nacht lawaai in de flat, en ruzie."
DUTCH = "nl_NL.UTF-8"
NOBODY = "We vinden hier niemand bij deze woorden. Zeg wat er gebeurt, waar en wanneer."


@pytest.fixture
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", DUTCH)


@pytest.fixture
def desks(tmp_path: Path) -> Path:
    """Six organizations for the same matter and one for another."""
    parties = [an_organization(f"loket-{letter}", remit="Helpt bij schulden.") for letter in "abcdef"]
    whole = a_network(organizations=(*parties, an_organization("tuin", remit="Wij spitten.")))
    path = tmp_path / "desks.json"
    path.write_bytes(network_json.write_network(whole))
    return path


def names(outcome: Outcome) -> list[str]:
    return [line["said"]["name"] for line in outcome.lines()[1:]]


class TestAnswer:
    def test_says_who_why_and_how_to_get_there_in_dutch(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", DEBTS, "--network", small)

        assert (outcome.code, outcome.complaint) == (0, "")
        assert "We lezen hierin: " in outcome.said
        assert "1 Samira (schuldhulpmaatje, Schuldhulp Kruisveld) kan dit oppakken, omdat" in outcome.words()
        assert "Je kunt zelf contact opnemen: hoe staat op de kaart." in outcome.words()
        assert "· Past bij dit aanbod: Spreekuur." in outcome.said
        assert "· Doet dit als schuldhulpmaatje bij Schuldhulp Kruisveld." in outcome.said
        assert "· Heeft nu weinig ruimte." in outcome.said

    def test_answers_in_the_language_of_the_question(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", "I have debts and the bailiff wrote to me", "--network", small)

        assert "We read in it: " in outcome.said
        assert "Samira (schuldhulpmaatje, Schuldhulp Kruisveld) can take this, because" in outcome.words()
        assert "· Has little room now." in outcome.said

    @pytest.mark.usefixtures("scharnier", "_dutch")
    def test_answers_in_english_on_a_dutch_terminal_too(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", "I have debts and the bailiff wrote to me", "--network", small)

        assert "can take this, because" in outcome.words()

    def test_keeps_lines_short_enough_to_read_on_a_wide_terminal(
        self, scharnier: Scharnier, small: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "300")

        outcome = scharnier("ask", DEBTS, "--network", small)

        assert max(map(len, outcome.said.splitlines())) <= 88

    def test_takes_the_example_neighbourhood_without_a_network(self, scharnier: Scharnier) -> None:
        outcome = scharnier("ask", DEBTS)

        assert outcome.code == 0
        assert "Geldloket" in outcome.said

    def test_proposes_to_ask_several_together_when_each_brings_something(
        self, scharnier: Scharnier, tmp_path: Path
    ) -> None:
        remits = {
            "geldloket": "Helpt bij schulden.",
            "buurtteam": "Helpt bij lawaai.",
            "tuin": "Wij spitten.",
        }
        parties = [an_organization(name, remit=remit) for name, remit in remits.items()]
        path = tmp_path / "n.json"
        path.write_bytes(network_json.write_network(a_network(organizations=parties)))

        outcome = scharnier("ask", "Er zijn schulden en er is lawaai", "--network", path)

        (line,) = (line for line in outcome.said.splitlines() if line.startswith("Vraag ze samen: "))
        assert {"Geldloket", "Buurtteam"} == set(line.removeprefix("Vraag ze samen: ")[:-1].split(", "))

    def test_has_no_colour_when_it_is_no_terminal(
        self, scharnier: Scharnier, small: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TERM", "xterm-256color")

        assert "\x1b" not in scharnier("ask", DEBTS, "--network", small).said

    def test_shows_names_with_brackets_as_they_are(self, scharnier: Scharnier, tmp_path: Path) -> None:
        person = a_person(name="Samira [bold]Z[/bold]", summary="Ik help bij schulden en deurwaarders.")
        path = tmp_path / "n.json"
        path.write_bytes(network_json.write_network(a_network(persons=(person,))))

        assert "Samira [bold]Z[/bold] kan dit oppakken" in scharnier("ask", DEBTS, "--network", path).said


class TestNobody:
    @pytest.mark.parametrize("words", ["xylofoon", "qwrtp zxcv", "!? 7"])
    def test_is_said_with_what_would_help(self, scharnier: Scharnier, small: Path, words: str) -> None:
        outcome = scharnier("ask", words, "--network", small)

        assert (outcome.code, outcome.said.strip()) == (0, NOBODY)

    def test_is_an_answer_without_suggestions_in_json(self, scharnier: Scharnier, small: Path) -> None:
        (answer,) = scharnier("ask", "xylofoon", "--network", small, "--json").lines()

        assert (answer["confidence"], answer["together"]) == ("none", [])


class TestJson:
    def test_gives_the_answer_and_then_a_line_for_each_party(self, scharnier: Scharnier, desks: Path) -> None:
        outcome = scharnier("ask", DEBTS, "--network", desks, "--json", "--limit", "3")

        assert [line["kind"] for line in outcome.lines()] == ["answer", *["suggestion"] * 3]
        assert outcome.complaint == ""

    def test_keeps_to_these_keys(self, scharnier: Scharnier, small: Path) -> None:
        answer, suggestion = scharnier("ask", DEBTS, "--network", small, "--json", "--limit", "1").lines()

        assert list(answer) == [
            *("kind", "language", "topics", "confidence", "together"),
            *("place", "place_reason", "candidates", "others"),
        ]
        assert list(suggestion) == [
            "kind",
            "party",
            "score",
            "expertise",
            "mandate",
            "room",
            "way_in",
            "propensity",
            "said",
        ]
        assert {
            part: list(suggestion[part]) for part in suggestion if isinstance(suggestion[part], dict)
        } == {
            "party": ["person_id", "organization_id", "community_id"],
            "expertise": ["score", "topics", "words", "service_ids", "n_similar"],
            "mandate": ["score", "organization_id", "role", "cover", "area_ids"],
            "room": [
                "score",
                "accepting",
                "until",
                "open_requests",
                "capacity",
                "n_days_since_active",
                "n_days_since_checked",
            ],
            "way_in": ["score", "entry", "introducers", "since"],
            "said": ["name", "capacity", "because", "reasons", "way_in"],
        }

    def test_holds_facts_and_the_sentences_about_them(self, scharnier: Scharnier, small: Path) -> None:
        answer, suggestion = scharnier("ask", DEBTS, "--network", small, "--json", "--limit", "1").lines()

        assert answer["language"] == "nl"
        assert "debts" in answer["topics"]
        assert suggestion["party"]["person_id"] == "samira"
        assert suggestion["expertise"]["service_ids"] == ["spreekuur"]
        assert suggestion["room"]["accepting"] == "limited"
        assert suggestion["said"]["capacity"] == "schuldhulpmaatje, Schuldhulp Kruisveld"
        assert suggestion["said"]["reasons"][-1] == "Heeft nu weinig ruimte."

    def test_writes_days_and_letters_as_they_are(self, scharnier: Scharnier) -> None:
        outcome = scharnier("ask", DEBTS, "--json")

        days = [line["room"]["until"] for line in outcome.lines()[1:] if line["room"]["until"]]
        assert all(day.startswith("2026-") for day in days)
        assert "\\u" not in outcome.said

    def test_gives_scores_that_multiply_and_fall(self, scharnier: Scharnier) -> None:
        suggestions = scharnier("ask", DEBTS, "--json").lines()[1:]

        for each in suggestions:
            parts = [each[part]["score"] for part in ("expertise", "mandate", "room", "way_in")]
            assert each["score"] == pytest.approx(parts[0] * parts[1] * parts[2] * parts[3])
        assert all(0 <= each["score"] <= 1 for each in suggestions)


class TestDay:
    def test_decides_whose_turn_it_is_of_equals_whenever_one_asks(
        self, scharnier: Scharnier, desks: Path
    ) -> None:
        def ask(day: str) -> list[str]:
            return names(scharnier("ask", DEBTS, "--network", desks, "--today", day, "--json"))

        days = [f"2026-03-{day:02}" for day in range(1, 9)]

        turns = [ask(day) for day in days]

        assert [ask(day) for day in days] == turns
        assert len(set(map(tuple, turns))) > 1

    @pytest.mark.parametrize("command", [("ask", DEBTS), ("referral", "match", "-")])
    def test_decides_what_still_holds(
        self, scharnier: Scharnier, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        samira = a_person("samira", summary="Helpt bij schulden.")
        for_a_while = replace(samira, consents=(a_consent(ends=date(2026, 3, 31)),))
        path = tmp_path / "network.json"
        whole = a_network(persons=(for_a_while, a_person("karel", summary="Helpt bij ruzie.")))
        path.write_bytes(network_json.write_network(whole))

        def ask(day: str) -> Outcome:
            return scharnier(*command, "--network", path, "--today", day, given=DEBTS.encode())

        assert "samira" in ask("2026-03-31").said.lower()
        assert "samira" not in ask("2026-04-01").said.lower()

    @pytest.mark.parametrize("day", ["31-03-2026", "2026-02-30", "gisteren", "0001-01-01"])
    def test_is_refused_when_it_is_none(self, scharnier: Scharnier, desks: Path, day: str) -> None:
        outcome = scharnier("ask", DEBTS, "--network", desks, "--today", day)

        assert (outcome.code, outcome.said) == (2, "")
        assert "--today" in outcome.complaint


class TestPlace:
    @pytest.mark.parametrize("place", ["noord", "Noord", " boven HET spoor "])
    def test_is_known_by_each_of_its_names(self, scharnier: Scharnier, small: Path, place: str) -> None:
        outcome = scharnier("ask", NOISE, "--network", small, "--place", place, "--json")

        assert "Karel" in names(outcome)
        assert outcome.lines()[1]["mandate"]["cover"] in {"here", "everywhere"}

    def test_leaves_out_whoever_does_not_work_there(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", NOISE, "--network", small, "--place", "zuid", "--json")

        assert "Karel" not in names(outcome)

    def test_is_refused_with_the_places_there_are(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", NOISE, "--network", small, "--place", "Oost")

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint == (
            "scharnier: We know no place called Oost. Choose one, such as: Wijk, Noord, Zuid.\n"
        )


class TestFrom:
    def test_starts_the_way_in_at_the_ties_of_the_asker(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", NOISE, "--network", small, "--from", "wil")

        assert "Jullie kennen elkaar." in outcome.words()

    def test_goes_through_the_front_door_for_a_stranger(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", NOISE, "--network", small, "--from", "mo")

        assert "Je komt binnen via Opbouwwerk." in outcome.words()

    def test_tells_you_when_it_is_you(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", NOISE, "--network", small, "--from", "karel")

        assert "dit kun je zelf oppakken" in outcome.words()

    def test_is_refused_when_nobody_is_called_so(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", NOISE, "--network", small, "--from", "niemand")

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint == (
            "scharnier: We do not know niemand in this network. Check the name, or ask without a sender.\n"
        )


class TestLimit:
    @pytest.mark.parametrize(("limit", "n_named"), [(1, 1), (2, 2), (50, 6)])
    def test_is_the_most_that_are_named(
        self, scharnier: Scharnier, desks: Path, limit: int, n_named: int
    ) -> None:
        outcome = scharnier("ask", DEBTS, "--network", desks, "--json", "--limit", limit)

        assert len(set(names(outcome))) == n_named

    def test_is_five_by_default(self, scharnier: Scharnier, desks: Path) -> None:
        assert len(names(scharnier("ask", DEBTS, "--network", desks, "--json"))) == 5

    @pytest.mark.parametrize("limit", ["0", "-1", "51", "veel", "1.5"])
    def test_lies_between_one_and_fifty(self, scharnier: Scharnier, small: Path, limit: str) -> None:
        outcome = scharnier("ask", DEBTS, "--network", small, f"--limit={limit}")

        assert (outcome.code, outcome.said) == (2, "")
        assert "--limit" in outcome.complaint
        assert limit in outcome.complaint


class TestNetwork:
    def test_has_to_be_there(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = scharnier("ask", DEBTS, "--network", tmp_path / "weg.json")

        assert outcome.code == 2
        assert "weg.json" in outcome.complaint

    def test_has_to_be_a_file(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = scharnier("ask", DEBTS, "--network", tmp_path)

        assert outcome.code == 2
        assert "is a directory" in outcome.complaint

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            (b"", "The file is not JSON, or not complete: it goes wrong at line 1."),
            (b'{\n"format": ', "The file is not JSON, or not complete: it goes wrong at line 2."),
            (b"\xff", "The file is not UTF-8: line 1 cannot be read. Save it as UTF-8."),
            (b"{}", 'This is not a network file: "format": "scharnier-network" is missing.'),
        ],
    )
    def test_has_to_be_a_network(
        self, scharnier: Scharnier, tmp_path: Path, data: bytes, complaint: str
    ) -> None:
        path = tmp_path / "n.json"
        path.write_bytes(data)

        outcome = scharnier("ask", DEBTS, "--network", path)

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint == f"scharnier: {complaint}\n"

    def test_has_to_hang_together(self, scharnier: Scharnier, small: Path) -> None:
        whole = json.loads(small.read_text(encoding="utf-8"))
        whole["network"]["ties"][0]["target_id"] = "carel"
        small.write_text(json.dumps(whole), encoding="utf-8")

        outcome = scharnier("ask", DEBTS, "--network", small)

        assert outcome.code == 1
        assert "ties[0].target_id" in outcome.complaint
        assert "Add it or correct the reference." in outcome.complaint

    def test_has_to_hold_somebody_to_ask(self, scharnier: Scharnier, tmp_path: Path) -> None:
        path = tmp_path / "n.json"
        path.write_bytes(network_json.write_network(a_network(persons=(a_person(purposes=()),))))

        outcome = scharnier("ask", DEBTS, "--network", path)

        assert outcome.code == 1
        assert "holds nobody to ask yet. Add people or organizations first." in outcome.complaint


@pytest.mark.usefixtures("scharnier", "_dutch")
class TestText:
    @pytest.mark.parametrize("words", ["", "   ", "?!", "\n"])
    def test_has_to_say_something(self, scharnier: Scharnier, small: Path, words: str) -> None:
        outcome = scharnier("ask", words, "--network", small)

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint == (
            "scharnier: Er staat nog niets. Schrijf in een paar woorden wat er aan de hand is.\n"
        )

    def test_is_not_read_from_standard_input(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", "-", "--network", small, given=DEBTS.encode())

        assert (outcome.code, outcome.said) == (1, "")

    def test_cannot_be_a_book(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", "schulden " * 12_000, "--network", small)

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint == (
            "scharnier: Je tekst heeft 108000 tekens; er passen er 5000."
            " Laat alleen staan wat er aan de hand is.\n"
        )

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("Mijn BSN is 123456782.", "een burgerservicenummer (12…)"),
            ("Bel me op 06-12345678.", "een telefoonnummer (06…)"),
            ("Mail naar sam@voorbeeld.nl.", "een e-mailadres (sa…)"),
            ("Bel 06-12345678, BSN 123456782.", "een telefoonnummer (06…), een burgerservicenummer (12…)"),
        ],
    )
    def test_cannot_point_at_one_person(
        self, scharnier: Scharnier, small: Path, words: str, found: str
    ) -> None:
        outcome = scharnier("ask", words, "--network", small)

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint == (
            f"scharnier: Je tekst noemt {found}. Daaraan is iemand te herkennen, en daarom nemen we de tekst"
            " niet aan. Haal dat weg en schrijf alleen wat er aan de hand is.\n"
        )

    @pytest.mark.parametrize(
        "words", ["я не знаю что делать", "je ne sais pas quoi faire avec mes dettes", "لا أعرف ماذا أفعل"]
    )
    def test_has_to_be_dutch_or_english(self, scharnier: Scharnier, small: Path, words: str) -> None:
        outcome = scharnier("ask", words, "--network", small)

        assert (outcome.code, outcome.said) == (1, "")
        assert "niet in het Nederlands of Engels" in outcome.complaint
        assert "vraag iemand om je te helpen" in outcome.complaint

    def test_is_asked_for(self, scharnier: Scharnier) -> None:
        outcome = scharnier("ask")

        assert (outcome.code, outcome.said) == (2, "")
        assert "TEXT" in outcome.complaint

    def test_can_begin_with_a_dash_after_two_dashes(self, scharnier: Scharnier, small: Path) -> None:
        outcome = scharnier("ask", "--network", small, "--", "- schulden en een deurwaarder")

        assert outcome.code == 0
        assert "Samira" in outcome.said
