# SPDX-License-Identifier: EUPL-1.2
"""Tables from the JSON of HSDS 3, with its arrangement kept so that it can be given back as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TypeAlias

import msgspec

from scharnier.formats.hsds import _names, _nesting
from scharnier.formats.hsds._errors import Fault, FileNotJson, NotAPackage, Problem
from scharnier.formats.hsds._package import Cell, Layout, Node, Package, Table, text_of

Object: TypeAlias = Mapping[str, Cell]

_CONTENTS = "contents"
# the first of these keys that an object has tells its kind
_TELLING_KEYS: Mapping[str, str] = {
    "location_type": "location",
    "status": "service",
    "service_at_locations": "service",
    "application_process": "service",
    "organization": "service",
    "taxonomy_detail": "taxonomy_term",
    "parent_id": "taxonomy_term",
    "term_uri": "taxonomy_term",
    "version": "taxonomy",
    "location": "service_at_location",
    "service": "service_at_location",
    "location_id": "service_at_location",
    "name": "organization",
    "id": "service_at_location",
}


def read_json(text: str, *, source: str) -> Package:
    """Return the objects of an HSDS 3 file: one, a page of them, a list, or the tabular form.

    Raises
    ------
    FileNotJson
        When it is no JSON.
    NotAPackage
        When it is JSON of some other kind.
    """
    try:
        document: Cell = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise FileNotJson(source=source, line=_line_of(error, text)) from None
    rows = _Rows()
    layout = _read_document(document, rows)
    if layout is None:
        raise NotAPackage(source=source)
    tables = rows.tables(source)
    return Package(source=source, tables=tables, layout=layout, remarks=rows.remarks(tables))


def _line_of(error: msgspec.DecodeError, text: str) -> int:
    """Return the line where JSON goes wrong; the last, when it stops halfway."""
    place = re.search(r"\(byte (\d+)\)", str(error))
    before = text.encode()[: int(place.group(1))] if place else text.encode()
    return before.count(b"\n") + 1


def _read_document(document: Cell, rows: _Rows) -> Layout | None:
    if not isinstance(document, Mapping):
        return _read_list(document, rows)
    if _CONTENTS in document:
        page = {key: value for key, value in document.items() if key != _CONTENTS}
        listed = _read_list(document[_CONTENTS], rows)
        return listed and replace(listed, page=page)
    if _is_tabular(document):
        return Layout(files={file: rows.add_file(file, _objects(items)) for file, items in document.items()})
    single = _read_list([document], rows) if "id" in document else None
    return single and replace(single, is_single=True)


def _read_list(value: Cell, rows: _Rows) -> Layout | None:
    if not _is_objects(value):
        return None
    objects = _objects(value)
    return Layout(nodes=rows.add_all(objects, entity=_kind(objects)))


def _objects(value: Cell) -> list[Object]:
    """Return the objects of a list; none when it is no list, or holds anything else."""
    items = value if isinstance(value, list) else []
    objects = [item for item in items if isinstance(item, Mapping)]
    return objects if len(objects) == len(items) else []


def _is_objects(value: Cell) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _is_tabular(document: Object) -> bool:
    """Tell whether a document is in the tabular form; its keys become names of files, never paths."""
    return bool(document) and all(
        PurePath(key).name == key and key.endswith(".csv") and "\\" not in key and _is_objects(value)
        for key, value in document.items()
    )


def _kind(objects: Sequence[Object]) -> str:
    """Return what kind of object a list holds, as the keys of all of them together tell."""
    keys = {key for item in objects for key in item}
    return next((kind for key, kind in _TELLING_KEYS.items() if key in keys), "organization")


@dataclass(slots=True)
class _Row:
    """The cells an object states, and those that follow from where it is nested."""

    stated: dict[str, Cell]
    implied: dict[str, Cell] = field(default_factory=dict)


class _Rows:
    """The rows of a document while it is walked; an object met again adds to the row it has."""

    def __init__(self) -> None:
        self._kinds: list[tuple[str, str | None]] = []  # entity, and the file in the tabular form
        self._rows: list[list[_Row]] = []
        self._known: dict[tuple[str, str], int] = {}
        self._twofold: list[tuple[int, int, str, str]] = []  # table, row, column, other value

    def tables(self, source: str) -> tuple[Table, ...]:
        """Return the tables; their places are named by file, or by the document and the kind of object."""
        return tuple(
            _table(entity, rows, file=file or f"{source} ({entity})")
            for (entity, file), rows in zip(self._kinds, self._rows, strict=True)
        )

    def remarks(self, tables: Sequence[Table]) -> tuple[Problem, ...]:
        """Return where one object lies under two others of one kind, which a table cannot say."""
        return tuple(
            Problem(
                file=tables[table].file,
                row=row + 1,
                column=column,
                fault=Fault.CONFLICTING_VALUES,
                value=value,
                is_error=False,
            )
            for table, row, column, value in self._twofold
        )

    def add_file(self, file: str, items: Sequence[Object]) -> tuple[Node, ...]:
        """Add a table of the tabular form, in which nothing is nested or met again."""
        table = self._table_of(_names.entity_of(file), file=file)
        self._rows[table] = [_Row(dict(item)) for item in items]
        return tuple(Node(table=table, row=row, keys=tuple(item)) for row, item in enumerate(items))

    def add_all(
        self, objects: Sequence[Object], *, entity: str, under: tuple[str, str] | None = None
    ) -> tuple[Node, ...]:
        """Add objects of one kind, with all they nest, under the kind and identifier of another."""
        links = {} if under is None else _nesting.links(entity, parent=under[0], parent_id=under[1])
        return tuple(self._add(item, entity=entity, links=links) for item in objects)

    def _add(self, item: Object, *, entity: str, links: Mapping[str, str]) -> Node:
        stated = {key: value for key, value in item.items() if not _nests(key, value)}
        table = self._table_of(entity)
        row = self._row_of(stated, entity=entity, table=table)
        self._link(table, row, links)
        nested = {
            key: self._add_nested(key, value, table=table, row=row)
            for key, value in item.items()
            if key not in stated
        }
        return Node(table=table, row=row, keys=tuple(stated), nested=nested)

    def _add_nested(self, key: str, value: Cell, *, table: int, row: int) -> Node | tuple[Node, ...]:
        if isinstance(value, Mapping):
            entity, column = _nesting.SINGLES[key]
            self._link(table, row, {column: text_of(value.get("id"))})
            return self._add(value, entity=entity, links={})
        parent = (self._kinds[table][0], text_of(self._rows[table][row].stated.get("id")))
        return self.add_all(_objects(value), entity=_nesting.LISTS[key], under=parent)

    def _link(self, table: int, row: int, links: Mapping[str, str]) -> None:
        """Fill in what nesting says; where two places say two things, the first stands."""
        for column, value in links.items():
            if self._rows[table][row].implied.setdefault(column, value) != value:
                self._twofold.append((table, row, column, value))

    def _table_of(self, entity: str, *, file: str | None = None) -> int:
        if (entity, file) not in self._kinds:
            self._kinds.append((entity, file))
            self._rows.append([])
        return self._kinds.index((entity, file))

    def _row_of(self, stated: Mapping[str, Cell], *, entity: str, table: int) -> int:
        """Return the row of an object: the one it has, unless that says something else."""
        key = (entity, text_of(stated.get("id")))
        known = self._known.get(key)
        if known is not None and _agree(self._rows[table][known].stated, stated):
            self._rows[table][known].stated.update(stated)
            return known
        self._rows[table].append(_Row(dict(stated)))
        row = len(self._rows[table]) - 1
        if key[1]:
            self._known.setdefault(key, row)
        return row


def _agree(known: Mapping[str, Cell], stated: Mapping[str, Cell]) -> bool:
    return all(_same(known[key], value) for key, value in stated.items() if key in known)


def _same(one: Cell, other: Cell) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _nests(key: str, value: Cell) -> bool:
    if isinstance(value, Mapping):
        return key in _nesting.SINGLES
    return key in _nesting.LISTS and _is_objects(value)


def _table(entity: str, rows: Sequence[_Row], *, file: str) -> Table:
    whole = [{**row.implied, **row.stated} for row in rows]
    columns = tuple(dict.fromkeys(column for row in whole for column in row))
    return Table(
        entity=entity,
        file=file,
        columns=columns,
        rows=tuple(tuple(row.get(column, "") for column in columns) for row in whole),
        row_numbers=tuple(range(1, len(rows) + 1)),
    )
