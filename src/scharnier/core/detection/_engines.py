# SPDX-License-Identifier: EUPL-1.2
"""Two ways of reckoning, with numba and without, that give the same figures to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from scharnier.core.detection import _plain
from scharnier.core.detection._board import Board
from scharnier.core.detection._chance import Numbers, Words
from scharnier.core.detection._plain import Best, Pairs
from scharnier.core.detection._ratios import Floats


class Engine(Protocol):
    """One way of reckoning."""

    def draw(self, pools: Sequence[Numbers], n_drawn: Sequence[int], keys: Words) -> Numbers:
        """Return for each key some of every pool."""

    def maxima(self, board: Board, places: Numbers) -> Floats:
        """Return the highest value of each statistic for each dealing."""

    def find_best(self, board: Board, dealt: Numbers) -> Best:
        """Return the best of every statistic, with where it is."""

    def count_pairs(self, pairs: Pairs, days: Numbers) -> Numbers:
        """Return how many pairs lie in each band, for each dealing of days."""


def has_numba() -> bool:
    """Tell whether the extra `fast` is installed.

    Examples
    --------
    >>> has_numba() in {True, False}
    True
    """
    return find_spec("numba") is not None


def find_engine(*, with_numba: bool | None) -> Engine:
    """Return the way of reckoning that is asked for; None: with numba where it is installed."""
    if has_numba() if with_numba is None else with_numba:
        return cast("Engine", import_module("scharnier.core.detection._fast"))  # late: numba takes a second
    return _plain
