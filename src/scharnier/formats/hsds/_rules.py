# SPDX-License-Identifier: EUPL-1.2
"""The rules of HSDS that hold without its schemas: required cells, identifiers, values and periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from scharnier.core import network
from scharnier.formats.hsds import _names
from scharnier.formats.hsds._errors import Fault, Problem
from scharnier.formats.hsds._package import Package, Record
from scharnier.formats.hsds._text import plain_text
from scharnier.formats.hsds._values import read_date, read_number, read_time

Records: TypeAlias = Mapping[str, Sequence[Record]]

_MAX_LATITUDE, _MAX_LONGITUDE = 90, 180  # degrees

_ALLOWED: Mapping[str, Mapping[str, frozenset[str]]] = {
    "service": {"status": frozenset(network.ServiceStatus)},
    "location": {"location_type": frozenset(network.LocationType)},
}
_TOLD_IN_NUMBERS = {"location", "schedule", "service_capacity"}  # tables whose dates and numbers we use
_PERIODS = (
    ("valid_from", "valid_to"),
    ("dtstart", "until"),
    ("valid_from", "until"),
    ("dtstart", "valid_to"),
)


def records_of(package: Package) -> Records:
    """Return the records of every table of HSDS."""
    return {entity: tuple(package.of(entity)) for entity in _names.FILES}


def problem_at(record: Record, column: str, *, fault: Fault, is_error: bool = True) -> Problem:
    """Return a problem with a cell."""
    return Problem(
        file=record.table.file,
        row=record.row,
        column=record.table.heading(column),
        fault=fault,
        value=record[column],
        is_error=is_error,
    )


def find_cell_problems(records: Records) -> Iterator[Problem]:
    """Yield what is wrong within one row, or between identifiers of one table."""
    for entity, rows in records.items():
        yield from _identifiers(rows)
        yield from _missing(entity, rows)
        yield from _not_allowed(entity, rows)
        yield from _unreadable(rows, _names.DATES.get(entity, ()), read=read_date, fault=Fault.NOT_A_DATE)
        numbers = sorted(_names.NUMBERS.get(entity, ()))
        yield from _unreadable(rows, numbers, read=read_number, fault=Fault.NOT_A_NUMBER)
        yield from _unreadable(rows, _names.TIMES.get(entity, ()), read=read_time, fault=Fault.NOT_A_TIME)
    yield from _periods((*records["schedule"], *records["cost_option"]))
    yield from _points(records["location"])
    yield from _capacities(records["service_capacity"])


def _identifiers(rows: Sequence[Record]) -> Iterator[Problem]:
    seen: set[str] = set()
    for record in _with_identifiers(rows):
        identifier = record["id"]
        if not identifier.strip():
            yield problem_at(record, "id", fault=Fault.MISSING_VALUE)
        elif identifier in seen:
            yield problem_at(record, "id", fault=Fault.DUPLICATE_ID)
        seen.add(identifier)


def _with_identifiers(rows: Sequence[Record]) -> Iterator[Record]:
    """Yield the rows; of a file that has no identifiers at all, only the first, since one word is enough."""
    bare: set[str] = set()
    for record in rows:
        file = record.table.file
        if "id" in record.values or file not in bare:
            yield record
        if "id" not in record.values:
            bare.add(file)


def _missing(entity: str, rows: Sequence[Record]) -> Iterator[Problem]:
    for columns, is_error in (
        (_names.NEEDED.get(entity, ()), True),
        (_names.EXPECTED.get(entity, ()), False),
    ):
        for column in columns:
            for record in rows:
                if not plain_text(record[column]).strip():
                    yield problem_at(record, column, fault=Fault.MISSING_VALUE, is_error=is_error)


def _not_allowed(entity: str, rows: Sequence[Record]) -> Iterator[Problem]:
    for column, allowed in _ALLOWED.get(entity, {}).items():
        for record in rows:
            if record[column].strip() and record[column].strip().lower() not in allowed:
                yield problem_at(record, column, fault=Fault.NOT_ALLOWED)


def _unreadable(
    rows: Sequence[Record], columns: Iterable[str], *, read: Callable[[str], object], fault: Fault
) -> Iterator[Problem]:
    for column in columns:
        for record in rows:
            try:
                read(record[column])
            except ValueError:
                is_error = record.table.entity in _TOLD_IN_NUMBERS
                yield problem_at(record, column, fault=fault, is_error=is_error)


def _periods(rows: Iterable[Record]) -> Iterator[Problem]:
    for record in rows:
        for start, end in _PERIODS:
            first, last = _date_or_none(record[start]), _date_or_none(record[end])
            if first and last and last < first:
                yield problem_at(record, end, fault=Fault.ENDS_BEFORE_START)


def _date_or_none(text: str) -> date | None:
    try:
        return read_date(text)
    except ValueError:
        return None


def _number_or_none(text: str) -> float | None:
    try:
        return read_number(text)
    except ValueError:
        return None


def _points(rows: Iterable[Record]) -> Iterator[Problem]:
    for record in rows:
        filled = [column for column in ("latitude", "longitude") if record[column].strip()]
        if len(filled) == 1:
            yield problem_at(record, filled[0], fault=Fault.HALF_A_POINT)
        for column, most in (("latitude", _MAX_LATITUDE), ("longitude", _MAX_LONGITUDE)):
            if abs(_number_or_none(record[column]) or 0) > most:
                yield problem_at(record, column, fault=Fault.OUT_OF_RANGE)


def _capacities(rows: Iterable[Record]) -> Iterator[Problem]:
    for record in rows:
        available, maximum = (_number_or_none(record[column]) for column in ("available", "maximum"))
        if available is not None and (
            available < 0 or available > (available if maximum is None else maximum)
        ):
            yield problem_at(record, "available", fault=Fault.OUT_OF_RANGE)
