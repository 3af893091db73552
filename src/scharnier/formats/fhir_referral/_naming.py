# SPDX-License-Identifier: EUPL-1.2
"""Point at parties, services, places and groups: by identifier and name, never at a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from scharnier.core import network
from scharnier.core.referral import Party
from scharnier.formats.fhir_referral import _codes, _shapes
from scharnier.formats.wording import Language

_TYPES: Mapping[str, str] = {
    "area": "Location",
    "community": "Organization",  # FHIR counts community groups among organizations
    "network": "Location",
    "organization": "Organization",
    "resident_group": "Group",
    "service": "HealthcareService",
}


class _Named(Protocol):
    """Something with an identifier and a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What everything in a network is called, by kind and identifier."""

    of: Mapping[tuple[str, str], str]
    language: Language

    def reference(self, kind: str, identifier: str) -> _shapes.Reference:
        """Point at something of the network."""
        return _shapes.Reference(
            type=_TYPES[kind],
            identifier=_shapes.Identifier(system=_codes.system(kind), value=identifier),
            display=self.of.get((kind, identifier), ""),
        )

    def party(self, party: Party) -> _shapes.Reference:
        """Point at a party by its organization or community; a person alone stays without a name."""
        if party.organization_id is not None:
            return self.reference("organization", party.organization_id)
        if party.community_id is not None:
            return self.reference("community", party.community_id)
        return _shapes.Reference(display=_codes.display("unnamed", language=self.language))

    def code(self, name: str, code: str, *, display: str = "") -> _shapes.Concept:
        """Return a code of one of our systems."""
        return _shapes.Concept(
            coding=(_shapes.Coding(system=_codes.system(name), code=code, display=display),)
        )


def names_in(whole: network.Network, *, language: Language) -> Names:
    """Return what everything in a network is called. O(size of the network)."""
    named: Mapping[str, Iterable[_Named]] = {
        "area": whole.areas,
        "community": whole.communities,
        "organization": whole.organizations,
        "resident_group": whole.resident_groups,
        "service": whole.services,
    }
    names = {(kind, str(item.id)): item.name for kind, items in named.items() for item in items}
    names |= {("topic", str(topic.id)): topic.name(language) for topic in whole.topics}
    return Names(of={**names, ("network", str(whole.id)): whole.name}, language=language)
