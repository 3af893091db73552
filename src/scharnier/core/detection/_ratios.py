# SPDX-License-Identifier: EUPL-1.2
"""The log likelihood ratio of more than expected, to the last bit the same by any way of reckoning."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from scharnier.core.detection._chance import Numbers

Floats = npt.NDArray[np.float64]

# 1 / (2 k + 1), highest first: the logarithm near 1 as a series, so that no library's own comes in
SERIES: Final = tuple(1.0 / odd for odd in range(27, 0, -2))


def tabulate_logs(largest: int) -> Floats:
    """Return ln 1 .. ln largest at their numbers, and 0 at 0; shape (largest + 1,).

    Examples
    --------
    >>> tabulate_logs(1).tolist()
    [0.0, 0.0]
    """
    return np.log(np.maximum(np.arange(largest + 1), 1))


def log_ratios(inside: Numbers, zone: Numbers, window: Numbers, total: Numbers, logs: Floats) -> Floats:
    """Return how much better a raised chance explains each count; 0 where it is no more than expected.

    Parameters
    ----------
    inside
        Events in zone and window, shape (n,).
    zone, window
        Events in the zone at any time, and in the window anywhere, shape (n,).
    total
        All events, shape (n,) or (1,); at least as many as in the zone and in the window.
    logs
        Of `tabulate_logs`, up to the largest total.

    Notes
    -----
    With mu = zone x window / total: c ln(c / mu) + (C - c) ln((C - c) / (C - mu)) [1]_. Logarithms of whole
    numbers come from the table; C - mu is the nearest whole number n and a remainder, whose logarithm is a
    series of s = x / (2 + x), x = (C - mu - n) / n, |s| <= 1/5: exact to the last digits. O(n).

    References
    ----------
    .. [1] M. Kulldorff et al. (2005), A space-time permutation scan statistic, PLoS Medicine 2(3), e59.

    Examples
    --------
    >>> whole = [np.array([number]) for number in (3, 4, 5, 20)]
    >>> by_hand = 3 * np.log(3 / 1) + 17 * np.log(17 / 19)
    >>> bool(np.isclose(log_ratios(*whole, tabulate_logs(20))[0], by_hand))
    True
    """
    expected = zone * window / total
    ratio = inside * (logs[inside] - logs[zone] - logs[window] + logs[total])
    rest = total - inside
    outside = total - expected
    nearest = np.maximum((outside + 0.5).astype(np.int64), 1)
    part = (outside - nearest) / nearest
    part = part / (2.0 + part)
    square, series = part * part, np.zeros_like(part)
    for term in SERIES:
        series = series * square + term
    ratio = ratio + rest * (logs[rest] - logs[nearest] - 2.0 * part * series)
    return np.where(inside * total > zone * window, ratio, 0.0)
