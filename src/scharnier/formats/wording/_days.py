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


_UNITS: dict[Language, tuple[tuple[int, str, str], ...]] = {
    "nl": ((365, "een jaar", "{n} jaar"), (30, "een maand", "{n} maanden"), (7, "een week", "{n} weken")),
    "en": ((365, "a year", "{n} years"), (30, "a month", "{n} months"), (7, "a week", "{n} weeks")),
}
_DAYS: dict[Language, tuple[int, str, str]] = {
    "nl": (1, "een dag", "{n} dagen"),
    "en": (1, "a day", "{n} days"),
}
_AT_ONCE: dict[Language, str] = {"nl": "meteen", "en": "at once"}
_NEAR: dict[Language, tuple[str, str, str]] = {
    "nl": ("vandaag", "gisteren", "{n} dagen geleden"),
    "en": ("today", "yesterday", "{n} days ago"),
}
_AGO: dict[Language, str] = {"nl": "{time} geleden", "en": "{time} ago"}


def say_ago(day: date, *, on: date, language: Language) -> str:
    """Return how long ago a day was, as people say it: in whole years, months, weeks or days.

    Examples
    --------
    >>> today = date(2026, 11, 1)
    >>> [say_ago(day, on=today, language="nl") for day in (today, date(2026, 10, 1), date(2024, 1, 1))]
    ['vandaag', 'een maand geleden', '2 jaar geleden']
    """
    n_days = max(0, (on - day).days)
    for length, one, many in _UNITS[language]:
        n_units = n_days // length
        if n_units:
            return _AGO[language].format(time=one if n_units == 1 else many.format(n=n_units))
    return _NEAR[language][min(n_days, 2)].format(n=n_days)


def say_time(days: int, *, language: Language) -> str:
    """Return a number of days as people say it: in years, months or weeks where it is a whole number of them.

    Examples
    --------
    >>> [say_time(days, language="nl") for days in (730, 30, 14, 1)]
    ['2 jaar', 'een maand', '2 weken', 'een dag']
    """
    for length, one, many in (*_UNITS[language], _DAYS[language]):
        n_units, left = divmod(days, length)
        if n_units and not left:
            return one if n_units == 1 else many.format(n=n_units)
    return _AT_ONCE[language]
