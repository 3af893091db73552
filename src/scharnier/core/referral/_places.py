# SPDX-License-Identifier: EUPL-1.2
"""Which place a question is about, where its words fit several."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from scharnier.core.kernel import AreaId, Invalid, OrganizationId
from scharnier.core.network import Area, AreaNames, NetworkIndex


class PlaceAmbiguous(Invalid):
    """Several areas have that name, and what is kept has to say which of them it is.

    Facts: `words`; `known`, a name of each that fits no other; `candidates`, its identifier and that name.
    """

    code = "referral.place_ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArea:
    """An area with a name that fits no other."""

    id: AreaId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTaken:
    """The area that a question was taken to be about, and which others its words fit as well."""

    taken: NamedArea
    others: tuple[NamedArea, ...] = ()  # that may be meant too, in the order in which they would be taken
    is_near: bool = False  # taken first because who asks works there, and not in all of them

    @property
    def candidates(self) -> tuple[NamedArea, ...]:
        """Return every area that may be meant, the one taken first; none when only one may be."""
        return (self.taken, *self.others) if self.others else ()

    @property
    def reason(self) -> Literal["near", "first"] | None:
        """Return why this one of several was taken; None when only one may be meant."""
        if not self.others:
            return None
        return "near" if self.is_near else "first"


def take_place(
    index: NetworkIndex,
    words: str,
    *,
    area_id: AreaId | None = None,
    organization_ids: Collection[OrganizationId] = (),
) -> PlaceTaken | None:
    """Return the place that a question is about; None when it says no place.

    Parameters
    ----------
    index
        The network that is asked.
    words
        As typed: an identifier or name of an area.
    area_id
        Of the area that was chosen among those that the words fit; goes before the words.
    organization_ids
        Which who asks acts for. Of areas that fit equally well, those where one of them works go first.

    Returns
    -------
    PlaceTaken
        Areas where who asks works come first, then by name and by identifier, in whatever order they came.

    Raises
    ------
    UnknownPlace, NoPlaces

    Notes
    -----
    An organization works in an area as for a mandate: its own areas, with what lies around and within them.
    One that works everywhere, or in all of the areas that fit, tells nothing. O(k n) for k areas in n.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> from scharnier.core.network import Network, index_network
    >>> parts = [Area(id=AreaId(name), name=name.capitalize()) for name in ("noord", "zuid")]
    >>> streets = [Area(id=AreaId(f"plein-{part.id}"), name="Plein", parent_id=part.id) for part in parts]
    >>> index = index_network(Network(id=NetworkId("n"), name="N", areas=(*parts, *streets)))
    >>> place = take_place(index, "plein")
    >>> place.taken.name, [other.name for other in place.others]
    ('Plein (Noord)', ['Plein (Zuid)'])
    """
    if area_id is None and not words.strip():
        return None
    names = AreaNames(index.network.areas)
    if area_id is not None:
        if area_id not in index.areas:
            raise index.unknown_place(area_id)
        return PlaceTaken(taken=_named(index.areas[area_id], names))
    found = names.find(words)
    if not found:
        raise index.unknown_place(words)
    near = _near(found, index, organization_ids=organization_ids)
    tells = 0 < len(near) < len(found)
    first, *others = sorted(found, key=lambda area: area.id not in near)
    return PlaceTaken(
        taken=_named(first, names), others=tuple(_named(area, names) for area in others), is_near=tells
    )


def check_one_place(place: PlaceTaken | None, *, words: str) -> None:
    """Let pass what says one place or none: an answer may take one of several, what is kept may not.

    Raises
    ------
    PlaceAmbiguous

    Examples
    --------
    >>> check_one_place(PlaceTaken(taken=NamedArea(id=AreaId("noord"), name="Noord")), words="noord")
    """
    if place is not None and place.others:
        raise PlaceAmbiguous(
            words=words.strip(),
            known=tuple(each.name for each in place.candidates),
            candidates=tuple((each.id, each.name) for each in place.candidates),
        )


def _near(
    areas: Iterable[Area], index: NetworkIndex, *, organization_ids: Iterable[OrganizationId]
) -> frozenset[AreaId]:
    """Return in which of some areas one of the organizations works, as far as they say where."""
    bodies = (index.organizations[each] for each in organization_ids if each in index.organizations)
    works = frozenset[AreaId]().union(*(body.area_ids for body in bodies))
    return frozenset(area.id for area in areas if works & index.areas_around(area.id))


def _named(area: Area, names: AreaNames) -> NamedArea:
    return NamedArea(id=area.id, name=names.tell_apart(area))
