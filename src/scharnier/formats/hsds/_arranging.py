# SPDX-License-Identifier: EUPL-1.2
"""Arrange tables as JSON: as they were read, table by table, or nested in the full form of HSDS 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from scharnier.formats.hsds import _names, _nesting
from scharnier.formats.hsds._numbers import with_numbers
from scharnier.formats.hsds._package import Cell, Layout, Node, Package, Table, text_of
from scharnier.formats.hsds._upgrade import to_version_3

Place: TypeAlias = tuple[int, int]  # table and row


def as_document(package: Package) -> Cell:
    """Return the JSON of a package: arranged as it was read, CSV in the tabular form."""
    layout = package.layout or _tabular(package)
    tables = package.tables if package.layout else tuple(with_numbers(table) for table in package.tables)
    if layout.files is not None:
        return {file: [_object(node, tables) for node in nodes] for file, nodes in layout.files.items()}
    objects = [_object(node, tables) for node in layout.nodes]
    if layout.page is not None:
        return {**layout.page, "contents": objects}
    return objects[0] if layout.is_single else objects


def nested(package: Package, *, root: str) -> Package:
    """Return a package arranged as one page of objects of a kind, each with all that hangs on it.

    The full form has no place for rows that hang on no object of the kind, and leaves out references that
    nesting says; only the tabular form holds every cell.
    """
    whole = to_version_3(package)
    tables = tuple(with_numbers(table) for table in whole.tables)
    nodes = _Nester(tables).roots(root)
    page: dict[str, Cell] = {
        "total_items": len(nodes),
        "total_pages": 1,
        "page_number": 1,
        "size": len(nodes),
        "first_page": True,
        "last_page": True,
        "empty": not nodes,
    }
    return replace(whole, tables=tables, layout=Layout(page=page, nodes=nodes))


def _object(node: Node, tables: Sequence[Table]) -> dict[str, Cell]:
    table = tables[node.table]
    cells = dict(zip(table.columns, table.rows[node.row], strict=True))
    whole = {key: cells[key] for key in node.keys}
    for key, below in node.nested.items():
        if isinstance(below, Node):
            whole[key] = _object(below, tables)
        else:
            whole[key] = [_object(item, tables) for item in below]
    return whole


def _tabular(package: Package) -> Layout:
    files = {
        table.file: tuple(
            Node(table=position, row=row, keys=tuple(_filled(table, row))) for row in range(len(table.rows))
        )
        for position, table in enumerate(package.tables)
    }
    return Layout(files=files)


def _filled(table: Table, row: int) -> Iterator[str]:
    return (column for column, cell in zip(table.columns, table.rows[row], strict=True) if cell != "")


class _Nester:
    """Finds what hangs on what, through identifiers and references."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._positions = {table.entity: position for position, table in enumerate(tables)}
        self._by_column: dict[tuple[str, str], Mapping[str, list[Place]]] = {}

    def roots(self, entity: str) -> tuple[Node, ...]:
        """Return every object of a kind."""
        position = self._positions.get(entity)
        rows = range(len(self._tables[position].rows)) if position is not None else ()
        return tuple(self._node((position or 0, row), path=frozenset()) for row in rows)

    def _node(self, place: Place, *, path: frozenset[str]) -> Node:
        table = self._tables[place[0]]
        path |= {table.entity}
        implied = _nesting.implied_columns(table.entity)
        below: dict[str, Node | tuple[Node, ...]] = {}
        for key in _nesting.FULL_FORM.get(table.entity, ("attributes", "metadata")):
            found = self._below(place, key, path=path)
            if found:
                below[key] = found
        keys = tuple(column for column in _filled(table, place[1]) if column not in implied)
        return Node(table=place[0], row=place[1], keys=keys, nested=below)

    def _below(self, place: Place, key: str, *, path: frozenset[str]) -> Node | tuple[Node, ...] | None:
        if key in _nesting.SINGLES:
            entity, column = _nesting.SINGLES[key]
            places = self._where(entity, "id").get(self._cell(place, column), [])
            return self._node(places[0], path=path) if places and entity not in path else None
        entity = _nesting.LISTS[key]
        if entity in path:
            return ()
        parent = self._tables[place[0]].entity
        column = _nesting.parent_column(entity, parent=parent)
        places = self._where(entity, column).get(self._cell(place, "id"), [])
        return tuple(self._node(found, path=path) for found in places if self._is_meant(found, parent))

    def _is_meant(self, place: Place, parent: str) -> bool:
        """Tell whether a link, which may lead to any kind, leads to this kind."""
        kind = self._cell(place, "link_entity")
        return kind == parent or kind not in _names.FILES

    def _where(self, entity: str, column: str) -> Mapping[str, list[Place]]:
        """Return the rows of a kind by what a column holds."""
        if (entity, column) not in self._by_column:
            found: defaultdict[str, list[Place]] = defaultdict(list)
            table = self._positions.get(entity)
            for row in range(len(self._tables[table].rows)) if table is not None else ():
                found[self._cell((table or 0, row), column)].append((table or 0, row))
            found.pop("", None)
            self._by_column[entity, column] = dict(found)
        return self._by_column[entity, column]

    def _cell(self, place: Place, column: str) -> str:
        table = self._tables[place[0]]
        return text_of(table.rows[place[1]][table.columns.index(column)]) if column in table.columns else ""
