# SPDX-License-Identifier: EUPL-1.2
"""Say days as people do."""

from __future__ import annotations

from datetime import date

from scharnier.formats.wording._language import Language

_MONTHS: dict[Language, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def say_day(day: date, *, language: Language) -> str:
    """Return a day in words.

    Examples
    --------
    >>> say_day(date(2026, 11, 1), language="nl"), say_day(date(2026, 11, 1), language="en")
    ('1 november 2026', '1 November 2026')
    """
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"
