# SPDX-License-Identifier: EUPL-1.2
"""Claim: a neighbourhood is scanned in 0.7 s of CPU with numba and 15 without, a city in 0.1 a dealing.

Neighbourhood: 2,182 incidents at 235 addresses, five partners, 500 m, 28 days, 999 dealings, none saved by
stopping early. City: 85,565 at 24,130 addresses, five partners, 1,000 m; what a dealing more costs. Each
gives all three statistics. Near repeats: 11,700 burglaries, twelve bands, 999 dealings, at most 1.1 s; beside
it pointpats, which has one band, in the same run. Compiling is told apart: it happens once a machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from scharnier.core import detection
from scharnier.core.detection import BandPlan, ScanPlan, Sighting
from scharnier.core.detection._board import Board, set_board
from scharnier.core.detection._engines import find_engine
from scharnier.core.detection._sightings import tally_sightings
from scharnier.formats import signals_csv
from scharnier.formats.signals_csv import Columns

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "situations"
CATEGORIES = {"theft", "burglary", "auto theft", "aggravated assault", "robbery"}
N_CITY, N_PLAIN_CITY = 10, 2  # dealings of the city that are timed
N_RIVAL = 99  # permutations of pointpats
SECONDS_TO_COMPILE = (
    "import time; start = time.process_time();"
    "from scharnier.core.detection import _fast; print(time.process_time() - start)"
)


def read(folder: Path, name: str, partner: str | None) -> tuple[Sighting, ...]:
    """Return the sightings of a file."""
    return signals_csv.read_signals((folder / name).read_bytes(), Columns(partner=partner)).sightings


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return what a piece of work costs."""
    started = time.process_time()
    work()
    return time.process_time() - started


def time_neighbourhood(seen: Sequence[Sighting], *, with_numba: bool) -> None:
    """Time a whole scan, from sightings to clusters."""
    plan = ScanPlan(max_radius_m=500, stop_after=None, n_clusters=1)
    today = max(each.on for each in seen)

    def scan() -> detection.Scan:
        return detection.scan_signals(seen, today=today, plan=plan, with_numba=with_numba)

    first = cpu_seconds(scan)
    again = min(cpu_seconds(scan) for _ in range(3 if with_numba else 1))
    say(
        {
            "figure": "neighbourhood",
            "with_numba": with_numba,
            "n_replicates": scan().n_replicates if with_numba else plan.n_replicates,
            "cpu_seconds": round(min(first, again), 3),
            "first_cpu_seconds": round(first, 3),
        }
    )


def time_city(seen: Sequence[Sighting], *, with_numba: bool) -> None:
    """Time making ready, and one dealing more."""
    today = max(each.on for each in seen)
    started = time.process_time()
    board = set_board(tally_sightings(seen, today=today), max_radius_m=1000, max_days=28)
    ready = time.process_time() - started
    engine, n = find_engine(with_numba=with_numba), N_CITY if with_numba else N_PLAIN_CITY
    engine.maxima(board, board.deal(range(1), seed=0))  # compile
    spent = cpu_seconds(lambda: engine.maxima(board, board.deal(range(n), seed=1)))
    say(
        {
            "figure": "city",
            "with_numba": with_numba,
            "ready_cpu_seconds": round(ready, 3),
            "cpu_seconds_a_dealing": round(spent / n, 4),
            "llr": [round(value, 6) for value in _best(board, with_numba=with_numba)],
        }
    )


def _best(board: Board, *, with_numba: bool) -> list[float]:
    values: list[float] = find_engine(with_numba=with_numba).find_best(board, board.dealt).values.tolist()
    return values


def time_near_repeats(seen: Sequence[Sighting], *, with_numba: bool) -> None:
    """Time twelve bands."""
    plan = BandPlan()
    find = lambda: detection.find_near_repeats(seen, plan, with_numba=with_numba)  # noqa: E731  timed as it is
    first = cpu_seconds(find)
    say(
        {
            "figure": "near_repeats",
            "with_numba": with_numba,
            "n_events": len(seen),
            "n_bands": len(plan.distances_m) * len(plan.days),
            "n_replicates": plan.n_replicates,
            "cpu_seconds": round(min(first, cpu_seconds(find)), 3),
        }
    )


def time_pointpats(seen: Sequence[Sighting]) -> None:
    """Time the rival, with its one band."""
    if find_spec("pointpats") is None:
        say({"figure": "near_repeats_pointpats", "skipped": "pointpats absent"})
        return
    import pointpats  # noqa: PLC0415  no dependency of ours: it brings a hundred megabytes of others

    places = np.array([(each.x_m, each.y_m) for each in seen])
    days = np.array([[each.on.toordinal()] for each in seen], float)
    spent = cpu_seconds(lambda: pointpats.Knox(places, days, delta=300, tau=21, permutations=N_RIVAL))
    say(
        {
            "figure": "near_repeats_pointpats",
            "n_bands": 1,
            "n_replicates": N_RIVAL,
            "cpu_seconds": round(spent, 3),
        }
    )


def time_importing() -> None:
    """Tell what importing costs, and that numba does not come along."""
    words = "import sys; import scharnier.core.detection; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True)  # noqa: S603  fixed words
    say({"figure": "importing", "brings_numba": done.stdout.strip() == "True"})
    if detection.has_numba():
        done = subprocess.run(  # noqa: S603  fixed words
            [sys.executable, "-c", SECONDS_TO_COMPILE], check=True, capture_output=True, text=True
        )
        say({"figure": "importing_numba", "cpu_seconds": round(float(done.stdout), 2)})


def say(figures: dict[str, object]) -> None:
    """Print one line of figures."""
    print(json.dumps(figures), flush=True)  # noqa: T201  the result of this program


def main() -> None:
    """Time all, with numba where it is and without."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the incidents")
    said = parser.parse_args()
    time_importing()
    if not (said.data / "nbh_houston.csv").exists():
        say({"skipped": "shared data absent: situations"})
        return
    ways = (True, False) if detection.has_numba() else (False,)
    neighbourhood = read(said.data, "nbh_houston.csv", "category")
    city = [each for each in read(said.data, "houston_2010.csv.gz", "category") if each.partner in CATEGORIES]
    burglaries = read(said.data, "chicago_be_2016.csv.gz", None)
    for with_numba in ways:
        time_neighbourhood(neighbourhood, with_numba=with_numba)
        time_city(city, with_numba=with_numba)
        time_near_repeats(burglaries, with_numba=with_numba)
    time_pointpats(burglaries)


if __name__ == "__main__":
    main()
