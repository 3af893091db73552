# SPDX-License-Identifier: EUPL-1.2
"""Bytes to rows of cells: CSV files, zips of them and xlsx workbooks."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from scharnier.core.kernel import ScharnierError
from scharnier.formats.tables._faults import (
    CsvNotUtf8,
    ErrorInCell,
    MalformedTables,
    MergedCells,
    NotACsvFile,
    NotASpreadsheet,
    TooLarge,
    TooManyCells,
    UnreadFormula,
)

CellValue = str | float | bool | date | datetime | time | timedelta | None

MOST_UNPACKED_BYTES = 500_000_000  # a zip of a few kB can claim far more
MOST_CELLS = 2_000_000  # of a sheet; one cell far away makes a sheet of a few bytes as large as a country
MOST_FAULTS = 100  # enough to mend a file by
_FORMULA = re.compile(rb"<f[ >/]")
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)[\"']")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of one sheet or file; rows[0] is row 1 of the spreadsheet."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


def read_csv_files(files: Mapping[str, bytes]) -> tuple[Grid, ...]:
    """Return a grid for each file, named by the file without its ending (raises MalformedTables)."""
    grids: list[Grid] = []
    faults: list[ScharnierError] = []
    for name, data in sorted(files.items()):
        try:
            grids.append(_read_csv(PurePosixPath(name).stem, data))
        except (CsvNotUtf8, NotACsvFile) as error:
            faults.append(error)
    if faults:
        raise MalformedTables(faults=tuple(faults))
    return tuple(grids)


def read_zip(data: bytes, *, most_bytes: int = MOST_UNPACKED_BYTES) -> Mapping[str, bytes]:
    """Return the CSV files in a zip by name (raises NotASpreadsheet, TooLarge)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_too_large(archive, most_bytes=most_bytes)
            names = [name for name in archive.namelist() if is_csv(PurePosixPath(name))]
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotASpreadsheet from error  # RuntimeError: locked with a password


def read_workbook(data: bytes, *, most_bytes: int = MOST_UNPACKED_BYTES) -> tuple[Grid, ...]:
    """Return a grid for each sheet of an xlsx workbook, formulas as the values saved with them.

    Raises NotASpreadsheet, TooLarge, TooManyCells, or MalformedTables for merged cells, errors and formulas
    without value.
    """
    grids, faults = read_cells(data, most_bytes=most_bytes)
    if faults:
        raise MalformedTables(faults=faults[:MOST_FAULTS])
    return grids


def read_cells(
    data: bytes, *, most_bytes: int = MOST_UNPACKED_BYTES
) -> tuple[tuple[Grid, ...], tuple[ScharnierError, ...]]:
    """Return the grids of a workbook as `read_workbook` does, with the faults in its cells beside them.

    Raises NotASpreadsheet, TooLarge or TooManyCells.
    """
    sheets = _raw_sheets(data, most_bytes=most_bytes)
    _refuse_wide_merges(sheets)
    has_formulas = any(map(_FORMULA.search, sheets.values()))
    values = _load(data, values_only=True)
    _refuse_too_many_cells(values)
    formulas = _load(data, values_only=False) if has_formulas else None
    faults: list[ScharnierError] = []
    for sheet in values.worksheets:
        faults += _merged_cells(sheet)
        faults += _errors(sheet)
        faults += _unread_formulas(sheet, formulas[sheet.title]) if formulas is not None else ()
    grids = tuple(
        Grid(
            name=sheet.title, rows=tuple(tuple(map(_plain, row)) for row in sheet.iter_rows(values_only=True))
        )
        for sheet in values.worksheets
    )
    return grids, tuple(faults)


def _plain(value: object) -> CellValue:
    if value is None or isinstance(value, str | float | int | date | time | timedelta):
        return value
    return str(value)


def _read_csv(name: str, data: bytes) -> Grid:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CsvNotUtf8(sheet=name, line=data.count(b"\n", 0, error.start) + 1) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return Grid(name=name, rows=tuple(tuple(row) for row in reader))
    except csv.Error as error:
        raise NotACsvFile(sheet=name, line=reader.line_num) from error


def _delimiter(text: str) -> str:
    """Return the mark that parts the headings most often; a semicolon where marks come as often."""
    first_line = text.partition("\n")[0]
    return max(";,\t", key=first_line.count)


def is_csv(path: PurePosixPath) -> bool:
    """Tell whether a file in a folder or zip is a CSV file that somebody put there."""
    is_hidden = any(part.startswith((".", "__")) for part in path.parts)  # such as __MACOSX
    return path.suffix.casefold() == ".csv" and not is_hidden


def _refuse_too_large(archive: zipfile.ZipFile, *, most_bytes: int) -> None:
    if sum(member.file_size for member in archive.infolist()) > most_bytes:
        raise TooLarge(megabytes=most_bytes // 1_000_000)


def _refuse_too_many_cells(book: Workbook) -> None:
    n_cells = 0
    for sheet in book.worksheets:
        n_cells += sheet.max_row * sheet.max_column
        if n_cells > MOST_CELLS:
            raise TooManyCells(sheet=sheet.title, rows=sheet.max_row, columns=sheet.max_column)


def _refuse_wide_merges(sheets: Mapping[str, bytes]) -> None:
    """Refuse a range of merged cells that openpyxl would fill cell by cell until the memory is gone."""
    n_cells = 0
    for name, data in sheets.items():
        for found in _MERGED.finditer(data):
            size = _size_of(found[1])
            n_cells += size["rows"] * size["columns"]
            if n_cells > MOST_CELLS:
                raise TooManyCells(sheet=PurePosixPath(name).stem, **size)


def _size_of(reference: bytes) -> dict[str, int]:
    try:
        size: dict[str, int] = CellRange(reference.decode()).size
    except ValueError as error:
        raise NotASpreadsheet from error
    return size


def _raw_sheets(data: bytes, *, most_bytes: int) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_too_large(archive, most_bytes=most_bytes)
            return {name: archive.read(name) for name in archive.namelist() if "worksheets/" in name}
    except (*_DAMAGE, RuntimeError) as error:
        raise NotASpreadsheet from error


def _load(data: bytes, *, values_only: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that we do not read
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values_only)
    except _DAMAGE as error:
        raise NotASpreadsheet from error


def _merged_cells(sheet: Worksheet) -> Iterator[ScharnierError]:
    ranges = sorted(str(merged) for merged in sheet.merged_cells.ranges)
    if ranges:
        yield MergedCells(sheet=sheet.title, ranges=tuple(ranges))


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    return (cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell))


def _place(cell: Cell, *, sheet: Worksheet) -> dict[str, object]:
    heading = sheet.cell(1, cell.column).value
    return {"sheet": sheet.title, "row": cell.row, "column": heading or get_column_letter(cell.column)}


def _errors(sheet: Worksheet) -> Iterator[ScharnierError]:
    for cell in _cells(sheet):
        if cell.data_type == "e":
            yield ErrorInCell(**_place(cell, sheet=sheet), value=cell.value)


def _unread_formulas(values: Worksheet, formulas: Worksheet) -> Iterator[ScharnierError]:
    for cell in _cells(formulas):
        if cell.data_type == "f" and values.cell(cell.row, cell.column).value is None:
            yield UnreadFormula(**_place(cell, sheet=values), value=str(cell.value))
