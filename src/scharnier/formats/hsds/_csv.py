# SPDX-License-Identifier: EUPL-1.2
"""Tables from CSV text and back, cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._errors import Fault, FileNotUtf8, Problem
from scharnier.formats.hsds._package import Table, text_of

LARGEST_CELL = 16 * 2**20  # characters; outlines of areas are long, and Python stops at 131,072
csv.field_size_limit(LARGEST_CELL)


def decode(content: bytes, *, file: str) -> str:
    """Return UTF-8 text, with or without byte order mark (raises FileNotUtf8 with the first wrong byte)."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = f"0x{error.object[error.start]:02x}"
        raise FileNotUtf8(file=file, byte=error.start, line=line, value=wrong) from None


def parse_table(text: str, *, file: str) -> tuple[Table, tuple[Problem, ...]]:
    """Return the table of a CSV file with the rows that do not fit its header."""
    lines, broken = _lines(text, file=file)
    header = tuple(name.strip() for name in (lines[0][1] if lines else ()))
    problems = [*_header_problems(header, file=file), *broken]
    rows, numbers = [], []
    for number, cells in lines[1:]:
        problems += _row_problems(cells, number=number, header=header, file=file)
        rows.append((*cells[: len(header)], *[""] * (len(header) - len(cells))))
        numbers.append(number)
    table = Table(
        entity=_names.entity_of(file),
        file=file,
        columns=header,
        rows=tuple(rows),
        row_numbers=tuple(numbers),
    )
    return table, tuple(problems)


def _lines(text: str, *, file: str) -> tuple[list[tuple[int, list[str]]], tuple[Problem, ...]]:
    """Return the lines that are not empty, each with its number, up to the first with broken quotes."""
    lines: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if cells:
                lines.append((number, cells))
    except csv.Error as error:
        fault = Problem(file=file, row=number + 1, column="", fault=Fault.BROKEN_QUOTES, value=str(error))
        return lines, (fault,)
    return lines, ()


def _header_problems(header: tuple[str, ...], *, file: str) -> Iterator[Problem]:
    for column in sorted({name for name in header if header.count(name) > 1}):
        yield Problem(file=file, row=1, column=column, fault=Fault.DUPLICATE_COLUMN, value=column)
    if len(header) == 1 and ";" in header[0]:
        yield Problem(file=file, row=1, column="", fault=Fault.SEMICOLONS, value=header[0])


def _row_problems(cells: list[str], *, number: int, header: tuple[str, ...], file: str) -> Iterator[Problem]:
    surplus = cells[len(header) :]
    if any(surplus):
        last = header[-1] if header else ""
        value = ", ".join(surplus)
        yield Problem(file=file, row=number, column=last, fault=Fault.TOO_MANY_CELLS, value=value)


def render_table(table: Table) -> str:
    """Return a table as CSV (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([text_of(cell) for cell in row] for row in table.rows)
    return out.getvalue()
