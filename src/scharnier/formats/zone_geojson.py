# SPDX-License-Identifier: EUPL-1.2
"""A zone of any shape, from a GeoJSON file: how far places lie from it."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final

import msgspec
import numpy as np
import shapely
import shapely.geometry

from scharnier.core.kernel import Invalid

Place = tuple[float, float]
SHAPES: Final = {"Polygon", "MultiPolygon"}


class NotAZone(Invalid):
    """The file is no GeoJSON with a polygon."""

    code = "zone_geojson.not_a_zone"


class CrossesItself(Invalid):
    """The edge of a zone crosses itself, so that inside and outside cannot be told apart."""

    code = "zone_geojson.crosses_itself"


@dataclass(frozen=True, slots=True)
class Zone:
    """A shape in metres."""

    shape: shapely.Geometry

    @property
    def radius_m(self) -> float:
        """Of a circle as large."""
        return sqrt(float(self.shape.area) / pi)

    def distances_m(self, places: Sequence[Place]) -> list[float]:
        """Return how far each place lies from it; 0 within and on its edge."""
        points = shapely.points(np.array(places, float).reshape(-1, 2))
        distances: list[float] = shapely.distance(self.shape, points).tolist()
        return distances


def read_zone(data: bytes, *, placed: Callable[[Place], Place]) -> Zone:
    """Return the polygons of a file as one zone; `placed` makes metres of its coordinates.

    Raises NotAZone or CrossesItself.

    Examples
    --------
    >>> square = b'{"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}'
    >>> read_zone(square, placed=lambda place: place).distances_m([(5, 5), (12, 5)])
    [0.0, 3.0]
    """
    try:
        found = [
            shapely.geometry.shape(each)
            for each in _polygons(msgspec.json.decode(data.removeprefix(BOM_UTF8)))
        ]
        shapes = [shapely.transform(each, lambda points: _moved(points, placed)) for each in found]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise NotAZone from error
    except (msgspec.DecodeError, shapely.errors.ShapelyError) as error:
        raise NotAZone from error
    whole = shapely.get_coordinates(shapes)
    if not len(whole) or not np.isfinite(whole).all():
        raise NotAZone
    if not all(shapely.is_valid(shapes)):
        raise CrossesItself
    return Zone(shapely.union_all(shapes))


def _polygons(found: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    kind = found["type"]
    if kind in SHAPES:
        yield found
    for part in ("features", "geometries"):
        for each in _listed(found.get(part)):
            yield from _polygons(each)
    if kind == "Feature":
        yield from _polygons(_mapping(found["geometry"]))


def _listed(found: object) -> Iterable[Mapping[str, object]]:
    return map(_mapping, found) if isinstance(found, list) else ()


def _mapping(found: object) -> Mapping[str, object]:
    if not isinstance(found, dict):
        raise TypeError
    return found


def _moved(points: np.ndarray, placed: Callable[[Place], Place]) -> np.ndarray:
    return np.array([placed((float(x), float(y))) for x, y in points])
