# SPDX-License-Identifier: EUPL-1.2
"""GeoJSON as Statistics Netherlands and PDOK serve it, of areas that do not exist."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

BLOEMENBUURT = {"buurtcode": "BU99010401", "buurtnaam": "Bloemenbuurt"}
STEP_DEGREES = 0.002
WEST, SOUTH = 5.2, 52.5  # where the grid begins, degrees
_ABSENT = object()


def a_square(longitude: float = 5.25, latitude: float = 52.55, *, size: float = 1) -> list[list[float]]:
    """Return a closed ring."""
    side = STEP_DEGREES * size
    east, north = longitude + side, latitude + side
    return [[longitude, latitude], [east, latitude], [east, north], [longitude, north], [longitude, latitude]]


def rd_square() -> list[list[float]]:
    """Return a closed ring of half a kilometre in the Rijksdriehoeksmeting."""
    return [
        [155_000.0, 463_000.0],
        [155_500.0, 463_000.0],
        [155_500.0, 463_500.0],
        [155_000.0, 463_500.0],
        [155_000.0, 463_000.0],
    ]


def a_feature(
    properties: Mapping[str, object] | None = BLOEMENBUURT,
    ring: Sequence[Sequence[float]] | None = None,
    *,
    polygons: Sequence[Any] | None = None,
    geometry: object = _ABSENT,
) -> dict[str, object]:
    """Return a feature: a polygon, or several."""
    made: object = {"type": "Polygon", "coordinates": [ring or a_square()]}
    if polygons is not None:
        made = {"type": "MultiPolygon", "coordinates": polygons}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": made if geometry is _ABSENT else geometry,
    }


def a_collection(*features: Mapping[str, object], crs: str | None = None) -> bytes:
    """Return a file of features."""
    named = {} if crs is None else {"crs": {"type": "name", "properties": {"name": crs}}}
    return json.dumps({"type": "FeatureCollection", **named, "features": list(features)}).encode()


WFS_NEIGHBOURHOODS = (  # code as it is served, name, south-west in metres RD; each half a kilometre wide
    ("BU99010401", "Bloemenbuurt", (155_000.0, 463_000.0)),
    ("BU99010402", "Vogelbuurt", (155_500.0, 463_000.0)),
    ("BU99010500 ", "Het Veld", (155_000.0, 463_500.0)),
)


def a_wfs_answer(
    turned: Callable[[float, float], Sequence[float]] = lambda x, y: (x, y), *, crs: str | None = None
) -> bytes:
    """Return neighbourhoods in the form in which a WFS of PDOK answers, member by member.

    That is GeoJSON as MapServer writes it: the older form with a crs member, which goes missing when degrees
    are asked for, and a bbox of each feature and of all.
    """
    features = [_wfs_feature(number, turned) for number in range(len(WFS_NEIGHBOURHOODS))]
    named = {} if crs is None else {"crs": {"type": "name", "properties": {"name": crs}}}
    corners = [corner for feature in features for corner in _corners(feature["bbox"])]
    answer = {
        "type": "FeatureCollection",
        "name": "buurt_gegeneraliseerd",
        **named,
        "features": features,
        "bbox": _bbox(corners),
    }
    return json.dumps(answer).encode()


def _wfs_feature(number: int, turned: Callable[[float, float], Sequence[float]]) -> dict[str, Any]:
    code, name, (west, south) = WFS_NEIGHBOURHOODS[number]
    side = 500.0
    around = ((0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0))
    ring = [list(turned(west + right, south + up)) for right, up in around]
    return {
        "type": "Feature",
        "id": f"buurt_gegeneraliseerd.{number + 1}",
        "properties": {
            "id": number + 1,
            "statcode": code,
            "jrstatcode": f"2025{code}",
            "statnaam": name,
            "rubriek": "buurt",
        },
        "bbox": _bbox(ring),
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }


def _bbox(points: Sequence[Sequence[float]]) -> list[float]:
    ways = list(zip(*points, strict=True))
    return [*map(min, ways), *map(max, ways)]


def _corners(bbox: Sequence[float]) -> list[Sequence[float]]:
    return [bbox[:2], bbox[2:]]


def a_grid_of_areas(side: int, *, points_a_side: int = 1) -> bytes:
    """Return a municipality of side x side neighbourhoods, ten a district, with lines as fine as is asked."""
    return a_collection(
        *(
            a_feature(
                {
                    "buurtcode": f"BU9901{number // 10 % 100:02d}{number // 1000}{number % 10}",
                    "buurtnaam": f"Buurt {number}",
                    "gemeentenaam": "Rijnveste",
                },
                _fine_square(number % side, number // side, points=points_a_side),
            )
            for number in range(side * side)
        )
    )


def _fine_square(column: int, row: int, *, points: int) -> list[list[float]]:
    west, south = WEST + column * STEP_DEGREES, SOUTH + row * STEP_DEGREES
    corners = a_square(west, south)
    found = []
    for (x1, y1), (x2, y2) in itertools.pairwise(corners):
        for number in range(points):
            share = number / points
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            found.append(_waved(x, y, is_level=y1 == y2))
    return [*found, found[0]]


def _waved(x: float, y: float, *, is_level: bool) -> list[float]:
    """Return a point of a line a little aside, the same from either side of it, and at its corners not."""
    steps = ((x - WEST) if is_level else (y - SOUTH)) / STEP_DEGREES
    off = 3e-5 * math.sin(10 * math.pi * steps)
    return [round(x, 8), round(y + off, 8)] if is_level else [round(x + off, 8), round(y, 8)]
