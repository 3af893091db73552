# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Scharnier

BEFORE, AFTER = date(2026, 1, 5), date(2026, 5, 4)
FOUND = date(2026, 3, 2)
DAYS = ("--from", AFTER, "--to", AFTER + timedelta(days=27), "--found-from", FOUND)
CIRCLE = ("--center", 1000, 1000, "--radius-m", 100)
COMPARED = ("--baseline-from", BEFORE)
SQUARE = [[[900, 900], [1100, 900], [1100, 1100], [900, 1100], [900, 900]]]


def seen(first: date, *, zone: int, ring: int, rest: int) -> Iterator[tuple[date, float, float]]:
    """So many signals each week of four, in the zone, around it and in the rest."""
    for week in range(4):
        for x, n in ((1000, zone), (1150, ring), (1900, rest)):
            yield from ((first + timedelta(weeks=week), x, 1000) for _ in range(n))


def as_csv(*found: Iterator[tuple[date, float, float]], heading: str = "date,x,y") -> bytes:
    rows = (f"{on},{x},{y}" for each in found for on, x, y in each)
    return "\n".join([heading, *rows, ""]).encode()


FELL = as_csv(seen(BEFORE, zone=10, ring=4, rest=20), seen(AFTER, zone=4, ring=5, rest=20))
ROSE = as_csv(seen(BEFORE, zone=4, ring=4, rest=20), seen(AFTER, zone=12, ring=4, rest=20))
SAME = as_csv(seen(BEFORE, zone=4, ring=4, rest=20), seen(AFTER, zone=4, ring=4, rest=20))


def geojson(path: Path, shape: object) -> Path:
    path.write_text(json.dumps(shape), encoding="utf-8")
    return path


