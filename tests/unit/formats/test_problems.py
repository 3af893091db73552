# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import date

import pytest

from scharnier.core import network, referral
from scharnier.formats import problems
from tests.factories import a_network, an_area

A_ROW: dict[str, object] = {
    "id": "K1",
    "date": "2026-03-29",
    "split": "train",
    "title": "Brief van de deurwaarder",
    "text": "Een bewoner heeft schulden.",
    "takers": ["schuldhulp"],
}
A_LINE_SEPARATOR = "\u2028"


def a_file(*rows: object) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def refusal(data: bytes) -> problems.MalformedProblems:
    with pytest.raises(problems.MalformedProblems) as raised:
        problems.read_problems(data, gold="takers")
    return raised.value


class TestReadPeople:
    @pytest.mark.parametrize(
        "data",
        [
            "id,naam\nsamira,Samira\nkarel,Karel\n",
            "naam,id\nSamira,samira\nKarel,karel\n",
            "\ufeffid\r\nsamira\r\nkarel\r\n",
            'id,over\nsamira,"schulden,\nbrieven"\nkarel,""\n',
            "id\nsamira\nkarel\nsamira\n",
        ],
        ids=["more columns", "another order", "byte order mark", "quotes", "somebody twice"],
    )
    def test_takes_the_column_id(self, data: str) -> None:
        assert problems.read_people(data.encode()) == {"samira", "karel"}

    def test_passes_over_rows_without_an_id(self) -> None:
        assert problems.read_people(b"naam,id\nSamira,samira\nKarel,\nMo\n\n") == {"samira"}

    @pytest.mark.parametrize("data", ["", "naam\nSamira\n", "ID\nsamira\n"])
    def test_refuses_a_file_without_that_column(self, data: str) -> None:
        with pytest.raises(problems.MalformedProblems) as raised:
            problems.read_people(data.encode())

        assert raised.value.facts == {"file": "people", "line": 1, "field": "id"}

    def test_names_the_line_that_is_not_utf_8(self) -> None:
        with pytest.raises(problems.LineNotUtf8) as raised:
            problems.read_people("id\nsamira\nrené\n".encode("latin-1"))

        assert raised.value.facts == {"file": "people", "line": 3}

    @pytest.mark.parametrize(
        "data", ['id\nsamira\n"karel\n', 'id\n"samira" en co\n'], ids=["left open", "in the middle"]
    )
    def test_refuses_a_stray_quotation_mark_rather_than_reading_two_rows_as_one(self, data: str) -> None:
        with pytest.raises(problems.LineNotCsv) as raised:
            problems.read_people(data.encode())

        assert raised.value.facts["file"] == "people"


class TestReadProblems:
    def test_reads_a_problem_with_who_took_it(self) -> None:
        (problem,) = problems.read_problems(a_file(A_ROW), gold="takers")

        assert problem == problems.Problem(
            id="K1",
            on=date(2026, 3, 29),
            split="train",
            title="Brief van de deurwaarder",
            text="Een bewoner heeft schulden.",
            takers=frozenset({"schuldhulp"}),
        )

    def test_takes_the_field_that_is_asked_for(self) -> None:
        row = A_ROW | {"gold_person": ["samira", "karel"]}

        (problem,) = problems.read_problems(a_file(row), gold="gold_person")

        assert problem.takers == {"samira", "karel"}

    @pytest.mark.parametrize(("lang", "language"), [("nl", "nl"), ("en", "en"), ("fr", None), (None, None)])
    def test_reads_the_language_where_it_is_one_of_ours(self, lang: object, language: str | None) -> None:
        (problem,) = problems.read_problems(a_file(A_ROW | {"lang": lang}), gold="takers")

        assert problem.language == language

    def test_keeps_problems_that_nobody_took(self) -> None:
        (problem,) = problems.read_problems(a_file(A_ROW | {"takers": []}), gold="takers")

        assert problem.takers == frozenset()

    def test_leaves_circulars_out_however_they_are(self) -> None:
        circular = {"circular": True}

        read = problems.read_problems(a_file(circular, A_ROW, A_ROW | circular), gold="takers")

        assert [problem.id for problem in read] == ["K1"]

    def test_passes_over_empty_lines_and_a_byte_order_mark(self) -> None:
        data = b"\xef\xbb\xbf\n  \n" + a_file(A_ROW) + b"\n\n"

        assert len(problems.read_problems(data, gold="takers")) == 1

    def test_reads_a_text_that_breaks_lines_in_its_own_way_as_one_line(self) -> None:
        row = A_ROW | {"text": f"Schulden.{A_LINE_SEPARATOR}En huur."}

        (problem,) = problems.read_problems(a_file(row), gold="takers")

        assert problem.text == f"Schulden.{A_LINE_SEPARATOR}En huur."

    def test_reads_a_file_of_another_system(self) -> None:
        data = a_file(A_ROW, A_ROW | {"id": "K2"}).replace(b"\n", b"\r\n")

        assert [problem.id for problem in problems.read_problems(data, gold="takers")] == ["K1", "K2"]

    def test_reads_nothing_as_no_problems(self) -> None:
        assert problems.read_problems(b"", gold="takers") == ()


