# SPDX-License-Identifier: EUPL-1.2
"""What came of it: a zone before and after, beside the rest of the neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt
from statistics import fmean
from typing import Final

from scharnier.core.detection._sightings import Sighting
from scharnier.core.detection._windows import Window
from scharnier.core.kernel import Invalid

NORMAL: Final = 1.96  # standard errors on either side hold 95 %
CORRECTION: Final = 0.5  # added to every cell when one is empty
DAYS_A_WEEK: Final = 7
YEAR: Final = timedelta(weeks=52)  # the same weekdays


class PeakAsBaseline(Invalid):
    """The baseline reaches into the days for which the zone was picked: it was high by chance too."""

    code = "detection.peak_as_baseline"


class UnequalPeriods(Invalid):
    """Before and after are whole weeks, as many of both, and do not meet."""

    code = "detection.unequal_periods"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """What was seen in an area week by week, as many weeks before as after."""

    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a zone went on beside its control area."""

    rate_ratio: float  # below 1: the zone fell more, or rose less, than the control area
    low: float  # of the 95 % interval
    high: float
    overdispersion: float  # >= 1: how much more weeks differ than chance makes them
    displacement: float | None  # above 0: the ring gained too; below -1: what moved outweighs the gain


def choose_baseline(after: Window, *, found_from: date, has_last_year: bool) -> Window:
    """Return the period to compare with, which holds no day for which the zone was picked.

    Parameters
    ----------
    after
        The period to judge.
    found_from
        First day of the window in which the zone was found.
    has_last_year
        Whether signals go back a year before that period.

    Returns
    -------
    Window
        As long: a year before, or else the days just before the zone was found.

    Examples
    --------
    >>> after = Window(first_day=date(2026, 5, 4), last_day=date(2026, 5, 31))
    >>> choose_baseline(after, found_from=date(2026, 3, 2), has_last_year=False)
    Window(first_day=datetime.date(2026, 2, 2), last_day=datetime.date(2026, 3, 1))
    """
    length = after.last_day - after.first_day
    if has_last_year and after.last_day - YEAR < found_from:
        return Window(first_day=after.first_day - YEAR, last_day=after.last_day - YEAR)
    last = found_from - timedelta(days=1)
    return Window(first_day=last - length, last_day=last)


def count_weeks(
    sightings: Iterable[Sighting],
    distances_m: Iterable[float],
    *,
    ring_m: float,
    before: Window,
    after: Window,
) -> tuple[Weeks, Weeks, Weeks]:
    """Return what was seen in a zone of any shape, in the ring around it, and in the rest.

    Parameters
    ----------
    sightings
        n, of the whole neighbourhood.
    distances_m
        Of each to the zone, 0 or less within it.
    ring_m
        How wide the ring is, >= 0.
    before, after
        Whole weeks, as many of both.

    Raises
    ------
    UnequalPeriods

    Examples
    --------
    >>> before = Window(first_day=date(2026, 1, 5), last_day=date(2026, 1, 11))
    >>> after = Window(first_day=date(2026, 2, 2), last_day=date(2026, 2, 8))
    >>> seen = [Sighting(partner="police", x_m=x, y_m=0, on=date(2026, 1, 7)) for x in (0, 150, 900)]
    >>> count_weeks(seen, (0, 50, 800), ring_m=100, before=before, after=after)[2]
    Weeks(before=(1,), after=(0,))
    """
    n_days = (before.last_day - before.first_day).days + 1
    is_equal = n_days == (after.last_day - after.first_day).days + 1 and n_days % DAYS_A_WEEK == 0
    if not is_equal or before.meets(after):
        raise UnequalPeriods(days=n_days)
    counts = [[[0] * (n_days // DAYS_A_WEEK) for _ in (before, after)] for _ in range(3)]
    for each, distance in zip(sightings, distances_m, strict=True):
        area = (distance > 0) + (distance > ring_m)
        for period, window in enumerate((before, after)):
            if window.holds(each.on):
                counts[area][period][(each.on - window.first_day).days // DAYS_A_WEEK] += 1
    zone, ring, control = (Weeks(before=tuple(one), after=tuple(other)) for one, other in counts)
    return zone, ring, control


def measure_change(zone: Weeks, ring: Weeks, control: Weeks, *, baseline: Window, found_from: date) -> Change:
    """Return how a zone changed beside a control area, and what moved to the ring around it.

    Parameters
    ----------
    zone, ring, control
        Weekly counts of `count_weeks`.
    baseline
        The days of *before*.
    found_from
        First day of the window in which the zone was found.

    Raises
    ------
    PeakAsBaseline
        A zone picked for being high falls by itself: regression to the mean.

    Notes
    -----
    RR = (A1 / A0) / (C1 / C0), with ln RR +/- 1.96 sqrt(phi (1/A1 + 1/A0 + 1/C1 + 1/C0)); phi is Pearson's
    chi square of the weeks over its degrees of freedom, at least 1. Displacement is the weighted displacement
    quotient (B1/C1 - B0/C0) / (A1/C1 - A0/C0) [1]_, told only when the zone fell, also beside the control
    area. When a cell is empty all get 0.5 more.

    References
    ----------
    .. [1] K. J. Bowers, S. D. Johnson (2003), Measuring the geographical displacement and diffusion of
       benefit effects of crime prevention activity, Journal of Quantitative Criminology 19(3), 275-301.

    Examples
    --------
    >>> fell, rose = Weeks(before=(20, 20), after=(10, 10)), Weeks(before=(5, 5), after=(6, 6))
    >>> same = Weeks(before=(50, 50), after=(50, 50))
    >>> january = Window(first_day=date(2026, 1, 5), last_day=date(2026, 1, 18))
    >>> went = measure_change(fell, rose, same, baseline=january, found_from=date(2026, 3, 2))
    >>> went.rate_ratio, round(went.displacement, 3)
    (0.5, -0.1)
    """
    if baseline.last_day >= found_from:
        raise PeakAsBaseline(last=baseline.last_day, found=found_from)
    areas = (zone, ring, control)
    extra = CORRECTION if any(not sum(weeks) for area in areas for weeks in (area.before, area.after)) else 0
    (a0, a1), (b0, b1), (c0, c1) = ((sum(area.before) + extra, sum(area.after) + extra) for area in areas)
    ratio, spread = (a1 / a0) / (c1 / c0), overdispersion((zone, control))
    error = sqrt(spread * (1 / a1 + 1 / a0 + 1 / c1 + 1 / c0))
    gain = a1 / c1 - a0 / c0
    return Change(
        rate_ratio=ratio,
        low=exp(log(ratio) - NORMAL * error),
        high=exp(log(ratio) + NORMAL * error),
        overdispersion=spread,
        displacement=(b1 / c1 - b0 / c0) / gain if a1 < a0 and gain < 0 else None,
    )


def overdispersion(areas: Iterable[Weeks]) -> float:
    """Return how much more weeks differ than chance makes them, >= 1.

    Parameters
    ----------
    areas
        Weekly counts; each period has its own mean.

    Examples
    --------
    >>> overdispersion([Weeks(before=(1, 9), after=(5, 5))])
    3.2
    """
    runs = [weeks for area in areas for weeks in (area.before, area.after) if sum(weeks)]
    freedom = sum(len(weeks) - 1 for weeks in runs)
    return max(1.0, sum(map(_chi_square, runs)) / freedom) if freedom else 1.0


def _chi_square(weeks: Sequence[int]) -> float:
    mean = fmean(weeks)
    return sum((n - mean) ** 2 for n in weeks) / mean
