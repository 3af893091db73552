# SPDX-License-Identifier: EUPL-1.2
"""Cells of a list of signals to values: when it was, how serious, and degrees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from scharnier.core.signals import Grain, Happening, Seriousness
from scharnier.formats import tables
from scharnier.formats.tables import CellPlace, CellValue

_WITH_TIME: Final = re.compile(r"(\S+?)(?:T| +)[0-9]{1,2}[:.][0-9]{2}(?:[:.+Z0-9-]*)")
_MONTH: Final = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"),
)
_WEEK: Final = (
    re.compile(r"(?P<year>[0-9]{4})-?W(?P<week>[0-9]{1,2})", re.IGNORECASE),
    re.compile(r"week (?P<week>[0-9]{1,2}),? (?P<year>[0-9]{4})", re.IGNORECASE),
)
_GRADES: Final[Mapping[str, Seriousness]] = {  # as other systems tell it
    **dict.fromkeys(("1", "laag", "licht", "low", "minor"), Seriousness.ANNOYING),
    **dict.fromkeys(("2", "midden", "middel", "gemiddeld", "medium", "normal"), Seriousness.HARMFUL),
    **dict.fromkeys(("3", "hoog", "ernstig", "high", "serious"), Seriousness.DANGEROUS),
}


def read_happening(value: CellValue, at: CellPlace) -> Happening:
    """Return when something was: a day, a week or a month (raises WrongDate)."""
    if not isinstance(value, date | datetime):
        text = tables.read_text(value, at)
        found = next(_coarser(text), None)
        if found is not None:
            return found
        with_time = _WITH_TIME.fullmatch(text)
        value = with_time[1] if with_time else value
    day = tables.READERS["date"](value, at)
    assert isinstance(day, date)  # noqa: S101  # for the type checker
    return Happening(on=day)


def _coarser(text: str) -> Iterator[Happening]:
    try:
        for pattern in _WEEK:
            if found := pattern.fullmatch(text):
                monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
                yield Happening(on=monday, grain=Grain.WEEK)
        for pattern in _MONTH:
            if found := pattern.fullmatch(text):
                yield Happening(on=date(int(found["year"]), int(found["month"]), 1), grain=Grain.MONTH)
    except ValueError:
        return  # such as month 13: told as no date


def read_seriousness(value: CellValue, at: CellPlace) -> Seriousness:
    """Return how serious it is, in our words or in grades from low to high (raises WrongChoice)."""
    grade = _GRADES.get(tables.read_text(value, at).casefold())
    if grade is not None:
        return grade
    found = tables.READERS["seriousness"](value, at)
    assert isinstance(found, Seriousness)  # noqa: S101  # for the type checker
    return found


def read_degrees(value: CellValue, at: CellPlace) -> float:
    """Return degrees, also with a comma (raises WrongNumber)."""
    text = tables.read_text(value, at)
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]+)?", text):
        raise tables.WrongNumber(**at.facts(), value=text)
    return float(text.replace(",", "."))
