# SPDX-License-Identifier: EUPL-1.2
"""The descriptor of a package: datapackage.json (Frictionless Data Package 1), saying only what holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._package import Cell, Table, text_of
from scharnier.formats.hsds._values import read_number

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def describe(tables: Sequence[Table], *, name: str, known: Mapping[str, Cell] | None) -> dict[str, Cell]:
    """Return a descriptor of every table; what a descriptor that was there says of them, stands."""
    kept = _known_resources(known or {}, files={table.file for table in tables})
    identifiers = {table.entity: (_slug(table.file), _identifiers(table)) for table in tables}
    made = [
        _resource(table, identifiers=identifiers)
        for table in tables
        if table.columns and table.file not in kept
    ]
    head: dict[str, Cell] = {"profile": "tabular-data-package", "name": _slug(name)}
    return {**head, **(known or {}), "resources": [*kept.values(), *made]}


def _known_resources(known: Mapping[str, Cell], *, files: set[str]) -> dict[str, Cell]:
    resources = known.get("resources")
    listed = resources if isinstance(resources, list) else []
    described = (
        (text_of(item["path"]), item) for item in listed if isinstance(item, dict) and "path" in item
    )
    return {path: item for path, item in described if path in files}


def _slug(name: str) -> str:
    """Return a name as Frictionless permits: small letters, digits, dots, dashes and underscores."""
    return re.sub(r"[^a-z0-9._-]+", "-", PurePosixPath(name).stem.lower()).strip("-") or "package"


def _resource(table: Table, *, identifiers: Mapping[str, tuple[str, frozenset[str]]]) -> Cell:
    schema: dict[str, Cell] = {
        "fields": [{"name": column, "type": _type(table, column)} for column in table.columns]
    }
    own = _identifiers(table)
    if "" not in own and len(own) == len(table.rows) and "id" in table.columns:
        schema["primaryKey"] = "id"
    keys = _foreign_keys(table, identifiers=identifiers)
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": _slug(table.file),
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _foreign_keys(table: Table, *, identifiers: Mapping[str, tuple[str, frozenset[str]]]) -> list[Cell]:
    """Return the references that answer in every row; the others would make the package invalid."""
    keys: list[Cell] = []
    for column, target in _names.REFERENCES.get(table.entity, {}).items():
        heading = table.heading(column)
        if heading not in table.columns or target not in identifiers:
            continue
        resource, known = identifiers[target]
        if set(_texts(table, heading)) <= known | {""}:
            reference = {"resource": "" if target == table.entity else resource, "fields": "id"}
            keys.append({"fields": heading, "reference": reference})
    return keys


def _type(table: Table, column: str) -> str:
    texts = [text for text in _texts(table, column) if text]
    if column in _names.NUMBERS.get(table.entity, ()) and all(map(_is_number, texts)):
        return "number"
    if column in _names.DATES.get(table.entity, ()) and all(map(_DAY.fullmatch, texts)):
        return "date"
    return "string"


def _is_number(text: str) -> bool:
    try:
        return read_number(text) is not None
    except ValueError:
        return False


def _identifiers(table: Table) -> frozenset[str]:
    return frozenset(_texts(table, "id"))


def _texts(table: Table, column: str) -> list[str]:
    if column not in table.columns:
        return []
    position = table.columns.index(column)
    return [text_of(row[position]) for row in table.rows]
