# SPDX-License-Identifier: EUPL-1.2
"""Find every place where the parts of a network do not hang together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Protocol, cast

Parts = Mapping[str, Sequence[object]]  # name of the part -> its values
MOST_PROBLEMS = 100  # enough to mend a file by; a wrong column would give millions


class Fault(StrEnum):
    """What is wrong at a place."""

    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_REFERENCE = "unknown_reference"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One place that is wrong, as a path into the network and the offending value."""

    place: str  # such as services[3].organization_id
    fault: Fault
    value: str

    @property
    def code(self) -> str:
        """The code under which the fault has a sentence."""
        return f"network.{self.fault}"

    @property
    def facts(self) -> Mapping[str, str]:
        """What the sentence names."""
        return {"place": self.place, "value": self.value}


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


# part of the network -> its fields that refer, and the part they refer to
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "areas": {"parent_id": "areas"},
    "locations": {"area_id": "areas"},
    "topics": {"broader_ids": "topics", "related_ids": "topics"},
    "organizations": {"parent_id": "organizations", "topics": "topics", "area_ids": "areas"},
    "services": {
        "organization_id": "organizations",
        "topics": "topics",
        "area_ids": "areas",
        "location_ids": "locations",
    },
    "communities": {"topics": "topics", "area_ids": "areas"},
    "persons": {"topics": "topics", "area_ids": "areas"},
    "memberships": {
        "person_id": "persons",
        "organization_id": "organizations",
        "community_id": "communities",
        "resident_group_id": "resident_groups",
        "successor_id": "persons",
    },
    "ties": {"source_id": "persons", "target_id": "persons"},
}
_IDENTIFIED = (
    "areas",
    "locations",
    "topics",
    "organizations",
    "services",
    "communities",
    "resident_groups",
    "persons",
)
_CIRCLES = {"areas": "parent_id", "organizations": "parent_id", "topics": "broader_ids"}


def find_problems(parts: Parts) -> tuple[Problem, ...]:
    """Return what does not hang together, in order of the parts, at most 100 problems.

    Notes
    -----
    Identifiers first, then references, then circles; O(size of the network).
    """
    known = {part: frozenset(each.id for each in _identified(parts, part)) for part in _IDENTIFIED}
    found = (*_duplicates(parts), *islice(_dangling(parts, known), MOST_PROBLEMS))
    return (found or tuple(_circles(parts)))[:MOST_PROBLEMS]


def _identified(parts: Parts, part: str) -> Sequence[_Identified]:
    return cast("Sequence[_Identified]", parts[part])


def _targets(item: object, field: str) -> Iterable[str]:
    value = getattr(item, field)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _duplicates(parts: Parts) -> Iterator[Problem]:
    for part in _IDENTIFIED:
        seen: set[str] = set()
        for position, identifier in enumerate(each.id for each in _identified(parts, part)):
            if identifier in seen:
                yield Problem(place=f"{part}[{position}].id", fault=Fault.DUPLICATE_ID, value=identifier)
            seen.add(identifier)


def _dangling(parts: Parts, known: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    for part, fields in _REFERENCES.items():
        items = parts[part]
        for field, target_part in fields.items():
            targets = known[target_part]
            for position, item in enumerate(items):
                for target in sorted(set(_targets(item, field)) - targets):
                    place = f"{part}[{position}].{field}"
                    yield Problem(place=place, fault=Fault.UNKNOWN_REFERENCE, value=target)


def _circles(parts: Parts) -> Iterator[Problem]:
    for part, field in _CIRCLES.items():
        items = _identified(parts, part)
        parents = {item.id: tuple(_targets(item, field)) for item in items}
        rooted = _rooted(parents)
        for position, item in enumerate(items):
            if item.id not in rooted:
                yield Problem(place=f"{part}[{position}].{field}", fault=Fault.CIRCLE, value=item.id)


def _rooted(parents: Mapping[str, Sequence[str]]) -> set[str]:
    """Return those from which every way up ends (Kahn's topological order, O(n + edges))."""
    children: dict[str, list[str]] = {identifier: [] for identifier in parents}
    waiting = {identifier: len(above) for identifier, above in parents.items()}
    for identifier, above in parents.items():
        for parent in above:
            children[parent].append(identifier)
    ready = [identifier for identifier, count in waiting.items() if count == 0]
    for identifier in ready:
        for child in children[identifier]:
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    return set(ready)
