# SPDX-License-Identifier: EUPL-1.2
"""What came of it in figures: the place beside the rest of the neighbourhood, before and after."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from scharnier.core import detection, situations
from scharnier.core.detection import Change, Weeks, Window
from scharnier.core.kernel import AreaId
from scharnier.core.situations import FigureSource, Measured, MonthTold, Situation, Zone

NOT_COUNTED: Final = (1, 1)  # an empty cell would change the others


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


def measure_months(
    situation: Situation,
    months: Iterable[MonthTold],
    *,
    area_ids: Collection[AreaId],
    circle: Zone | None,
) -> Measured | None:
    """Return what the maps of months say of the place; None when they tell too little.

    Notes
    -----
    After are the last whole months, twelve at most, since the situation began; before are as many, the same a
    year earlier where all of those were drawn, else the last before the place was found.
    """
    told = {each.month: each for each in months}
    since, found = situation.made_on, found_from(situation)
    before, after = situations.choose_months(told, since=since, found_from=found)
    compared = situations.compare_squares(
        [told[each] for each in before],
        [told[each] for each in after],
        area_ids=area_ids,
        circle=circle,
    )
    if compared is None:
        return None
    change = detection.measure_bands(
        compared.zone,
        compared.ring,
        compared.control,
        baseline=Window(first_day=before[0].first_day, last_day=before[-1].last_day),
        found_from=found,
    )
    if change is None:
        return None
    return replace(_measured(change, has_ring=True), source=FigureSource.SIGNALS)


def _weeks(counts: tuple[int, int]) -> Weeks:
    return Weeks(before=(counts[0],), after=(counts[1],))


def _measured(change: Change, *, has_ring: bool) -> Measured:
    return Measured(
        rate_ratio=change.rate_ratio,
        low=change.low,
        high=change.high,
        displacement=change.displacement if has_ring else None,
    )
