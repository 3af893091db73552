# SPDX-License-Identifier: EUPL-1.2
"""Where: areas, locations and the hours at which something is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from scharnier.core.kernel import AreaId, Invalid, LocationId

MIN_RING = 4  # points of a closed ring: a triangle and its first corner again
MAX_LATITUDE, MAX_LONGITUDE = 90, 180  # degrees

Ring = tuple[tuple[float, float], ...]  # (longitude, latitude) in degrees WGS 84; the last is the first again
Polygon = tuple[Ring, ...]  # the outer ring, then the holes in it
Outline = tuple[Polygon, ...]  # as in a GeoJSON MultiPolygon (RFC 7946); empty: not known


class InvalidPlace(Invalid):
    """An area, location or schedule breaks a rule."""

    code = "network.invalid_place"


def _is_on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= MAX_LATITUDE and abs(longitude) <= MAX_LONGITUDE  # false for NaN


class AreaKind(StrEnum):
    """How large an area is, in the Dutch statistical hierarchy."""

    MUNICIPALITY = "municipality"  # gemeente
    DISTRICT = "district"  # wijk
    NEIGHBOURHOOD = "neighbourhood"  # buurt
    STREET = "street"  # straat


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A named piece of the neighbourhood.

    Raises
    ------
    InvalidPlace
        Without a name, as its own parent, or with an outline that has a polygon without rings, or a ring of
        fewer than four points, not closed or not on earth.
    """

    id: AreaId
    name: str
    kind: AreaKind = AreaKind.NEIGHBOURHOOD
    alternate_names: tuple[str, ...] = ()  # what residents call it
    parent_id: AreaId | None = None
    cbs_code: str | None = None  # Statistics Netherlands, such as BU03630000
    outline: Outline = ()  # several polygons where it lies in pieces

    def __post_init__(self) -> None:
        if not self.name.strip() or self.parent_id == self.id:
            raise InvalidPlace(area_id=self.id, name=self.name, parent_id=self.parent_id)
        for polygon in self.outline:
            if not polygon:
                raise InvalidPlace(area_id=self.id, outline_rings=0)
            for ring in polygon:
                self._check_ring(ring)

    def _check_ring(self, ring: Ring) -> None:
        if len(ring) < MIN_RING or ring[0] != ring[-1]:
            raise InvalidPlace(area_id=self.id, outline_points=len(ring))
        for longitude, latitude in ring:
            if not _is_on_earth(latitude, longitude):
                raise InvalidPlace(area_id=self.id, latitude=latitude, longitude=longitude)


class LocationType(StrEnum):
    """What kind of place a location is (HSDS 3.0 `location_type`)."""

    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place where services are given (HSDS: location).

    Raises
    ------
    InvalidPlace
        When only one of the coordinates is there, or one is outside -90..90 or -180..180 degrees.
    """

    id: LocationId
    name: str = ""
    location_type: LocationType = LocationType.PHYSICAL
    address: str = ""
    area_id: AreaId | None = None
    latitude: float | None = None  # degrees WGS 84
    longitude: float | None = None  # degrees WGS 84

    def __post_init__(self) -> None:
        latitude, longitude = self.latitude, self.longitude
        if (latitude is None) != (longitude is None):
            raise InvalidPlace(location_id=self.id, latitude=latitude, longitude=longitude)
        if latitude is not None and longitude is not None and not _is_on_earth(latitude, longitude):
            raise InvalidPlace(location_id=self.id, latitude=latitude, longitude=longitude)


class Weekday(StrEnum):
    """Days of the week (RFC 5545 `BYDAY`)."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Hours in a week, for a period (HSDS: schedule with `freq` WEEKLY).

    Raises
    ------
    InvalidPlace
        When it closes before it opens or ends before it starts.
    """

    weekdays: frozenset[Weekday] = frozenset()  # empty: by appointment
    opens_at: time | None = None  # local time
    closes_at: time | None = None  # local time
    valid_from: date | None = None
    valid_to: date | None = None  # last day
    description: str = ""

    def __post_init__(self) -> None:
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise InvalidPlace(opens_at=self.opens_at, closes_at=self.closes_at)
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise InvalidPlace(valid_from=self.valid_from, valid_to=self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How much room a service has, as last told (HSDS 3.1: service_capacity).

    Raises
    ------
    InvalidPlace
        When a number is negative or more is available than the maximum.
    """

    available: int  # units free now, >= 0
    maximum: int | None = None  # units in all, >= available
    unit: str = ""
    updated_date: date | None = None

    def __post_init__(self) -> None:
        if self.available < 0 or (self.maximum is not None and self.maximum < self.available):
            raise InvalidPlace(available=self.available, maximum=self.maximum)
