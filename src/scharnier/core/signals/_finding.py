# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed for a place, as one of the places that the network knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from scharnier.core.kernel import AreaId, Invalid
from scharnier.core.network import Area, AreaKind, AreaNames, Location
from scharnier.core.signals._places import Place, PlaceUnclear, Precision, Spot

MOST_ALIKE: Final = 10
COORDINATES: Final = re.compile(r"(-?\d{1,3}[.,]\d+)(?:\s*[,;]\s*|\s+)(-?\d{1,3}[.,]\d+)", re.ASCII)


class PlaceUnknown(Invalid):
    """The network knows no place of that name, and nothing says in which area it is.

    Facts: `words`, and `candidates`: identifier and name of at most ten places that are called much like it.
    """

    code = "signals.place_unknown"


class PlaceAmbiguous(Invalid):
    """Several places have that name, and nothing says which of them it is.

    Facts: `words`, and `candidates`: identifier and name of each.
    """

    code = "signals.place_ambiguous"


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
    PlaceAmbiguous
        When several areas, or several streets, have that name, and the area that was chosen is none of them
        and holds none of them or several.
    TextTooLong, PersonalDataFound
        Of the words.

    Notes
    -----
    Names are compared without capitals, and what people call an area counts as its name, with what lies
    around it where it says that too: "Parkweg (Noord)" (see `network.AreaNames`). A name before a number is
    a street with one of its houses; the name may hold a number too. O(n + m).

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
    named = _named(said, known, area_id=area_id)
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


def _named(said: str, areas: Iterable[Area], *, area_id: AreaId | None) -> Area | None:
    """Return the area or street of a name, an area before a street (raises PlaceAmbiguous)."""
    wanted, known = said.casefold(), tuple(areas)
    found = [area for area in known if wanted in _names_of(area)] or [*AreaNames(known).find_longer(said)]
    alike = [area for area in found if area.kind is not AreaKind.STREET] or found
    if len(alike) > 1 and area_id is not None:
        alike = [area for area in alike if area.id == area_id] or [
            area for area in alike if area.parent_id == area_id
        ]
    if len(alike) > 1:
        raise PlaceAmbiguous(words=said, candidates=_pairs(alike))
    return alike[0] if alike else None


def _names_of(area: Area) -> set[str]:
    return {name.casefold() for name in (area.name, *area.alternate_names)}


def _pairs(areas: Iterable[Area]) -> tuple[tuple[str, str], ...]:
    return tuple((area.id, area.name) for area in sorted(areas, key=lambda area: (area.name, area.id)))


def _alike(said: str, areas: Iterable[Area]) -> tuple[tuple[str, str], ...]:
    """Return what is called much like it: with those words in its name first, then what may be misspelt."""
    wanted, known = said.casefold(), tuple(areas)
    holding = [area for area in known if any(wanted in name for name in _names_of(area))]
    names = {name: area for area in known for name in sorted(_names_of(area))}
    close = [names[name] for name in get_close_matches(wanted, names, n=MOST_ALIKE)]
    found = {area.id: area for area in (*sorted(holding, key=lambda area: (area.name, area.id)), *close)}
    return tuple((area.id, area.name) for area in found.values())[:MOST_ALIKE]


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
    streets = tuple(areas)
    named = (_named(name, streets, area_id=area_id) for name in _before_numbers(said))
    known = next(filter(None, named), None)
    where = known.id if known is not None and known.kind is AreaKind.STREET else area_id
    has_number = any(map(str.isdigit, said))
    precision = Precision.ADDRESS if has_number else Precision.STREET
    found = Place(precision=precision, words=said, area_id=where)  # refuses personal data before all else
    if where is None:
        raise PlaceUnknown(words=said, candidates=_alike(said, streets))
    return found


def _before_numbers(said: str) -> Iterator[str]:
    """Yield what stands before each number, longest first."""
    for number in reversed(list(re.finditer(r"\d+", said))):
        yield said[: number.start()].rstrip(" ,-")
