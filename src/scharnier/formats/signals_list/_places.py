# SPDX-License-Identifier: EUPL-1.2
"""The cells of a row that tell where it was, as a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from scharnier.core import network, signals
from scharnier.core.kernel import AreaId
from scharnier.core.signals import Place, PlaceUnclear, Precision, Spot
from scharnier.formats import tables
from scharnier.formats.signals_list._faults import UnknownStreet
from scharnier.formats.tables import CellPlace

_ADDRESS: Final = re.compile(r"(?P<street>.*?[^\W\d_].*?),?\s+[0-9]{1,5}(?![0-9]).*", re.DOTALL)
FIELDS: Final = ("place", "house_number", "area_id", "longitude", "latitude")


class Placer:
    """Knows the areas, streets and places of a network by name."""

    def __init__(self, whole: network.Network, names: tables.Names) -> None:
        self._areas = {area.id: area for area in whole.areas}
        self._locations = whole.locations
        self._names = names
        self._find = cache(self._find_anew)  # the same street comes again and again

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
        if spot is None and area_id is not None and self._areas[area_id].kind is network.AreaKind.STREET:
            return Place(precision=Precision.STREET, words=self._areas[area_id].name, area_id=area_id)
        if spot is None and area_id is None:
            raise PlaceUnclear(lacks="area")
        return Place(precision=Precision.POINT if spot else Precision.AREA, spot=spot, area_id=area_id)

    def _worded(self, words: str, *, spot: Spot | None, area_id: AreaId | None, at: CellPlace) -> Place:
        has_number = any(map(str.isdigit, words))
        precision = Precision.ADDRESS if has_number else Precision.STREET
        as_said = Place(precision=precision, words=words, spot=spot, area_id=area_id)  # no person is named
        address = _ADDRESS.fullmatch(words)
        street = address["street"] if address else None
        if spot is None and self._is_ambiguous(words, street, area_id=area_id, at=at):
            return as_said
        try:
            return self._find(words, street, spot=spot, area_id=area_id)
        except (signals.PlaceUnknown, signals.PlaceAmbiguous) as error:
            raise UnknownStreet(**at.facts(), value=words) from error

    def _is_ambiguous(self, words: str, street: str | None, *, area_id: AreaId | None, at: CellPlace) -> bool:
        """Tell whether several are called so, and the area says which (raises AmbiguousName)."""
        for name in filter(None, (words, street)):
            if len(self._names.called("areas", name)) > 1:
                if area_id is None:
                    self._names.find("areas", name, at=at)  # says which there are
                return True
        return False

    def _find_anew(
        self, words: str, street: str | None, *, spot: Spot | None, area_id: AreaId | None
    ) -> Place:
        """Return the place of some words; of an address with more behind its number also by its street."""
        areas = self._areas.values()
        try:
            return signals.find_place(
                words, areas=areas, locations=self._locations, area_id=area_id, spot=spot
            )
        except signals.PlaceUnknown:
            if street is None:
                raise
            found = signals.find_place(street, areas=areas)
            return Place(precision=Precision.ADDRESS, words=words, area_id=found.area_id)


def _spot(values: Mapping[str, object], *, at: Mapping[str, CellPlace]) -> Spot | None:
    told = {name: values[name] for name in ("longitude", "latitude") if name in values}
    if not told:
        return None
    for name in ("longitude", "latitude"):
        if name not in told:
            raise tables.EmptyCell(**at[name].facts())
    longitude, latitude = (float(str(told[name])) for name in ("longitude", "latitude"))
    return Spot(longitude=longitude, latitude=latitude)
