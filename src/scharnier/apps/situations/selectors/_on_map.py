# SPDX-License-Identifier: EUPL-1.2
"""What the map shows of a month and of what several meet now: the same as lines and as what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scharnier.apps.people import access as people
from scharnier.apps.people import rows as people_rows
from scharnier.apps.situations.selectors._found import ReleasedFind, released_finds
from scharnier.apps.situations.selectors._maps import MonthMap, SquareLine, read_month
from scharnier.core import situations
from scharnier.core.kernel import Actor, AreaId
from scharnier.core.network import Outline

NO_SHAPE: Final[Outline] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLine:
    """What the scan found in one place, as far as it was released."""

    key: str  # of the same on the map
    where: str
    said: str
    shape: Outline  # a circle, or the whole area; empty where its outline is not known

    @property
    def is_drawn(self) -> bool:
        """Tell whether it can stand on the map."""
        return bool(self.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnMap:
    """A month of signals, and what several meet now."""

    month: MonthMap | None  # None: there is none yet
    finds: tuple[FindLine, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing that a map could draw."""
        return self.month is None and not self.finds


def read_on_map(actor: Actor, asked: str = "") -> OnMap:
    """Return what the actor sees of signals on the map.

    Raises
    ------
    MonthNotFound
    """
    finds = released_finds(actor)
    outlines = _outlines(actor, finds)
    return OnMap(
        month=read_month(actor, asked),
        finds=tuple(_line(find, outlines=outlines) for find in finds),
    )


def on_map_data(actor: Actor, asked: str = "") -> bytes:
    """Return what the map draws of it as GeoJSON.

    Raises
    ------
    MonthNotFound
    """
    found = read_on_map(actor, asked)
    squares = found.month.squares if found.month else ()
    return msgspec.json.encode(
        {
            "squares": _collection(map(_square, squares)),
            "finds": _collection(_find(line) for line in found.finds if line.is_drawn),
        }
    )


def _outlines(actor: Actor, finds: Iterable[ReleasedFind]) -> Mapping[AreaId, Outline]:
    """Return the outlines of the areas that finds are told of as a whole."""
    wanted = [find.area_id for find in finds if find.middle is None and find.area_id is not None]
    found = people.areas(actor).filter(text_id__in=wanted).select_related("parent") if wanted else ()
    return {area.id: area.outline for area in map(people_rows.area_value, found)}


def _line(find: ReleasedFind, *, outlines: Mapping[AreaId, Outline]) -> FindLine:
    shape = NO_SHAPE
    if find.middle is not None and find.radius_m is not None:
        shape = ((situations.ring_around(find.middle, find.radius_m),),)
    elif find.area_id is not None:
        shape = outlines.get(find.area_id, NO_SHAPE)
    return FindLine(
        key=f"find:{find.situation_id}",
        where=find.area_name,
        said=_("%(partners)d partners, from %(first)s to %(last)s")
        % {
            "partners": len(find.partners),
            "first": date_format(find.first_day, "j F"),
            "last": date_format(find.last_day, "j F"),
        },
        shape=shape,
    )


def _collection(features: Iterable[dict[str, object]]) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features)}


def _square(line: SquareLine) -> dict[str, object]:
    properties = {
        "key": line.key,
        "name": line.where,
        "said": line.said,
        "level": line.level,
        "label": f"{line.least.n_signals}+",
        "busy": line.is_busy,
    }
    shape = {"type": "Polygon", "coordinates": [line.ring]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _find(line: FindLine) -> dict[str, object]:
    properties = {"key": line.key, "name": line.where, "said": line.said}
    shape = {"type": "MultiPolygon", "coordinates": line.shape}
    return {"type": "Feature", "properties": properties, "geometry": shape}
