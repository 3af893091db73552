# SPDX-License-Identifier: EUPL-1.2
"""Names and identifiers in cells to identifiers of the network."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from scharnier.core import network
from scharnier.formats.tables._cells import CellPlace, split_list
from scharnier.formats.tables._faults import AmbiguousName, UnknownName

# what a column holds -> the part that it refers to
ONE: Mapping[str, str] = {
    "area": "areas",
    "organization": "organizations",
    "community": "communities",
    "resident_group": "resident_groups",
    "person": "persons",
}
MANY: Mapping[str, str] = {"topics": "topics", "areas": "areas"}
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


class Names:
    """Who and what can be named in a cell: by identifier, by name, then by other names."""

    def __init__(self, whole: network.Network) -> None:
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        self._by_name: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_other_name: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for part, identifier, name, others in _named(whole):
            self.add(part, identifier, name=name, others=others)

    def add(self, part: str, identifier: str, *, name: str, others: Iterable[str] = ()) -> None:
        """Make an item known."""
        self._ids[part].add(identifier)
        self._by_name[part, _folded(name)].add(identifier)
        for other in filter(None, others):
            self._by_other_name[part, _folded(other)].add(identifier)

    def called(self, part: str, name: str) -> Set[str]:
        """Return the identifiers of who or what has a name, other names apart."""
        return self._by_name.get((part, _folded(name)), set())

    def find(self, part: str, text: str, *, at: CellPlace) -> str:
        """Return the identifier of what a cell names (raises UnknownName, AmbiguousName)."""
        found = self._candidates(part, text)
        if len(found) == 1:
            return next(iter(found))
        kind = AmbiguousName if found else UnknownName
        raise kind(**at.facts(), value=text, part=part, ids=tuple(sorted(found)))

    def find_all(self, part: str, text: str, *, at: CellPlace) -> frozenset[str]:
        """Return the identifiers of a list with semicolons, or with commas where no name has one."""
        wanted = [
            name
            for listed in split_list(text)
            for name in ([listed] if self._candidates(part, listed) else listed.split(","))
        ]
        return frozenset(self.find(part, name.strip(), at=at) for name in wanted)

    def _candidates(self, part: str, text: str) -> Set[str]:
        if text in self._ids[part]:
            return {text}
        key = (part, _folded(text))
        return self._by_name.get(key) or self._by_other_name.get(key) or set()


def make_id(name: str) -> str:
    """Return an identifier made from a name.

    Examples
    --------
    >>> make_id("Zoë van der Berg")
    'zoe-van-der-berg'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return _NO_LETTERS.sub("-", plain).strip("-") or "-".join(name.split())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _named(whole: network.Network) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield the part, identifier, name and other names of whatever a cell can refer to."""
    for topic in whole.topics:
        for label in topic.labels:
            name, others = (label.text, ()) if label.is_preferred else (topic.id, (label.text,))
            yield "topics", topic.id, name, others
    for area in whole.areas:
        yield "areas", area.id, area.name, area.alternate_names
    for organization in whole.organizations:
        yield "organizations", organization.id, organization.name, (organization.alternate_name,)
    yield from (("communities", community.id, community.name, ()) for community in whole.communities)
    yield from (("resident_groups", group.id, group.name, ()) for group in whole.resident_groups)
    yield from (("persons", person.id, person.name, ()) for person in whole.persons)
