# SPDX-License-Identifier: EUPL-1.2
"""The cells of a row that tell where it was, as a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from scharnier.core import network
from scharnier.core.kernel import AreaId
from scharnier.core.signals import Place, PlaceUnclear, Precision, Spot
from scharnier.formats import tables
from scharnier.formats.signals_list._faults import UnknownStreet
from scharnier.formats.tables import CellPlace

_ADDRESS: Final = re.compile(r"(?P<street>.*?[^\W\d_].*?),?\s+[0-9]{1,5}(?![0-9]).*", re.DOTALL)
FIELDS: Final = ("place", "house_number", "area_id", "longitude", "latitude")


class Placer:
    """Knows the areas and streets of a network by name."""

    def __init__(self, whole: network.Network, names: tables.Names) -> None:
        self._areas = {area.id: area for area in whole.areas}
        self._names = names

    def place(self, values: Mapping[str, object], *, at: Mapping[str, CellPlace]) -> Place:
        """Return the place that the values of a row tell.

        Raises
        ------
        PlaceUnclear, EmptyCell, UnknownName, AmbiguousName, UnknownStreet
        TextTooLong, PersonalDataFound
        """
        spot = _spot(values, at=at)
        words = " ".join(str(values[name]) for name in ("place", "house_number") if name in values)
        said = values.get("area_id")
        area_id = None if said is None else AreaId(self._names.find("areas", str(said), at=at["area_id"]))
        if words:
            return self._worded(words, spot=spot, area_id=area_id, at=at["place"])
        if spot is not None:
            return Place(precision=Precision.POINT, spot=spot, area_id=area_id)
        if area_id is None:
            raise PlaceUnclear(lacks="area")
        return self._whole(area_id)

    def _worded(self, words: str, *, spot: Spot | None, area_id: AreaId | None, at: CellPlace) -> Place:
        named = self._called(words, at=at, is_sought=area_id is None and spot is None)
        if named is not None and spot is None:
            return self._whole(named)
        address = _ADDRESS.fullmatch(words)
        if address is not None and area_id is None and spot is None:
            area_id = self._called(address["street"], at=at, is_sought=True)
        precision = Precision.ADDRESS if address else Precision.POINT if spot else Precision.STREET
        place = Place(precision=precision, words=words, spot=spot, area_id=area_id)
        if area_id is None and spot is None:  # only now: what points at a person is not said again
            raise UnknownStreet(**at.facts(), value=words)
        return place

    def _called(self, words: str, *, at: CellPlace, is_sought: bool) -> AreaId | None:
        """Return the area of a name; two of that name matter only when nothing else tells which."""
        try:
            return AreaId(self._names.find("areas", words.strip(" ,"), at=at))
        except tables.AmbiguousName:
            if is_sought:
                raise
        except tables.UnknownName:
            pass
        return None

    def _whole(self, area_id: AreaId) -> Place:
        area = self._areas[area_id]
        if area.kind is network.AreaKind.STREET:
            return Place(precision=Precision.STREET, words=area.name, area_id=area_id)
        return Place(precision=Precision.AREA, area_id=area_id)


def _spot(values: Mapping[str, object], *, at: Mapping[str, CellPlace]) -> Spot | None:
    told = {name: values[name] for name in ("longitude", "latitude") if name in values}
    if not told:
        return None
    for name in ("longitude", "latitude"):
        if name not in told:
            raise tables.EmptyCell(**at[name].facts())
    longitude, latitude = (float(str(told[name])) for name in ("longitude", "latitude"))
    return Spot(longitude=longitude, latitude=latitude)
