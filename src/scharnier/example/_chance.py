# SPDX-License-Identifier: EUPL-1.2
"""Chance from a seed, so that Kruisveld is the same every time."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from scharnier.example._values import KRUISVELD_DAY


def chance(seed: int, part: str) -> Random:
    """Return the chance of one part; what is drawn for one part does not move the others."""
    return Random(f"{seed}/{part}")  # noqa: S311  # a story, not a secret


def happens(rng: Random, percent: int) -> bool:
    """Tell whether something happens that has this chance."""
    return rng.random() * 100 < percent


def some_day(rng: Random, *, within: int, skew: float = 1.0) -> date:
    """Return a day in the days before Kruisveld's today; with a skew over 1 more often a recent one."""
    return KRUISVELD_DAY - timedelta(days=1 + int((within - 1) * rng.random() ** skew))
