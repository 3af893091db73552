# SPDX-License-Identifier: EUPL-1.2
"""Counts in bands, so that few are never told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from scharnier.core.kernel import Invalid

STARTS: Final = (0, 5, 10, 20, 50, 100, 200, 500, 1000)  # where bands begin; the last is open


class NegativeCount(Invalid):
    """Nothing is counted below nought."""

    code = "detection.negative_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Between two counts, both possible; without an end in the last.

    Examples
    --------
    >>> str(Band(low=0, high=4)), str(Band(low=5, high=9)), str(Band(low=1000, high=None))
    ('<5', '5-9', '1000+')
    """

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low}+"
        return f"{self.low}-{self.high}" if self.low else f"<{self.high + 1}"


def band_count(n: int) -> Band:
    """Return the band that a count lies in.

    Parameters
    ----------
    n
        >= 0.

    Raises
    ------
    NegativeCount

    Examples
    --------
    >>> [str(band_count(n)) for n in (0, 4, 5, 19, 2026)]
    ['<5', '<5', '5-9', '10-19', '1000+']
    """
    if n < 0:
        raise NegativeCount(count=n)
    at = bisect_right(STARTS, n)
    return Band(low=STARTS[at - 1], high=STARTS[at] - 1 if at < len(STARTS) else None)


def add_bands(bands: Iterable[Band]) -> Band:
    """Return the band that the sum of counts lies in, each of which lies in its own.

    Parameters
    ----------
    bands
        n bands; of none the sum is nought.

    Notes
    -----
    The ends are added; without an end as soon as one has none. O(n).

    Examples
    --------
    >>> add_bands([band_count(3), band_count(12)]), add_bands([band_count(7), band_count(2026)])
    (Band(low=10, high=23), Band(low=1005, high=None))
    """
    known = tuple(bands)
    highs = [band.high for band in known if band.high is not None]
    return Band(low=sum(band.low for band in known), high=sum(highs) if len(highs) == len(known) else None)
