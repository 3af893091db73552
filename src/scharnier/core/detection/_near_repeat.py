# SPDX-License-Identifier: EUPL-1.2
"""Near repeat: whether after one event the next is likelier nearby and soon than by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from scharnier.core.detection._chance import Numbers, make_keys
from scharnier.core.detection._engines import Engine, find_engine
from scharnier.core.detection._plain import Pairs
from scharnier.core.detection._sightings import Sighting
from scharnier.core.detection._zones import DECIMETRES
from scharnier.core.kernel import Invalid

BATCH: Final = 256  # dealings held in memory together


class BadBands(Invalid):
    """Bands end ever further, from nought on, and dealings are one at least."""

    code = "detection.bad_bands"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandPlan:
    """Where the bands of distance and of days end, and how surely to look.

    A first distance of 0 stands for the same place; days of the first band count from 0.

    Raises
    ------
    BadBands
    """

    distances_m: tuple[float, ...] = (0.0, 100.0, 200.0, 300.0)  # s ends, rising, >= 0
    days: tuple[int, ...] = (7, 14, 21)  # t ends, rising, >= 0
    n_replicates: int = 999  # dealings by chance
    seed: int = 0

    def __post_init__(self) -> None:
        rises = all(one < other for ends in (self.distances_m, self.days) for one, other in pairwise(ends))
        if not (rises and self.distances_m and self.days and self.n_replicates >= 1):
            raise BadBands
        if self.distances_m[0] < 0 or self.days[0] < 0 or not all(map(isfinite, self.distances_m)):
            raise BadBands


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRepeat:
    """How many pairs lie so far and so many days from each other, beside chance."""

    from_m: float  # further than this, or at least this in the first band
    to_m: float  # and at most this
    from_days: int  # at least so many days
    to_days: int  # and at most so many
    observed: int
    expected: float  # mean of the dealings
    p: float  # share of dealings with as many, this one counted

    @property
    def ratio(self) -> float | None:
        """Observed over expected; None where nothing is expected."""
        return self.observed / self.expected if self.expected else None


def find_near_repeats(
    sightings: Sequence[Sighting],
    plan: BandPlan = BandPlan(),
    *,
    with_numba: bool | None = None,
) -> tuple[NearRepeat, ...]:
    """Return for each band of distance and days whether events lie in it together more than by chance.

    Parameters
    ----------
    sightings
        n sightings, as events of one kind: who met them does not matter.
    plan
        The bands, and how surely to look.
    with_numba
        As for `scan_signals`.

    Returns
    -------
    tuple of NearRepeat, shape (s x t,)
        By distance, then by days.

    Notes
    -----
    Knox's test [1]_ [2]_: days are dealt anew among places. The pairs near each other are found once.
    O(n log n + replicates x (n + pairs)).

    References
    ----------
    .. [1] E. G. Knox (1964), The detection of space-time interactions, Applied Statistics 13(1), 25-29.
    .. [2] S. D. Johnson et al. (2007), Space-time patterns of risk: a cross national assessment of
       residential burglary victimization, Journal of Quantitative Criminology 23, 201-219.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> days = [date(2026, 1, 1) + timedelta(days=9 * (number // 2)) for number in range(40)]
    >>> seen = [Sighting(partner="police", x_m=1e3 * (n // 2), y_m=0, on=day) for n, day in enumerate(days)]
    >>> twice = find_near_repeats(seen, BandPlan(distances_m=(0,), days=(7,), n_replicates=99))[0]
    >>> twice.observed, twice.p
    (20, 0.01)
    """
    engine = find_engine(with_numba=with_numba)
    pairs, days = _pair_up(sightings, plan), np.array([each.on.toordinal() for each in sightings], np.int64)
    observed = engine.count_pairs(pairs, days[None, :])[0]
    total, n_reached = np.zeros_like(observed), np.zeros_like(observed)
    for counts in _dealt_counts(engine, pairs, days, plan):
        total += counts.sum(axis=0)
        n_reached += (counts >= observed).sum(axis=0)
    return tuple(_tell(plan, observed, total, n_reached))


def _dealt_counts(engine: Engine, pairs: Pairs, days: Numbers, plan: BandPlan) -> Iterator[Numbers]:
    for first in range(0, plan.n_replicates, BATCH):
        keys = make_keys(plan.seed, range(first, min(first + BATCH, plan.n_replicates)))
        yield engine.count_pairs(pairs, engine.draw([days], [len(days)], keys))


def _pair_up(sightings: Sequence[Sighting], plan: BandPlan) -> Pairs:
    metres = np.array([(each.x_m, each.y_m) for each in sightings]).reshape(-1, 2)
    points = np.rint(metres * DECIMETRES).astype(np.int64)
    furthest = plan.distances_m[-1] * DECIMETRES
    near = cKDTree(points).query_pairs(furthest + 0.5, output_type="ndarray").astype(np.int64)
    squares = ((points[near[:, 0]] - points[near[:, 1]]) ** 2).sum(axis=1)
    ends = (np.array(plan.distances_m) * DECIMETRES) ** 2
    space = np.searchsorted(ends, squares)
    kept = space < len(ends)
    return Pairs(
        first=near[kept, 0],
        second=near[kept, 1],
        space=space[kept],
        time=np.searchsorted(plan.days, np.arange(plan.days[-1] + 2)),
        n_bands=(len(ends), len(plan.days)),
    )


def _tell(plan: BandPlan, observed: Numbers, total: Numbers, n_reached: Numbers) -> Iterator[NearRepeat]:
    for (row, column), n in np.ndenumerate(observed):
        yield NearRepeat(
            from_m=plan.distances_m[row - 1] if row else 0.0,
            to_m=plan.distances_m[row],
            from_days=plan.days[column - 1] + 1 if column else 0,
            to_days=plan.days[column],
            observed=int(n),
            expected=float(total[row, column]) / plan.n_replicates,
            p=(1 + int(n_reached[row, column])) / (1 + plan.n_replicates),
        )
