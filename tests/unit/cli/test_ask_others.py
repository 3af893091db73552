# SPDX-License-Identifier: EUPL-1.2
"""Who else meets it, from a file of signals: a number, never a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from scharnier.cli import others
from scharnier.core.kernel import TopicId
from scharnier.core.signals import Others
from scharnier.formats import network_json, signals_csv
from tests.factories import a_network, a_topic, an_area, an_organization
from tests.unit.cli.conftest import Outcome, Scharnier

TODAY = date(2026, 3, 29)
LITTER = "Er ligt overal zwerfafval."
HEADINGS = "date,partner,lon,lat,topics"
RING = ((5.10, 52.08), (5.14, 52.08), (5.14, 52.10), (5.10, 52.10), (5.10, 52.08))
NORTH = replace(an_area("noord"), outline=((RING,),))
TOPICS = (a_topic("waste", nl="afval"), a_topic("litter", nl="zwerfafval", broader="waste"), a_topic("noise"))
NEAR, FAR = "5.1213,52.0907", "5.30,52.30"


def a_line(partner: str, *, place: str = NEAR, days_ago: int = 0, topics: str = "litter") -> str:
    return f"{TODAY - timedelta(days=days_ago)},{partner},{place},{topics}"


@pytest.fixture
def write(tmp_path: Path):
    def _write(*lines: str) -> Path:
        path = tmp_path / "signalen.csv"
        path.write_text("\n".join((HEADINGS, *lines)), encoding="utf-8")
        return path

    return _write


@pytest.fixture
def asking(scharnier: Scharnier, tmp_path: Path):
    """Ask a network of one area and one organization about litter."""
    desk = an_organization("buurtbeheer", remit="Wij ruimen zwerfafval op.", topics="litter")
    path = tmp_path / "noord.json"
    whole = a_network(areas=(NORTH, an_area("zuid")), organizations=(desk,), topics=TOPICS)
    path.write_bytes(network_json.write_network(whole))

    def _ask(*more: object) -> Outcome:
        return scharnier("ask", LITTER, "--network", path, *more)

    return _ask


def found(path: Path, *, topics: str = "litter", area=NORTH) -> Others:
    asked = others.Asked(topics=frozenset(map(TopicId, topics.split())), area=area, on=TODAY)
    return others.find(asked, path, areas=(NORTH,), topics=TOPICS)


class TestFind:
    def test_counts_each_partner_once_and_residents_together(self, write):
        lines = [a_line("school"), a_line("school"), a_line("politie"), *[a_line("bewoners")] * 5]

        assert found(write(*lines)) == Others(n_partners=2, has_residents=True)

    def test_tells_of_residents_from_five_on(self, write):
        assert not found(write(*[a_line("residents")] * 4)).has_residents

    @pytest.mark.parametrize(
        "line",
        [
            a_line("school", place=FAR),
            a_line("school", days_ago=40),
            a_line("school", days_ago=-3),
            a_line("school", topics="noise"),
            a_line("school", topics=""),
            a_line("school", topics="ufo"),
        ],
    )
    def test_leaves_out_what_is_elsewhere_another_time_or_matter(self, write, line):
        assert found(write(line)) == Others(n_partners=0, has_residents=False)

    @pytest.mark.parametrize("topics", ["zwerfafval", "Litter", "noise; zwerfafval", "waste", "afval"])
    def test_knows_a_topic_by_any_of_its_names(self, write, topics):
        assert found(write(a_line("school", topics=topics))).n_partners == 1

    def test_goes_by_the_area_where_no_middle_is_known(self, write):
        unmapped = replace(NORTH, outline=())

        assert found(write(a_line("school")), area=unmapped).n_partners == 1
        assert found(write(a_line("school", place=FAR)), area=unmapped).n_partners == 0

    @pytest.mark.parametrize(
        ("line", "error"),
        [
            ("gisteren,school,5.1,52.1,litter", signals_csv.NoDay),
            ("2026-03-01,school,999,52.1,litter", signals_csv.NoPlace),
            ("2026-03-01,,5.1,52.1,litter", signals_csv.EmptyField),
        ],
    )
    def test_names_the_line_that_cannot_be_read(self, write, line, error):
        with pytest.raises(error) as refused:
            found(write(a_line("school"), line))

        assert refused.value.facts["line"] == 3


class TestSay:
    @pytest.mark.parametrize(
        ("n_partners", "has_residents", "nl", "en"),
        [
            (0, False, "Niemand anders", "Nobody else"),
            (0, True, "Bewoners komen", "Residents meet"),
            (1, False, "Eén andere partner komt", "One other partner meets"),
            (3, True, "3 andere partners komen", "3 other partners meet"),
        ],
    )
    def test_says_how_many_in_one_sentence(self, n_partners, has_residents, nl, en):
        value = Others(n_partners=n_partners, has_residents=has_residents)
        dutch, english = others.say(value, language="nl"), others.say(value, language="en")

        assert dutch.startswith(nl)
        assert english.startswith(en)
        assert dutch.endswith(".")
        assert ("bewoners" in dutch.lower()) is has_residents


class TestAsk:
    def test_says_it_after_the_answer(self, asking, write):
        path = write(a_line("school", days_ago=9000))  # long ago, whatever day it is

        outcome = asking("--place", "noord", "--signals", path)

        assert outcome.code == 0
        assert outcome.words().endswith("Niemand anders gaf hier de laatste tijd zoiets door.")
        assert "school" not in outcome.said

    def test_says_the_same_in_json(self, asking, write):
        answer = asking("--place", "noord", "--signals", write(a_line("school")), "--json").lines()[0]

        assert set(answer["others"]) == {"n_partners", "has_residents", "said"}

    @pytest.mark.parametrize("words", [(), ("--place", "noord")], ids=["nothing", "a place"])
    def test_holds_nothing_without_a_file(self, asking, words):
        assert asking(*words, "--json").lines()[0]["others"] is None

    def test_asks_for_a_place(self, asking, write):
        outcome = asking("--signals", write(a_line("school")))

        assert outcome.code == 2
        assert "--signals needs --place" in outcome.complaint

    def test_says_what_is_wrong_with_the_file(self, asking, write):
        outcome = asking("--place", "noord", "--signals", write("gisteren,school,5.1,52.1,litter"))

        assert outcome.code == 1
        assert "2" in outcome.complaint
