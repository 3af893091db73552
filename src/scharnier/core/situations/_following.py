# SPDX-License-Identifier: EUPL-1.2
"""What follows a signal: for how many days more come nearby, told of half a year and all partners together.

A figure of all signals is in no book of answers, so rules of its own keep it from telling of a single one:

- It is of a half of the calendar year that is over for 28 days, and each half is looked at once. Which half
  that is follows from the calendar. So no two figures have a signal in common: from one night to the next a
  figure stays as it is or is of other signals altogether, and there is nothing to take one from another by.
- A signal that is told, withdrawn or erased later changes nothing. Who adds signals of their own to see the
  figure move can try once in half a year.
- It is of the whole network and of all partners as one: of fifty signals at least, with five or more of each
  of two partners. Less gives no figure, and so does what chance gives as well; which of the two is not told.
- It comes in halves, downward, from one and a half to four. A step is a good many pairs of signals wide.

What is left: who knows every other signal of half a year, with place and day, can see on which side of a step
the last one puts the figure. No partner does, as none reads the signals of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor
from typing import Final

from scharnier.core.detection import BandPlan, NearRepeat, Sighting, Window, find_near_repeats

NEAR_M: Final = 110.0  # squares of a hundred metres beside each other, which degrees do not lay quite evenly
DAYS: Final = (7, 14, 28)  # where the bands end; those of the same day are often the same told twice
LEAST_TOLD, LEAST_TOLD_EACH, LEAST_TELLERS = 50, 5, 2
LEAST_TIMES, MOST_TIMES = 1.5, 4.0
LIKELY: Final = 0.01  # chance gives as many more often than this
REST_DAYS: Final = 28  # after which a half year is looked at
JULY: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How many more signals follow one nearby, so many days after it."""

    to_days: int  # the last of the band: 7, 14 or 28
    times: float  # as many as by chance at least: 1.5, 2, 2.5 .. 4


def half_year_before(on: date) -> Window:
    """Return the half of a calendar year that can be looked at: the last that is over for 28 days.

    Examples
    --------
    >>> half_year_before(date(2026, 7, 28)).first_day, half_year_before(date(2026, 7, 29)).first_day
    (datetime.date(2025, 7, 1), datetime.date(2026, 1, 1))
    """
    day = on - timedelta(days=REST_DAYS)
    begins = day.replace(month=JULY if day.month >= JULY else 1, day=1)
    last_day = begins - timedelta(days=1)
    first_day = last_day.replace(month=1 if last_day.month < JULY else JULY, day=1)
    return Window(first_day=first_day, last_day=last_day)


def find_following(seen: Iterable[Sighting], half_year: Window, *, seed: int) -> tuple[Following, ...]:
    """Return for how long after a signal more follow nearby, and how many more, as far as that is told.

    Parameters
    ----------
    seen
        n signals of all partners, of any day; their places are the middles of squares of a hundred metres.
    half_year
        Of `half_year_before`.
    seed
        Of chance.

    Returns
    -------
    tuple of Following, shape (0..3,)
        From the first day after it on, without a gap; none where it is not beyond chance, or of too few.

    Notes
    -----
    Knox's test (`find_near_repeats`), 999 dealings. O(n log n + dealings x (n + pairs)).

    Examples
    --------
    >>> first = date(2026, 1, 1)
    >>> seen = [Sighting(partner=name, x_m=1e3 * n, y_m=0, on=first + timedelta(days=3 * n + after))
    ...         for n in range(50) for name, after in (("school", 0), ("police", 5))]
    >>> find_following(seen, half_year_before(date(2026, 8, 1)), seed=1)
    (Following(to_days=7, times=4.0),)
    """
    counted = [each for each in seen if half_year.holds(each.on)]
    if not _may_tell(counted):
        return ()
    plan = BandPlan(distances_m=(NEAR_M,), days=(0, *DAYS), seed=seed)
    found = list[Following]()
    for band in find_near_repeats(counted, plan)[1:]:
        times = _coarsen(band)
        if not times:
            break
        found.append(Following(to_days=band.to_days, times=times))
    return tuple(found)


def _may_tell(counted: list[Sighting]) -> bool:
    n_each = Counter(each.partner for each in counted)
    n_tellers = sum(n >= LEAST_TOLD_EACH for n in n_each.values())
    return len(counted) >= LEAST_TOLD and n_tellers >= LEAST_TELLERS


def _coarsen(band: NearRepeat) -> float:
    """Return how many more there are in halves, 0 for what is not told."""
    if band.ratio is None or band.p > LIKELY or band.ratio < LEAST_TIMES:
        return 0.0
    return min(floor(band.ratio * 2) / 2, MOST_TIMES)
