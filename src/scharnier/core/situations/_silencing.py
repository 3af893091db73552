# SPDX-License-Identifier: EUPL-1.2
"""What the scan found, and where it keeps silent after a find was dismissed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot, isfinite
from typing import Final

from scharnier.core.kernel import Invalid, OrganizationId

SILENT_WEEKS: Final = 8
TIMES_RARER: Final = 2.0  # than what was dismissed: then it is told again


class FindUnclear(Invalid):
    """A find has a zone in metres, days in order and at least one partner."""

    code = "situations.find_unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A circle on a map in metres.

    Raises
    ------
    FindUnclear
        When it is no circle.
    """

    x_m: float
    y_m: float
    radius_m: float  # >= 0

    def __post_init__(self) -> None:
        is_placed = all(map(isfinite, (self.x_m, self.y_m, self.radius_m)))
        if not is_placed or self.radius_m < 0:
            raise FindUnclear

    def meets(self, other: Zone) -> bool:
        """Tell whether the middle of one lies in the other."""
        apart = hypot(self.x_m - other.x_m, self.y_m - other.y_m)
        return apart <= max(self.radius_m, other.radius_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """What a scan found: where, when, by whom, and how rare that is.

    Raises
    ------
    FindUnclear
    """

    zone: Zone
    first_day: date
    last_day: date
    llr: float  # >= 0
    recurrence_weeks: float  # by chance such a find comes once in so many weeks, > 0
    partner_ids: frozenset[OrganizationId]

    def __post_init__(self) -> None:
        is_counted = self.llr >= 0 and self.recurrence_weeks > 0
        if not self.partner_ids or not is_counted or self.last_day < self.first_day:
            raise FindUnclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Where the scan keeps silent, since when, unless what it finds is much rarer."""

    zone: Zone
    since: date
    recurrence_weeks: float  # of what was dismissed

    @property
    def until(self) -> date:
        """The first day on which the scan speaks again."""
        return self.since + timedelta(weeks=SILENT_WEEKS)


def is_silenced(find: Find, silences: Iterable[Silence], *, on: date) -> bool:
    """Tell whether the scan keeps a find to itself, because one like it was dismissed.

    Parameters
    ----------
    find
        What the scan found.
    silences
        n silences.
    on
        The day of the scan.

    Notes
    -----
    Silent for `SILENT_WEEKS` weeks where the middle of one zone lies in the other, unless the recurrence
    interval is at least `TIMES_RARER` times that of what was dismissed. O(n).

    Examples
    --------
    >>> zone = Zone(x_m=0, y_m=0, radius_m=100)
    >>> find = Find(zone=zone, first_day=date(2026, 3, 2), last_day=date(2026, 3, 9), llr=7.0,
    ...     recurrence_weeks=60, partner_ids=frozenset({OrganizationId("school")}))
    >>> silences = [Silence(zone=zone, since=date(2026, 3, 2), recurrence_weeks=40)]
    >>> is_silenced(find, silences, on=date(2026, 3, 9))
    True
    """
    return any(
        silence.since <= on < silence.until
        and silence.zone.meets(find.zone)
        and find.recurrence_weeks < TIMES_RARER * silence.recurrence_weeks
        for silence in silences
    )
