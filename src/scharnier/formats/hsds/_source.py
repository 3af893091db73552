# SPDX-License-Identifier: EUPL-1.2
"""The records of a package, checked, with what is asked of them again and again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from scharnier.core.kernel import TopicId
from scharnier.formats.hsds import _names
from scharnier.formats.hsds._errors import MissingFile, Problem, refusal
from scharnier.formats.hsds._notes import Notes
from scharnier.formats.hsds._package import Package, Record
from scharnier.formats.hsds._references import Identifiers, find_reference_problems, identifiers_of
from scharnier.formats.hsds._rules import Records, find_cell_problems, records_of


@dataclass(frozen=True, slots=True)
class Source:
    """The records of a package, with what is asked of them again and again."""

    records: Records
    identifiers: Identifiers
    notes: Notes
    language: str

    def target(self, record: Record, column: str, *, entity: str) -> str | None:
        """Return the identifier a cell refers to, or None when it refers to nothing there is."""
        reference = record[column]
        return reference if self.identifiers.answers(reference, target=entity) else None


def find_problems(package: Package) -> tuple[Problem, ...]:
    """Return every place where a package breaks a rule of HSDS that needs no schema, errors first."""
    records = records_of(package)
    return _problems(package, records, identifiers_of(records))


def _problems(package: Package, records: Records, identifiers: Identifiers) -> tuple[Problem, ...]:
    found = [*package.remarks, *find_cell_problems(records), *find_reference_problems(records, identifiers)]
    return tuple(sorted(found, key=lambda problem: not problem.is_error))


def checked_source(package: Package, *, language: str) -> Source:
    """Return the records of a package that may become a network (raises MissingFile, InvalidPackage)."""
    records = records_of(package)
    if not any(table.entity == "organization" for table in package.tables):
        raise MissingFile(source=package.source, files=(_names.FILES["organization"],))
    identifiers = identifiers_of(records)
    problems = _problems(package, records, identifiers)
    errors = tuple(problem for problem in problems if problem.is_error)
    if errors:
        raise refusal(package.source, errors)
    notes = Notes()
    notes.add_problems(problems)
    return Source(records, identifiers, notes, language)


def topics_by_owner(source: Source, *, entity: str) -> dict[str, frozenset[TopicId]]:
    """Return the topics of each organization or service that attributes link to it."""
    found: defaultdict[str, set[TopicId]] = defaultdict(set)
    for record in source.records["attribute"]:
        if record["link_entity"] != entity:
            continue
        owner = source.target(record, "link_id", entity=entity)
        topic = source.target(record, "taxonomy_term_id", entity="taxonomy_term")
        if owner is not None and topic is not None:
            found[owner].add(TopicId(topic))
    return {owner: frozenset(topics) for owner, topics in found.items()}
