# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed for a place, as one of the places that the network knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scharnier.core.kernel import AreaId, Invalid
from scharnier.core.network import Area, AreaKind, Location
from scharnier.core.signals._places import Place, PlaceUnclear, Precision, Spot

COORDINATES: Final = re.compile(r"(-?\d{1,3}[.,]\d+)(?:\s*[,;]\s*|\s+)(-?\d{1,3}[.,]\d+)", re.ASCII)


class PlaceUnknown(Invalid):
    """The network knows no place of that name, and nothing says in which area it is."""

    code = "signals.place_unknown"


def find_place(
    words: str,
    *,
    areas: Iterable[Area],
    locations: Iterable[Location] = (),
    area_id: AreaId | None = None,
    spot: Spot | None = None,
) -> Place:
    """Return the place that somebody means.

    Parameters
    ----------
    words
        As typed: an area, a street, an address, or where about; may be empty.
    areas
        n areas, streets among them.
    locations
        m places that are known to everybody.
    area_id
        Of the area that was chosen beside it.
    spot
        That was pointed out on the map.

    Returns
    -------
    Place
        As exactly as it is known: the point (an address when there is a digit in the words); else the area,
        street or address of that name; else an address (with a digit in it) or a street in the area that was
        chosen; else that area.

    Raises
    ------
    PlaceUnclear
        When nothing was said.
    PlaceUnknown
        When nothing of that name is known, and no area was chosen.
    TextTooLong, PersonalDataFound
        Of the words.

    Notes
    -----
    Names are compared without capitals, and what people call an area counts as its name. A name before a
    number is a street with one of its houses; the name may hold a number too. O(n + m).

    Examples
    --------
    >>> north = Area(id=AreaId("noord"), name="Noord")
    >>> find_place("noord", areas=[north]).precision
    <Precision.AREA: 'area'>
    """
    said = " ".join(words.split())
    if spot is not None:
        precision = Precision.ADDRESS if any(map(str.isdigit, said)) else Precision.POINT
        return Place(precision=precision, spot=spot, words=said, area_id=area_id)
    if not said and area_id is None:
        raise PlaceUnclear(lacks="place")
    if not said:
        return Place(precision=Precision.AREA, area_id=area_id)
    known = tuple(areas)
    named = _named(said, known)
    if named is not None:
        is_street = named.kind is AreaKind.STREET
        precision = Precision.STREET if is_street else Precision.AREA
        return Place(precision=precision, words=named.name if is_street else "", area_id=named.id)
    return _address(said, locations, area_id=area_id) or _loose(said, known, area_id=area_id)


def read_spot(words: str) -> Spot | None:
    """Return the spot that two numbers say, as maps write it: north first, then east; None: it says none.

    Parameters
    ----------
    words
        As typed, with a point or a comma in each number.

    Raises
    ------
    PlaceUnclear
        When the numbers are no place on earth.

    Examples
    --------
    >>> read_spot("52,0907 5,1213") == read_spot("52.0907, 5.1213")
    True
    >>> read_spot("52.0907, 5.1213").longitude
    5.1213
    >>> read_spot("Marsstraat 12") is None
    True
    """
    found = COORDINATES.fullmatch(words.strip())
    if found is None:
        return None
    latitude, longitude = (float(number.replace(",", ".")) for number in found.groups())
    return Spot(longitude=longitude, latitude=latitude)


def _named(said: str, areas: Iterable[Area]) -> Area | None:
    wanted = said.casefold()
    found = [
        area for area in areas if wanted in {name.casefold() for name in (area.name, *area.alternate_names)}
    ]
    return min(found, key=lambda area: (area.kind is AreaKind.STREET, area.id)) if found else None


def _address(said: str, locations: Iterable[Location], *, area_id: AreaId | None) -> Place | None:
    wanted = said.casefold()
    for location in locations:
        names = {location.name.casefold(), location.address.casefold()} - {""}
        where = location.area_id or area_id
        if wanted in names and (location.latitude is not None or where is not None):
            return Place(
                precision=Precision.ADDRESS,
                words=location.address or location.name,
                spot=_spot(location),
                area_id=where,
            )
    return None


def _spot(location: Location) -> Spot | None:
    if location.longitude is None or location.latitude is None:
        return None
    return Spot(longitude=location.longitude, latitude=location.latitude)


def _loose(said: str, areas: Iterable[Area], *, area_id: AreaId | None) -> Place:
    known = next(filter(None, (_named(name, areas) for name in _before_numbers(said))), None)
    where = known.id if known is not None and known.kind is AreaKind.STREET else area_id
    has_number = any(map(str.isdigit, said))
    precision = Precision.ADDRESS if has_number else Precision.STREET
    found = Place(precision=precision, words=said, area_id=where)  # refuses personal data before all else
    if where is None:
        raise PlaceUnknown(words=said)
    return found
    has_number = any(map(str.isdigit, said))
    return Place(precision=Precision.ADDRESS if has_number else Precision.STREET, words=said, area_id=where)


def _before_numbers(said: str) -> Iterator[str]:
    """Yield what stands before each number, longest first."""
    for number in reversed(list(re.finditer(r"\d+", said))):
        yield said[: number.start()].rstrip(" ,-")
