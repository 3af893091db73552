# SPDX-License-Identifier: EUPL-1.2
"""Look things up in a network without searching it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeVar

from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    LocationId,
    NotFound,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    ServiceId,
    TopicId,
)
from scharnier.core.network._network import Network
from scharnier.core.network._parties import Community, Organization, Person, ResidentGroup, Service
from scharnier.core.network._places import Area, Location
from scharnier.core.network._relations import Membership, Tie
from scharnier.core.network._topics import Topic

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
N_ALIKE, N_LARGEST = 5, 10  # names offered in place of an unknown one


class UnknownPlace(NotFound):
    """No area of the network has that name."""

    code = "network.unknown_place"


class NoPlaces(UnknownPlace):
    """The network has no areas at all."""

    code = "network.no_places"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkIndex:
    """A network with a way to each part by its identifier and to what hangs on it."""

    network: Network
    areas: Mapping[AreaId, Area]
    locations: Mapping[LocationId, Location]
    topics: Mapping[TopicId, Topic]
    organizations: Mapping[OrganizationId, Organization]
    services: Mapping[ServiceId, Service]
    communities: Mapping[CommunityId, Community]
    resident_groups: Mapping[ResidentGroupId, ResidentGroup]
    persons: Mapping[PersonId, Person]
    services_of: Mapping[OrganizationId, tuple[Service, ...]]
    memberships_of: Mapping[PersonId, tuple[Membership, ...]]
    members_of: Mapping[OrganizationId, tuple[Membership, ...]]
    ties_of: Mapping[PersonId, tuple[Tie, ...]]  # either way

    def unknown_place(self, name: str) -> UnknownPlace:
        """Return the refusal of a place, with a few names to choose from."""
        names = {area.name.casefold(): area.name for area in self.network.areas}
        if not names:
            return NoPlaces(place=name)
        alike = [names[found] for found in get_close_matches(name.strip().casefold(), names, n=N_ALIKE)]
        return UnknownPlace(place=name, known=tuple(alike or self._largest_areas()))

    def _largest_areas(self) -> list[str]:
        """Return the names of the areas that lie highest, at most ten."""
        n_above = {area.id: len(self._areas_above(area.id)) for area in self.network.areas}
        highest_first = sorted(self.network.areas, key=lambda area: (n_above[area.id], area.name))
        return [area.name for area in highest_first[:N_LARGEST]]

    def areas_around(self, area_id: AreaId) -> frozenset[AreaId]:
        """Return an area with everything it lies in and everything that lies in it."""
        return frozenset(self._areas_above(area_id) | self._areas_within(area_id))

    def _areas_above(self, area_id: AreaId) -> set[AreaId]:
        above = {area_id}
        parent = self.areas[area_id].parent_id
        while parent is not None:
            above.add(parent)
            parent = self.areas[parent].parent_id
        return above

    def _areas_within(self, area_id: AreaId) -> set[AreaId]:
        within = {area_id}
        grown = True
        while grown:
            more = {area.id for area in self.network.areas if area.parent_id in within} - within
            within |= more
            grown = bool(more)
        return within


def index_network(network: Network) -> NetworkIndex:
    """Return the network with its indexes.

    Notes
    -----
    O(size of the network) in time and memory; the values themselves are shared, not copied.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> ria = Person(id=PersonId("ria"), name="Ria")
    >>> index = index_network(Network(id=NetworkId("n"), name="N", persons=(ria,)))
    >>> index.persons[PersonId("ria")].name
    'Ria'
    """
    return NetworkIndex(
        network=network,
        areas={area.id: area for area in network.areas},
        locations={location.id: location for location in network.locations},
        topics={topic.id: topic for topic in network.topics},
        organizations={organization.id: organization for organization in network.organizations},
        services={service.id: service for service in network.services},
        communities={community.id: community for community in network.communities},
        resident_groups={group.id: group for group in network.resident_groups},
        persons={person.id: person for person in network.persons},
        services_of=_grouped((service.organization_id, service) for service in network.services),
        memberships_of=_grouped((member.person_id, member) for member in network.memberships),
        members_of=_grouped(
            (member.organization_id, member)
            for member in network.memberships
            if member.organization_id is not None
        ),
        ties_of=_grouped((end, tie) for tie in network.ties for end in (tie.source_id, tie.target_id)),
    )


def renew_index(
    index: NetworkIndex, *, persons: Iterable[Person], ties: Iterable[Tie], among: Collection[PersonId]
) -> NetworkIndex:
    """Return an index in which some persons, and the ties between them, are as they stand now.

    Parameters
    ----------
    index
        A network as it was read.
    persons
        Those of the persons concerned who are there now. Areas that the index does not know are left out.
    ties
        The ties between two of them now; no others count any more.
    among
        The persons concerned. Who is not among `persons` is gone.

    Notes
    -----
    O(persons of the network). `network` itself stays as it was read.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> ria, mo = (Person(id=PersonId(name), name=name) for name in ("ria", "mo"))
    >>> index = index_network(Network(id=NetworkId("n"), name="N", persons=(ria, mo)))
    >>> list(renew_index(index, persons=(mo,), ties=(), among={ria.id, mo.id}).persons)
    ['mo']
    """
    known = {person.id: replace(person, area_ids=person.area_ids & index.areas.keys()) for person in persons}
    others = {person_id: person for person_id, person in index.persons.items() if person_id not in among}
    between = (tie for tie in ties if {tie.source_id, tie.target_id} <= known.keys())
    return replace(
        index,
        persons=others | known,
        ties_of=_grouped((end, tie) for tie in between for end in (tie.source_id, tie.target_id)),
    )


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    groups: defaultdict[_Key, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
