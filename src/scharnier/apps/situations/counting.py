# SPDX-License-Identifier: EUPL-1.2
"""Figures from signals, which follow from the maps of months alone: what those told already is all there is.

No signal and no trace is read here, so that a figure tells nothing that the map does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from scharnier.apps.people.models import Area
from scharnier.apps.situations import map_rows, models
from scharnier.core import detection, situations
from scharnier.core.detection import Projection
from scharnier.core.kernel import AreaId, NetworkId, SituationId
from scharnier.core.signals import Spot
from scharnier.core.situations import MonthSquare, MonthTold, Reading, Zone


def read_months(network_id: NetworkId) -> tuple[MonthTold, ...]:
    """Return the maps of months of a network, oldest first."""
    found = models.MapMonth.objects.filter(network_id=network_id).order_by("first_day")
    return tuple(map(told_value, found))


def told_value(row: models.MapMonth) -> MonthTold:
    """Return what the map of a month tells."""
    return MonthTold(month=detection.month_of(row.first_day), squares=tuple(_squares(row)))


def areas_within(area_ids: Collection[AreaId], *, network_id: NetworkId) -> frozenset[AreaId]:
    """Return areas with every area within them."""
    parents = dict(Area.objects.filter(network_id=network_id).values_list("text_id", "parent__text_id"))
    found, added = set[str](), set[str](area_ids)
    while added:
        found |= added
        added = {area_id for area_id, parent in parents.items() if parent in added} - found
    return frozenset(map(AreaId, found))


def circle_of(situation_id: SituationId) -> Zone | None:
    """Return the circle that was released of a find, on the grid of the map; None: no circle was."""
    found = models.Found.objects.select_related("answer").filter(situation_id=situation_id).first()
    answer = found.answer if found else None
    if answer is None or answer.longitude is None or answer.latitude is None or answer.radius_m is None:
        return None
    ground = models.ScanGround.objects.get(network_id=answer.network_id)
    flat = Projection(longitude=ground.longitude, latitude=ground.latitude)
    spot = Spot(longitude=answer.longitude, latitude=answer.latitude)
    x_m, y_m = situations.place_squares({answer.name: spot}, flat)[answer.name]
    return Zone(x_m=x_m, y_m=y_m, radius_m=answer.radius_m)


def readings_of(months: Iterable[MonthTold], area_ids: Collection[AreaId]) -> tuple[Reading, ...]:
    """Return the figures of months of which the map tells something of areas, in bands."""
    found = (situations.count_month(told, area_ids) for told in months)
    return tuple(reading for reading in found if reading is not None)


def _squares(row: models.MapMonth) -> Iterator[MonthSquare]:
    for stored in map_rows.squares_of(row):
        yield MonthSquare(
            square=stored.square,
            area_id=AreaId(stored.area_ids[0]) if stored.area_ids else None,
            count=detection.count_release(map_rows.release_of(stored, row)),
        )
