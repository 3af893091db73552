# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Outcome, Scharnier

Row = Mapping[str, object]
MEASURES = {
    "n",
    "mrr",
    "ndcg_at_10",
    "precision_at_1",
    "recall_at_5",
    "mrr_interval",
    "fit_seconds",
    "query_ms_p50",
    "query_ms_p95",
}
WAYS = ("static", "learned", "learned_with_availability")
OF_THE_LOOP = {f"{way}_{what}" for way in WAYS for what in ("mean_asks", "mrr", "first_ask_share", "ms")}
PEOPLE = "id,naam\nschuldhulp,Schuldhulp\nreiniging,Reiniging\nopbouwwerk,Opbouwwerk\n"
TEXTS = {
    "schuldhulp": "De deurwaarder dreigt, want er zijn schulden en de huur is niet betaald.",
    "reiniging": "Er ligt zwerfafval in het park en de container zit vol.",
    "opbouwwerk": "Buren hebben ruzie over lawaai in de nacht.",
}
NOTHING = (
    "scharnier: There is nothing to measure: no problem of the test was taken up by someone with enough"
    " earlier problems.\n"
)


def a_row(number: int, taker: str, *, split: str = "train", **fields: object) -> dict[str, object]:
    return {
        "id": f"p{number}",
        "date": f"2026-01-{number % 28 + 1:02}",
        "split": split,
        "title": "Vraag van een bewoner",
        "text": TEXTS[taker],
        "takers": [taker],
        **fields,
    }


TRAIN = tuple(a_row(number, list(TEXTS)[number % 3]) for number in range(15))
TEST = tuple(a_row(number + 15, taker, split="test") for number, taker in enumerate(TEXTS))
ROWS: tuple[dict[str, Any], ...] = (*TRAIN, *TEST)


