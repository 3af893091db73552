# SPDX-License-Identifier: EUPL-1.2
"""Asking who else meets it, with files as they come: days that are none, names in capitals, bad lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scharnier.cli import clock
from scharnier.core.kernel import TopicId
from scharnier.core.signals import Others
from scharnier.formats import network_json
from tests.factories import a_network, a_topic, an_area, an_organization
from tests.unit.cli.conftest import Outcome, Scharnier

HEADINGS = "date,partner,lon,lat,topics"
RING = ((5.10, 52.08), (5.14, 52.08), (5.14, 52.10), (5.10, 52.10), (5.10, 52.08))
QUESTIONS = {"nl": "Er ligt overal zwerfafval.", "en": "There is litter everywhere in the street."}
LOCALES = {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}
GOOD = "2026-03-01,school,5.1213,52.0907,litter"
BAD = [
    (
        "31-02-2026,school,5.12,52.09,litter",
        "\u201831-02-2026\u2019 in de kolom \u2018date\u2019 is geen dag.",
        "\u201831-02-2026\u2019 in the column \u2018date\u2019 is not a day.",
    ),
    (
        "2026-03-01,,5.12,52.09,litter",
        "de kolom \u2018partner\u2019 is leeg.",
        "the column \u2018partner\u2019 is empty.",
    ),
    (
        "2026-03-01,school,52.09,255.12,litter",
        "\u2018255.12\u2019 in de kolom \u2018lat\u2019 is geen plek op de kaart",
        "\u2018255.12\u2019 in the column \u2018lat\u2019 is not a place on the map",
    ),
    (
        "2026-03-01,school,five,52.09,litter",
        "\u2018five\u2019 in de kolom \u2018lon\u2019 is geen plek op de kaart",
        "\u2018five\u2019 in the column \u2018lon\u2019 is not a place on the map",
    ),
]
CASES = [
    (line, sentence, LOCALES[language])
    for line, nl, en in BAD
    for language, sentence in (("nl", nl), ("en", en))
]


@pytest.fixture
def asking(scharnier: Scharnier, tmp_path: Path):
    """Ask a network of one area about litter, with a file of these lines."""
    north = replace(an_area("noord"), outline=((RING,),))
    desk = an_organization("buurtbeheer", remit="Wij ruimen zwerfafval op.", topics="litter")
    topics = (a_topic("waste", nl="afval"), a_topic("litter", nl="zwerfafval", broader="waste"))
    network_path, signals_path = tmp_path / "noord.json", tmp_path / "signalen.csv"
    whole = a_network(areas=(north,), organizations=(desk,), topics=topics)
    network_path.write_bytes(network_json.write_network(whole))

    def _ask(*lines: str, words: str = QUESTIONS["nl"], heading: str = HEADINGS) -> Outcome:
        signals_path.write_text("\n".join((heading, *lines)), encoding="utf-8")
        return scharnier(
            "ask", words, "--network", network_path, "--place", "noord", "--signals", signals_path, "--json"
        )

    return _ask


class TestAsk:
    @pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
    def test_names_the_line_in_the_language_of_the_terminal(self, asking, monkeypatch, case):
        line, sentence, locale = case
        monkeypatch.setenv("LC_ALL", locale)

        outcome = asking(GOOD, line)

        assert (outcome.code, outcome.said) == (1, "")
        assert sentence in outcome.complaint
        assert "egel 3: " in outcome.complaint or "Line 3: " in outcome.complaint
        assert outcome.complaint.count("\n") == 1

    @pytest.mark.parametrize("missing", ["date", "partner", "lon", "lat", "topics"])
    def test_names_a_column_that_is_missing(self, asking, missing):
        outcome = asking(GOOD, heading=HEADINGS.replace(missing, "other"))

        assert (outcome.code, outcome.said) == (1, "")
        assert f"\u2018{missing}\u2019" in outcome.complaint

    @pytest.mark.parametrize("day", ["9999-12-31", "9998-06-01", "0001-01-01", "1900-01-01"])
    def test_leaves_out_days_that_stand_for_none(self, asking, day):
        answer = asking(f"{day},school,5.1213,52.0907,litter").lines()[0]

        assert answer["others"]["n_partners"] == 0

    @pytest.mark.parametrize(("language", "nobody"), [("nl", "Niemand anders"), ("en", "Nobody else")])
    def test_answers_in_the_language_of_the_question(self, asking, language, nobody):
        outcome = asking("1990-01-01,school,5.1213,52.0907,litter", words=QUESTIONS[language])

        assert outcome.lines()[0]["others"]["said"].startswith(nobody)

    @pytest.mark.parametrize("name", ["bewoners", "Bewoners", "RESIDENTS"])
    def test_tells_of_no_resident_by_any_name_as_a_partner(self, asking, name):
        lately = clock.today() - timedelta(days=1)
        answer = asking(*[f"{lately},{name},5.1213,52.0907,litter"] * 4).lines()[0]

        assert answer["others"]["n_partners"] == 0
        assert answer["others"]["has_residents"] is False

    def test_names_no_partner_anywhere_in_its_answer(self, asking):
        lately = clock.today() - timedelta(days=1)
        outcome = asking(*(f"{lately},{name},5.1213,52.0907,litter" for name in ("geheim", "stil", "stil")))

        assert outcome.code == 0
        assert "geheim" not in outcome.said
        assert "stil" not in outcome.said

    def test_keeps_to_the_shape_of_others(self, asking):
        answer = asking(GOOD).lines()[0]["others"]

        assert set(answer) == {*Others.__dataclass_fields__, "said"}
        assert TopicId("litter") not in answer["said"]
