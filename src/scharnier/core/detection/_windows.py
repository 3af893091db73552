# SPDX-License-Identifier: EUPL-1.2
"""Days of which something is told or compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

from scharnier.core.kernel import Invalid

DAYS_A_WEEK: Final = 7


class BadWindow(Invalid):
    """A window does not end before it starts."""

    code = "detection.bad_window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Some days, both ends included.

    Raises
    ------
    BadWindow
    """

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise BadWindow(first=self.first_day, last=self.last_day)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first_day <= day <= self.last_day

    def days(self) -> tuple[date, ...]:
        """Return each of them, in order."""
        n_days = (self.last_day - self.first_day).days + 1
        return tuple(self.first_day + timedelta(days=number) for number in range(n_days))

    def meets(self, other: Window) -> bool:
        """Tell whether they have a day in common."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def fix_days(window: Window) -> Window:
    """Return the whole weeks up to the same last day that cover a window.

    Notes
    -----
    The first day of a find is one on which something was seen; that of whole weeks tells nothing.

    Examples
    --------
    >>> fix_days(Window(first_day=date(2026, 3, 23), last_day=date(2026, 3, 31))).first_day
    datetime.date(2026, 3, 18)
    """
    n_weeks = ceil(((window.last_day - window.first_day).days + 1) / DAYS_A_WEEK)
    return Window(
        first_day=window.last_day - timedelta(days=n_weeks * DAYS_A_WEEK - 1), last_day=window.last_day
    )
