# SPDX-License-Identifier: EUPL-1.2
"""What outlines tell: in which area a point lies, and where the name of an area can stand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise

from scharnier.core.kernel import AreaId
from scharnier.core.network._places import Area, Outline, Ring


def area_around(longitude: float, latitude: float, areas: Iterable[Area]) -> AreaId | None:
    """Return the smallest area with an outline around a point; of equals the first by identifier.

    Parameters
    ----------
    longitude, latitude
        Degrees WGS 84.
    areas
        n areas, some with an outline.

    Returns
    -------
    AreaId or None
        None when the point lies in no outline.

    Notes
    -----
    A ray to the east crosses the rings of an area around the point an odd number of times, so that a hole is
    outside. Sizes are compared in square degrees, which is enough within one neighbourhood. O(points of all
    outlines).

    Examples
    --------
    >>> ring = ((5.0, 52.0), (5.2, 52.0), (5.2, 52.2), (5.0, 52.2), (5.0, 52.0))
    >>> north = Area(id=AreaId("noord"), name="Noord", outline=((ring,),))
    >>> area_around(5.1, 52.1, [north]), area_around(5.3, 52.1, [north])
    ('noord', None)
    """
    around = [(_size(area.outline), area.id) for area in areas if _is_in(longitude, latitude, area.outline)]
    return min(around)[1] if around else None


def middle_of(outline: Outline) -> tuple[float, float] | None:
    """Return the centroid of the largest piece of an outline, or None where there is none.

    Parameters
    ----------
    outline
        Polygons in degrees WGS 84.

    Returns
    -------
    pair of float or None
        Longitude and latitude in degrees. It lies outside a piece that is bent around it.

    Notes
    -----
    By the shoelace formula over the outer ring; a piece without size has its first corner. O(points).

    Examples
    --------
    >>> middle_of(((((5.0, 52.0), (5.2, 52.0), (5.2, 52.2), (5.0, 52.2), (5.0, 52.0)),),))
    (5.1, 52.1)
    """
    if not outline:
        return None
    ring = max((outer for outer, *_holes in outline), key=_ring_size)
    x_0, y_0 = ring[0]  # near zero, so that no digits get lost
    shifted = [(x - x_0, y - y_0) for x, y in ring]
    steps = [((x1 + x2), (y1 + y2), x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(shifted)]
    thrice = 3 * sum(cross for _, _, cross in steps)
    if not thrice:
        return ring[0]
    x, y = (sum(step[axis] * step[2] for step in steps) / thrice for axis in (0, 1))
    return round(x_0 + x, 6), round(y_0 + y, 6)


def _is_in(longitude: float, latitude: float, outline: Outline) -> bool:
    crossings = 0
    for (x1, y1), (x2, y2) in chain.from_iterable(pairwise(ring) for polygon in outline for ring in polygon):
        if (y1 > latitude) is not (y2 > latitude):
            x = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            crossings += x > longitude
    return crossings % 2 == 1


def _size(outline: Outline) -> float:
    return sum(_ring_size(outer) - sum(map(_ring_size, holes)) for outer, *holes in outline)


def _ring_size(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2
