# SPDX-License-Identifier: EUPL-1.2
"""Cells as dates, times, numbers and weekdays; None where a cell is empty."""

from __future__ import annotations

import re
from datetime import date, time

from scharnier.core import network

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")
_CLOCK = re.compile(r"(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?:Z|[+-]\d{2}(?::?\d{2})?)?$")
_MIDNIGHT = {"24:00", "24:00:00"}
_DAYS_BY_NUMBER = dict(zip("1234567", network.Weekday, strict=True))
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_date(text: str) -> date | None:
    """Return a date; of a moment its day (raises ValueError).

    Examples
    --------
    >>> read_date("2023-03-15T10:30:45.123Z").isoformat()
    '2023-03-15'
    """
    if not text.strip():
        return None
    found = _ISO_DATE.match(text.strip())
    if found is None:
        raise ValueError(text)
    return date.fromisoformat(found.group())


def read_time(text: str) -> time | None:
    """Return a local time; an offset is left off, since HSDS means the clock on the wall (raises ValueError).

    Examples
    --------
    >>> read_time("10:00:00+01:00").isoformat(), read_time("24:00").isoformat()
    ('10:00:00', '00:00:00')
    """
    cell = text.strip()
    if not cell:
        return None
    if cell in _MIDNIGHT:
        return time(0)
    found = _CLOCK.match(cell)
    if found is None:
        raise ValueError(text)
    return time.fromisoformat(found.group(1))


def read_number(text: str) -> float | None:
    """Return a finite number (raises ValueError).

    Examples
    --------
    >>> read_number("-77.0270752"), read_number("")
    (-77.0270752, None)
    """
    if not text.strip():
        return None
    number = float(text)
    if number - number != 0:  # infinite, or not a number
        raise ValueError(text)
    return number


def read_weekday(word: str) -> network.Weekday | None:
    """Return the day for `MO`, `monday` or, as HSDS 2.0 has it, 1; None for any other word.

    Examples
    --------
    >>> read_weekday("Friday").value, read_weekday("7").value, read_weekday("1MO")
    ('FR', 'SU', None)
    """
    cell = word.strip().casefold()
    if cell in _DAYS_BY_NUMBER:
        return _DAYS_BY_NUMBER[cell]
    days = (day for day, name in zip(network.Weekday, _DAY_NAMES, strict=True) if cell in _short(name))
    return next(days, None)


def _short(name: str) -> tuple[str, str, str]:
    return name, name[:3], name[:2]
