# SPDX-License-Identifier: EUPL-1.2
"""With numba and without: the same figures, to the last bit."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from scharnier.core import detection
from scharnier.core.detection import BandPlan, ScanPlan, _chance, _engines, _plain
from scharnier.core.detection._board import set_board
from scharnier.core.detection._near_repeat import _pair_up
from scharnier.core.detection._ratios import log_ratios, tabulate_logs
from scharnier.core.detection._sightings import tally_sightings
from tests.unit.detection.scenes import TODAY, a_burst, some_sightings

_fast = pytest.importorskip("scharnier.core.detection._fast", reason="numba absent: extra fast")
COMPILED = (
    "_mix",
    "_draw_each",
    "_count_pairs",
    "_ratio",
    "_scan",
    "_sort",
    "_gather",
    "_scan_centre",
    "_add",
    "_look",
    "_raise_zone",
    "_raise_best",
)
KEYS = _chance.make_keys(1, range(6))


@pytest.fixture(params=["compiled", "interpreted"])
def fast(request, monkeypatch):
    """The loops as the machine runs them, and as Python does, where a test of coverage can see them."""
    if request.param == "interpreted":
        for name in COMPILED:
            monkeypatch.setattr(_fast, name, getattr(_fast, name).py_func)
    with np.errstate(over="ignore"):  # that a product loses its upper bits is how the words are mixed
        yield _fast


def a_board(seed):
    seen = [*some_sightings(seed, n=120, n_places=14), *a_burst("school", 4)]
    return set_board(tally_sightings(seen, today=TODAY), max_radius_m=250, max_days=14)


class TestDraw:
    def test_is_the_same(self, fast):
        pools, n_drawn = [np.arange(40), np.arange(7), np.arange(3)], [12, 7, 0]

        assert (fast.draw(pools, n_drawn, KEYS) == _chance.draw(pools, n_drawn, KEYS)).all()


class TestMaxima:
    @pytest.mark.parametrize("seed", range(3))
    def test_are_the_same(self, fast, seed):
        board = a_board(seed)
        places = board.deal(range(6), seed=seed)

        assert (fast.maxima(board, places) == _plain.maxima(board, places)).all()

    def test_are_the_same_when_the_plain_way_looks_part_by_part(self, fast, monkeypatch):
        board = a_board(9)
        places = board.deal(range(6), seed=0)
        monkeypatch.setattr(_plain, "MOST_ROWS", 3)

        assert (fast.maxima(board, places) == _plain.maxima(board, places)).all()

    @pytest.mark.parametrize(
        "seen",
        [
            [*some_sightings(1), *a_burst("police", 900)],
            some_sightings(1, n_days=14),
            some_sightings(1, partners=("police",)),
            some_sightings(1, partners=tuple("abcdefghij"), n_days=20),
        ],
        ids=["beyond what e can be raised to", "nothing is older", "one partner", "ten partners"],
    )
    def test_are_the_same_at_the_edges(self, fast, seen):
        board = set_board(tally_sightings(seen, today=TODAY), max_radius_m=250, max_days=14)
        dealt = np.vstack([board.dealt, board.deal(range(2), seed=1)])

        assert (fast.maxima(board, dealt) == _plain.maxima(board, dealt)).all()


class TestFindBest:
    @pytest.mark.parametrize("seed", range(3))
    def test_is_the_same(self, fast, seed):
        board = a_board(seed)

        ours, plain = (each.find_best(board, board.dealt) for each in (fast, _plain))

        for name in ("values", "rows", "days"):
            assert getattr(ours, name).tolist() == getattr(plain, name).tolist()


class TestCountPairs:
    def test_is_the_same(self, fast):
        seen = some_sightings(1, n=50)
        pairs = _pair_up(seen, BandPlan(distances_m=(0, 150), days=(3, 20)))
        days = _chance.draw([np.array([each.on.toordinal() for each in seen])], [50], KEYS)

        assert (fast.count_pairs(pairs, days) == _plain.count_pairs(pairs, days)).all()


class TestRatio:
    def test_is_the_same(self, fast):
        logs, chance = tabulate_logs(5000), np.random.default_rng(0)
        for _ in range(300):
            total = int(chance.integers(2, 5000))
            zone, window = chance.integers(1, total + 1, 2).tolist()
            inside = int(chance.integers(max(0, zone + window - total), min(zone, window) + 1))

            plain = log_ratios(*(np.array([n]) for n in (inside, zone, window, total)), logs)[0]

            assert fast._ratio(inside, zone, window, total, logs) == plain


class TestScanSignals:
    @pytest.mark.parametrize("topics", [("",), ("noise", "fire")], ids=["partners", "topics"])
    @pytest.mark.parametrize("n_partners", [1, 2, 5])
    def test_comes_to_the_same(self, n_partners, topics):
        names = ("police", "school", "youth work", "housing", "shops")[:n_partners]
        told = some_sightings(n_partners, n=200, n_places=18, partners=names, topics=topics)
        seen = [*told, *a_burst(names[-1], 6)]
        plan = ScanPlan(max_radius_m=300, n_replicates=150, stop_after=20)

        with_numba, without = (
            detection.scan_signals(seen, today=TODAY, plan=replace(plan), with_numba=each)
            for each in (True, False)
        )

        assert with_numba == without


class TestFindNearRepeats:
    def test_comes_to_the_same(self):
        seen = some_sightings(2, n=200)
        plan = BandPlan(distances_m=(0, 100, 150), days=(2, 9), n_replicates=300)

        with_numba, without = (
            detection.find_near_repeats(seen, plan, with_numba=each) for each in (True, False)
        )

        assert with_numba == without


class TestFindEngine:
    def test_takes_numba_where_it_is(self):
        assert _engines.find_engine(with_numba=None) is _fast

    def test_takes_numpy_where_numba_is_not(self, monkeypatch):
        monkeypatch.setattr(_engines, "find_spec", lambda _name: None)

        assert not detection.has_numba()
        assert _engines.find_engine(with_numba=None) is _plain


class TestImporting:
    def test_leaves_numba_where_it_is_until_a_scan(self):
        """The site and the command line start without it."""
        words = (
            "import sys, scharnier.core.detection, scharnier.cli.situations; print('numba' in sys.modules)"
        )

        done = subprocess.run(  # noqa: S603  fixed words
            [sys.executable, "-c", words], check=True, capture_output=True, text=True
        )

        assert done.stdout == "False\n"