class TestReadProblemsRefuses:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("id", 7),
            ("title", None),
            ("text", ["schulden"]),
            ("split", "dev"),
            ("split", None),
            ("date", "29-03-2026"),
            ("date", "2026-02-30"),
            ("date", None),
            ("takers", "schuldhulp"),
            ("takers", [1]),
            ("takers", None),
        ],
    )
    def test_a_field_by_line_and_name(self, field: str, value: object) -> None:
        error = refusal(a_file(A_ROW, A_ROW | {"id": "K2", field: value}))

        assert error.facts == {"file": "problems", "line": 2, "field": field}

    @pytest.mark.parametrize("field", ["id", "date", "split", "title", "text", "takers"])
    def test_a_field_that_is_not_there(self, field: str) -> None:
        row = {name: value for name, value in A_ROW.items() if name != field}

        assert refusal(a_file(row)).facts["field"] == field

    @pytest.mark.parametrize(
        "line",
        ["{", '{"id": "K2",}', '["K2"]', '"K2"', "3", "null", "een probleem", "[" * 100_000],
        ids=["cut short", "comma", "list", "text", "number", "null", "words", "endless depth"],
    )
    def test_a_line_that_is_no_object(self, line: str) -> None:
        error = refusal(a_file(A_ROW) + b"\n" + line.encode())

        assert (error.code, error.facts["line"]) == ("problems.line_not_json", 3)

    def test_a_problem_without_a_word(self) -> None:
        assert refusal(a_file(A_ROW | {"title": "", "text": " "})).facts["field"] == "text"

    def test_another_encoding(self) -> None:
        error = refusal(a_file(A_ROW) + '{"id": "één"}\n'.encode("latin-1"))

        assert (error.code, error.facts["line"]) == ("problems.line_not_utf8", 2)

    def test_two_problems_with_one_id_since_one_may_tell_the_other(self) -> None:
        error = refusal(a_file(A_ROW, A_ROW | {"id": "K2"}, A_ROW | {"split": "test"}))

        assert error.code == "problems.repeated_id"
        assert error.facts == {"file": "problems", "line": 3, "value": "K1"}


class TestReadNeed:
    INDEX = network.index_network(a_network(areas=(an_area("noord", alternate_names=("Boven het spoor",)),)))

    @pytest.mark.parametrize("line", [b"", b"\n", b"  \t \r\n", b"\xef\xbb\xbf\n"])
    def test_passes_over_an_empty_line(self, line: bytes) -> None:
        assert problems.read_need(line, self.INDEX, number=1) is None

    @pytest.mark.parametrize("line", ["Er is lawaai.\n", "  Er is lawaai. \r\n", "\ufeffEr is lawaai."])
    def test_takes_a_line_as_the_text(self, line: str) -> None:
        need = problems.read_need(line.encode(), self.INDEX, number=1)

        assert need is not None
        assert (need.text, need.area_id, need.asker_id) == ("Er is lawaai.", None, None)

    def test_takes_an_object_with_place_and_asker(self) -> None:
        line = a_file({"text": "Er is lawaai.", "place": "boven HET spoor", "from": "samira"})

        need = problems.read_need(line, self.INDEX, number=1)

        assert need is not None
        assert (need.text, need.area_id, need.asker_id) == ("Er is lawaai.", "noord", "samira")

    @pytest.mark.parametrize("nothing", ["", None])
    def test_takes_an_empty_place_or_asker_as_none(self, nothing: object) -> None:
        need = problems.read_need(
            a_file({"text": "a", "place": nothing, "from": nothing}), self.INDEX, number=1
        )

        assert need is not None
        assert (need.area_id, need.asker_id) == (None, None)

    def test_takes_a_line_that_merely_looks_like_json_as_words(self) -> None:
        need = problems.read_need(b'"Lawaai", zei hij', self.INDEX, number=1)

        assert need is not None
        assert need.text == '"Lawaai", zei hij'

    def test_refuses_a_place_that_is_not_there(self) -> None:
        with pytest.raises(network.UnknownPlace) as raised:
            problems.read_need(a_file({"text": "a", "place": "Zuid"}), self.INDEX, number=1)

        assert raised.value.facts == {"place": "Zuid", "known": ("Noord",)}

    def test_refuses_a_place_that_may_be_several_and_takes_it_when_it_says_which(self) -> None:
        squares = [an_area(f"plein-{part}", name="Plein", parent=part) for part in ("noord", "zuid")]
        index = network.index_network(a_network(areas=[an_area("noord"), an_area("zuid"), *squares]))

        with pytest.raises(referral.PlaceAmbiguous) as raised:
            problems.read_need(a_file({"text": "a", "place": "plein"}), index, number=1)
        need = problems.read_need(a_file({"text": "a", "place": "plein (zuid)"}), index, number=1)

        assert raised.value.facts["known"] == ("Plein (Noord)", "Plein (Zuid)")
        assert need is not None
        assert need.area_id == "plein-zuid"

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (b'{"tekst": "Er is lawaai."}', "problems.malformed"),
            (b'{"text": 3}', "problems.malformed"),
            (b"{lawaai}", "problems.line_not_json"),
            ("Er is één".encode("latin-1"), "problems.line_not_utf8"),
        ],
    )
    def test_refuses_what_it_cannot_read_by_its_line(self, line: bytes, code: str) -> None:
        with pytest.raises(problems.MalformedProblems) as raised:
            problems.read_need(line, self.INDEX, number=7)

        assert raised.value.code == code
        assert (raised.value.facts["file"], raised.value.facts["line"]) == ("needs", 7)
