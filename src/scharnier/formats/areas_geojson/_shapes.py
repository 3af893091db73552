# SPDX-License-Identifier: EUPL-1.2
"""Outlines out of coordinates: in degrees, whole, and no finer than a map of a neighbourhood shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from scharnier.core.network import Outline, Polygon
from scharnier.formats.areas_geojson._faults import SelfCrossing, UnknownCoordinates, UnreadableShape
from scharnier.formats.areas_geojson._rijksdriehoek import to_degrees

METRES_PER_DEGREE = 111_320.0  # of latitude
GRID_DEGREES = 1e-5  # a metre: what outlines are kept to
TOLERANCES_M = (2.0, 5.0, 10.0, 20.0, 40.0)
MOST_POINTS = 100  # of an area, on average
IN_DEGREES = re.compile(  # ETRS89 is within a metre of WGS 84
    r"CRS:?84|EPSG[:/](.*[:/])?(4326|4258)$", re.IGNORECASE
)
IN_METRES = re.compile(r"EPSG[:/](.*[:/])?(28992|7415)$", re.IGNORECASE)
DUTCH_DEGREES = (-180.0, -90.0, 180.0, 90.0)
LATITUDE_FIRST = (50.5, 3.0, 54.0, 7.5)  # the Netherlands with its axes as EPSG:4326 has them
DUTCH_METRES = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)  # where the Rijksdriehoeksmeting holds

Points = NDArray[np.float64]


def shape_of(polygons: Sequence[Any], *, name: str) -> shapely.MultiPolygon:
    """Return the polygons of an area, in the coordinates of the file.

    Raises
    ------
    UnreadableShape
    SelfCrossing
    """
    try:
        made = [shapely.Polygon(_flat(outer), [_flat(hole) for hole in holes]) for outer, *holes in polygons]
        shape = shapely.MultiPolygon(made)
    except (IndexError, TypeError, ValueError, shapely.errors.GEOSException) as error:
        raise UnreadableShape(name=name) from error
    if shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        raise UnreadableShape(name=name)
    if not all(polygon.is_valid for polygon in shape.geoms):
        raise SelfCrossing(name=name)
    return shape


def _flat(ring: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Return a ring without heights."""
    points = [(float(point[0]), float(point[1])) for point in ring]
    if points[0] != points[-1]:
        message = "a ring is closed"
        raise ValueError(message)
    return points


def in_degrees(
    shapes: Mapping[str, shapely.MultiPolygon], *, system: str
) -> Mapping[str, shapely.MultiPolygon]:
    """Return shapes in WGS 84, by the system that the file names, else by where the numbers lie.

    Raises
    ------
    UnknownCoordinates

    Notes
    -----
    Some services put the latitude first when they are asked for EPSG:4326; areas of the Netherlands cannot
    lie where that would put them, so they are turned.
    """
    bounds = shapely.total_bounds(list(shapes.values()))
    if _is_within(bounds, DUTCH_DEGREES) and (not system or IN_DEGREES.search(system)):
        is_turned = _is_within(bounds, LATITUDE_FIRST)
        return (
            {code: shapely.transform(shape, _turn) for code, shape in shapes.items()} if is_turned else shapes
        )
    if _is_within(bounds, DUTCH_METRES) and (not system or IN_METRES.search(system)):
        return {code: shapely.transform(shape, to_degrees) for code, shape in shapes.items()}
    raise UnknownCoordinates(system=system or "?")


def _turn(points: Points) -> Points:
    return points[:, ::-1]


def _is_within(bounds: Points, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return bool(bounds[0] >= west and bounds[1] >= south and bounds[2] <= east and bounds[3] <= north)


def simplify(shapes: Mapping[str, shapely.MultiPolygon]) -> Mapping[str, Outline]:
    """Return shapes of one kind as outlines of at most some hundred points each, on average.

    Notes
    -----
    Neighbours keep the line between them in common (Visvalingam and Whyatt's areas on the whole coverage
    [1]_), as each for itself would leave gaps. The tolerance grows until the points are few enough. Shapes
    that overlap are no coverage: then each is simplified for itself.

    References
    ----------
    .. [1] M. Visvalingam and J.D. Whyatt (1993), The Cartographic Journal 30(1), 46-51.
    """
    whole = [_in_metres(shape) for shape in shapes.values()]
    made = whole
    for tolerance_m in TOLERANCES_M:
        made = _simplified(whole, tolerance_m=tolerance_m)
        if sum(map(shapely.get_num_coordinates, made)) <= MOST_POINTS * len(made):
            break
    rounded = [shapely.set_precision(_out_of_metres(shape), GRID_DEGREES) for shape in made]
    return {code: _outline(shape) for code, shape in zip(shapes, rounded, strict=True)}


def _simplified(whole: list[Any], *, tolerance_m: float) -> list[Any]:
    if shapely.coverage_is_valid(whole):
        return list(shapely.coverage_simplify(whole, tolerance_m))
    return list(shapely.simplify(whole, tolerance_m, preserve_topology=True))


def _in_metres(shape: shapely.MultiPolygon) -> Any:
    """Return a shape in metres from the meridian and the equator, stretched as it is in the Netherlands."""
    return shapely.transform(shape, lambda points: points * _STRETCH)


def _out_of_metres(shape: Any) -> Any:
    return shapely.transform(shape, lambda points: points / _STRETCH)


_STRETCH = np.array([np.cos(np.radians(52.0)), 1.0]) * METRES_PER_DEGREE


def _outline(shape: Any) -> Outline:
    return tuple(_polygon(polygon) for polygon in shapely.get_parts(shape) if not polygon.is_empty)


def _polygon(polygon: shapely.Polygon) -> Polygon:
    rings = (polygon.exterior, *polygon.interiors)
    return tuple(tuple((round(x, 5), round(y, 5)) for x, y in ring.coords) for ring in rings)