def in_lines(rows: Iterable[Row]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def evaluate(
    scharnier: Scharnier,
    folder: Path,
    *more: str,
    problems: bytes = in_lines(ROWS),
    people: bytes = PEOPLE.encode(),
    gold: str = "takers",
) -> Outcome:
    (folder / "people.csv").write_bytes(people)
    (folder / "problems.jsonl").write_bytes(problems)
    files = ("--people", folder / "people.csv", "--problems", folder / "problems.jsonl")
    return scharnier("referral", "evaluate", *files, "--gold", gold, *more)


def report(outcome: Outcome) -> dict[str, Any]:
    assert outcome.code == 0, outcome.complaint
    (line,) = outcome.lines()
    return line


class TestEvaluate:
    def test_measures_what_is_found_and_how_long_it_takes(self, scharnier: Scharnier, tmp_path: Path) -> None:
        found = report(evaluate(scharnier, tmp_path, "--json"))

        assert set(found) == MEASURES | {"n_candidates", "n_left_out"}
        assert (found["n"], found["n_candidates"], found["n_left_out"]) == (3, 3, 0)

    def test_finds_everyone_where_the_words_are_the_same(self, scharnier: Scharnier, tmp_path: Path) -> None:
        found = report(evaluate(scharnier, tmp_path, "--json"))

        assert [found[name] for name in ("mrr", "ndcg_at_10", "precision_at_1", "recall_at_5")] == [1.0] * 4
        assert found["mrr_interval"] == [1.0, 1.0]

    def test_takes_times_that_are_times(self, scharnier: Scharnier, tmp_path: Path) -> None:
        found = report(evaluate(scharnier, tmp_path, "--json"))

        assert found["fit_seconds"] >= 0
        assert 0 <= found["query_ms_p50"] <= found["query_ms_p95"]

    def test_says_the_same_whatever_the_order_of_the_rows(self, scharnier: Scharnier, tmp_path: Path) -> None:
        quality = MEASURES - {"fit_seconds", "query_ms_p50", "query_ms_p95"}

        reports = [
            report(evaluate(scharnier, tmp_path, "--json", problems=in_lines(rows)))
            for rows in (ROWS, ROWS[::-1])
        ]

        assert len({json.dumps([each[name] for name in sorted(quality)]) for each in reports}) == 1

    def test_measures_the_closed_loop_when_asked(self, scharnier: Scharnier, tmp_path: Path) -> None:
        found = report(evaluate(scharnier, tmp_path, "--json", "--loop"))

        assert set(found) == MEASURES | {"n_candidates", "n_left_out"} | OF_THE_LOOP
        for way in WAYS:
            assert [found[f"{way}_{what}"] for what in ("mean_asks", "mrr", "first_ask_share")] == [1.0] * 3

    def test_lays_the_ways_of_learning_side_by_side(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = evaluate(scharnier, tmp_path, "--loop")

        rows = [
            line.split() for line in outcome.said.splitlines() if line.strip().startswith(("way ", *WAYS))
        ]
        assert rows == [
            ["way", "asks", "mrr", "first", "ask", "ms"],
            *[[way, "1.00", "1.000", "1.000", row[-1]] for way, row in zip(WAYS, rows[1:], strict=True)],
        ]

    def test_can_ask_by_title_alone(self, scharnier: Scharnier, tmp_path: Path) -> None:
        whole = report(evaluate(scharnier, tmp_path, "--json"))
        by_title = report(evaluate(scharnier, tmp_path, "--json", "--text", "title"))

        assert by_title["mrr"] < whole["mrr"]

    def test_prints_a_table_for_people(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = evaluate(scharnier, tmp_path)

        rows = dict(line.split(maxsplit=1) for line in outcome.said.splitlines() if line.strip())
        assert (outcome.code, outcome.complaint) == (0, "")
        assert rows["measure"].strip() == "value"
        assert rows.keys() >= MEASURES
        assert rows["mrr"].strip() == "1.0"

    def test_leaves_out_who_took_too_few_and_counts_their_problems(
        self, scharnier: Scharnier, tmp_path: Path
    ) -> None:
        rows = [row for row in ROWS if row["split"] == "test" or row["takers"] != ["reiniging"]]

        found = report(evaluate(scharnier, tmp_path, "--json", problems=in_lines(rows)))

        assert (found["n"], found["n_candidates"], found["n_left_out"]) == (2, 2, 1)

    def test_leaves_out_who_is_not_among_the_people(self, scharnier: Scharnier, tmp_path: Path) -> None:
        found = report(evaluate(scharnier, tmp_path, "--json", people=b"id\nschuldhulp\nreiniging\n"))

        assert (found["n_candidates"], found["n_left_out"]) == (2, 1)

    @pytest.mark.parametrize(("at_least", "n_candidates"), [("1", 3), ("5", 3), ("6", 1)])
    def test_counts_as_candidates_who_took_enough(
        self, scharnier: Scharnier, tmp_path: Path, at_least: str, n_candidates: int
    ) -> None:
        rows = (*ROWS, a_row(40, "schuldhulp"))

        found = report(
            evaluate(scharnier, tmp_path, "--json", "--at-least", at_least, problems=in_lines(rows))
        )

        assert found["n_candidates"] == n_candidates

    @pytest.mark.parametrize("lang", [{"lang": "en"}, {}], ids=["as it says", "as it reads"])
    def test_reads_each_problem_in_its_own_language(
        self, scharnier: Scharnier, tmp_path: Path, lang: Row
    ) -> None:
        english = {
            "schuldhulp": "Somebody who is borrowing money cannot pay the rents.",
            "reiniging": "Rubbish bags are lying in the streets.",
            "opbouwwerk": "Neighbours who are arguing about loud parties.",
        }
        asked = {
            "schuldhulp": "He borrowed and does not pay his rent",
            "reiniging": "A bag of rubbish lies in the street",
            "opbouwwerk": "The neighbour argues about every party",
        }
        train = [{**row, "text": english[str(row["takers"][0])], **lang} for row in TRAIN]
        test = [{**row, "text": asked[str(row["takers"][0])], **lang} for row in TEST]

        said = report(evaluate(scharnier, tmp_path, "--json", problems=in_lines([*train, *test])))

        assert said["mrr"] == 1.0

    def test_leaves_circulars_out(self, scharnier: Scharnier, tmp_path: Path) -> None:
        circular = a_row(41, "schuldhulp", split="test", circular=True)

        found = report(evaluate(scharnier, tmp_path, "--json", problems=in_lines((*ROWS, circular))))

        assert found["n"] == 3


class TestEvaluateRefuses:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("takers", None), ("date", "31-01-2026"), ("split", "dev"), ("title", 3), ("text", None)],
    )
    def test_a_field_by_its_line_and_name(
        self, scharnier: Scharnier, tmp_path: Path, field: str, value: object
    ) -> None:
        rows = (*ROWS[:4], a_row(50, "schuldhulp", **{field: value}), *ROWS[4:])

        outcome = evaluate(scharnier, tmp_path, problems=in_lines(rows))

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint == (
            f"scharnier: problems, line 5: the field \N{LEFT SINGLE QUOTATION MARK}{field}"
            "\N{RIGHT SINGLE QUOTATION MARK} is missing or not right. Fill it in or correct it.\n"
        )

    def test_a_gold_field_that_is_absent(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = evaluate(scharnier, tmp_path, gold="gold_person")

        assert outcome.code == 1
        assert "problems, line 1: the field" in outcome.complaint
        assert "gold_person" in outcome.complaint

    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            (b"{oeps}", "problems, line 19: this is not a JSON object."),
            (b'["schulden"]', "problems, line 19: this is not a JSON object."),
            (b'{"id": "\xe9"}', "problems, line 19: this is not UTF-8. Save the file as UTF-8."),
            (json.dumps(ROWS[0]).encode(), "problems, line 19: the id"),
        ],
        ids=["no JSON", "a list", "another encoding", "an id twice"],
    )
    def test_a_line_by_its_number(
        self, scharnier: Scharnier, tmp_path: Path, line: bytes, complaint: str
    ) -> None:
        outcome = evaluate(scharnier, tmp_path, problems=in_lines(ROWS) + line)

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint.startswith(f"scharnier: {complaint}")

    @pytest.mark.parametrize(
        ("people", "complaint"),
        [
            (b"", "people, line 1: the field"),
            (b"naam\nSchuldhulp\n", "people, line 1: the field"),
            (b'id\n"schuldhulp\n', "people: a quotation mark is wrong near line "),
            (b"id\nschuldhulp\nren\xe9\n", "people, line 3: this is not UTF-8."),
        ],
        ids=["empty", "no column id", "open quotes", "another encoding"],
    )
    def test_a_file_of_people(
        self, scharnier: Scharnier, tmp_path: Path, people: bytes, complaint: str
    ) -> None:
        outcome = evaluate(scharnier, tmp_path, people=people)

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint.startswith(f"scharnier: {complaint}")

    @pytest.mark.parametrize(
        "rows", [(), TRAIN, TEST], ids=["an empty file", "no rows to test", "no rows to learn from"]
    )
    def test_to_measure_nothing(self, scharnier: Scharnier, tmp_path: Path, rows: tuple[Row, ...]) -> None:
        outcome = evaluate(scharnier, tmp_path, problems=in_lines(rows))

        assert (outcome.code, outcome.said, outcome.complaint) == (1, "", NOTHING)

    @pytest.mark.parametrize("missing", ["--people", "--problems", "--gold"])
    def test_to_guess_a_file(self, scharnier: Scharnier, tmp_path: Path, missing: str) -> None:
        (tmp_path / "file").touch()
        options = {"--people": tmp_path / "file", "--problems": tmp_path / "file", "--gold": "takers"}
        del options[missing]

        outcome = scharnier("referral", "evaluate", *(word for pair in options.items() for word in pair))

        assert (outcome.code, outcome.said) == (2, "")
        assert missing in outcome.complaint

    @pytest.mark.parametrize("more", [("--text", "summary"), ("--at-least", "veel"), ("--colour",)])
    def test_an_option_it_does_not_know(
        self, scharnier: Scharnier, tmp_path: Path, more: tuple[str, ...]
    ) -> None:
        outcome = evaluate(scharnier, tmp_path, *more)

        assert (outcome.code, outcome.said) == (2, "")
        assert more[0] in outcome.complaint
