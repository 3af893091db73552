# SPDX-License-Identifier: EUPL-1.2
"""Where others count: squares of a hundred metres, which stand for addresses wherever none are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from math import ceil, cos, radians
from typing import Final, TypeAlias

from scharnier.core.detection import fix_circle
from scharnier.core.network import Area, area_around
from scharnier.core.signals import CELL_M, Spot, coarsen, measure_distance

METRES_A_DEGREE: Final = 111_000.0  # of latitude, rather too few
SquaresOf: TypeAlias = Callable[[tuple[float, float], float], frozenset[str]]
LEAST_SQUARES: Final = 10  # as many as addresses
WIDEST: Final = 8  # steps of fifty metres by which a circle grows at most


def name_square(spot: Spot) -> str:
    """Return what stands for the address of a spot: the square in which others count with it.

    Examples
    --------
    >>> name_square(Spot(longitude=5.1213, latitude=52.0907))
    '52.09088 5.12080'
    """
    middle = coarsen(spot)
    return f"{middle.latitude:.5f} {middle.longitude:.5f}"


def squares_around(middle: Spot, radius_m: float) -> frozenset[str]:
    """Return the squares of which the middle lies in a circle.

    Parameters
    ----------
    middle
        Of the circle, degrees.
    radius_m
        >= 0.

    Notes
    -----
    O(squares).

    Examples
    --------
    >>> len(squares_around(Spot(longitude=5.1213, latitude=52.0907), 200.0))
    13
    """
    north = radius_m / METRES_A_DEGREE
    east = north / cos(radians(middle.latitude))
    found = _squares(
        (middle.longitude - east, middle.latitude - north), (middle.longitude + east, middle.latitude + north)
    )
    return frozenset(name_square(spot) for spot in found if measure_distance(spot, middle) <= radius_m)


def squares_in(area: Area) -> frozenset[str]:
    """Return the squares of which the middle lies in an area; none where its outline is not known.

    Examples
    --------
    >>> from scharnier.core.kernel import AreaId
    >>> squares_in(Area(id=AreaId("noord"), name="Noord"))
    frozenset()
    """
    corners = list(chain.from_iterable(ring for polygon in area.outline for ring in polygon))
    if not corners:
        return frozenset()
    longitudes, latitudes = zip(*corners, strict=True)
    found = _squares((min(longitudes), min(latitudes)), (max(longitudes), max(latitudes)))
    return frozenset(
        name_square(spot) for spot in found if area_around(spot.longitude, spot.latitude, [area]) is not None
    )


def choose_circle(
    center: tuple[float, float], radius_m: float, squares_of: SquaresOf
) -> tuple[tuple[float, float], float, frozenset[str]] | None:
    """Return the narrowest fixed circle around a find that holds as many squares as addresses are asked for.

    Parameters
    ----------
    center, radius_m
        Of the find, metres.
    squares_of
        The squares that count in a circle.

    Returns
    -------
    tuple of pair of float, float and frozenset of str, or None
        Centre and radius in metres and its squares; None: even a wide circle holds too few.

    Notes
    -----
    It follows from where squares lie, never from what was seen in them.

    Examples
    --------
    >>> def squares_of(_middle, radius_m):
    ...     return frozenset(map(str, range(int(radius_m) // 10)))
    >>> choose_circle((12.0, 0.0), 30.0, squares_of)[:2]
    ((0.0, 0.0), 100.0)
    """
    for wider in range(WIDEST + 1):
        middle, reach_m = fix_circle(center, radius_m, wider=wider)
        squares = squares_of(middle, reach_m)
        if len(squares) >= LEAST_SQUARES:
            return middle, reach_m, squares
    return None


def _squares(south_west: tuple[float, float], north_east: tuple[float, float]) -> Iterator[Spot]:
    """Yield the middle of each square that has a part in a rectangle, in degrees."""
    (west, south), (east, north) = south_west, north_east
    step = CELL_M / METRES_A_DEGREE / 2
    wide = step / cos(radians(south))
    found = {
        coarsen(Spot(longitude=west + column * wide, latitude=south + row * step))
        for row in range(ceil((north - south) / step) + 1)
        for column in range(ceil((east - west) / wide) + 1)
    }
    return iter(sorted(found, key=lambda spot: (spot.latitude, spot.longitude)))
