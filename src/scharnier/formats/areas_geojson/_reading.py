# SPDX-License-Identifier: EUPL-1.2
"""Read a file of areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from scharnier.core.network import Area, Outline
from scharnier.formats.areas_geojson import _names, _shapes
from scharnier.formats.areas_geojson._faults import NoAreas, NotGeoJson, TooLarge, UnreadableShape

MOST_BYTES: Final = 20_000_000
MOST_AREAS: Final = 1_500  # more than any municipality has


class _Geometry(msgspec.Struct):
    type: str
    coordinates: list[Any] = []


class _Feature(msgspec.Struct):
    properties: dict[str, object] | None = None
    geometry: _Geometry | None = None


class _CrsName(msgspec.Struct):
    name: str = ""


class _Crs(msgspec.Struct):
    properties: _CrsName | None = None


class _Collection(msgspec.Struct, tag_field="type", tag="FeatureCollection"):
    features: list[_Feature]
    crs: _Crs | None = None


def read_areas(data: bytes) -> tuple[Area, ...]:
    """Return the areas in a file, by code; each names the area it lies in by its parent.

    Parameters
    ----------
    data
        GeoJSON of municipalities, districts or neighbourhoods, in WGS 84 or in the Rijksdriehoeksmeting.

    Returns
    -------
    tuple of Area
        Identified by their code in small letters. A district or municipality of which only the parts are in
        the file is there without an outline; a municipality only when its name is told.

    Raises
    ------
    NotGeoJson
    TooLarge
    NoAreas
    UnreadableShape
    SelfCrossing
    UnknownCoordinates

    Notes
    -----
    Water is left out. Lines finer than a map of a neighbourhood shows are made coarser, the same for both
    neighbours. O(n log n) in the points of the file.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(megabytes=MOST_BYTES // 1_000_000, most=MOST_AREAS)
    collection = _decode(data)
    named = _named(collection.features)
    if not named:
        raise NoAreas
    if len(named) > MOST_AREAS:
        raise TooLarge(megabytes=MOST_BYTES // 1_000_000, most=MOST_AREAS)
    outlines = _outlines(named, system=_system(collection.crs))
    names = _all_names(named)
    return tuple(_area(code, names=names, outlines=outlines) for code in sorted(names))


def _decode(data: bytes) -> _Collection:
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Collection)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotGeoJson from error


def _system(crs: _Crs | None) -> str:
    return crs.properties.name if crs is not None and crs.properties is not None else ""


_Found = tuple[_names.Named, list[Any]]


def _named(features: Iterable[_Feature]) -> Mapping[str, _Found]:
    """Return the areas of features with all their polygons; one area may be several features."""
    found: dict[str, _Found] = {}
    for feature in features:
        named = _names.name_feature(feature.properties or {})
        if named is not None:
            polygons = list(_polygons(feature.geometry, name=named.name))
            found.setdefault(named.code, (named, []))[1].extend(polygons)
    return found


def _polygons(geometry: _Geometry | None, *, name: str) -> Iterator[Any]:
    if geometry is None or geometry.type not in {"Polygon", "MultiPolygon"} or not geometry.coordinates:
        raise UnreadableShape(name=name)
    if geometry.type == "Polygon":
        yield geometry.coordinates
    else:
        yield from geometry.coordinates


def _outlines(named: Mapping[str, _Found], *, system: str) -> Mapping[str, Outline]:
    shapes = {code: _shapes.shape_of(polygons, name=one.name) for code, (one, polygons) in named.items()}
    by_kind: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for code, shape in _shapes.in_degrees(shapes, system=system).items():
        by_kind[code[:2]][code] = shape
    return {
        code: outline for of_kind in by_kind.values() for code, outline in _shapes.simplify(of_kind).items()
    }


def _all_names(named: Mapping[str, _Found]) -> Mapping[str, str]:
    """Return the names of the areas in the file, and of those around them, by code."""
    around: dict[str, str] = {}
    for one, _ in named.values():
        for code, name in one.around:
            around[code] = around.get(code) or name
    told = {code: name or _said(code) for code, name in around.items() if name or _said(code)}
    return told | {code: one.name for code, (one, _) in named.items()}


def _said(code: str) -> str:
    return _names.name_district(code) if code.startswith("WK") else ""


def _area(code: str, *, names: Mapping[str, str], outlines: Mapping[str, Outline]) -> Area:
    outer = _names.code_around(code)
    return Area(
        id=_names.area_id(code),
        name=names[code],
        kind=_names.kind_of(code),
        parent_id=_names.area_id(outer) if outer is not None and outer in names else None,
        cbs_code=code,
        outline=outlines.get(code, ()),
    )
