# SPDX-License-Identifier: EUPL-1.2
"""References between tables: which answer, which do not, and which speak of another system's numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._errors import Fault, Problem
from scharnier.formats.hsds._package import Record
from scharnier.formats.hsds._rules import Records, problem_at

MIN_FOREIGN = 20  # different references; when fewer have no answer, somebody made mistakes to mend by hand
NONE = "0"  # what databases with whole numbers write for no reference


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of each table, to see whether a reference answers."""

    known: Mapping[str, frozenset[str]]

    def answers(self, reference: str, *, target: str) -> bool:
        """Tell whether something has that identifier."""
        return reference in self.known[target]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that refers, with its filled cells."""

    name: str
    target: str
    records: Sequence[Record]
    is_needed: bool


def identifiers_of(records: Records) -> Identifiers:
    """Return the identifiers of each table."""
    return Identifiers(
        {entity: frozenset(record["id"] for record in rows) for entity, rows in records.items()}
    )


def find_reference_problems(records: Records, identifiers: Identifiers) -> Iterator[Problem]:
    """Yield the references that do not answer, then the circles.

    Notes
    -----
    When 20 or more different references to one kind of thing, in all tables together, have not one answer,
    nobody made a mistake: the package holds the numbers of the system it was taken from. That is no error,
    and neither is a 0 where a reference may be left out. Any other reference without answer is.
    """
    columns = tuple(_columns(records))
    foreign = _foreign_targets(columns, identifiers)
    for column in columns:
        for record in column.records:
            if not identifiers.answers(record[column.name], target=column.target):
                yield _unanswered(record, column, is_foreign=column.target in foreign)
    yield from _circles(records)


def _unanswered(record: Record, column: _Column, *, is_foreign: bool) -> Problem:
    if record[column.name] == NONE:
        fault = Fault.UNKNOWN_REFERENCE if column.is_needed else Fault.ZERO_REFERENCE
    else:
        fault = Fault.FOREIGN_REFERENCES if is_foreign else Fault.UNKNOWN_REFERENCE
    return problem_at(record, column.name, fault=fault, is_error=fault is Fault.UNKNOWN_REFERENCE)


def _foreign_targets(columns: Sequence[_Column], identifiers: Identifiers) -> frozenset[str]:
    references: defaultdict[str, set[str]] = defaultdict(set)
    for column in columns:
        references[column.target].update(record[column.name] for record in column.records)
    return frozenset(
        target
        for target, found in references.items()
        if len(found - {NONE}) >= MIN_FOREIGN and found.isdisjoint(identifiers.known[target])
    )


def _columns(records: Records) -> Iterator[_Column]:
    for entity, columns in _names.REFERENCES.items():
        for name, target in columns.items():
            is_needed = name in _names.NEEDED.get(entity, ())
            yield _Column(name, target, _filled(records[entity], name), is_needed)
    for target in ("organization", "service"):
        linked = [record for record in records["attribute"] if record["link_entity"] == target]
        yield _Column("link_id", target, _filled(linked, "link_id"), is_needed=True)


def _filled(rows: Sequence[Record], name: str) -> Sequence[Record]:
    return [record for record in rows if record[name].strip()]


def _circles(records: Records) -> Iterator[Problem]:
    for entity, column in _names.CIRCLES.items():
        parents = {record["id"]: record[column] for record in records[entity]}
        ends: dict[str, bool] = {}
        for record in records[entity]:
            if not _way_up_ends(record["id"], parents, ends):
                yield problem_at(record, column, fault=Fault.CIRCLE)


def _way_up_ends(identifier: str, parents: Mapping[str, str], ends: dict[str, bool]) -> bool:
    """Tell whether the way up ends; what is found is remembered, so that all together is O(n)."""
    way: dict[str, None] = {}
    current = identifier
    while current in parents and current not in ends and current not in way:
        way[current] = None
        current = parents[current]
    answer = ends.get(current, current not in way)
    ends.update(dict.fromkeys(way, answer))
    return answer
