# SPDX-License-Identifier: EUPL-1.2
"""Which areas around a find can be told of, narrowest first: they follow from the map, not from signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scharnier.apps.people import rows as people_rows
from scharnier.apps.people.models import Area as AreaRow
from scharnier.apps.situations.services._releasing import Where
from scharnier.core import detection, network, situations
from scharnier.core.detection import Projection, Width
from scharnier.core.kernel import AreaId, NetworkId
from scharnier.core.signals import Spot
from scharnier.core.situations import Zone

WIDTHS: Final[Mapping[network.AreaKind, Width]] = {
    network.AreaKind.STREET: Width.STREET,
    network.AreaKind.NEIGHBOURHOOD: Width.NEIGHBOURHOOD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """An area around a find, and how it is drawn and named."""

    area: detection.Area
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The areas of a network on its flat map."""

    areas: tuple[network.Area, ...]
    flat: Projection
    name: str  # of the network, where no area is known

    def fix(self, center: tuple[float, float], radius_m: float) -> Zone:
        """Return the fixed circle around a find; what a scan found is compared by these alone."""
        (x_m, y_m), reach_m = detection.fix_circle(center, radius_m)
        return Zone(x_m=x_m, y_m=y_m, radius_m=reach_m)

    def around(self, zone: Zone, *, excluded: frozenset[str]) -> tuple[Around, ...]:
        """Return what could be told of around a fixed circle: a circle, the street, the neighbourhood."""
        found = situations.choose_circle((zone.x_m, zone.y_m), zone.radius_m, self._counted(excluded))
        middle = self.spot((zone.x_m, zone.y_m))
        wider = [each for each in map(self._whole, self._holding(middle)) if each is not None]
        wider.sort(key=lambda each: (list(Width).index(each.area.width), len(each.area.addresses)))
        if found is None:
            return tuple(wider)
        center, radius_m, _ = found
        middle = self.spot(center)
        area_id, name = self.named(middle)
        ring = detection.Area(
            width=Width.RING, name=name, addresses=situations.squares_around(middle, radius_m)
        )
        where = Where(area_id=area_id, middle=middle, radius_m=radius_m)
        return (Around(area=ring, where=where), *wider)

    def named(self, spot: Spot) -> tuple[AreaId | None, str]:
        """Return the smallest area around a spot with its name; without one, the name of the network."""
        area_id = network.area_around(spot.longitude, spot.latitude, self.areas)
        names = {area.id: area.name for area in self.areas}
        return (None, self.name) if area_id is None else (area_id, names[area_id])

    def spot(self, place: tuple[float, float]) -> Spot:
        """Return where a place on the flat map is."""
        longitude, latitude = self.flat.to_degrees(place)
        return Spot(longitude=longitude, latitude=latitude)

    def square(self, place: tuple[float, float]) -> str:
        """Return the square that stands for the address of a place on the flat map."""
        return situations.name_square(self.spot(place))

    def _counted(self, excluded: frozenset[str]) -> situations.SquaresOf:
        def squares_of(center: tuple[float, float], radius_m: float) -> frozenset[str]:
            return situations.squares_around(self.spot(center), radius_m) - excluded

        return squares_of

    def _holding(self, spot: Spot) -> list[network.Area]:
        known = [area for area in self.areas if area.kind in WIDTHS]
        return [area for area in known if network.area_around(spot.longitude, spot.latitude, [area])]

    def _whole(self, area: network.Area) -> Around | None:
        squares = situations.squares_in(area)
        if not squares:
            return None
        told = detection.Area(width=WIDTHS[area.kind], name=area.name, addresses=squares)
        return Around(area=told, where=Where(area_id=area.id))


def read_areas(network_id: NetworkId) -> tuple[network.Area, ...]:
    """Return the areas of a network."""
    found = AreaRow.objects.filter(network_id=network_id).select_related("parent").order_by("pk")
    return tuple(map(people_rows.area_value, found))


def middle_of(areas: tuple[network.Area, ...], *, other: Spot) -> Spot:
    """Return a spot around which a network can be laid flat: amid its areas, else another."""
    middles = [middle for area in areas if (middle := network.middle_of(area.outline)) is not None]
    if not middles:
        return other
    flat = Projection.around(middles)
    return Spot(longitude=flat.longitude, latitude=flat.latitude)
