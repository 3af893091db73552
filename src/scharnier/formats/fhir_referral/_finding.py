# SPDX-License-Identifier: EUPL-1.2
"""Find in a network what a file points at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scharnier.core import text
from scharnier.core.kernel import CommunityId, OrganizationId
from scharnier.core.referral import Party
from scharnier.formats.fhir_referral import _codes, _shapes
from scharnier.formats.fhir_referral._faults import PersonalText, PersonInside, UnknownReference, WrongElement


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """What a network has, what the Bundle says of what it points at, and who stands for the unnamed."""

    names: Mapping[tuple[str, str], str]  # by kind and identifier
    bodies: Mapping[str, _shapes.Body]  # by each way to point at one
    unnamed: Party | None

    def party(self, pointed: _shapes.Reference | None, *, place: str) -> Party:
        """Return the party that a reference means.

        Raises
        ------
        WrongElement, PersonInside, UnknownReference
        """
        if pointed is None:
            raise WrongElement(place=place)
        if pointed == _shapes.Reference(display=pointed.display) and _codes.is_unnamed(pointed.display):
            return self._unnamed(place=place)
        kind, found = self._find(pointed, kinds=("organization", "community"), place=place)
        if kind == "community":
            return replace(self._unnamed(place=place), community_id=CommunityId(found))
        return Party(organization_id=OrganizationId(found))

    def one(self, pointed: _shapes.Reference | None, *, kind: str, place: str) -> str:
        """Return the identifier of something of one kind.

        Raises
        ------
        WrongElement, PersonInside, UnknownReference
        """
        if pointed is None:
            raise WrongElement(place=place)
        return self._find(pointed, kinds=(kind,), place=place)[1]

    def _unnamed(self, *, place: str) -> Party:
        if self.unnamed is None:
            raise PersonInside(place=place)
        return self.unnamed

    def _find(self, pointed: _shapes.Reference, *, kinds: tuple[str, ...], place: str) -> tuple[str, str]:
        if _codes.is_person(pointed.type) or _codes.is_person(pointed.reference.partition("/")[0]):
            raise PersonInside(place=place)
        body = self.bodies.get(pointed.reference)
        identifiers = [pointed.identifier] if pointed.identifier else []
        names = [pointed.display]
        if body is not None:
            identifiers += body.identifier
            names.append(body.name)
        found = self._by_identifier(identifiers, kinds=kinds) or self._by_name(names, kinds=kinds)
        if found is None:
            named = [*names, *(identifier.value for identifier in identifiers), pointed.reference]
            raise UnknownReference(place=place, name=next(filter(None, named), ""))
        return found

    def _by_identifier(
        self, identifiers: Iterable[_shapes.Identifier], *, kinds: tuple[str, ...]
    ) -> tuple[str, str] | None:
        for identifier in identifiers:
            for kind in kinds:
                if identifier.system == _codes.system(kind) and (kind, identifier.value) in self.names:
                    return kind, identifier.value
        return None

    def _by_name(self, names: Iterable[str], *, kinds: tuple[str, ...]) -> tuple[str, str] | None:
        """Return what has one of the names, if it is the only one."""
        wanted = {_folded(name) for name in names if name.strip()}
        found = [key for key, name in self.names.items() if key[0] in kinds and _folded(name) in wanted]
        return found[0] if len(found) == 1 else None


def check_words(words: str, *, place: str) -> str:
    """Return free words that point at no person.

    Raises
    ------
    PersonalText
    """
    found = text.find_personal_data(words)
    if found:
        raise PersonalText(place=place, found=found)
    return words


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
