# SPDX-License-Identifier: EUPL-1.2
"""What somebody sees of a network on the map: a list for the page, and the same as GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from scharnier.apps.mapping import access
from scharnier.apps.people import access as people_access
from scharnier.apps.people import rows
from scharnier.apps.people.selectors import Link
from scharnier.core import mapping, network
from scharnier.core.kernel import Actor, AreaId

Pairs = tuple[tuple[str, str], ...]  # identifiers with names


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a map can be narrowed to."""

    areas: Pairs
    topics: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantLine:
    """An organization at a place, with the names of what it offers there."""

    link: Link
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place in words."""

    key: str  # of the same on the map
    name: str
    address: str
    is_drawn: bool
    tenants: tuple[TenantLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """An area in words, with the places in it and who works there besides."""

    key: str
    name: str
    also: tuple[str, ...]  # what people call it
    level: int  # of its heading
    is_drawn: bool
    places: tuple[PlaceLine, ...]
    organizations: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """A map in words."""

    areas: tuple[AreaLine, ...]
    elsewhere: tuple[PlaceLine, ...]
    n_places: int
    n_drawn_areas: int
    n_drawn_places: int

    @property
    def is_empty(self) -> bool:
        """Tell whether there is neither an area nor a place."""
        return not (self.areas or self.elsewhere)

    @property
    def is_drawn(self) -> bool:
        """Tell whether there is anything that a map could draw."""
        return bool(self.n_drawn_areas or self.n_drawn_places)


def choices(actor: Actor, *, ground: mapping.Ground, language: str) -> Choices:
    """Return what the actor can narrow the map to: areas but streets, and topics that are on it."""
    wanted = {topic_id for service in ground.services for topic_id in service.topics}
    wanted |= {topic_id for organization in ground.organizations for topic_id in organization.topics}
    topics = [
        (row.text_id, rows.topic_value(row).name(language))
        for row in people_access.topics(actor)
        if row.text_id in wanted
    ]
    areas: list[tuple[str, str]] = [
        (area.id, area.name) for area in ground.areas if area.kind is not network.AreaKind.STREET
    ]
    return Choices(areas=_by_name(areas), topics=_by_name(topics))


def _by_name(pairs: list[tuple[str, str]]) -> Pairs:
    return tuple(sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0])))


def read_ground(actor: Actor) -> mapping.Ground:
    """Return what could be on the map for the actor.

    Raises
    ------
    MapNotFound
    """
    access.check_may_see(actor)
    return access.ground(actor)


def map_page(selection: mapping.MapSelection, *, ground: mapping.Ground) -> MapPage:
    """Return a map in words."""
    scene = mapping.lay_map(ground, selection)
    return MapPage(
        areas=tuple(map(_area_line, scene.areas)),
        elsewhere=tuple(map(_place_line, scene.elsewhere)),
        n_places=len(scene.places),
        n_drawn_areas=sum(bool(on_map.area.outline) for on_map in scene.areas),
        n_drawn_places=sum(place.is_drawn for place in scene.places),
    )


def _area_line(on_map: mapping.AreaOnMap) -> AreaLine:
    return AreaLine(
        key=area_key(on_map.area.id),
        name=on_map.area.name,
        also=on_map.area.alternate_names,
        level=min(3 + on_map.depth, 5),
        is_drawn=bool(on_map.area.outline),
        places=tuple(map(_place_line, on_map.places)),
        organizations=tuple(map(_link, on_map.organizations)),
    )


def _place_line(place: mapping.PlaceOnMap) -> PlaceLine:
    return PlaceLine(
        key=_place_key(place),
        name=_place_name(place),
        address=place.location.address,
        is_drawn=place.is_drawn,
        tenants=tuple(
            TenantLine(
                link=_link(tenant.organization), services=tuple(service.name for service in tenant.services)
            )
            for tenant in place.tenants
        ),
    )


def _link(organization: network.Organization) -> Link:
    return Link(name=organization.name, kind="organization", id=organization.id)


def _place_name(place: mapping.PlaceOnMap) -> str:
    return place.location.name or place.tenants[0].organization.name


def area_key(area_id: AreaId) -> str:
    """Return what an area is called in the list and on the map alike."""
    return f"area:{area_id}"


def _place_key(place: mapping.PlaceOnMap) -> str:
    return f"place:{place.location.id}"


def map_data(selection: mapping.MapSelection, *, ground: mapping.Ground) -> bytes:
    """Return what a map draws as GeoJSON: a collection of areas and one of places, nothing of persons."""
    scene = mapping.lay_map(ground, selection)
    return msgspec.json.encode(
        {
            "areas": {"type": "FeatureCollection", "features": list(_area_features(scene))},
            "places": {"type": "FeatureCollection", "features": list(_place_features(scene))},
        }
    )


def _area_features(scene: mapping.Scene) -> Iterator[dict[str, object]]:
    for on_map in scene.areas:
        if on_map.area.outline:
            properties = {
                "key": area_key(on_map.area.id),
                "name": on_map.area.name,
                "depth": on_map.depth,
                "middle": network.middle_of(on_map.area.outline),
                "n_places": len(on_map.places),
                "organizations": [organization.name for organization in on_map.organizations],
            }
            shape = {"type": "MultiPolygon", "coordinates": on_map.area.outline}
            yield {"type": "Feature", "properties": properties, "geometry": shape}


def _place_features(scene: mapping.Scene) -> Iterator[dict[str, object]]:
    for place in scene.places:
        if place.is_drawn:
            properties = {
                "key": _place_key(place),
                "name": _place_name(place),
                "address": place.location.address,
                "organizations": [tenant.organization.name for tenant in place.tenants],
                "services": [service.name for tenant in place.tenants for service in tenant.services],
            }
            point = {"type": "Point", "coordinates": (place.location.longitude, place.location.latitude)}
            yield {"type": "Feature", "properties": properties, "geometry": point}
