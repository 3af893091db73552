# SPDX-License-Identifier: EUPL-1.2
"""What came of it in figures: the place beside the rest of the neighbourhood, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from scharnier.core import detection
from scharnier.core.detection import Change, Sighting, Weeks, Window
from scharnier.core.situations import Measured, Situation

MOST_WEEKS: Final = 12
WEEK, YEAR = timedelta(weeks=1), timedelta(weeks=52)  # the same weekdays
NOT_COUNTED: Final = (1, 1)  # an empty cell would change the others
LEAST_SEEN: Final = 5  # in the place before, to say anything of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What partners counted themselves, before and after, in equal periods."""

    before: Window
    after: Window
    place: tuple[int, int]  # before, after
    rest: tuple[int, int]  # of the neighbourhood
    around: tuple[int, int] | None = None  # None: not counted


def found_from(situation: Situation) -> date:
    """Return from which day the place was high because it was picked for that."""
    return situation.find.first_day if situation.find else situation.made_on


def measure_counts(situation: Situation, counted: Counted) -> Measured:
    """Return what counts say that partners made themselves.

    Raises
    ------
    UnequalPeriods
        When the periods are not equally long, or meet.
    PeakAsBaseline
        When the period before reaches into the days for which the place was picked.
    """
    length = counted.before.last_day - counted.before.first_day
    if length != counted.after.last_day - counted.after.first_day or counted.before.meets(counted.after):
        raise detection.UnequalPeriods(days=length.days + 1)
    change = detection.measure_change(
        _weeks(counted.place),
        _weeks(counted.around or NOT_COUNTED),
        _weeks(counted.rest),
        baseline=counted.before,
        found_from=found_from(situation),
    )
    return _measured(change, has_ring=counted.around is not None)


def measure_signals(situation: Situation, sightings: Iterable[Sighting], *, today: date) -> Measured | None:
    """Return what signals say of the place that the scan found; None when that is too little to say.

    Notes
    -----
    After are the last whole weeks, twelve at most, since the situation began; before are as many, a year
    earlier where signals go back that far, else just before the place was found.
    """
    find, seen = situation.find, tuple(sightings)
    n_weeks = min(MOST_WEEKS, (today - situation.made_on) // WEEK)
    if find is None or not seen or n_weeks < 1:
        return None
    last = today - timedelta(days=1)
    after = Window(first_day=last - n_weeks * WEEK + timedelta(days=1), last_day=last)
    is_old = min(each.on for each in seen) <= after.first_day - YEAR
    before = detection.choose_baseline(after, found_from=find.first_day, has_last_year=is_old)
    zone, ring, control = detection.count_weeks(
        seen,
        center=(find.zone.x_m, find.zone.y_m),
        radius_m=find.zone.radius_m,
        before=before,
        after=after,
    )
    if sum(zone.before) < LEAST_SEEN or sum(control.before) < LEAST_SEEN:
        return None
    change = detection.measure_change(zone, ring, control, baseline=before, found_from=find.first_day)
    return _measured(change, has_ring=True)


def _weeks(counts: tuple[int, int]) -> Weeks:
    return Weeks(before=(counts[0],), after=(counts[1],))


def _measured(change: Change, *, has_ring: bool) -> Measured:
    return Measured(
        rate_ratio=change.rate_ratio,
        low=change.low,
        high=change.high,
        displacement=change.displacement if has_ring else None,
    )
