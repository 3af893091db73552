# SPDX-License-Identifier: EUPL-1.2
"""Check the rows of a package against the JSON schemas that Open Referral publishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import jsonschema
import msgspec
from referencing import Resource
from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY, SchemaRegistry

from scharnier.core.kernel import NotFound
from scharnier.formats.hsds import _names
from scharnier.formats.hsds._errors import Fault, Problem
from scharnier.formats.hsds._numbers import with_numbers
from scharnier.formats.hsds._package import Package, Table
from scharnier.formats.hsds._source import find_problems

Schemas: TypeAlias = Mapping[str, Mapping[str, object]]  # by table, such as service

_LONGEST_VALUE = 200  # characters of what is wrong; a whole description helps nobody


class SchemasNotFound(NotFound):
    """The folder holds no schema of HSDS."""

    code = "hsds.schemas_not_found"


def read_schemas(folder: Path) -> Schemas:
    """Return the schemas of HSDS 3 in a folder, such as the `schema` of the specification's repository.

    Raises
    ------
    SchemasNotFound
        When there is not one.
    """
    files = {entity: folder / f"{entity}.json" for entity in _names.FILES}
    found = {
        entity: msgspec.json.decode(file.read_bytes(), type=dict[str, object])
        for entity, file in files.items()
        if file.is_file()
    }
    if not found:
        raise SchemasNotFound(folder=str(folder))
    return found


def validate(package: Package, *, schemas: Schemas) -> tuple[Problem, ...]:
    """Return every place that breaks a rule of ours or of the schemas; empty when there is none.

    Notes
    -----
    Each row is checked as the flat object it is, with `required` and `tabular_required`; formats such as
    uuid are annotations in JSON Schema and are not checked. Names of HSDS 2 are read as those of HSDS 3.
    """
    found = [*find_problems(package)]
    validators = _validators(schemas)
    for table in package.tables:
        if table.entity in validators:
            typed = with_numbers(table) if package.layout is None else table
            found += _table_problems(typed, validator=validators[table.entity])
    return tuple(found)


def _validators(schemas: Schemas) -> dict[str, jsonschema.Draft202012Validator]:
    """Return a validator of rows for each table; schemas refer to each other by file name."""
    resources = (
        (f"{entity}.json", Resource.from_contents(schema, default_specification=DRAFT202012))
        for entity, schema in schemas.items()
    )
    registry: SchemaRegistry = EMPTY_REGISTRY.with_resources(resources)
    return {
        entity: jsonschema.Draft202012Validator(_of_rows(schema), registry=registry)
        for entity, schema in schemas.items()
    }


def _of_rows(schema: Mapping[str, object]) -> dict[str, object]:
    needed = [*_names_in(schema, "required"), *_names_in(schema, "tabular_required")]
    return {**schema, "required": needed}


def _table_problems(table: Table, *, validator: jsonschema.Draft202012Validator) -> Iterator[Problem]:
    names = tuple(_names.column_names(table.entity, table.columns))
    fixed = _names.fixed_values(table.file)
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {name: cell for name, cell in zip(names, row, strict=True) if cell != ""}
        for error in validator.iter_errors({**cells, **fixed}):
            yield Problem(
                file=table.file,
                row=number,
                column=table.heading(str(error.path[0])) if error.path else "",
                fault=Fault.AGAINST_SCHEMA,
                value=error.message[:_LONGEST_VALUE],
                is_error=False,
            )


def _names_in(schema: Mapping[str, object], key: str) -> list[str]:
    names = schema.get(key)
    return [str(name) for name in names] if isinstance(names, list) else []