class TestEvaluate:
    def test_prints_one_object_of_the_promised_shape(self, scharnier: Scharnier) -> None:
        words = ("situations", "evaluate", "-", *CIRCLE, *DAYS, *COMPARED, "--json")

        (found,) = scharnier(*words, given=FELL).lines()

        assert list(found) == [
            "rate_ratio",
            "low",
            "high",
            "overdispersion",
            "displacement",
            "zone",
            "ring",
            "control",
            "ring_m",
            "baseline",
            "after",
            "found_from",
            "cpu_seconds",
        ]
        assert found["rate_ratio"] == pytest.approx(0.4)
        assert found["low"] < 0.4 < found["high"]
        assert found["displacement"] == pytest.approx(-1 / 6)
        assert found["zone"] == {"before": [10] * 4, "after": [4] * 4}
        assert found["control"] == {"before": [20] * 4, "after": [20] * 4}
        assert found["baseline"] == {"from": "2026-01-05", "to": "2026-02-01"}
        assert (found["ring_m"], found["found_from"]) == (100.0, "2026-03-02")

    def test_takes_the_days_just_before_the_find_by_default(self, scharnier: Scharnier) -> None:
        done = scharnier("situations", "evaluate", "-", *CIRCLE, *DAYS, "--json", given=FELL)

        assert done.lines()[0]["baseline"] == {"from": "2026-02-02", "to": "2026-03-01"}

    def test_takes_the_same_days_of_last_year_where_signals_go_back_so_far(
        self, scharnier: Scharnier
    ) -> None:
        given = as_csv(seen(date(2025, 5, 1), zone=9, ring=1, rest=9), seen(AFTER, zone=9, ring=1, rest=9))

        done = scharnier("situations", "evaluate", "-", *CIRCLE, *DAYS, "--json", given=given)

        assert done.lines()[0]["baseline"] == {"from": "2025-05-05", "to": "2025-06-01"}

    @pytest.mark.parametrize(
        ("locale", "given", "words"),
        [
            ("en_GB.UTF-8", FELL, ("40 signals", "fewer than chance", "Part moved", "busy falls by itself")),
            ("nl_NL.UTF-8", FELL, ("40 signalen", "minder dan toeval", "Een deel", "daalt vanzelf")),
            ("en_GB.UTF-8", ROSE, ("3.00 times", "more than chance", "did not fall")),
            ("nl_NL.UTF-8", ROSE, ("3.00 keer", "meer dan toeval", "daalde niet")),
            ("en_GB.UTF-8", SAME, ("1.00 times", "can be chance")),
            ("nl_NL.UTF-8", SAME, ("1.00 keer", "kan toeval zijn")),
        ],
    )
    def test_says_it_in_the_language_of_the_terminal(
        self,
        scharnier: Scharnier,
        monkeypatch: pytest.MonkeyPatch,
        locale: str,
        given: bytes,
        words: tuple[str, ...],
    ) -> None:
        monkeypatch.setenv("LC_ALL", locale)

        said = scharnier("situations", "evaluate", "-", *CIRCLE, *DAYS, *COMPARED, given=given).words()

        assert [word for word in words if word not in said] == []

    @pytest.mark.parametrize(
        ("ring", "words"),
        [
            (1, "the surroundings gained"),
            (4, "nothing changed"),
            (5, "Part moved"),
            (12, "more than was gained"),
        ],
    )
    def test_tells_what_moved(self, scharnier: Scharnier, ring: int, words: str) -> None:
        given = as_csv(seen(BEFORE, zone=10, ring=4, rest=20), seen(AFTER, zone=4, ring=ring, rest=20))

        assert words in scharnier("situations", "evaluate", "-", *CIRCLE, *DAYS, *COMPARED, given=given).said

    def test_says_that_weeks_differ(self, scharnier: Scharnier) -> None:
        uneven = [(BEFORE, 1000.0, 1000.0)] * 40

        done = scharnier(
            "situations", "evaluate", "-", *CIRCLE, *DAYS, *COMPARED, given=as_csv(iter(uneven)) + FELL[9:]
        )

        assert "times as much as by chance" in done.words()

    @pytest.mark.parametrize(
        "shape",
        [
            {"type": "Polygon", "coordinates": SQUARE},
            {"type": "MultiPolygon", "coordinates": [SQUARE]},
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": SQUARE}, "properties": None},
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": SQUARE}}],
            },
        ],
        ids=lambda shape: shape["type"],
    )
    def test_takes_a_zone_of_any_shape(self, scharnier: Scharnier, tmp_path: Path, shape: object) -> None:
        zone = geojson(tmp_path / "zone.geojson", shape)

        done = scharnier(
            "situations", "evaluate", "-", "--zone", zone, *DAYS, *COMPARED, "--json", given=FELL
        )

        (found,) = done.lines()
        assert found["rate_ratio"] == pytest.approx(0.4)
        assert found["ring"] == {"before": [4] * 4, "after": [5] * 4}
        assert found["ring_m"] == pytest.approx(112.84, abs=0.01)

    def test_takes_another_ring(self, scharnier: Scharnier) -> None:
        words = ("situations", "evaluate", "-", *CIRCLE, *DAYS, *COMPARED, "--ring-m", 30, "--json")

        assert scharnier(*words, given=FELL).lines()[0]["ring"]["before"] == [0] * 4

    def test_lays_a_zone_in_degrees_on_signals_in_degrees(self, scharnier: Scharnier, tmp_path: Path) -> None:
        found = seen(BEFORE, zone=10, ring=0, rest=20)
        given = as_csv(((on, 4.9 + (x - 1000) / 68e3, 52.3) for on, x, _ in found), heading="date,lon,lat")
        corners = [[4.899, 52.299], [4.901, 52.299], [4.901, 52.301], [4.899, 52.301], [4.899, 52.299]]
        zone = geojson(tmp_path / "zone.geojson", {"type": "Polygon", "coordinates": [corners]})

        by_shape, by_circle = (
            scharnier("situations", "evaluate", "-", *words, *DAYS, *COMPARED, "--json", given=given).lines()[
                0
            ]
            for words in (("--zone", zone), ("--center", 4.9, 52.3, "--radius-m", 100))
        )

        assert by_shape["zone"] == by_circle["zone"] == {"before": [10] * 4, "after": [0] * 4}

    @pytest.mark.parametrize(
        ("words", "complaint"),
        [
            ((*CIRCLE, *DAYS, "--baseline-from", "2026-02-09"), "The comparison runs to 8 March 2026"),
            (
                (*CIRCLE, *DAYS[:2], "--to", "2026-05-30", *DAYS[4:]),
                "Before and after are as long, whole weeks",
            ),
            ((*CIRCLE, *DAYS[:2], "--to", "2026-05-01", *DAYS[4:]), "The period ends"),
            (("--center", 1, 1, "--radius-m", 9, *DAYS), "Not one signal lies in this zone"),
            (("--center", "nan", 1, "--radius-m", 9, *DAYS), "Not one signal lies in this zone"),
        ],
    )
    def test_says_in_a_sentence_what_cannot_be(
        self, scharnier: Scharnier, words: tuple[object, ...], complaint: str
    ) -> None:
        done = scharnier("situations", "evaluate", "-", *words, "--json", given=FELL)

        assert (done.code, done.said) == (1, "")
        assert done.complaint.startswith(f"scharnier: {complaint}")
        assert done.complaint.count("\n") == 1

    @pytest.mark.parametrize(
        "words",
        [
            DAYS,
            ("--center", 1, 1, *DAYS),
            ("--radius-m", 1, *DAYS),
            (*CIRCLE, "--zone", "-", *DAYS),
            (*CIRCLE, *DAYS[2:]),
            ("--center", 1, 1, "--radius-m", 0, *DAYS),
            (*CIRCLE, *DAYS[:4], "--found-from", "lately"),
        ],
    )
    def test_takes_no_words_that_cannot_be(self, scharnier: Scharnier, words: tuple[object, ...]) -> None:
        assert scharnier("situations", "evaluate", "-", *words, given=FELL).code == 2
