# SPDX-License-Identifier: EUPL-1.2
"""How often chance does as well: counted, and where that is seldom, from the tail of its distribution."""

from __future__ import annotations

from typing import Final

import numpy as np

from scharnier.core.detection._ratios import Floats

FEW: Final = 10  # dealings that reach a value; fewer tell its chance less well than the tail does
SMALLEST: Final = 1e-12  # no chance is told as smaller
EULER: Final = 0.5772156649015329
DAYS_A_WEEK: Final = 7


def count_p(value: float, maxima: Floats, *, stop_after: int | None = None) -> float:
    """Return the share of dealings that reach a value, the value itself counted among them.

    Parameters
    ----------
    value
        As found.
    maxima
        Of n >= 1 dealings, in the order in which they were made.
    stop_after
        So many that reach it are enough, >= 1: then the share among those until the last of them.

    Notes
    -----
    (1 + k) / (1 + n) [1]_, or h / n once h were reached [2]_. O(n).

    References
    ----------
    .. [1] M. Dwass (1957), Modified randomization tests for nonparametric hypotheses, Annals of Mathematical
       Statistics 28(1), 181-187.
    .. [2] J. Besag, P. Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78(2), 301-304.

    Examples
    --------
    >>> count_p(2.0, np.array([1.0, 2.0, 3.0])), count_p(2.0, np.array([1.0, 2.0, 3.0, 1.0]), stop_after=2)
    (0.75, 0.6666666666666666)
    """
    reached = np.flatnonzero(maxima >= value)
    if stop_after is not None and len(reached) >= stop_after:
        return stop_after / (int(reached[stop_after - 1]) + 1)
    return (1 + len(reached)) / (1 + len(maxima))


def tail_p(value: float, maxima: Floats) -> float:
    """Return the chance of a value at least as high under a Gumbel distribution fitted by moments.

    Parameters
    ----------
    value
        As found.
    maxima
        Of n >= 2 dealings, not all alike.

    Notes
    -----
    1 - exp(-exp(-(x - m) / b)), b = sd sqrt(6) / pi, m = mean - 0.57722 b [1]_. O(n).

    References
    ----------
    .. [1] A. Abrams, K. Kleinman, M. Kulldorff (2010), Gumbel based p-value approximations for spatial scan
       statistics, International Journal of Health Geographics 9, 61.

    Examples
    --------
    >>> round(tail_p(9.0, np.array([4.0, 5.0, 6.0, 5.0])), 4)
    0.001
    """
    scale = float(maxima.std(ddof=1)) * np.sqrt(6.0) / np.pi
    middle = float(maxima.mean()) - EULER * scale
    return max(float(-np.expm1(-np.exp(-(value - middle) / scale))), SMALLEST)


def find_p(value: float, maxima: Floats, *, stop_after: int | None = None) -> float:
    """Return the chance of a value: counted where ten dealings or more reach it, else from the tail.

    Parameters
    ----------
    value, maxima, stop_after
        As for `count_p`.

    Examples
    --------
    >>> find_p(1.0, np.arange(19.0)) == count_p(1.0, np.arange(19.0))
    True
    >>> find_p(40.0, np.arange(19.0)) < count_p(40.0, np.arange(19.0))
    True
    """
    n_reached = int((maxima >= value).sum())
    if n_reached >= FEW or len(maxima) <= FEW or not maxima.std():
        return count_p(value, maxima, stop_after=stop_after)
    return tail_p(value, maxima)


def recurrence_weeks(p: float, *, every_days: float) -> float:
    """Return once in how many weeks chance alone gives such a find, when a scan is made every so many days.

    Parameters
    ----------
    p
        In (0, 1].
    every_days
        Days from one scan to the next, > 0.

    Notes
    -----
    scan period / p [1]_.

    References
    ----------
    .. [1] K. Kleinman, R. Lazarus, R. Platt (2004), A generalized linear mixed models approach for detecting
       incident clusters of disease in small areas, American Journal of Epidemiology 159(3), 217-224.

    Examples
    --------
    >>> recurrence_weeks(0.01, every_days=7)
    100.0
    """
    return every_days / DAYS_A_WEEK / p
