# SPDX-License-Identifier: EUPL-1.2
"""Bad files and numbers that are none: one sentence in the language of the terminal, and no broken JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Scharnier

TODAY = date(2026, 3, 10)
HEADINGS = "date,partner,x,y\n"
LINES = "".join(
    f"{TODAY - timedelta(days=ago)},{partner},{x},1000\n"
    for ago, partner, x in (
        (63, "police", 1000),
        (62, "school", 1000),
        (61, "school", 1900),
        (4, "school", 1900),
        (3, "school", 1000),
        (3, "police", 1050),
    )
)
GIVEN = (HEADINGS + LINES).encode()
SCAN = ("scan", "-", "--today", TODAY, "--replicates", 19)
KNOX = ("knox", "-", "--replicates", 19)
PERIODS = ("--from", "2026-03-02", "--to", "2026-03-08", "--found-from", "2026-02-01")
BASELINE = ("--baseline-from", "2026-01-05")
CIRCLE = ("--center", 1000, 1000, "--radius-m", 100)
EVALUATE = ("evaluate", "-", *CIRCLE, *PERIODS, *BASELINE)
COMMANDS = (SCAN, KNOX, EVALUATE)
LOCALES = {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}

BAD_FILES = [
    (b"", "Op regel 1 staat geen kolom", "Line 1 has no column"),
    (HEADINGS.encode(), "Onder de kopregel staan geen signalen.", "There are no signals under the line"),
    (b"\x1f\x8bno", "Dit ingepakte bestand (.gz) is beschadigd", "This packed file (.gz) is damaged"),
    (b"PK\x03\x04\xff\xfe", "Regel 1 is geen UTF-8.", "Line 1 is not UTF-8."),
    (
        b'date,partner,x,y\n"2026-03-01,police,1,2\n',
        "is geen CSV: kijk of een aanhalingsteken ontbreekt.",
        "is not CSV: see whether a quotation mark is missing.",
    ),
    (
        b"date,partner,x,y\nlast week,police,1,2\n",
        "Regel 2: \u2018last week\u2019 in de kolom \u2018date\u2019 is geen dag.",
        "Line 2: \u2018last week\u2019 in the column \u2018date\u2019 is not a day.",
    ),
    (
        b"date,partner,x,y\n2026-03-01,police,here,2\n",
        "Regel 2: \u2018here\u2019 in de kolom \u2018x\u2019 is geen plek op de kaart",
        "Line 2: \u2018here\u2019 in the column \u2018x\u2019 is not a place on the map",
    ),
    (
        b"date,partner,x,y\n2026-03-01,police,1,\n",
        "Regel 2: de kolom \u2018y\u2019 is leeg.",
        "Line 2: the column \u2018y\u2019 is empty.",
    ),
    (
        b"date,partner,lon,lat\n2026-03-01,police,5.1,152\n",
        "Regel 2: \u2018152\u2019 in de kolom \u2018lat\u2019 is geen plek op de kaart",
        "Line 2: \u2018152\u2019 in the column \u2018lat\u2019 is not a place on the map",
    ),
    (
        b"date,partner,street\n2026-03-01,police,Plein\n",
        "Op regel 1 staan geen kolommen x en y (meters) of lon en lat (graden).",
        "Line 1 has no columns x and y (metres) or lon and lat (degrees).",
    ),
]
CASES = [
    (given, sentence, LOCALES[language])
    for given, nl, en in BAD_FILES
    for language, sentence in (("nl", nl), ("en", en))
]


def refuse_constant(name: str) -> None:
    message = f"{name} is no JSON"
    raise AssertionError(message)


class TestBadFiles:
    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("words", COMMANDS, ids=["scan", "knox", "evaluate"])
    def test_are_told_in_one_sentence(
        self,
        scharnier: Scharnier,
        monkeypatch: pytest.MonkeyPatch,
        case: tuple[bytes, str, str],
        words: tuple[object, ...],
    ) -> None:
        given, sentence, locale = case
        monkeypatch.setenv("LC_ALL", locale)

        done = scharnier("situations", *words, "--json", given=given)

        assert (done.code, done.said) == (1, "")
        assert sentence in done.complaint
        assert done.complaint.startswith("scharnier: ")
        assert done.complaint.count("\n") == 1

    @pytest.mark.parametrize("words", COMMANDS, ids=["scan", "knox", "evaluate"])
    def test_are_a_wrong_use_when_they_are_not_there(
        self, scharnier: Scharnier, tmp_path: Path, words: tuple[object, ...]
    ) -> None:
        done = scharnier("situations", words[0], tmp_path / "gone.csv", *words[2:])

        assert (done.code, done.said) == (2, "")
        assert "gone.csv" in done.complaint


class TestNumbers:
    @pytest.mark.parametrize("number", ["inf", "nan", "-inf", "-1", "0", "ten"])
    @pytest.mark.parametrize(
        ("words", "option"),
        [
            (SCAN, "--max-radius-m"),
            (SCAN, "--every-days"),
            (("evaluate", "-", "--center", 1000, 1000, *PERIODS), "--radius-m"),
            (EVALUATE, "--ring-m"),
        ],
    )
    def test_are_above_nought_and_finite(
        self, scharnier: Scharnier, words: tuple[object, ...], option: str, number: str
    ) -> None:
        done = scharnier("situations", *words, option, number, "--json", given=GIVEN)

        assert (done.code, done.said) == (2, "")
        assert f"Invalid value for '{option}'" in done.complaint

    @pytest.mark.parametrize("language", LOCALES)
    @pytest.mark.parametrize("ends", [("inf",), ("nan",), (-1,), (10, "inf"), (10, 5), (10, 10)])
    def test_are_bands_that_end_ever_further(
        self,
        scharnier: Scharnier,
        monkeypatch: pytest.MonkeyPatch,
        ends: tuple[object, ...],
        language: str,
    ) -> None:
        monkeypatch.setenv("LC_ALL", LOCALES[language])
        bands = [word for end in ends for word in ("--distance-m", end)]

        done = scharnier("situations", *KNOX, *bands, "--json", given=GIVEN)

        assert (done.code, done.said) == (1, "")
        assert {"nl": "van klein naar groot", "en": "from small to large"}[language] in done.complaint


class TestDays:
    @pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
    @pytest.mark.parametrize("option", ["--from", "--to", "--found-from", "--baseline-from"])
    def test_of_an_evaluation_are_days_that_anybody_can_mean(
        self, scharnier: Scharnier, option: str, day: str
    ) -> None:
        done = scharnier("situations", *EVALUATE, option, day, "--json", given=GIVEN)

        assert (done.code, done.said) == (2, "")
        assert "does not lie between 1900 and 2200" in done.complaint

    @pytest.mark.parametrize("day", ["0001-01-10", "9999-12-31", "2026-02-30", "10-03-2026", "today"])
    def test_of_a_scan_are_too(self, scharnier: Scharnier, day: str) -> None:
        done = scharnier("situations", "scan", "-", "--today", day, "--json", given=GIVEN)

        assert (done.code, done.said) == (2, "")
        assert "Invalid value for '--today'" in done.complaint

    @pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
    def test_on_the_edge_end_in_an_answer_or_a_sentence(self, scharnier: Scharnier, day: str) -> None:
        words = ("evaluate", "-", *CIRCLE, "--from", day, "--to", day, "--found-from", day)

        done = scharnier("situations", *words, given=GIVEN)

        assert (done.code, done.said) == (1, "")
        assert "whole weeks" in done.complaint


class TestJson:
    @pytest.mark.parametrize("words", COMMANDS, ids=["scan", "knox", "evaluate"])
    def test_is_json_as_every_program_reads_it(self, scharnier: Scharnier, words: tuple[object, ...]) -> None:
        done = scharnier("situations", *words, "--json", given=GIVEN)

        assert (done.code, done.complaint) == (0, "")
        (line,) = done.said.splitlines()
        assert isinstance(json.loads(line, parse_constant=refuse_constant), dict)

    @pytest.mark.parametrize("words", COMMANDS, ids=["scan", "knox", "evaluate"])
    def test_holds_how_long_it_took_and_else_the_same_every_time(
        self, scharnier: Scharnier, words: tuple[object, ...]
    ) -> None:
        one, other = (scharnier("situations", *words, "--json", given=GIVEN).lines()[0] for _ in range(2))

        assert one.pop("cpu_seconds") >= 0
        assert other.pop("cpu_seconds") >= 0
        assert one == other

    @pytest.mark.parametrize("words", COMMANDS, ids=["scan", "knox", "evaluate"])
    def test_does_not_depend_on_the_order_of_lines(
        self, scharnier: Scharnier, words: tuple[object, ...]
    ) -> None:
        turned = (HEADINGS + "\n".join(LINES.splitlines()[::-1])).encode()

        one, other = (
            scharnier("situations", *words, "--json", given=given).lines()[0] for given in (GIVEN, turned)
        )

        assert one | {"cpu_seconds": 0} == other | {"cpu_seconds": 0}

    def test_is_the_same_in_every_language(
        self, scharnier: Scharnier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = []
        for locale in LOCALES.values():
            monkeypatch.setenv("LC_ALL", locale)
            found.append(scharnier("situations", *EVALUATE, "--json", given=GIVEN).lines()[0])

        assert found[0] | {"cpu_seconds": 0} == found[1] | {"cpu_seconds": 0}
