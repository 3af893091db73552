# SPDX-License-Identifier: EUPL-1.2
"""Files of signals as people give them to `ask` and to `situations evaluate`: read, or said why not."""

from __future__ import annotations

import gzip
import json
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
HEADINGS = "date,partner,lon,lat,topics"
RING = ((5.10, 52.08), (5.14, 52.08), (5.14, 52.10), (5.10, 52.10), (5.10, 52.08))
NORTH = replace(an_area("noord"), outline=((RING,),))
TOPICS = (a_topic("waste", nl="afval"), a_topic("litter", nl="zwerfafval", broader="waste"), a_topic("noise"))
SCHOOL, POLICE = "2026-03-28,school,5.1213,52.0907,litter", "2026-03-20,politie,5.1213,52.0907,litter"
LANGUAGES = {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}
BAD_FILES = [
    (b"", signals_csv.NoSuchColumn),
    (b"date,partner,lon,topics\n2026-03-01,school,5.1,litter", signals_csv.NoSuchColumn),
    (HEADINGS.encode(), signals_csv.NoSignals),
    (f"{HEADINGS}\n,,,,\n".encode(), signals_csv.NoSignals),
    (f"{HEADINGS}\n31-02-2026,school,5.1,52.1,litter".encode(), signals_csv.NoDay),
    (f"{HEADINGS}\n,school,5.1,52.1,litter".encode(), signals_csv.EmptyField),
    (f"{HEADINGS}\n2026-03-01,,5.1,52.1,litter".encode(), signals_csv.EmptyField),
    (f"{HEADINGS}\n2026-03-01,school,,52.1,litter".encode(), signals_csv.EmptyField),
    (f"{HEADINGS}\n2026-03-01,school,oost,52.1,litter".encode(), signals_csv.NoPlace),
    (f"{HEADINGS}\n2026-03-01,school,181,52.1,litter".encode(), signals_csv.NoPlace),
    (f"{HEADINGS}\n2026-03-01,school,5.1,91,litter".encode(), signals_csv.NoPlace),
    (f"{HEADINGS}\n2026-03-01,school,nan,52.1,litter".encode(), signals_csv.NoPlace),
    (f"date,partner,lon,lat\n{SCHOOL}".encode(), signals_csv.NoSuchColumn),
    (f"partner,lon,lat,topics\n{SCHOOL}".encode(), signals_csv.NoSuchColumn),
    (f"date,lon,lat,topics\n{SCHOOL}".encode(), signals_csv.NoSuchColumn),
    (f"{HEADINGS}\n2026-03-01,Café,5.1,52.1,litter".encode("latin-1"), signals_csv.SignalsNotUtf8),
    (gzip.compress(f"{HEADINGS}\n{SCHOOL}".encode())[:-9], signals_csv.DamagedGzip),
    (b"\x1f\x8bkapot", signals_csv.DamagedGzip),
]


