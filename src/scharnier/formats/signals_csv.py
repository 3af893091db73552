# SPDX-License-Identifier: EUPL-1.2
"""Signals as far as counting goes, from a CSV file: who met something, where and when."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final

from scharnier.core.detection import BadSighting, Projection, Sighting
from scharnier.core.kernel import Invalid

MOST_BYTES: Final = 500_000_000  # unpacked: a packed file of a few kB can claim far more
GZIP: Final = b"\x1f\x8b"
MOST_LON, MOST_LAT = 180.0, 90.0
ALL: Final = "all"  # the partner, when the file does not say who met it
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: .*)?")  # as the Dutch write

Place = tuple[float, float]


class DamagedGzip(Invalid):
    """A packed file cannot be unpacked."""

    code = "signals_csv.damaged_gzip"


class SignalsTooLarge(Invalid):
    """A file holds more than can be read."""

    code = "signals_csv.too_large"


class SignalsNotUtf8(Invalid):
    """A line is not UTF-8."""

    code = "signals_csv.not_utf8"


class SignalsNotCsv(Invalid):
    """A line cannot be taken apart."""

    code = "signals_csv.not_csv"


class NoSuchColumn(Invalid):
    """A column that is asked for is not in the file."""

    code = "signals_csv.no_such_column"


class NoPlaceColumns(Invalid):
    """The file has neither columns in metres nor columns in degrees."""

    code = "signals_csv.no_place_columns"


class NoSignals(Invalid):
    """There is no line under the headings."""

    code = "signals_csv.no_signals"


class EmptyField(Invalid):
    """A field that must be filled in is empty."""

    code = "signals_csv.empty_field"


class NoDay(Invalid):
    """A field is not a day."""

    code = "signals_csv.no_day"


class NoPlace(Invalid):
    """A field is not a number, or lies nowhere on the map."""

    code = "signals_csv.no_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns are called. Without names for a place: x and y in metres, else lon and lat."""

    date: str = "date"
    partner: str | None = "partner"  # None: who met it does not matter
    x: str | None = None
    y: str | None = None
    lon: str | None = None
    lat: str | None = None
    topics: str | None = None  # what it is about; None: that does not matter


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsFile:
    """What was read, and how a place in metres is written in the file and back."""

    sightings: tuple[Sighting, ...]
    written: Callable[[Place], Place]
    placed: Callable[[Place], Place]
    topics: tuple[str, ...] = ()  # of each sighting, as written; without a column for it none


def read_signals(data: bytes, columns: Columns = Columns()) -> SignalsFile:
    r"""Return the signals of a CSV file, plain or packed with gzip.

    Raises DamagedGzip, SignalsTooLarge, SignalsNotUtf8, SignalsNotCsv, NoSuchColumn, NoPlaceColumns,
    NoSignals, EmptyField, NoDay or NoPlace, with the line where there is one.

    Notes
    -----
    Degrees become metres around the middle of the file, east and north of it: true to a thousandth over a
    municipality.

    Examples
    --------
    >>> found = read_signals(b"date,partner,x,y\n2026-03-01,police,5,7\n")
    >>> found.sightings[0].partner, found.written((5.0, 7.0))
    ('police', (5.0, 7.0))
    """
    rows = _rows(_decode(_unpack(data)))
    headings = [heading.strip() for heading in next(rows, (1, []))[1]]
    read_row = _Row(headings=headings, columns=columns)
    filled = [(line, fields) for line, fields in rows if any(map(str.strip, fields))]
    found = [(line, *read_row.read(line, fields)) for line, fields in filled]
    if not found:
        raise NoSignals
    projection = Projection.around([place for *_, place in found]) if read_row.is_geographic else None
    return SignalsFile(
        sightings=tuple(
            _sight(line, partner, day, projection.to_metres(place) if projection else place)
            for line, partner, day, place in found
        ),
        written=projection.to_degrees if projection else _same,
        placed=projection.to_metres if projection else _same,
        topics=tuple(read_row.topics(fields) for _, fields in filled) if columns.topics else (),
    )


