# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from scharnier.core.detection import Sighting
from tests.unit.cli.conftest import Scharnier
from tests.unit.detection.scenes import TODAY, a_burst, some_sightings

WITH_A_BURST = [
    *some_sightings(3, n=240, n_places=16),
    *a_burst("police", 6),
    *a_burst("school", 6),
    *a_burst("youth work", 6),
]
QUICK = ("--today", TODAY, "--replicates", 99, "--max-radius-m", 250, "--max-days", 14)


def as_csv(sightings: list[Sighting], heading: str = "date,partner,x,y") -> bytes:
    rows = (f"{each.on},{each.partner},{each.x_m},{each.y_m}" for each in sightings)
    return "\n".join([heading, *rows, ""]).encode()


@pytest.fixture
def signals(tmp_path: Path) -> Path:
    """Signals with a burst that three partners share."""
    path = tmp_path / "signals.csv"
    path.write_bytes(as_csv(WITH_A_BURST))
    return path


class TestScan:
    def test_prints_one_object_of_the_promised_shape(self, scharnier: Scharnier, signals: Path) -> None:
        (found,) = scharnier("situations", "scan", signals, *QUICK, "--json").lines()

        assert list(found) == ["clusters", "null_maxima_quantiles", "cpu_seconds"]
        assert {tuple(cluster) for cluster in found["clusters"]} == {
            (
                "statistic",
                "llr",
                "p",
                "recurrence_weeks",
                "center",
                "radius_m",
                "from",
                "to",
                "observed",
                "expected",
                "locations",
            )
        }
        assert set(found["null_maxima_quantiles"]) == {"pooled", "joint", "shared"}
        assert set(found["null_maxima_quantiles"]["shared"]) == {"0.5", "0.9", "0.95", "0.99"}

    def test_finds_what_partners_share(self, scharnier: Scharnier, signals: Path) -> None:
        (found,) = scharnier("situations", "scan", signals, *QUICK, "--json").lines()

        shared = next(each for each in found["clusters"] if each["statistic"] == "shared")
        assert shared["p"] < 0.01
        assert shared["to"] == str(TODAY)
        assert [200.0, 200.0] in shared["locations"]
        assert set(shared["observed"]) == set(shared["expected"]) == {"police", "school", "youth work"}
        assert shared["recurrence_weeks"] == pytest.approx(1 / 7 / shared["p"])

    def test_takes_each_topic_of_a_partner_for_a_stream(self, scharnier: Scharnier, tmp_path: Path) -> None:
        """Of one partner with two topics no other is left, so that nothing is shared."""
        lines = as_csv(WITH_A_BURST).decode().splitlines()
        topics = ("topic", *("noise", "Noise ", "fire")[: len(lines)])
        rows = [f"{line},{topics[0] if not n else topics[1 + n % 3]}" for n, line in enumerate(lines)]
        path = tmp_path / "signals.csv"
        path.write_text("\n".join(row.replace("school", "police") for row in rows))

        one, several = (
            scharnier("situations", "scan", path, *QUICK, *more, "--json").lines()[0]
            for more in ((), ("--topic-column", "topic"))
        )

        joint = [
            next(each for each in found["clusters"] if each["statistic"] == "joint")
            for found in (one, several)
        ]
        assert joint[0]["llr"] != joint[1]["llr"]
        assert joint[1]["observed"].keys() == {"police", "youth work"}

    def test_says_the_same_for_the_same_seed(self, scharnier: Scharnier, signals: Path) -> None:
        one, again, other = (
            scharnier("situations", "scan", signals, *QUICK, "--seed", seed, "--json").lines()[0]
            for seed in (1, 1, 2)
        )

        assert {**one, "cpu_seconds": 0} == {**again, "cpu_seconds": 0}
        assert one["null_maxima_quantiles"] != other["null_maxima_quantiles"]

    def test_reads_what_is_packed_and_columns_by_other_names(
        self, scharnier: Scharnier, tmp_path: Path
    ) -> None:
        path = tmp_path / "meldingen.csv.gz"
        path.write_bytes(gzip.compress(as_csv(WITH_A_BURST, "dag,wie,oost,noord")))
        names = (
            "--date-column",
            "dag",
            "--stream-column",
            "wie",
            "--x-column",
            "oost",
            "--y-column",
            "noord",
        )

        done = scharnier("situations", "scan", path, *QUICK, *names, "--json")

        assert done.code == 0
        assert done.lines()[0]["clusters"]

    def test_reads_standard_input(self, scharnier: Scharnier) -> None:
        done = scharnier("situations", "scan", "-", *QUICK, "--json", given=as_csv(WITH_A_BURST))

        assert done.lines()[0]["clusters"]

    def test_writes_places_in_degrees_when_it_read_them(self, scharnier: Scharnier, tmp_path: Path) -> None:
        path = tmp_path / "degrees.csv"
        rows = (f"{each.on},police,{4.9 + each.x_m / 68e3:.6f},52.3" for each in WITH_A_BURST)
        path.write_text("\n".join(["date,partner,lon,lat", *rows]), encoding="utf-8")

        (found,) = scharnier("situations", "scan", path, *QUICK, "--json").lines()

        assert all(4.89 < cluster["center"][0] < 4.91 for cluster in found["clusters"])

    @pytest.mark.parametrize(
        ("locale", "words"),
        [
            ("en_GB.UTF-8", ("shared", "once in", "expected")),
            ("nl_NL.UTF-8", ("gedeeld", "eens in", "verwacht")),
        ],
    )
    def test_prints_a_table_in_the_language_of_the_terminal(
        self,
        scharnier: Scharnier,
        signals: Path,
        monkeypatch: pytest.MonkeyPatch,
        locale: str,
        words: tuple[str, ...],
    ) -> None:
        monkeypatch.setenv("LC_ALL", locale)

        said = scharnier("situations", "scan", signals, *QUICK, "--every-days", 7).words()

        assert [word for word in words if word not in said] == []

    def test_says_that_it_is_quiet(self, scharnier: Scharnier) -> None:
        done = scharnier(
            "situations", "scan", "-", *QUICK, given=b"date,partner,x,y\n2025-01-01,police,1,2\n"
        )

        assert done.said == "Nowhere was more seen than place and time explain.\n"

    def test_stops_when_told_to_or_never(self, scharnier: Scharnier) -> None:
        given = as_csv(some_sightings(4))
        few, all_of_them = (
            scharnier("situations", "scan", "-", *QUICK, "--stop-after", n, "--json", given=given).lines()[0]
            for n in (1, 0)
        )

        assert few["null_maxima_quantiles"] != all_of_them["null_maxima_quantiles"]

    @pytest.mark.parametrize(
        ("given", "complaint"),
        [
            (b"", "scharnier: Line 1 has no column"),
            (b"date,partner,x,y\n2026-03-31,police,1\n", "scharnier: Line 2: the column"),
            (b"date,partner,x,y\n2027-01-01,police,1,2\n", "scharnier: There are no signals up to and with"),
            (b"\x1f\x8bno", "scharnier: This packed file (.gz) is damaged"),
        ],
    )
    def test_says_in_a_sentence_what_is_wrong(
        self, scharnier: Scharnier, given: bytes, complaint: str
    ) -> None:
        done = scharnier("situations", "scan", "-", "--today", TODAY, "--json", given=given)

        assert (done.code, done.said) == (1, "")
        assert done.complaint.startswith(complaint)
        assert done.complaint.count("\n") == 1

    @pytest.mark.parametrize(
        "words",
        [
            ("--max-radius-m", 0),
            ("--max-days", 0),
            ("--replicates", 0),
            ("--today", "31-31-2026"),
            ("--seed", "x"),
        ],
    )
    def test_takes_no_option_that_cannot_be(
        self, scharnier: Scharnier, signals: Path, words: tuple[object, ...]
    ) -> None:
        assert scharnier("situations", "scan", signals, *words).code == 2


