# SPDX-License-Identifier: EUPL-1.2
"""A heat layer: around which places lately more was seen than their share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.spatial import cKDTree

from scharnier.core.detection._chance import Numbers, draw, make_keys
from scharnier.core.detection._ratios import Floats
from scharnier.core.detection._sightings import Sighting, Tally, tally_sightings
from scharnier.core.detection._significance import find_p
from scharnier.core.detection._zones import DECIMETRES
from scharnier.core.kernel import Invalid

BATCH: Final = 256  # dealings held in memory together


class BadHeatPlan(Invalid):
    """Heat has a radius, a number of days and of dealings above nought."""

    code = "detection.bad_heat_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatPlan:
    """What counts as near and as lately.

    Raises
    ------
    BadHeatPlan
    """

    radius_m: float = 150.0
    days: int = 14  # up to and with today
    n_replicates: int = 999
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.radius_m, self.days, self.n_replicates) <= 0:
            raise BadHeatPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class HotSpot:
    """One location with its surroundings."""

    place: tuple[float, float]  # metres
    z: float  # Gi*: how many standard deviations more than everywhere; never an alarm by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """All locations, hottest first, and whether chance gives as hot a place somewhere."""

    spots: tuple[HotSpot, ...]
    p: float  # of the hottest, 0..1


def measure_heat(sightings: Iterable[Sighting], *, today: date, plan: HeatPlan = HeatPlan()) -> Heat:
    """Return how hot each location with its surroundings is.

    Parameters
    ----------
    sightings
        n sightings, in any order. Those after today do not count.
    today
        The last day.
    plan
        What counts as near and as lately.

    Raises
    ------
    NothingSeen
        On the day or before.

    Notes
    -----
    Gi* [1]_ of what was seen lately less the location's share of it: (sum w x - mean W) over
    s sqrt((n W2 - W^2) / (n - 1)), w = 1 within the radius. For a picture; an alarm only by p, the chance of
    as hot a hottest place when days are dealt anew within each partner. O(replicates x near pairs).

    References
    ----------
    .. [1] J. K. Ord, A. Getis (1995), Local spatial autocorrelation statistics, Geographical Analysis 27(4),
       286-306.

    Examples
    --------
    >>> from datetime import timedelta
    >>> today = date(2026, 3, 31)
    >>> days = [today - timedelta(days=30 * number) for number in range(9)]
    >>> seen = [Sighting(partner="police", x_m=500 * n, y_m=0, on=day) for n, day in enumerate(days)]
    >>> again = [Sighting(partner="police", x_m=0, y_m=0, on=today)] * 5
    >>> measure_heat([*seen, *again], today=today).spots[0].place
    (0.0, 0.0)
    """
    tally = tally_sightings(sightings, today=today)
    weights = _near(tally.points, radius_m=plan.radius_m)
    is_recent = tally.lag < plan.days
    z = gi_star(weights, _excess(tally, tally.location[is_recent][None, :]))[:, 0]
    order = np.lexsort((np.arange(len(z)), -z))
    return Heat(
        spots=tuple(HotSpot(place=tally.place(at), z=float(z[at])) for at in order.tolist()),
        p=find_p(float(z.max()), _dealt_maxima(tally, weights, is_recent, plan)),
    )


def _near(points: Numbers, *, radius_m: float) -> sparse.csr_array:
    tree = cKDTree(points)
    pairs = tree.query_pairs(radius_m * DECIMETRES, output_type="ndarray")
    n = len(points)
    one = sparse.csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return sparse.csr_array(one + one.T + sparse.eye_array(n))


def _dealt_maxima(
    tally: Tally, weights: sparse.csr_array, is_recent: npt.NDArray[np.bool_], plan: HeatPlan
) -> Floats:
    numbers = range(len(tally.partner_of))
    pools = [tally.location[tally.stream == number] for number in numbers]
    n_recent = [int(is_recent[tally.stream == number].sum()) for number in numbers]
    maxima = []
    for first in range(0, plan.n_replicates, BATCH):
        keys = make_keys(plan.seed, range(first, min(first + BATCH, plan.n_replicates)))
        maxima.append(gi_star(weights, _excess(tally, draw(pools, n_recent, keys))).max(axis=0))
    return np.concatenate(maxima)


def _excess(tally: Tally, dealt: Numbers) -> Floats:
    """Return what lies at each location less its share of all, for each dealing; shape (l, n)."""
    n_locations = len(tally.points)
    whole = np.bincount(tally.location, minlength=n_locations)
    share = whole * (dealt.shape[1] / len(tally.location))
    excess: Floats = count_dealt(dealt, n_locations) - share[:, None]
    return excess


def count_dealt(dealt: Numbers, n_places: int) -> Numbers:
    """Return how many lie at each of l places in each of n dealings; shape (l, n)."""
    cells = (np.arange(len(dealt))[:, None] * n_places + dealt).ravel()
    counts: Numbers = np.bincount(cells, minlength=len(dealt) * n_places).reshape(len(dealt), n_places).T
    return counts


def gi_star(weights: sparse.csr_array, excess: Floats, *, least_spread: float = 0.0) -> Floats:
    """Return Gi* for each column, its spread never below the least; 0 where nothing differs."""
    n = len(excess)
    near = np.asarray(weights.sum(axis=1))[:, None]
    squared = np.asarray((weights * weights).sum(axis=1))[:, None]
    spread = np.maximum(
        np.maximum(excess.std(axis=0), least_spread)
        * np.sqrt(np.maximum(n * squared - near**2, 0) / max(n - 1, 1)),
        1e-12,
    )
    return np.where(spread > 1e-9, (weights @ excess - excess.mean(axis=0) * near) / spread, 0.0)  # noqa: PLR2004  rounding
