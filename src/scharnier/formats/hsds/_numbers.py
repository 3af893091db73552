# SPDX-License-Identifier: EUPL-1.2
"""Numbers where HSDS wants them, out of the text that CSV has for everything."""

from __future__ import annotations

from dataclasses import replace

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._package import Cell, Table


def with_numbers(table: Table) -> Table:
    """Return a table with numbers where HSDS wants them; a cell that holds none stays as it is."""
    places = {
        position
        for position, column in enumerate(table.columns)
        if column in _names.NUMBERS.get(table.entity, frozenset())
    }
    if not places:
        return table
    rows = (
        tuple(_number(cell) if position in places else cell for position, cell in enumerate(row))
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _number(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    try:
        number = float(cell)
    except ValueError:
        return cell
    if number - number != 0:  # JSON has no infinity
        return cell
    return int(number) if number.is_integer() and "." not in cell else number
