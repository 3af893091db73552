# SPDX-License-Identifier: EUPL-1.2
"""Tables onto a network, all rows of them or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats.tables._building import Item, build_item
from scharnier.formats.tables._columns import sheet_forms
from scharnier.formats.tables._faults import AlreadyThere, BrokenRow, Circle, DuplicateId, MalformedTables
from scharnier.formats.tables._grids import MOST_FAULTS, Grid
from scharnier.formats.tables._records import Record, read_records
from scharnier.formats.tables._references import MANY, ONE, Names, make_id

_Value = TypeVar("_Value")


def read_tables(grids: Iterable[Grid], *, onto: network.Network) -> network.Network:
    """Return a network with the rows of tables added to it.

    Parameters
    ----------
    grids
        Sheets named after what they hold, in Dutch or English, each with its headings in row 1.
    onto
        What is there already: its people, organizations and topics can be named in the cells. A row that
        is there already is not added again.

    Raises
    ------
    MalformedTables
        When anything is wrong: a failure for each place, at most 100, and nothing is added.

    Notes
    -----
    Cells that refer take an identifier, a name or another name. A person has only the consents that the row
    gives a date for. O(number of cells + size of the network).
    """
    grids = tuple(grids)
    records, faults = _parted(read_records(grids))
    identified, double = _parted(_identify(records))
    names = _names(identified, onto=onto)
    resolved, unknown = _parted(chain.from_iterable(_resolve(record, names=names) for record in identified))
    faults += [*double, *unknown]
    items, broken = _parted(_build(resolved, faults=faults, onto=onto))
    if faults or broken:
        raise _malformed([*faults, *broken], sheets=[grid.name for grid in grids])
    return _added(items, onto=onto)


def _parted(found: Iterable[_Value | ScharnierError]) -> tuple[list[_Value], list[ScharnierError]]:
    values: list[_Value] = []
    faults: list[ScharnierError] = []
    for one in found:
        if isinstance(one, ScharnierError):
            faults.append(one)
        else:
            values.append(one)
    return values, faults


def _identify(records: Iterable[Record]) -> Iterator[Record | ScharnierError]:
    """Yield the records with an identifier each, made from the name where the row has none."""
    rows: dict[tuple[str, object], int] = {}
    for record in records:
        if "id" not in sheet_forms()[record.part].columns:
            yield record
            continue
        if "name" not in record.values:  # told already as an empty cell
            continue
        identifier = record.values.get("id") or make_id(str(record.values["name"]))
        first_row = rows.setdefault((record.part, identifier), record.row)
        if first_row == record.row:
            yield replace(record, values={**record.values, "id": identifier})
        else:
            field = "id" if "id" in record.values else "name"
            yield DuplicateId(**record.place(field).facts(), value=record.values[field], first_row=first_row)


def _names(records: Iterable[Record], *, onto: network.Network) -> Names:
    names = Names(onto)
    for record in records:
        if "id" in record.values:
            listed = record.values.get("alternate_names") or (record.values.get("alternate_name", ""),)
            others = listed if isinstance(listed, tuple) else ()
            names.add(record.part, str(record.values["id"]), name=str(record.values["name"]), others=others)
    return names


def _resolve(record: Record, *, names: Names) -> Iterator[Record | ScharnierError]:
    """Yield the record with identifiers for names, and a failure for each name that is not known."""
    values = dict(record.values)
    columns = sheet_forms()[record.part].columns
    for field, value in record.values.items():
        holds, at = columns[field].holds, record.place(field)
        try:
            if holds in ONE:
                values[field] = names.find(ONE[holds], str(value), at=at)
            elif holds in MANY:
                values[field] = names.find_all(MANY[holds], str(value), at=at)
        except ScharnierError as error:
            yield error
    yield replace(record, values=values)


def _build(
    records: Iterable[Record], *, faults: Sequence[ScharnierError], onto: network.Network
) -> Iterator[tuple[Record, Item] | ScharnierError]:
    """Yield the items of the rows in which nothing is wrong yet."""
    wrong = {(fault.facts.get("sheet"), fault.facts.get("row")) for fault in faults}
    there = {(part, item.id): item for part in sheet_forms() for item in _identified(onto, part=part)}
    for record in records:
        if (record.sheet, record.row) in wrong:
            continue
        try:
            item = build_item(record.part, record.values)
        except ScharnierError as error:
            yield BrokenRow(sheet=record.sheet, row=record.row, rule=error)
            continue
        same = there.get((record.part, str(record.values.get("id"))))
        if same is not None and same != item:
            field = "id" if "id" in record.headings else "name"
            yield AlreadyThere(**record.place(field).facts(), value=record.values["id"])
        else:
            yield record, item


def _identified(whole: network.Network, *, part: str) -> tuple[Any, ...]:
    items: tuple[Any, ...] = getattr(whole, part)
    return items if "id" in sheet_forms()[part].columns else ()


def _added(items: Iterable[tuple[Record, Item]], *, onto: network.Network) -> network.Network:
    parts: dict[str, Any] = {part: list(getattr(onto, part)) for part in sheet_forms()}
    there = {item for part in parts.values() for item in part}
    records: dict[tuple[str, int], Record] = {}
    for record, item in items:
        if item not in there:
            there.add(item)
            records[record.part, len(parts[record.part])] = record
            parts[record.part].append(item)
    grown: dict[str, Any] = {part: tuple(found) for part, found in parts.items()}
    try:
        return replace(onto, **grown)
    except network.InvalidNetwork as error:
        circles = (_circle(problem, records=records) for problem in error.problems)
        raise MalformedTables(faults=tuple(circles)) from error


def _circle(problem: network.Problem, *, records: Mapping[tuple[str, int], Record]) -> Circle:
    """Return a problem of the network, which by now can only be a circle of new rows, as one of a row."""
    part, position, field = re.split(r"\[|\]\.", problem.place)
    record = records[part, int(position)]
    return Circle(**record.place(field).facts(), value=problem.value)


def _malformed(faults: Iterable[ScharnierError], *, sheets: Sequence[str]) -> MalformedTables:
    """Return the failures in the order in which somebody goes through the tables."""

    def position(fault: ScharnierError) -> tuple[int, int]:
        sheet, row = fault.facts.get("sheet"), fault.facts.get("row", 0)
        return sheets.index(str(sheet)) if sheet in sheets else -1, row if isinstance(row, int) else 0

    return MalformedTables(faults=tuple(sorted(faults, key=position)[:MOST_FAULTS]))
