# SPDX-License-Identifier: EUPL-1.2
"""Areas out of service areas: one of each name, with its outline when it is a polygon or several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

import msgspec

from scharnier.core import network
from scharnier.core.kernel import AreaId
from scharnier.formats.hsds._notes import NoteKind, Notes
from scharnier.formats.hsds._package import Record
from scharnier.formats.hsds._references import Identifiers
from scharnier.formats.hsds._text import plain_text

URN = "urn:scharnier:area:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """The areas of a package, and those each service works in."""

    areas: tuple[network.Area, ...]
    of_service: Mapping[str, frozenset[AreaId]]


class _Polygon(msgspec.Struct, tag_field="type", tag="Polygon"):
    coordinates: network.Polygon


class _MultiPolygon(msgspec.Struct, tag_field="type", tag="MultiPolygon"):
    coordinates: network.Outline


def area_uri(area_id: AreaId) -> str:
    """Return the address that carries an area's identifier through HSDS.

    Examples
    --------
    >>> area_uri(AreaId("kruisveld-noord"))
    'urn:scharnier:area:kruisveld-noord'
    """
    return URN + quote(area_id, safe="")


def render_outline(outline: network.Outline) -> str:
    """Return an outline as a GeoJSON polygon, or as several.

    Examples
    --------
    >>> render_outline((((((5.0, 52.0), (5.1, 52.0), (5.1, 52.1), (5.0, 52.0)),)),))
    '{"type":"Polygon","coordinates":[[[5.0,52.0],[5.1,52.0],[5.1,52.1],[5.0,52.0]]]}'
    """
    one_or_more = (
        _Polygon(coordinates=outline[0]) if len(outline) == 1 else _MultiPolygon(coordinates=outline)
    )
    return msgspec.json.encode(one_or_more).decode()


def read_areas(rows: Iterable[Record], *, identifiers: Identifiers, notes: Notes) -> Areas:
    """Return the areas that services name."""
    areas: dict[AreaId, network.Area] = {}
    of_service: defaultdict[str, set[AreaId]] = defaultdict(set)
    for record in rows:
        name = plain_text(record["name"])
        if not name.strip() or not identifiers.answers(record["service_id"], target="service"):
            notes.add_record(NoteKind.NOT_TAKEN_OVER, record)
            continue
        area_id = _area_id(record["uri"], name=name)
        of_service[record["service_id"]].add(area_id)
        if area_id not in areas:
            areas[area_id] = _area(record, area_id=area_id, name=name, notes=notes)
    return Areas(
        areas=tuple(areas.values()),
        of_service={service: frozenset(found) for service, found in of_service.items()},
    )


def _area_id(uri: str, *, name: str) -> AreaId:
    if uri.startswith(URN):
        return AreaId(unquote(uri.removeprefix(URN)))
    return AreaId(re.sub(r"\s+", "-", name.strip().casefold()))


def _area(record: Record, *, area_id: AreaId, name: str, notes: Notes) -> network.Area:
    try:
        return network.Area(id=area_id, name=name, outline=_outline(record["extent"]))
    except (msgspec.DecodeError, network.InvalidPlace):
        notes.add_record(NoteKind.UNREADABLE_OUTLINE, record, column="extent")
        return network.Area(id=area_id, name=name)


def _outline(extent: str) -> network.Outline:
    """Return the polygons of a GeoJSON geometry, with their holes."""
    if not extent.strip():
        return ()
    geometry = msgspec.json.decode(extent, type=_Polygon | _MultiPolygon)
    return (geometry.coordinates,) if isinstance(geometry, _Polygon) else geometry.coordinates
