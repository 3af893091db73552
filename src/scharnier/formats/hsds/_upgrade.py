# SPDX-License-Identifier: EUPL-1.2
"""A package under the names of HSDS 3, with one table of a kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._package import Cell, Package, Table


def to_version_3(package: Package) -> Package:
    """Return the same rows under the names of HSDS 3, the tables of one kind together.

    What a file says by its name in HSDS 2, such as physical_addresses.csv, becomes a column. Tables that
    HSDS does not have stay as they are.
    """
    kinds: defaultdict[str, list[Table]] = defaultdict(list)
    for table in package.tables:
        kinds[table.entity].append(table)
    tables = tuple(_merged(entity, tables) for entity, tables in kinds.items())
    return replace(package, tables=tables, layout=None)


def _merged(entity: str, tables: list[Table]) -> Table:
    rows = [row for table in tables for row in _named_rows(table)]
    columns = tuple(dict.fromkeys(column for table in tables for column in _columns(table)))
    return Table(
        entity=entity,
        file=_names.FILES.get(entity, f"{entity}.csv"),
        columns=columns,
        rows=tuple(tuple(row.get(column, "") for column in columns) for row in rows),
        row_numbers=tuple(range(2, len(rows) + 2)),
    )


def _columns(table: Table) -> tuple[str, ...]:
    return (*_names.column_names(table.entity, table.columns), *_names.fixed_values(table.file))


def _named_rows(table: Table) -> list[dict[str, Cell]]:
    fixed = tuple(_names.fixed_values(table.file).values())
    columns = _columns(table)
    return [dict(zip(columns, (*row, *fixed), strict=True)) for row in table.rows]
