# SPDX-License-Identifier: EUPL-1.2
"""The map of a month for all who read: which months there are, where squares lie, how many at least."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, sin
from typing import Final

from scharnier.core.detection import Projection, Release, Square, Window, month_of
from scharnier.core.signals import Spot

WAIT_DAYS: Final = 28  # after its end, when no find can reach into a month any more
MOST_MONTHS: Final = 24  # that are drawn at once
MAP_LEVELS: Final = (5, 10, 20, 50, 100)  # from which on it is told how many there are at least
LEAST_EACH: Final = 2  # of a partner that is told of at all
CORNERS: Final = 48  # of what is drawn as a circle
HALF_M: Final = 500.0  # of the widest square: the middle of the network lies in the middle of one

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """How many signals a square holds at least, of how many partners; whose they are is not told."""

    n_signals: int  # one of `MAP_LEVELS`
    n_partners: int  # >= 2; residents together are one


def least_of(release: Release) -> Least:
    """Return how many there are at least, as far as what was released tells.

    Parameters
    ----------
    release
        Of a square and a month.

    Notes
    -----
    The lowest counts of the bands together, down to a level: nothing that does not follow from the release.

    Examples
    --------
    >>> from datetime import date
    >>> from scharnier.core.detection import Width, band_count
    >>> shown = Release(width=Width.CELL, name="1", window=month_of(date(2026, 3, 1)),
    ...     n_addresses=band_count(40), partners={"school": band_count(11), "police": band_count(3)})
    >>> least_of(shown)
    Least(n_signals=10, n_partners=2)
    """
    lowest = sum(max(band.low, LEAST_EACH) for band in release.partners.values())
    level = max(bisect_right(MAP_LEVELS, lowest), 1)  # of fewer than five nothing is released
    return Least(n_signals=MAP_LEVELS[level - 1], n_partners=len(release.partners))


def halfway(release: Release) -> int:
    """Return how many signals a release speaks of when each band counts for its middle.

    Parameters
    ----------
    release
        Of a square and a month.

    Notes
    -----
    To compare squares by, not to be told: it follows from the bands alone. The first band has two at least,
    as a single signal is never told of, and the last counts for its lowest. A half goes up.

    Examples
    --------
    >>> from datetime import date
    >>> from scharnier.core.detection import Width, band_count
    >>> shown = Release(width=Width.CELL, name="1", window=month_of(date(2026, 3, 1)),
    ...     n_addresses=band_count(40), partners={"school": band_count(11), "police": band_count(3)})
    >>> halfway(shown)  # 14.5 and 3
    18
    """
    ends = [(max(band.low, LEAST_EACH), band.high) for band in release.partners.values()]
    return (sum(low + (low if high is None else high) for low, high in ends) + 1) // 2


def months_to_draw(
    *, first: date, on: date, drawn: date | None = None, closed_before: date | None = None
) -> tuple[Window, ...]:
    """Return the months of which the map can be drawn and was not, oldest first.

    Parameters
    ----------
    first
        Day of the first signal.
    on
        The day of drawing.
    drawn
        A day in the last month that was drawn; no month before it is drawn any more.
    closed_before
        Of earlier days nothing is told any more.

    Examples
    --------
    >>> months = months_to_draw(first=date(2026, 1, 20), on=date(2026, 4, 27))
    >>> [month.first_day.month for month in months]
    [1, 2]
    """
    month, found = month_of(first), list[Window]()
    while month.last_day + timedelta(days=WAIT_DAYS) < on:
        is_new = drawn is None or month.first_day > drawn
        if is_new and (closed_before is None or month.first_day >= closed_before):
            found.append(month)
        month = month_of(month.last_day + timedelta(days=1))
    return tuple(found[-MOST_MONTHS:])


def spot_of_square(name: str) -> Spot:
    """Return the middle of a square of `name_square`, to a metre.

    Parameters
    ----------
    name
        Of `name_square`.

    Examples
    --------
    >>> spot_of_square("52.09088 5.12080")
    Spot(longitude=5.1208, latitude=52.09088)
    """
    latitude, longitude = map(float, name.split())
    return Spot(longitude=longitude, latitude=latitude)


def place_squares(spots: Mapping[str, Spot], flat: Projection) -> Mapping[str, Place]:
    """Return where the places that count lie on the grid of the map, in metres.

    Parameters
    ----------
    spots
        By name.
    flat
        The flat map of the network.

    Examples
    --------
    >>> flat = Projection(longitude=5.0, latitude=52.0)
    >>> place_squares({"middle": Spot(longitude=5.0, latitude=52.0)}, flat)
    {'middle': (500.0, 500.0)}
    """
    found = {name: flat.to_metres((spot.longitude, spot.latitude)) for name, spot in spots.items()}
    return {name: (x + HALF_M, y + HALF_M) for name, (x, y) in found.items()}


def ring_of(square: Square, flat: Projection) -> tuple[Place, ...]:
    """Return the line around a square of the grid as longitudes and latitudes, closed.

    Examples
    --------
    >>> square = Square(size_m=1000, column=0, row=0)
    >>> [len(ring) for ring in [ring_of(square, Projection(longitude=5.0, latitude=52.0))]]
    [5]
    """
    west, south = square.column * square.size_m - HALF_M, square.row * square.size_m - HALF_M
    east, north = west + square.size_m, south + square.size_m
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return tuple(map(flat.to_degrees, corners))


def ring_around(middle: Spot, radius_m: float) -> tuple[Place, ...]:
    """Return a circle as longitudes and latitudes, closed.

    Parameters
    ----------
    middle
        Degrees.
    radius_m
        >= 0.

    Examples
    --------
    >>> ring_around(Spot(longitude=5.0, latitude=52.0), 100.0)[0]
    (5.001461, 52.0)
    """
    flat = Projection(longitude=middle.longitude, latitude=middle.latitude)
    turns = (2 * pi * corner / CORNERS for corner in range(CORNERS))
    ring = tuple(flat.to_degrees((radius_m * cos(turn), radius_m * sin(turn))) for turn in turns)
    return (*ring, ring[0])


def names_within(square: Square, places: Mapping[str, Place], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that the places of a square have, the one with most places first.

    Parameters
    ----------
    square
        Of the grid.
    places
        As `place_squares` gives them.
    names
        Of the area that a place lies in; of some none is known.

    Notes
    -----
    It follows from the map alone. O(places).

    Examples
    --------
    >>> square = Square(size_m=1000, column=0, row=0)
    >>> places = {"a": (1.0, 1.0), "b": (2.0, 1.0), "c": (3.0, 1.0), "d": (4000.0, 1.0)}
    >>> names_within(square, places, {"a": "Noord", "b": "Zuid", "c": "Zuid", "d": "West"})
    ('Zuid', 'Noord')
    """
    within = [name for name, place in places.items() if Square.around(place, size_m=square.size_m) == square]
    return _most_first(names[name] for name in within if name in names)


def _most_first(names: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