def _same(place: Place) -> Place:
    return place


def _sight(line: int, partner: str, day: date, place: Place) -> Sighting:
    try:
        return Sighting(partner=partner, x_m=place[0], y_m=place[1], on=day)
    except BadSighting as error:
        raise NoPlace(line=line, column="x", value=place[0]) from error


def _unpack(data: bytes) -> bytes:
    if data.startswith(GZIP):
        try:
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise DamagedGzip from error
    if len(data) > MOST_BYTES:
        raise SignalsTooLarge(megabytes=MOST_BYTES // 1_000_000)
    return data


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SignalsNotUtf8(line=error.object.count(b"\n", 0, error.start) + 1) from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its line in the file."""
    first_line = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=first_line.count), strict=True
    )
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise SignalsNotCsv(line=reader.line_num) from error


class _Row:
    """Knows where in a row everything is."""

    def __init__(self, *, headings: Sequence[str], columns: Columns) -> None:
        self._headings = headings
        self._date = self._find(columns.date)
        self._partner = None if columns.partner is None else self._find(columns.partner)
        self._topics = None if columns.topics is None else self._find(columns.topics)
        self._place, self.is_geographic = self._find_place(columns)

    def read(self, line: int, fields: Sequence[str]) -> tuple[str, date, Place]:
        """Return who, when and where of one row."""
        partner = ALL if self._partner is None else self._field(line, fields, self._partner)
        day = _read_day(self._field(line, fields, self._date), line=line, column=self._headings[self._date])
        one, other = (self._number(line, fields, at) for at in self._place)
        if self.is_geographic and not (abs(one) <= MOST_LON and abs(other) <= MOST_LAT):
            wrong = self._place[abs(one) <= MOST_LON]
            raise NoPlace(line=line, column=self._headings[wrong], value=fields[wrong].strip())
        return partner, day, (one, other)

    def topics(self, fields: Sequence[str]) -> str:
        """Return what one row is about, as written; it may be empty."""
        is_there = self._topics is not None and self._topics < len(fields)
        return fields[self._topics].strip() if is_there and self._topics is not None else ""

    def _find(self, name: str) -> int:
        if name not in self._headings:
            raise NoSuchColumn(column=name, known=tuple(self._headings))
        return self._headings.index(name)

    def _find_place(self, columns: Columns) -> tuple[tuple[int, int], bool]:
        for names, default, is_geographic in (
            ((columns.x, columns.y), ("x", "y"), False),
            ((columns.lon, columns.lat), ("lon", "lat"), True),
        ):
            if names != (None, None):
                one, other = (name or usual for name, usual in zip(names, default, strict=True))
                return (self._find(one), self._find(other)), is_geographic
        for (one, other), is_geographic in ((("x", "y"), False), (("lon", "lat"), True)):
            if {one, other} <= set(self._headings):
                return (self._find(one), self._find(other)), is_geographic
        raise NoPlaceColumns(known=tuple(self._headings))

    def _field(self, line: int, fields: Sequence[str], at: int) -> str:
        field = fields[at].strip() if at < len(fields) else ""
        if not field:
            raise EmptyField(line=line, column=self._headings[at])
        return field

    def _number(self, line: int, fields: Sequence[str], at: int) -> float:
        field = self._field(line, fields, at)
        try:
            number = float(field.replace(",", "."))
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            raise NoPlace(line=line, column=self._headings[at], value=field)
        return number


def _read_day(field: str, *, line: int, column: str) -> date:
    year_first, day_first = _YEAR_FIRST.fullmatch(field), _DAY_FIRST.fullmatch(field)
    try:
        if year_first is not None:
            year, month, day = map(int, year_first.groups())
            return date(year, month, day)
        if day_first is not None:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
    except ValueError:
        pass  # such as 31 February
    raise NoDay(line=line, column=column, value=field)
