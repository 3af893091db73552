# SPDX-License-Identifier: EUPL-1.2
"""Public holidays of the country that the installation is in."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays
from django.conf import settings


def free_days(first: date, last: date) -> frozenset[date]:
    """Return the holidays of the years from one day to another, and of the year after.

    Whoever counts working days on from the last day of a year comes into the next.
    """
    return _free_days(settings.COUNTRY, first.year, last.year + 1)


@lru_cache(maxsize=64)
def _free_days(country: str, first_year: int, last_year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=range(first_year, last_year + 1)))
