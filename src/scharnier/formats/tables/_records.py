# SPDX-License-Identifier: EUPL-1.2
"""Rows of cells to records of values, with a failure for each cell that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scharnier.core.kernel import ScharnierError
from scharnier.formats.tables._cells import READERS, CellPlace, read_text
from scharnier.formats.tables._columns import fields_by_name, part_named, plain, sheet_forms
from scharnier.formats.tables._faults import (
    DuplicateColumn,
    EmptyCell,
    MissingColumn,
    NoSheets,
    StrayCell,
    UnknownColumn,
    UnknownSheet,
)
from scharnier.formats.tables._grids import CellValue, Grid

NOTES = frozenset({"uitleg", "notes", "toelichting", "leesmij", "readme"})  # sheets that are there to read
NOTE_MARK = "#"  # a row that starts so is for people to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row: the values of its filled cells by field."""

    part: str
    sheet: str
    row: int
    headings: Mapping[str, str]  # as written, by field
    values: Mapping[str, object]

    def place(self, field: str) -> CellPlace:
        """Return where the cell of a field is."""
        return CellPlace(sheet=self.sheet, row=self.row, column=self.headings.get(field, field))


def read_records(grids: Iterable[Grid]) -> Iterator[Record | ScharnierError]:
    """Yield the records of all sheets that we know, and a failure for whatever is wrong."""
    filled = [grid for grid in grids if any(map(_is_filled, grid.rows)) and plain(grid.name) not in NOTES]
    names = {
        "known_nl": tuple(form.nl for form in sheet_forms().values()),
        "known_en": tuple(form.en for form in sheet_forms().values()),
    }
    if not any(part_named(grid.name) for grid in filled):
        yield NoSheets(found=tuple(grid.name for grid in filled), **names)
        return
    for grid in filled:
        part = part_named(grid.name)
        if part is None:
            yield UnknownSheet(sheet=grid.name, **names)
        else:
            yield from _read_sheet(grid, part=part)


def _is_filled(row: Sequence[CellValue]) -> bool:
    return any(map(_has_value, row))


def _has_value(value: CellValue) -> bool:
    return value is not None and str(value).strip() != ""


def _read_sheet(grid: Grid, *, part: str) -> Iterator[Record | ScharnierError]:
    headings, *rows = grid.rows
    faults = list(_heading_faults(headings, sheet=grid.name, part=part))
    yield from faults
    if faults:  # each row would only say the same again
        return
    fields = [fields_by_name(part).get(_plain_heading(heading), "") for heading in headings]
    written = {field: str(heading).strip() for field, heading in zip(fields, headings, strict=True) if field}
    for number, row in enumerate(rows, start=2):
        if _is_filled(row) and not _is_note(row):
            blank = Record(part=part, sheet=grid.name, row=number, headings=written, values={})
            yield from _read_row(row, fields=fields, blank=blank)


def _plain_heading(heading: CellValue) -> str:
    return plain(str(heading)) if _has_value(heading) else ""


def _heading_faults(headings: Sequence[CellValue], *, sheet: str, part: str) -> Iterator[ScharnierError]:
    columns = sheet_forms()[part].columns
    seen: set[str] = set()
    for heading in filter(_has_value, headings):
        field = fields_by_name(part).get(_plain_heading(heading))
        written = str(heading).strip()
        if field is None:
            yield UnknownColumn(
                sheet=sheet,
                column=written,
                known_nl=tuple(column.nl for column in columns.values()),
                known_en=tuple(column.en for column in columns.values()),
            )
        elif field in seen:
            yield DuplicateColumn(sheet=sheet, column=written)
        else:
            seen.add(field)
    for field, column in columns.items():
        if column.is_required and field not in seen:
            yield MissingColumn(sheet=sheet, column_nl=column.nl, column_en=column.en)


def _is_note(row: Sequence[CellValue]) -> bool:
    return str(next(filter(_has_value, row))).strip().startswith(NOTE_MARK)


def _read_row(
    row: Sequence[CellValue], *, fields: Sequence[str], blank: Record
) -> Iterator[Record | ScharnierError]:
    values: dict[str, object] = {}
    columns = sheet_forms()[blank.part].columns
    for position, value in enumerate(row):
        field = fields[position] if position < len(fields) else ""
        if not _has_value(value):
            continue
        if not field:
            at = CellPlace(sheet=blank.sheet, row=blank.row, column=str(position + 1))
            yield StrayCell(**at.facts(), value=str(value))
            continue
        try:
            values[field] = READERS.get(columns[field].holds, read_text)(value, blank.place(field))
        except ScharnierError as error:
            yield error
    yield from _empty_cells(row, fields=fields, blank=blank)
    yield replace(blank, values=values)


def _empty_cells(
    row: Sequence[CellValue], *, fields: Sequence[str], blank: Record
) -> Iterator[ScharnierError]:
    filled = {field for field, value in zip(fields, row, strict=False) if _has_value(value)}
    for field, column in sheet_forms()[blank.part].columns.items():
        if column.is_required and field not in filled:
            yield EmptyCell(**blank.place(field).facts())
