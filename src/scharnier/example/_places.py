# SPDX-License-Identifier: EUPL-1.2
"""Areas, locations and hours of Kruisveld."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from scharnier.core.kernel import AreaId, LocationId
from scharnier.core.network import Area, AreaKind, Location, LocationType, Schedule, Weekday
from scharnier.example._records import Place, read_rows, read_source

WEEKDAYS: Mapping[str, Weekday] = {
    "ma": Weekday.MONDAY,
    "di": Weekday.TUESDAY,
    "wo": Weekday.WEDNESDAY,
    "do": Weekday.THURSDAY,
    "vr": Weekday.FRIDAY,
    "za": Weekday.SATURDAY,
    "zo": Weekday.SUNDAY,
}
BY_APPOINTMENT = "op afspraak"


def read_areas() -> tuple[Area, ...]:
    """Return the municipality, the wijk, its four buurten and the streets."""
    return tuple(map(_area, read_source("areas.toml").area))


def read_locations() -> tuple[Location, ...]:
    """Return the places where services are given."""
    return tuple(map(_location, read_rows("locations.csv")))


def read_hours(written: str) -> Schedule:
    """Return hours written as "ma wo 09:00-12:00", or "op afspraak"."""
    if written == BY_APPOINTMENT:
        return Schedule(description=written)
    *days, hours = written.split()
    opens_at, closes_at = map(time.fromisoformat, hours.split("-"))
    weekdays = frozenset(WEEKDAYS[day] for day in days)
    return Schedule(weekdays=weekdays, opens_at=opens_at, closes_at=closes_at)


def _area(place: Place) -> Area:
    return Area(
        id=AreaId(place.id),
        name=place.name,
        kind=AreaKind(place.kind),
        alternate_names=place.also,
        parent_id=AreaId(place.parent) if place.parent else None,
        cbs_code=place.cbs,
        outline=((place.outline,),) if place.outline else (),
    )


def _location(row: Mapping[str, str]) -> Location:
    is_physical = bool(row["address"])
    return Location(
        id=LocationId(row["id"]),
        name=row["name"],
        location_type=LocationType.PHYSICAL if is_physical else LocationType.VIRTUAL,
        address=row["address"],
        area_id=AreaId(row["area"]) if is_physical else None,
        latitude=float(row["latitude"]) if is_physical else None,
        longitude=float(row["longitude"]) if is_physical else None,
    )
