# SPDX-License-Identifier: EUPL-1.2
"""Days on which nobody has to answer, and nobody is told what waits."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

import holidays

COUNTRY: Final = "NL"


def free_days(first: date, last: date) -> frozenset[date]:
    """Return the holidays of the years from one day to another, and of the year after.

    Whoever counts working days on from the last day of a year comes into the next.
    """
    return _free_days(first.year, last.year + 1)


@lru_cache(maxsize=64)
def _free_days(first_year: int, last_year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(COUNTRY, years=range(first_year, last_year + 1)))
