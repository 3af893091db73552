# SPDX-License-Identifier: EUPL-1.2
"""Heat on the map of a month: which squares are busier than the rest, by what was shown of them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from scipy import sparse

from scharnier.core.detection._cells import Square
from scharnier.core.detection._chance import GOLDEN, TO_UNIT, Numbers, Words, make_keys, mix
from scharnier.core.detection._heat import count_dealt, gi_star
from scharnier.core.detection._ratios import Floats

LEAST_SQUARES: Final = 8  # of fewer there is no rest to be busier than
N_REPLICATES: Final = 199
LIKELY: Final = 0.05  # of the hottest square of all: chance gives as much more often
BESIDE: Final = 0.25  # of a square that touches
BATCH: Final = 1 << 21  # signals dealt and held in memory together


def find_busy(counts: Mapping[Square, int], *, seed: int) -> frozenset[Square]:
    """Return the squares with more than the rest makes likely.

    Parameters
    ----------
    counts
        How many signals each square is taken to hold, >= 0; squares of which nothing is known are left out.
    seed
        Of chance.

    Returns
    -------
    frozenset of Square
        None of fewer than eight squares: they are no rest.

    Notes
    -----
    Gi* [1]_ of the count less the square's share of all by how wide it is, with what touches it at a quarter.
    The spread in it is that of the month, and never less than dealing gives: counts of bands differ less than
    counts do, and a small difference on even ground would pass for much. Marked is a square with more than
    its share itself, whose Gi* is reached by the highest of all squares in at most one of twenty dealings:
    each signal is dealt anew among the squares, the wider the likelier. So it is the hottest of all that
    chance is asked about, never each square by itself. O(dealings x signals + squares^2).

    References
    ----------
    .. [1] J. K. Ord, A. Getis (1995), Local spatial autocorrelation statistics, Geographical Analysis 27(4),
       286-306.

    Examples
    --------
    >>> row = {Square(size_m=500, column=column, row=0): 7 for column in range(8)}
    >>> [str(square) for square in find_busy({**row, Square(size_m=500, column=0, row=0): 75}, seed=1)]
    ['500 m 0 0']
    >>> find_busy(row, seed=1)
    frozenset()
    """
    squares = sorted(counts, key=lambda square: (square.size_m, square.row, square.column))
    n_signals = sum(counts.values())
    if len(squares) < LEAST_SQUARES or not n_signals:
        return frozenset()
    share = np.array([square.size_m for square in squares], float) ** 2
    share /= share.sum()
    excess = np.array([counts[square] for square in squares]) - share * n_signals
    least_spread = float(np.sqrt((n_signals * share * (1 - share)).mean()))
    weights = _near(squares)
    z = gi_star(weights, excess[:, None], least_spread=least_spread)[:, 0]
    dealt = _deal(share, n_signals, seed=seed)
    maxima = np.concatenate([gi_star(weights, one, least_spread=least_spread).max(axis=0) for one in dealt])
    p = (1 + (maxima >= z[:, None]).sum(axis=1)) / (1 + len(maxima))
    return frozenset(squares[at] for at in np.flatnonzero((p <= LIKELY) & (excess > 0)).tolist())


def _near(squares: list[Square]) -> sparse.csr_array:
    """Return how much of each square counts with each: all of itself, a quarter of what touches it.

    Of many small squares around a wide one no more counts than of one as wide as each is a part of it.
    """
    sizes = np.array([square.size_m for square in squares], float)
    lows = np.array([(square.column, square.row) for square in squares]) * sizes[:, None]
    highs = lows + sizes[:, None]
    touches = ((lows[:, None] <= highs[None, :]) & (lows[None, :] <= highs[:, None])).all(axis=2)
    part = (sizes[None, :] / np.maximum(sizes[:, None], sizes[None, :])) ** 2
    weights = touches * part * BESIDE
    np.fill_diagonal(weights, 1.0)
    return sparse.csr_array(weights)


def _deal(share: Floats, n_signals: int, *, seed: int) -> Iterator[Floats]:
    """Yield what lies at each square less its share, dealing after dealing; shape (squares, dealings)."""
    at_once = max(BATCH // n_signals, 1)
    for first in range(0, N_REPLICATES, at_once):
        keys = make_keys(seed, range(first, min(first + at_once, N_REPLICATES)))
        yield count_dealt(_draw(share, n_signals, keys), len(share)) - (share * n_signals)[:, None]


def _draw(share: Floats, n_signals: int, keys: Words) -> Numbers:
    steps = np.arange(1, n_signals + 1, dtype=np.uint64) * GOLDEN
    units = (mix(keys[:, None] + steps[None, :]) >> np.uint64(11)) * TO_UNIT
    ends = np.cumsum(share)
    return np.searchsorted(ends[:-1], units, side="right")
