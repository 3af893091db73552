# SPDX-License-Identifier: EUPL-1.2
"""A package as it was written: tables of cells, nothing interpreted, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._errors import Problem

Cell: TypeAlias = "str | int | float | bool | Sequence[Cell] | Mapping[str, Cell] | None"


@dataclass(frozen=True, slots=True)
class Record:
    """One row under the names of HSDS 3, each cell as text; a cell that is not there is empty."""

    table: Table
    row: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one file, or the objects of one kind in a JSON file, with the names they came with."""

    entity: str  # the table's name in HSDS 3, such as service_at_location; else the name of the file
    file: str  # as it was called, such as services_at_location.csv
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]  # each as long as the columns
    row_numbers: tuple[int, ...]  # as a spreadsheet counts: the header is row 1; in JSON from 1

    def records(self) -> Iterator[Record]:
        """Yield the rows under the names of HSDS 3."""
        names = tuple(_names.column_names(self.entity, self.columns))
        fixed = _names.fixed_values(self.file)
        for number, row in zip(self.row_numbers, self.rows, strict=True):
            texts = (cell if isinstance(cell, str) else text_of(cell) for cell in row)
            yield Record(self, number, {**dict(zip(names, texts, strict=True)), **fixed})

    def heading(self, column: str) -> str:
        """Return how the file itself heads a column of HSDS 3."""
        names = _names.column_names(self.entity, self.columns)
        return next((own for own, name in zip(self.columns, names, strict=True) if name == column), column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """How a JSON file arranged one object: which row it is, its own keys, and what it nests."""

    table: int  # position in the tables of the package
    row: int  # position in the rows of that table
    keys: tuple[str, ...]  # the keys whose values are cells
    nested: Mapping[str, Node | tuple[Node, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a JSON file arranged its objects: one, a page of them, or lists by file name."""

    page: Mapping[str, Cell] | None = None  # what a page says of itself, such as its number
    is_single: bool = False
    nodes: tuple[Node, ...] = ()
    files: Mapping[str, tuple[Node, ...]] | None = None  # the tabular arrangement


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Human services data in HSDS 2 or 3, exactly as it was read."""

    source: str  # the name it was read by
    tables: tuple[Table, ...]
    descriptor: Mapping[str, Cell] | None = None  # datapackage.json
    has_unreadable_descriptor: bool = False  # a datapackage.json was there and is no JSON object
    layout: Layout | None = None  # None: CSV
    remarks: tuple[Problem, ...] = ()  # what the tables cannot say of a nested file; never errors

    def of(self, entity: str) -> Iterator[Record]:
        """Yield the records of one kind, from every table of that kind."""
        for table in self.tables:
            if table.entity == entity:
                yield from table.records()

    @property
    def version(self) -> int:
        """The major version of HSDS by the names of files and columns: 2 or 3."""
        return 2 if any(_names.is_version_2(table.file, table.columns) for table in self.tables) else 3


def text_of(cell: Cell) -> str:
    """Return a cell as CSV writes it.

    Examples
    --------
    >>> text_of(None), text_of(True), text_of(100), text_of({"type": "Point"})
    ('', 'true', '100', '{"type": "Point"}')
    """
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
