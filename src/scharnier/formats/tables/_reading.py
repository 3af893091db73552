# SPDX-License-Identifier: EUPL-1.2
"""Tables onto a network, all rows of them or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats.tables._building import Item, build_item, item_values
from scharnier.formats.tables._columns import sheet_forms
from scharnier.formats.tables._faults import (
    AlreadyThere,
    AmbiguousName,
    BrokenRow,
    Circle,
    DuplicateId,
    MalformedTables,
)
from scharnier.formats.tables._grids import MOST_FAULTS, Grid
from scharnier.formats.tables._records import Record, read_records
from scharnier.formats.tables._references import MANY, ONE, Names, make_id

_Value = TypeVar("_Value")
NewId = Callable[[str, str], str]  # from a part and a name
Identify = Callable[[Record], str]  # of a record that tells no identifier (raises AmbiguousName)
Finish = Callable[[Record, Any], Item]  # a record, with what has its identifier already, to an item


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
    identified, faults = _identified_records(grids, identify=_made_id)
    found, all_faults = _items(identified, faults=faults, onto=onto, finish=_only_new)
    if all_faults:
        raise _malformed(all_faults, sheets=[grid.name for grid in grids])
    return _added(found, onto=onto)


def read_changes(
    grids: Iterable[Grid], *, onto: network.Network, new_id: NewId
) -> Mapping[str, tuple[Item, ...]]:
    """Return what tables tell of a network, by part: what is new, and what is there as they change it.

    Parameters
    ----------
    grids
        As for `read_tables`.
    onto
        What is there already. A row without an identifier means who or what has its name there.
    new_id
        The identifier of something new, from its part and its name.

    Raises
    ------
    MalformedTables
        When anything is wrong: a failure for each place, at most 100.

    Notes
    -----
    An empty cell tells nothing, so that it changes nothing. O(number of cells + size of the network).
    """
    grids = tuple(grids)
    names = Names(onto)
    identified, faults = _identified_records(grids, identify=partial(_known_id, names=names, new_id=new_id))
    found, all_faults = _items(identified, faults=faults, onto=onto, finish=_changed)
    all_faults += _circles(found, onto=onto) if not all_faults else ()
    if all_faults:
        raise _malformed(all_faults, sheets=[grid.name for grid in grids])
    return {
        part: tuple(item for record, item in found if record.part == part)
        for part in dict.fromkeys(record.part for record, _ in found)
    }


def _identified_records(
    grids: Iterable[Grid], *, identify: Identify
) -> tuple[list[Record], list[ScharnierError]]:
    records, faults = _parted(read_records(grids))
    identified, double = _parted(_identify(records, identify=identify))
    return identified, [*faults, *double]


def _items(
    identified: Sequence[Record],
    *,
    faults: Sequence[ScharnierError],
    onto: network.Network,
    finish: Finish,
) -> tuple[list[tuple[Record, Item]], list[ScharnierError]]:
    names = _names(identified, onto=onto)
    resolved, unknown = _parted(chain.from_iterable(_resolve(record, names=names) for record in identified))
    told = [*faults, *unknown]
    items, broken = _parted(_build(resolved, faults=told, onto=onto, finish=finish))
    return items, [*told, *broken]


def _parted(found: Iterable[_Value | ScharnierError]) -> tuple[list[_Value], list[ScharnierError]]:
    values: list[_Value] = []
    faults: list[ScharnierError] = []
    for one in found:
        if isinstance(one, ScharnierError):
            faults.append(one)
        else:
            values.append(one)
    return values, faults


def _made_id(record: Record) -> str:
    return make_id(str(record.values["name"]))


def _known_id(record: Record, *, names: Names, new_id: NewId) -> str:
    """Return the identifier of who or what has the record's name, else a new one (raises AmbiguousName)."""
    name = str(record.values["name"])
    found = names.called(record.part, name)
    if len(found) > 1:
        at = record.place("name").facts()
        raise AmbiguousName(**at, value=name, part=record.part, ids=tuple(sorted(found)))
    return next(iter(found), "") or new_id(record.part, name)


def _identify(records: Iterable[Record], *, identify: Identify) -> Iterator[Record | ScharnierError]:
    """Yield the records with an identifier each, found or made where the row has none."""
    rows: dict[tuple[str, object], int] = {}
    for record in records:
        if "id" not in sheet_forms()[record.part].columns:
            yield record
            continue
        if "name" not in record.values:  # told already as an empty cell
            continue
        try:
            identifier = record.values.get("id") or identify(record)
        except AmbiguousName as error:
            yield error
            continue
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
    records: Iterable[Record],
    *,
    faults: Sequence[ScharnierError],
    onto: network.Network,
    finish: Finish,
) -> Iterator[tuple[Record, Item] | ScharnierError]:
    """Yield the items of the rows in which nothing is wrong yet."""
    wrong = {(fault.facts.get("sheet"), fault.facts.get("row")) for fault in faults}
    there = {(part, item.id): item for part in sheet_forms() for item in _identified(onto, part=part)}
    for record in records:
        if (record.sheet, record.row) in wrong:
            continue
        same = there.get((record.part, str(record.values.get("id"))))
        try:
            yield record, finish(record, same)
        except AlreadyThere as error:
            yield error
        except ScharnierError as error:
            yield BrokenRow(sheet=record.sheet, row=record.row, rule=error)


def _only_new(record: Record, same: Item | None) -> Item:
    """Return the item of a record (raises AlreadyThere when there is something else by its identifier)."""
    item = build_item(record.part, record.values)
    if same is not None and same != item:
        field = "id" if "id" in record.headings else "name"
        raise AlreadyThere(**record.place(field).facts(), value=record.values["id"])
    return item


def _changed(record: Record, same: Item | None) -> Item:
    before = {} if same is None else item_values(same)
    return build_item(record.part, {**before, **record.values})


def _circles(found: Iterable[tuple[Record, Item]], *, onto: network.Network) -> tuple[ScharnierError, ...]:
    """Return a failure for each row that would make a circle in the network as it becomes."""
    told = {(record.part, getattr(item, "id", "")): (record, item) for record, item in found}
    parts: dict[str, Any] = {}
    records: dict[tuple[str, int], Record] = {}
    for part in filter(lambda part: "id" in sheet_forms()[part].columns, sheet_forms()):
        here = {item.id: item for item in getattr(onto, part)}
        new = {key: item for (of, key), (_, item) in told.items() if of == part}
        parts[part] = tuple({**here, **new}.values())
        records |= {
            (part, place): told[part, item.id][0] for place, item in enumerate(parts[part]) if item.id in new
        }
    try:
        replace(onto, **parts)
    except network.InvalidNetwork as error:
        return tuple(_circle(each, records=records) for each in error.problems if _place(each) in records)
    return ()


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
    field = problem.place.rpartition(".")[2]
    return Circle(**records[_place(problem)].place(field).facts(), value=problem.value)


def _place(problem: network.Problem) -> tuple[str, int]:
    part, position, _ = re.split(r"\[|\]\.", problem.place)
    return part, int(position)


def _malformed(faults: Iterable[ScharnierError], *, sheets: Sequence[str]) -> MalformedTables:
    """Return the failures in the order in which somebody goes through the tables."""

    def position(fault: ScharnierError) -> tuple[int, int]:
        sheet, row = fault.facts.get("sheet"), fault.facts.get("row", 0)
        return sheets.index(str(sheet)) if sheet in sheets else -1, row if isinstance(row, int) else 0

    return MalformedTables(faults=tuple(sorted(faults, key=position)[:MOST_FAULTS]))
