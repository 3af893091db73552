# SPDX-License-Identifier: EUPL-1.2
"""Lay organizations and their services in the areas and places of a neighbourhood; never persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scharnier.core import network
from scharnier.core.kernel import AreaId, LocationId, OrganizationId, TopicId
from scharnier.core.network import (
    Area,
    AreaKind,
    Location,
    LocationType,
    Organization,
    Service,
    ServiceStatus,
)

GIVEN = frozenset({ServiceStatus.ACTIVE, ServiceStatus.TEMPORARILY_CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The parts of a network that can be on a map."""

    areas: Sequence[Area]
    locations: Sequence[Location]
    organizations: Sequence[Organization]
    services: Sequence[Service]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSelection:
    """Which part of a network to lay on the map."""

    area_id: AreaId | None = None  # with all within it
    topic_id: TopicId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """An organization at a place, with what it offers there."""

    organization: Organization
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOnMap:
    """A place where organizations give services."""

    location: Location
    tenants: tuple[Tenant, ...]

    @property
    def is_drawn(self) -> bool:
        """Tell whether it is known where on earth the place is."""
        return self.location.latitude is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaOnMap:
    """An area with the places in it."""

    area: Area
    depth: int  # 0: it lies in no other area on the map
    places: tuple[PlaceOnMap, ...]
    organizations: tuple[Organization, ...]  # that work in this area, and have no place in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is on a map."""

    areas: tuple[AreaOnMap, ...]  # each before those within it, by name
    elsewhere: tuple[PlaceOnMap, ...]  # in none of the areas

    @property
    def places(self) -> tuple[PlaceOnMap, ...]:
        """Every place, in the order of the areas."""
        return (*(place for area in self.areas for place in area.places), *self.elsewhere)


def lay_map(ground: Ground, selection: MapSelection) -> Scene:
    """Return what is on a map of a network.

    Parameters
    ----------
    ground
        a areas, l locations, o organizations and s services that the reader may see.
    selection
        The area with all within it, and the topic, to which the map is narrowed.

    Returns
    -------
    Scene
        All areas but streets; a place is in the innermost of them.

    Notes
    -----
    A place is on the map only when an organization gives a service there that has not ended: an address
    that nobody vouches for could be somebody's home. A service counts for a topic by its own topics, else by
    those of its organization. A place lies where its own area does, else within the smallest outline around
    it. O(a log a + l log l + o log o + s + l p) for p points of outlines.

    Examples
    --------
    >>> north = Area(id=AreaId("noord"), name="Noord")
    >>> ground = Ground(areas=[north], locations=[], organizations=[], services=[])
    >>> [on_map.area.name for on_map in lay_map(ground, MapSelection()).areas]
    ['Noord']
    """
    shown = [area for area in ground.areas if area.kind is not AreaKind.STREET]
    kept = _within(selection.area_id, shown) if selection.area_id else frozenset(area.id for area in shown)
    homes = _Homes.of(ground.areas, shown=shown)
    by_area: defaultdict[AreaId | None, list[PlaceOnMap]] = defaultdict(list)
    for place in _places(ground, topic_id=selection.topic_id):
        by_area[homes.home(place.location)].append(place)
    working = _working(ground, by_area, topic_id=selection.topic_id)
    areas = tuple(
        AreaOnMap(
            area=area, depth=depth, places=tuple(by_area[area.id]), organizations=working.get(area.id, ())
        )
        for area, depth in _outside_in(shown, kept=kept)
    )
    return Scene(areas=areas, elsewhere=() if selection.area_id else tuple(by_area[None]))


def _within(area_id: AreaId, areas: Sequence[Area]) -> frozenset[AreaId]:
    parts: defaultdict[AreaId | None, list[AreaId]] = defaultdict(list)
    for area in areas:
        parts[area.parent_id].append(area.id)
    found: set[AreaId] = set()
    waiting = [area_id]
    while waiting:
        inner = waiting.pop()
        if inner not in found:
            found.add(inner)
            waiting += parts[inner]
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Homes:
    """In which area on the map a location lies."""

    parents: Mapping[AreaId, AreaId | None]
    shown: Mapping[AreaId, Area]

    @classmethod
    def of(cls, areas: Sequence[Area], *, shown: Sequence[Area]) -> _Homes:
        return cls(
            parents={area.id: area.parent_id for area in areas}, shown={area.id: area for area in shown}
        )

    def home(self, location: Location) -> AreaId | None:
        area_id = location.area_id
        while area_id is not None and area_id not in self.shown:
            area_id = self.parents.get(area_id)
        if area_id is None and location.longitude is not None and location.latitude is not None:
            return network.area_around(location.longitude, location.latitude, self.shown.values())
        return area_id


def _places(ground: Ground, *, topic_id: TopicId | None) -> Iterator[PlaceOnMap]:
    """Yield the places where services are given, by name."""
    organizations = {organization.id: organization for organization in ground.organizations}
    given: defaultdict[LocationId, list[Service]] = defaultdict(list)
    for service in ground.services:
        organization = organizations.get(service.organization_id)
        is_given = organization is not None and service.status in GIVEN
        if is_given and _is_about(service.topics or organizations[service.organization_id].topics, topic_id):
            for location_id in service.location_ids:
                given[location_id].append(service)
    for location in sorted(ground.locations, key=lambda one: (one.name.casefold(), one.id)):
        if location.location_type is LocationType.PHYSICAL and given[location.id]:
            yield PlaceOnMap(location=location, tenants=_tenants(given[location.id], organizations))


def _is_about(topics: frozenset[TopicId], topic_id: TopicId | None) -> bool:
    return topic_id is None or topic_id in topics


def _tenants(
    services: Sequence[Service], organizations: Mapping[OrganizationId, Organization]
) -> tuple[Tenant, ...]:
    by_organization: defaultdict[OrganizationId, list[Service]] = defaultdict(list)
    for service in sorted(services, key=lambda one: (one.name.casefold(), one.id)):
        by_organization[service.organization_id].append(service)
    found = [
        Tenant(organization=organizations[organization_id], services=tuple(theirs))
        for organization_id, theirs in by_organization.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.organization.name.casefold(), one.organization.id)))


def _working(
    ground: Ground, by_area: Mapping[AreaId | None, Sequence[PlaceOnMap]], *, topic_id: TopicId | None
) -> Mapping[AreaId, tuple[Organization, ...]]:
    """Return which organizations work in an area, besides those that have a place in it."""
    settled = {
        (area_id, tenant.organization.id)
        for area_id, places in by_area.items()
        for place in places
        for tenant in place.tenants
    }
    found: defaultdict[AreaId, list[Organization]] = defaultdict(list)
    for organization in sorted(ground.organizations, key=lambda one: (one.name.casefold(), one.id)):
        for area_id in organization.area_ids if _is_about(organization.topics, topic_id) else ():
            if (area_id, organization.id) not in settled:
                found[area_id].append(organization)
    return {area_id: tuple(working) for area_id, working in found.items()}


def _outside_in(shown: Sequence[Area], *, kept: frozenset[AreaId]) -> Iterator[tuple[Area, int]]:
    """Yield the areas to show, each before those within it, with how deep it lies."""
    inner: defaultdict[AreaId | None, list[Area]] = defaultdict(list)
    for area in sorted(shown, key=lambda one: (one.name.casefold(), one.id)):
        if area.id in kept:
            inner[area.parent_id if area.parent_id in kept else None].append(area)
    waiting = [(area, 0) for area in reversed(inner[None])]
    while waiting:
        area, depth = waiting.pop()
        yield area, depth
        waiting += [(part, depth + 1) for part in reversed(inner[area.id])]
