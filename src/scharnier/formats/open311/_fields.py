# SPDX-License-Identifier: EUPL-1.2
"""Take fields out of what another system sent, one by one, and say which one is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from scharnier.formats.open311._faults import WrongField
from scharnier.formats.open311._values import Point

_Word = TypeVar("_Word", bound=StrEnum)
_LATEST_DEGREES = (90.0, 180.0)  # latitude, longitude
Fields = Mapping[str, object]


def read_text(fields: Fields, name: str) -> str:
    """Return a text; numbers are texts too, as JSON of some servers has identifiers that are numbers.

    Raises
    ------
    WrongField
    """
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise WrongField(field=name)
    return str(value).strip()


def need_text(fields: Fields, name: str) -> str:
    """Return a text that has to be there.

    Raises
    ------
    WrongField
    """
    value = read_text(fields, name)
    if not value:
        raise WrongField(field=name)
    return value


def read_word(fields: Fields, name: str, kind: type[_Word]) -> _Word:
    """Return one of a few words.

    Raises
    ------
    WrongField
    """
    try:
        return kind(read_text(fields, name).lower())
    except ValueError as error:
        raise WrongField(field=name) from error


def read_flag(fields: Fields, name: str) -> bool:
    """Return whether something is so: `true` or `false`, and false when it is not said.

    Raises
    ------
    WrongField
    """
    value = fields.get(name)
    said = {"true": True, "false": False, "none": False, "": False}.get(str(value).strip().lower())
    if said is None:
        raise WrongField(field=name)
    return said


def read_moment(fields: Fields, name: str) -> datetime | None:
    """Return a moment with its zone, or none.

    Raises
    ------
    WrongField
    """
    value = read_text(fields, name)
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise WrongField(field=name) from error
    if moment.tzinfo is None:
        raise WrongField(field=name)
    return moment


def read_point(fields: Fields) -> Point | None:
    """Return a place on earth, or none; half of one is wrong.

    Raises
    ------
    WrongField
    """
    names = ("lat", "long")
    said = [read_text(fields, name) for name in names]
    if not any(said):
        return None
    found = []
    for name, value, latest in zip(names, said, _LATEST_DEGREES, strict=True):
        try:
            degrees = float(value)
        except ValueError as error:
            raise WrongField(field=name) from error
        if not math.isfinite(degrees) or abs(degrees) > latest:
            raise WrongField(field=name)
        found.append(degrees)
    return Point(latitude=found[0], longitude=found[1])
