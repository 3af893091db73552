# SPDX-License-Identifier: EUPL-1.2
"""A file to the sheets of it that list signals, each with its columns found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.worksheet.cell_range import CellRange

from scharnier.core.kernel import ScharnierError
from scharnier.formats import intake, tables
from scharnier.formats.signals_list._columns import list_form
from scharnier.formats.signals_list._faults import NoList, NoPlaceColumn, NoRows
from scharnier.formats.tables import CellPlace, CellValue

_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_CSV: Final = frozenset({".csv", ".txt", ".tsv"})
_HEADINGS_WITHIN: Final = 20  # rows: above them people write what the list is
_ERRORS: Final = frozenset(ERROR_CODES)
NOTE_MARK: Final = "#"  # a row that starts so is for people to read

Row = Sequence[CellValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet that lists signals."""

    name: str
    first_row: int  # of the signals, as in the spreadsheet
    rows: tuple[Row, ...]
    columns: Mapping[str, int]  # position by field
    headings: Mapping[str, str]  # as written, by field
    unread: tuple[str, ...]  # headings of which nothing is read
    faults: Mapping[int, tuple[ScharnierError, ...]]  # by row: a formula that was saved without its outcome

    def filled(self) -> Iterator[tuple[int, Row]]:
        """Yield each row that somebody filled in, with its number, notes left out."""
        for number, row in enumerate(self.rows, start=self.first_row):
            filled = [value for value in row if has_value(value)]
            is_note = (
                bool(filled) and str(filled[0]).strip().startswith(NOTE_MARK) and not is_error(filled[0])
            )
            if (filled and not is_note) or number in self.faults:
                yield number, row

    def place(self, row: int, field: str) -> CellPlace:
        """Return where the cell of a field is."""
        column = list_form().columns[field]
        heading = self.headings.get(field, f"{column.nl} / {column.en}")
        return CellPlace(sheet=self.name, row=row, column=heading)


def read_sheets(data: bytes, *, file_name: str, most_bytes: int) -> tuple[Sheet, ...]:
    """Return the sheets of a file that list signals, at least one.

    Raises
    ------
    NoList, OldWorkbook, NotASpreadsheet, TooLarge, TooManyCells, CsvNotUtf8, NotACsvFile
    NoRows, MissingColumn, NoPlaceColumn, MergedCells
    """
    grids, faults = _grids(data, file_name=file_name, most_bytes=most_bytes)
    filled = [grid for grid in grids if any(any(map(has_value, row)) for row in grid.rows)]
    if not filled:
        raise NoRows
    found = [(grid, at) for grid in filled if (at := _headings_at(grid)) is not None]
    if not found:
        _refuse(filled)
    return tuple(_sheet(grid, headings_at=at, faults=faults) for grid, at in found)


def has_value(value: CellValue) -> bool:
    """Tell whether there is anything in a cell."""
    return value is not None and str(value).strip() != ""


def is_error(value: CellValue) -> bool:
    """Tell whether a cell holds an error of the spreadsheet program."""
    return isinstance(value, str) and value in _ERRORS


def _is_note(first: CellValue) -> bool:
    return str(first).strip().startswith(NOTE_MARK) and not is_error(first)


def _grids(
    data: bytes, *, file_name: str, most_bytes: int
) -> tuple[tuple[tables.Grid, ...], tuple[ScharnierError, ...]]:
    if data.startswith(_ZIP):
        return tables.read_cells(data, most_bytes=most_bytes)
    if data.startswith(_OLD_WORKBOOK):
        raise intake.OldWorkbook(source=file_name)
    if PurePosixPath(file_name).suffix.casefold() not in _CSV:
        raise NoList(source=file_name)
    try:
        return tables.read_csv_files({file_name: data}), ()
    except tables.MalformedTables as error:
        raise error.faults[0] from error  # of one file there is one


def _headings_at(grid: tables.Grid) -> int | None:
    """Return the position of the row with the headings that every list needs."""
    needed = {field for field, column in list_form().columns.items() if column.is_required}
    for position, row in enumerate(islice(grid.rows, _HEADINGS_WITHIN)):
        if needed <= _columns(row).keys():
            return position
    return None


def _columns(headings: Row) -> dict[str, int]:
    """Return the position of each field: of two columns for one our own heading goes first."""
    by_name, form = tables.fields_of(list_form()), list_form().columns
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        name = tables.plain(str(heading)) if has_value(heading) else ""
        field = by_name.get(name)
        if field is None:
            continue
        is_ours = name in {tables.plain(form[field].nl), tables.plain(form[field].en)}
        if is_ours or field not in found:
            found[field] = position
    return found


def _refuse(grids: Sequence[tables.Grid]) -> None:
    """Say which column lacks in the sheet that comes nearest to a list."""
    grid, row = max(
        ((grid, row) for grid in grids for row in islice(grid.rows, _HEADINGS_WITHIN)),
        key=lambda pair: len(_columns(pair[1])),
    )
    lacking = next(
        column
        for field, column in list_form().columns.items()
        if column.is_required and field not in _columns(row)
    )
    raise tables.MissingColumn(sheet=grid.name, column_nl=lacking.nl, column_en=lacking.en)


def _sheet(grid: tables.Grid, *, headings_at: int, faults: Sequence[ScharnierError]) -> Sheet:
    headings = grid.rows[headings_at]
    columns = _columns(headings)
    if not {"place", "area_id"} & columns.keys() and not {"longitude", "latitude"} <= columns.keys():
        raise NoPlaceColumn(sheet=grid.name)
    own = [fault for fault in faults if fault.facts.get("sheet") == grid.name]
    _refuse_merged(own, headings_at=headings_at)
    unread = tuple(
        str(heading).strip()
        for position, heading in enumerate(headings)
        if has_value(heading) and position not in columns.values()
    )
    return Sheet(
        name=grid.name,
        first_row=headings_at + 2,
        rows=grid.rows[headings_at + 1 :],
        columns=columns,
        headings={field: str(headings[position]).strip() for field, position in columns.items()},
        unread=unread,
        faults=_by_row(own, after=headings_at + 1, unread=unread),
    )


def _refuse_merged(faults: Sequence[ScharnierError], *, headings_at: int) -> None:
    """Refuse merged cells, but for those above the headings."""
    for fault in faults:
        ranges = fault.facts.get("ranges", ())
        if isinstance(ranges, tuple) and any(CellRange(each).max_row > headings_at for each in ranges):
            raise fault


def _by_row(
    faults: Sequence[ScharnierError], *, after: int, unread: Sequence[str]
) -> Mapping[int, tuple[ScharnierError, ...]]:
    found: dict[int, tuple[ScharnierError, ...]] = {}
    for fault in faults:
        row = fault.facts.get("row")
        is_read = str(fault.facts.get("column", "")).strip() not in unread
        if isinstance(fault, tables.UnreadFormula) and isinstance(row, int) and row > after and is_read:
            found[row] = (*found.get(row, ()), fault)
    return found