@pytest.fixture
def write(tmp_path: Path):
    def _write(data: bytes, *, name: str = "signalen.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return _write


@pytest.fixture
def asking(scharnier: Scharnier, tmp_path: Path):
    desk = an_organization("buurtbeheer", remit="Wij ruimen zwerfafval op.", topics="litter")
    path = tmp_path / "noord.json"
    path.write_bytes(
        network_json.write_network(a_network(areas=(NORTH,), organizations=(desk,), topics=TOPICS))
    )

    def _ask(*more: object) -> Outcome:
        return scharnier("ask", "Er ligt overal zwerfafval.", "--network", path, "--place", "noord", *more)

    return _ask


def found(path: Path, *, on: date = TODAY, topics: str = "litter") -> Others:
    asked = others.Asked(topics=frozenset(map(TopicId, topics.split())), area=NORTH, on=on)
    answer = others.find(asked, path, areas=(NORTH,), topics=TOPICS)
    assert answer is not None
    return answer


def lines(*rows: str, end: str = "\n") -> bytes:
    return end.join((HEADINGS, *rows, "")).encode()


class TestFile:
    @pytest.mark.parametrize(
        "data",
        [
            lines(SCHOOL, POLICE),
            lines(SCHOOL, POLICE, end="\r\n"),
            b"\xef\xbb\xbf" + lines(SCHOOL, POLICE),
            lines(SCHOOL, "", ",,,,", POLICE),
            lines(SCHOOL, POLICE).rstrip(),
            gzip.compress(lines(SCHOOL, POLICE)),
            lines("28-3-2026,school,5.1213,52.0907,litter", "20/03/2026,politie,5.1213,52.0907,litter"),
            lines("2026-03-28T09:30,school,5.1213,52.0907,litter", POLICE),
            lines(*(f'{row[:-6]}" noise ; Zwerfafval "' for row in (SCHOOL, POLICE))),
        ],
        ids=["plain", "Windows", "mark", "gaps", "no end", "packed", "Dutch days", "times", "two topics"],
    )
    def test_is_read_as_people_save_it(self, write, data: bytes) -> None:
        assert found(write(data)) == Others(n_partners=2, has_residents=False)

    def test_may_have_its_columns_in_any_order_and_more_of_them(self, write) -> None:
        data = b"topics,lat,melder,lon,partner,date\nlitter,52.0907,Ria,5.1213,school,2026-03-28\n"

        assert found(write(data)).n_partners == 1

    @pytest.mark.parametrize("name", ["residents", "Residents", "BEWONERS", "bewoners"])
    def test_calls_residents_in_either_language(self, write, name: str) -> None:
        row = SCHOOL.replace("school", name)

        assert found(write(lines(*[row] * 5))) == Others(n_partners=0, has_residents=True)
        assert found(write(lines(*[row] * 4))) == Others(n_partners=0, has_residents=False)

    @pytest.mark.parametrize("days", [-400, -60, 60, 400, 4000])
    def test_tells_nothing_of_another_time(self, write, days: int) -> None:
        assert found(write(lines(SCHOOL)), on=TODAY + timedelta(days=days)).n_partners == 0

    @pytest.mark.parametrize(("data", "kind"), BAD_FILES, ids=lambda each: getattr(each, "__name__", ""))
    def test_that_cannot_be_read_is_refused(self, write, data: bytes, kind: type[Exception]) -> None:
        with pytest.raises(kind):
            found(write(data))

    def test_is_not_looked_into_without_an_area(self, write) -> None:
        asked = others.Asked(topics=frozenset({TopicId("litter")}), area=None, on=TODAY)

        assert others.find(asked, write(b"kapot"), areas=(NORTH,), topics=TOPICS) is None


class TestAsk:
    @pytest.mark.parametrize("locale", LANGUAGES.values())
    @pytest.mark.parametrize(("data", "kind"), BAD_FILES, ids=lambda each: getattr(each, "__name__", ""))
    def test_says_in_one_sentence_what_is_wrong_with_a_file(
        self, asking, write, monkeypatch: pytest.MonkeyPatch, data: bytes, kind: type, locale: str
    ) -> None:
        monkeypatch.setenv("LC_ALL", locale)

        outcome = asking("--signals", write(data), "--json")

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint.startswith("scharnier: ")
        assert outcome.complaint.count("\n") == 1
        assert "Traceback" not in outcome.complaint
        assert kind.__name__ not in outcome.complaint

    def test_says_it_in_the_language_of_the_terminal(
        self, asking, write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, said = write(HEADINGS.encode()), {}
        for language, locale in LANGUAGES.items():
            monkeypatch.setenv("LC_ALL", locale)
            said[language] = asking("--signals", path).complaint

        assert "geen signalen" in said["nl"]
        assert "no signals" in said["en"]

    @pytest.mark.parametrize("name", ["is er niet.csv", ""])
    def test_asks_for_a_file_that_is_there(self, asking, tmp_path: Path, name: str) -> None:
        outcome = asking("--signals", tmp_path / name)

        assert outcome.code == 2
        assert outcome.said == ""

    def test_never_says_who(self, asking, write) -> None:
        path = write(lines(SCHOOL, POLICE, SCHOOL.replace("school", "bewoners")))

        for more in ((), ("--json",)):
            outcome = asking("--signals", path, *more)
            assert outcome.code == 0
            assert [name for name in ("school", "politie") if name in outcome.said + outcome.complaint] == []


class TestEvaluate:
    DAYS = ("--from", "2026-05-04", "--to", "2026-05-31", "--found-from", "2026-03-02")
    CIRCLE = ("--center", 5.12, 52.09, "--radius-m", 500)

    @pytest.mark.parametrize("locale", LANGUAGES.values())
    @pytest.mark.parametrize(
        ("data", "kind"),
        [pair for pair in BAD_FILES if pair[1] is not signals_csv.NoSuchColumn],
        ids=lambda each: getattr(each, "__name__", ""),
    )
    def test_says_in_one_sentence_what_is_wrong_with_a_file(
        self, scharnier: Scharnier, monkeypatch: pytest.MonkeyPatch, data: bytes, kind: type, locale: str
    ) -> None:
        if kind is signals_csv.EmptyField and b",," in data.splitlines()[1]:
            data = data.replace(b"2026-03-01,,", b",school,")  # who met it does not matter here
        monkeypatch.setenv("LC_ALL", locale)

        outcome = scharnier("situations", "evaluate", "-", *self.CIRCLE, *self.DAYS, given=data)

        assert (outcome.code, outcome.said) == (1, "")
        assert outcome.complaint.startswith("scharnier: ")
        assert outcome.complaint.count("\n") == 1

    @pytest.mark.parametrize(
        ("zone", "said"),
        [
            (b"", "no GeoJSON"),
            (b'{"type": "Point", "coordinates": [5.12, 52.09]}', "no GeoJSON"),
            (b'{"type": "Polygon", "coordinates": [[[0,0],[1,1],[1,0],[0,1],[0,0]]]}', "crosses itself"),
            (b'{"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,1],[0,0]]]}', "Not one signal"),
        ],
        ids=["empty", "a point", "crossed", "elsewhere"],
    )
    @pytest.mark.parametrize("more", [(), ("--json",)])
    def test_says_what_is_wrong_with_a_zone(
        self, scharnier: Scharnier, write, zone: bytes, said: str, more: tuple[str, ...]
    ) -> None:
        path = write(zone, name="zone.geojson")

        outcome = scharnier(
            "situations", "evaluate", "-", "--zone", path, *self.DAYS, *more, given=lines(SCHOOL, POLICE)
        )

        assert (outcome.code, outcome.said) == (1, "")
        assert said in outcome.complaint

    @pytest.mark.parametrize(
        "words",
        [
            ("--radius-m", -5),
            ("--radius-m", "groot"),
            ("--ring-m", 0),
            ("--from", "4-5-2026"),
            ("--to", "2026-13-01"),
            ("--baseline-from", ""),
            ("--center", 5.12),
            ("--onbekend", 1),
        ],
        ids=str,
    )
    def test_says_which_word_it_does_not_take(self, scharnier: Scharnier, words: tuple[object, ...]) -> None:
        outcome = scharnier(
            "situations", "evaluate", "-", *self.CIRCLE, *self.DAYS, *words, given=lines(SCHOOL)
        )

        assert (outcome.code, outcome.said) == (2, "")
        assert str(words[0]) in outcome.complaint

    def test_tells_the_same_of_a_packed_file(self, scharnier: Scharnier) -> None:
        first = date(2026, 1, 5)
        days = [first + timedelta(days=number) for number in range(147)]
        data = lines(*(f"{day},school,{lon},52.09,litter" for day in days for lon in (5.12, 5.2)))

        answers = [
            scharnier("situations", "evaluate", "-", *self.CIRCLE, *self.DAYS, "--json", given=given).said
            for given in (data, gzip.compress(data))
        ]

        plain, packed = ({**json.loads(said), "cpu_seconds": 0} for said in answers)
        assert plain == packed
        assert plain["zone"] == {"before": [7] * 4, "after": [7] * 4}
        assert plain["rate_ratio"] == pytest.approx(1)