class TestKnox:
    def test_prints_the_bands(self, scharnier: Scharnier, signals: Path) -> None:
        words = ("--distance-m", 0, "--distance-m", 100, "--days", 3, "--replicates", 99)

        (found,) = scharnier("situations", "knox", signals, *words, "--json").lines()

        assert list(found) == ["bands", "n_events", "cpu_seconds"]
        assert found["n_events"] == len(WITH_A_BURST)
        assert [(band["from_m"], band["to_m"], band["to_days"]) for band in found["bands"]] == [
            (0, 0, 3),
            (0, 100, 3),
        ]
        assert found["bands"][0]["ratio"] > 1
        assert found["bands"][0]["p"] == 0.01

    @pytest.mark.parametrize(("locale", "word"), [("en_GB.UTF-8", "ratio"), ("nl_NL.UTF-8", "verhouding")])
    def test_prints_a_table(
        self,
        scharnier: Scharnier,
        signals: Path,
        monkeypatch: pytest.MonkeyPatch,
        locale: str,
        word: str,
    ) -> None:
        monkeypatch.setenv("LC_ALL", locale)

        assert word in scharnier("situations", "knox", signals, "--replicates", 9).said

    def test_prints_no_ratio_of_nothing(self, scharnier: Scharnier) -> None:
        given = b"date,x,y\n2026-03-01,1,2\n2026-03-01,900,2\n"

        done = scharnier("situations", "knox", "-", "--replicates", 9, "--json", given=given)

        assert {band["ratio"] for band in json.loads(done.said)["bands"]} == {None}

    def test_says_which_bands_it_wants(self, scharnier: Scharnier, signals: Path) -> None:
        done = scharnier("situations", "knox", signals, "--days", 9, "--days", 3)

        assert done.code == 1
        assert "from small to large" in done.complaint
