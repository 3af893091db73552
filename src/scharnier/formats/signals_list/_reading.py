# SPDX-License-Identifier: EUPL-1.2
"""A list of signals to values: the good rows, and the bad ones each with what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from scharnier.core import network, text
from scharnier.core.kernel import ResidentGroupId, ScharnierError, TopicId
from scharnier.core.signals import LONGEST_TEXT, Happening, Place, Seriousness
from scharnier.formats import tables
from scharnier.formats.signals_list._cells import read_degrees, read_happening, read_seriousness
from scharnier.formats.signals_list._columns import list_form
from scharnier.formats.signals_list._faults import (
    LongReference,
    NoRows,
    NoSuchName,
    SignalTwice,
    TooManyRows,
)
from scharnier.formats.signals_list._places import FIELDS, Placer
from scharnier.formats.signals_list._sheets import Row, Sheet, has_value, is_error, read_sheets
from scharnier.formats.tables import CellPlace, CellValue

MOST_ROWS: Final = 5_000  # at once
LONGEST_REFERENCE: Final = 100  # characters
FindTopics = Callable[[str], tuple[TopicId, ...]]  # the topics that plain words speak of
_READERS: Mapping[str, Callable[[CellValue, CellPlace], object]] = {
    "happened": read_happening,
    "seriousness": read_seriousness,
    "longitude": read_degrees,
    "latitude": read_degrees,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSignal:
    """What one row tells; its words stay with whoever brings the list."""

    sheet: str
    row: int  # as in the spreadsheet, from 1
    text: str = field(repr=False)
    place: Place = field(repr=False)
    happened: Happening
    topics: frozenset[TopicId] = frozenset()
    resident_group_ids: frozenset[ResidentGroupId] = frozenset()
    seriousness: Seriousness = Seriousness.ANNOYING
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that is not taken, and each thing that is wrong with it."""

    sheet: str
    row: int
    faults: tuple[ScharnierError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsList:
    """What was read of a file."""

    signals: tuple[ListedSignal, ...]
    refused: tuple[RefusedRow, ...]
    unread: tuple[str, ...]  # headings of columns that were not read


def read_list(
    data: bytes,
    *,
    file_name: str,
    onto: network.Network,
    find_topics: FindTopics | None = None,
    most_bytes: int = 30_000_000,
) -> SignalsList:
    r"""Return the signals of an xlsx workbook or CSV file, and the rows that are refused.

    Parameters
    ----------
    data, file_name
        The file, and how it is called: what is no workbook ends in .csv, .tsv or .txt.
    onto
        The areas, topics and groups of residents that cells can name, by identifier or any of their names.
    find_topics
        Recognises topics in words that are no name of one; without it such words are refused.
    most_bytes
        How large a packed file may be when it is unpacked.

    Raises
    ------
    NoList, OldWorkbook, NotASpreadsheet, TooLarge, TooManyCells, CsvNotUtf8, NotACsvFile
        When it cannot be read at all.
    MissingColumn, NoPlaceColumn, MergedCells, NoRows, TooManyRows
        When it can be read, and is no list of signals, or one of too many.

    Notes
    -----
    A row stands or falls by itself: its text or place with personal data, a day that is none, and whatever
    else is wrong with it stand in `refused`. Columns that we do not know are not looked into. O(cells).

    Examples
    --------
    >>> from scharnier.core.kernel import AreaId, NetworkId
    >>> north = network.Area(id=AreaId("noord"), name="Noord")
    >>> here = network.Network(id=NetworkId("n"), name="N", areas=(north,))
    >>> found = read_list(b"wat,datum,gebied\nLamp stuk,1-3-2026,Noord\n", file_name="a.csv", onto=here)
    >>> found.signals[0].row, found.signals[0].place.area_id, str(found.signals[0].happened.on)
    (2, 'noord', '2026-03-01')
    """
    sheets = read_sheets(data, file_name=file_name, most_bytes=most_bytes)
    filled = [(sheet, number, row) for sheet in sheets for number, row in sheet.filled()]
    if not filled:
        raise NoRows
    if len(filled) > MOST_ROWS:
        raise TooManyRows(rows=len(filled), most=MOST_ROWS)
    reader = _Reader(onto, find_topics=find_topics)
    read = [reader.read(sheet, number, row) for sheet, number, row in filled]
    return SignalsList(
        signals=tuple(one for one in read if isinstance(one, ListedSignal)),
        refused=tuple(one for one in read if isinstance(one, RefusedRow)),
        unread=tuple(dict.fromkeys(heading for sheet in sheets for heading in sheet.unread)),
    )


class _Reader:
    """Reads one row after the other, and knows the references that stood in the rows before."""

    def __init__(self, onto: network.Network, *, find_topics: FindTopics | None) -> None:
        self._names = tables.Names(onto)
        self._placer = Placer(onto, self._names)
        self._find_topics = find_topics
        self._first_rows: dict[str, int] = {}

    def read(self, sheet: Sheet, number: int, row: Row) -> ListedSignal | RefusedRow:
        """Return the signal of a row, or what is wrong with it."""
        at = {name: sheet.place(number, name) for name in list_form().columns}
        values, faults = _cells(row, sheet=sheet, at=at)
        faults += sheet.faults.get(number, ())
        told: dict[str, Any] = {}
        broken = {name for name, _ in _filled(row, sheet=sheet)} - values.keys()
        for name, make in self._makers(values, at=at, has_place=not broken & set(FIELDS)).items():
            try:
                told[name] = make()
            except ScharnierError as error:
                faults.append(_placed(error, at=at["text"]))
        if faults:
            return RefusedRow(sheet=sheet.name, row=number, faults=tuple(faults))
        if told["reference"]:
            self._first_rows[told["reference"]] = number
        return ListedSignal(sheet=sheet.name, row=number, **told)

    def _makers(
        self, values: Mapping[str, object], *, at: Mapping[str, CellPlace], has_place: bool
    ) -> Mapping[str, Callable[[], object]]:
        """Return how each part of the signal is made of the cells that could be read."""
        makers: dict[str, Callable[[], object]] = {
            "reference": lambda: self._reference(str(values.get("reference", "")), at=at["reference"]),
            "topics": lambda: self._topics(values.get("topics"), at=at["topics"]),
            "resident_group_ids": lambda: self._groups(
                values.get("resident_group_ids"), at=at["resident_group_ids"]
            ),
        }
        if has_place:
            makers["place"] = lambda: self._placer.place(values, at=at)
        if "text" in values:
            makers["text"] = lambda: _checked(str(values["text"]))
        for name in ("happened", "seriousness"):
            if name in values:
                makers[name] = lambda name=name: values[name]  # type: ignore[misc]  # mypy infers no such default
        return makers

    def _reference(self, said: str, *, at: CellPlace) -> str:
        if len(said) > LONGEST_REFERENCE:
            raise LongReference(**at.facts(), most=LONGEST_REFERENCE)
        if said in self._first_rows:
            raise SignalTwice(**at.facts(), value=said, first_row=self._first_rows[said])
        return said

    def _topics(self, said: object, *, at: CellPlace) -> frozenset[TopicId]:
        if said is None:
            return frozenset()
        try:
            return frozenset(map(TopicId, self._names.find_all("topics", str(said), at=at)))
        except tables.UnknownName:
            found = self._find_topics(str(said)) if self._find_topics else ()
            if not found:
                raise
            return frozenset(found)

    def _groups(self, said: object, *, at: CellPlace) -> frozenset[ResidentGroupId]:
        if said is None:
            return frozenset()
        return frozenset(map(ResidentGroupId, self._names.find_all("resident_groups", str(said), at=at)))


def _cells(
    row: Row, *, sheet: Sheet, at: Mapping[str, CellPlace]
) -> tuple[dict[str, object], list[ScharnierError]]:
    values: dict[str, object] = {}
    faults: list[ScharnierError] = []
    for name, value in _filled(row, sheet=sheet):
        try:
            if is_error(value):
                raise tables.ErrorInCell(**at[name].facts(), value=value)
            values[name] = _READERS.get(name, _read_words)(value, at[name])
        except ScharnierError as error:
            faults.append(error)
    filled = dict(_filled(row, sheet=sheet))
    lacking = [
        name for name, column in list_form().columns.items() if column.is_required and name not in filled
    ]
    return values, [*faults, *(tables.EmptyCell(**at[name].facts()) for name in lacking)]


def _filled(row: Row, *, sheet: Sheet) -> Iterator[tuple[str, CellValue]]:
    for name, position in sheet.columns.items():
        if position < len(row) and has_value(row[position]):
            yield name, row[position]


def _read_words(value: CellValue, at: CellPlace) -> str:
    return tables.read_text(value, at).replace("\0", "")  # PostgreSQL takes no zero byte


def _checked(said: str) -> str:
    text.check_input(said, max_characters=LONGEST_TEXT)
    return said


def _placed(error: ScharnierError, *, at: CellPlace) -> ScharnierError:
    """Return an error with its sheet and row."""
    if isinstance(error, tables.UnknownName):
        return NoSuchName(**error.facts)
    if isinstance(error, tables.CellFault):
        return error
    return tables.BrokenRow(sheet=at.sheet, row=at.row, rule=error)
