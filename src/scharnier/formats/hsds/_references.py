# SPDX-License-Identifier: EUPL-1.2
"""References between tables: which answer, which do not, and which speak of another system's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._errors import Fault, Problem
from scharnier.formats.hsds._package import Record
from scharnier.formats.hsds._rules import Records, problem_at

MIN_FOREIGN = 20  # fewer references without answer are mistakes, to be mended by hand
NONE = "0"  # what databases with whole numbers write for no reference


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of each table, to see whether a reference answers."""

    known: Mapping[str, frozenset[str]]

    def is_empty(self, reference: str, *, target: str) -> bool:
        """Tell whether a cell refers to nothing: blank, or 0 where nothing has that identifier."""
        return not reference.strip() or (reference == NONE and NONE not in self.known[target])

    def answers(self, reference: str, *, target: str) -> bool:
        """Tell whether something has that identifier."""
        return reference in self.known[target]


def identifiers_of(records: Records) -> Identifiers:
    """Return the identifiers of each table."""
    return Identifiers(
        {entity: frozenset(record["id"] for record in rows) for entity, rows in records.items()}
    )


def find_reference_problems(records: Records, identifiers: Identifiers) -> Iterator[Problem]:
    """Yield the references that do not answer, then the circles.

    Notes
    -----
    A column of 20 or more references of which not one answers was not filled in wrongly: it holds the
    numbers of the system the package was taken from. It counts as one problem that is no error. Anything
    less is an error at each place.
    """
    for rows, column, target in _columns(records):
        referring = [record for record in rows if _refers(record, column, target=target, among=identifiers)]
        dangling = [record for record in referring if not identifiers.answers(record[column], target=target)]
        is_foreign = len(dangling) == len(referring) >= MIN_FOREIGN and not _has_none(dangling, column)
        fault = Fault.FOREIGN_REFERENCES if is_foreign else Fault.UNKNOWN_REFERENCE
        for record in dangling:
            yield problem_at(record, column, fault=fault, is_error=not is_foreign)
    yield from _circles(records)


def _refers(record: Record, column: str, *, target: str, among: Identifiers) -> bool:
    """Tell whether a cell refers to anything; 0 means nothing only where nothing is an answer."""
    if column in _names.NEEDED.get(record.table.entity, ()):
        return bool(record[column].strip())
    return not among.is_empty(record[column], target=target)


def _has_none(rows: Sequence[Record], column: str) -> bool:
    return any(record[column] == NONE for record in rows)


def _columns(records: Records) -> Iterator[tuple[Sequence[Record], str, str]]:
    for entity, columns in _names.REFERENCES.items():
        for column, target in columns.items():
            yield records[entity], column, target
    for target in ("organization", "service"):
        linked = [record for record in records["attribute"] if record["link_entity"] == target]
        yield linked, "link_id", target


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
