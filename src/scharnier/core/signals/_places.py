# SPDX-License-Identifier: EUPL-1.2
"""Where something was met, told as exactly as it is known, and coarsely enough for others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, floor, isfinite, radians, sin, sqrt
from typing import Final

from scharnier.core import text
from scharnier.core.kernel import AreaId, Invalid
from scharnier.core.text import PersonalDataKind

EARTH_RADIUS_M: Final = 6_371_008.8  # mean
CELL_M: Final = 100.0  # side of the squares in which others count
LONGEST_PLACE: Final = 200  # characters
_DEGREE_M: Final = EARTH_RADIUS_M * radians(1)  # of latitude
_MAX_LATITUDE, _MAX_LONGITUDE = 85.0, 180.0  # degrees; squares stop being squares near the poles


class PlaceUnclear(Invalid):
    """A place lacks what its precision asks for, or has what is no place on earth."""

    code = "signals.place_unclear"


class Precision(StrEnum):
    """How exactly a place is known."""

    POINT = "point"  # on the map
    ADDRESS = "address"
    STREET = "street"
    AREA = "area"


SPREAD_M: Final = {  # how far from its middle a place may reach, in metres
    Precision.POINT: 0.0,
    Precision.ADDRESS: 0.0,
    Precision.STREET: 150.0,
    Precision.AREA: 500.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point on the map, in degrees WGS 84.

    Raises
    ------
    PlaceUnclear
        Outside -180..180 and -85..85 degrees, or no number.
    """

    longitude: float
    latitude: float

    def __post_init__(self) -> None:
        is_number = isfinite(self.longitude) and isfinite(self.latitude)
        if not is_number or abs(self.longitude) > _MAX_LONGITUDE or abs(self.latitude) > _MAX_LATITUDE:
            raise PlaceUnclear(lacks="spot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was met: a point, an address, a street or an area.

    Raises
    ------
    PlaceUnclear
        Facts: `lacks`, what the precision asks for: a point its spot, an address or a street its words, an
        area its identifier.
    TextTooLong, PersonalDataFound
        Of the words; a postcode with a house number is what an address is, and is let through there only.

    Examples
    --------
    >>> Place(precision=Precision.STREET, words="Venusstraat").spread_m
    150.0
    """

    precision: Precision
    spot: Spot | None = None  # of a street or an area: its middle, where known
    words: str = ""  # as written: an address, a street, or where about a point
    area_id: AreaId | None = None

    def __post_init__(self) -> None:
        has = {
            Precision.POINT: ("spot", self.spot is not None),
            Precision.ADDRESS: ("words", bool(self.words.strip())),
            Precision.STREET: ("words", bool(self.words.strip())),
            Precision.AREA: ("area", self.area_id is not None),
        }
        lacks, is_there = has[self.precision]
        if not is_there:
            raise PlaceUnclear(lacks=lacks)
        _check_words(self.words, is_address=self.precision is Precision.ADDRESS)

    @property
    def spread_m(self) -> float:
        """How far it may reach from its middle, in metres, >= 0."""
        return SPREAD_M[self.precision]


def measure_distance(a: Spot, b: Spot) -> float:
    """Return the distance between two spots over the earth.

    Parameters
    ----------
    a, b
        In degrees.

    Returns
    -------
    float
        Metres, >= 0; within 0.6 % of the ellipsoid.

    Notes
    -----
    Haversine [1]_. O(1).

    References
    ----------
    .. [1] R. Sinnott (1984), Virtues of the haversine, Sky and Telescope 68(2), 159.

    Examples
    --------
    >>> dom, station = Spot(longitude=5.1213, latitude=52.0907), Spot(longitude=5.1101, latitude=52.0894)
    >>> round(measure_distance(dom, station))
    779
    """
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    shrunk = cos(radians(a.latitude)) * cos(radians(b.latitude))
    half = sin(north / 2) ** 2 + shrunk * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))


def coarsen(spot: Spot, *, cell_m: float = CELL_M) -> Spot:
    """Return the middle of the square in which a spot lies, so that no house can be told from it.

    Parameters
    ----------
    spot
        In degrees.
    cell_m
        Side of the squares, metres, > 0.

    Returns
    -------
    Spot
        At most 0.71 sides away; the same for every spot in the square, and its own square.

    Notes
    -----
    Rows are counted from the equator; in each row the squares are counted from Greenwich, as wide as the
    middle of the row asks for. O(1).

    Examples
    --------
    >>> spot = coarsen(Spot(longitude=5.1213, latitude=52.0907))
    >>> coarsen(spot) == spot
    True
    """
    step = cell_m / _DEGREE_M
    latitude = _middle(spot.latitude, step, most=_MAX_LATITUDE)
    longitude = _middle(spot.longitude, step / cos(radians(latitude)), most=_MAX_LONGITUDE)
    return Spot(longitude=longitude, latitude=latitude)


def _middle(degrees: float, step: float, *, most: float) -> float:
    found = (floor(degrees / step) + 0.5) * step
    return max(-most, min(most, found))


def _check_words(words: str, *, is_address: bool) -> None:
    if not words.strip():
        return
    try:
        text.check_input(words, max_characters=LONGEST_PLACE)
    except text.PersonalDataFound:
        kinds = {found.kind for found in text.find_personal_data(words)}
        if not is_address or kinds != {PersonalDataKind.ADDRESS}:
            raise
