# SPDX-License-Identifier: EUPL-1.2
"""Drawing the map of each month that is over, from the same book of answers as the finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import map_rows, models
from scharnier.apps.situations.services import _releasing as releasing
from scharnier.apps.situations.services import _scan_areas as scan_areas
from scharnier.core import detection, network, situations
from scharnier.core.detection import Located, Projection
from scharnier.core.kernel import NetworkId
from scharnier.core.signals import Spot

LOOKED_BACK_DAYS: Final = 31 * situations.MOST_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """What the maps of a network are drawn on: where others count, and which area each place lies in."""

    flat: Projection
    places: Mapping[str, tuple[float, float]]
    areas: Mapping[str, str]  # by place

    def areas_in(self, square: detection.Square) -> tuple[str, ...]:
        """Return the areas of a square, the one with most of it first."""
        return situations.names_within(square, self.places, self.areas)


@transaction.atomic
def draw_months(network_id: NetworkId, *, on: date) -> tuple[date, ...]:
    """Draw the months that are over and were not drawn; return their first days.

    Call it where the network is. What was drawn stays as it was, whatever becomes of the signals.
    """
    paper = _lay_out(network_id)
    if paper is None:
        return ()
    book = releasing.open_book(network_id)
    located = tuple(_locate(network_id, on=on, flat=paper.flat))
    drawn = models.MapMonth.objects.filter(network_id=network_id).order_by("-first_day").first()
    months = situations.months_to_draw(
        first=min((seen.on for seen in located), default=on),
        on=on,
        drawn=drawn.first_day if drawn else None,
        closed_before=book.ledger.closed_before,
    )
    for month in months:
        is_next = drawn is not None and drawn.first_day == _month_before(month.first_day)
        before = map_rows.cell_values(drawn) if drawn is not None and is_next else ()
        ledger, cells = detection.draw_cells(
            book.ledger, located, month=month, places=paper.places, before=before
        )
        book = releasing.write_answers(book, ledger, on=on)
        drawn = models.MapMonth.objects.create(
            network_id=network_id,
            first_day=month.first_day,
            drawn_on=on,
            squares=[map_rows.cell_stored(cell, area_ids=paper.areas_in(cell.square)) for cell in cells],
        )
    return tuple(month.first_day for month in months)


def _lay_out(network_id: NetworkId) -> _Paper | None:
    """Return what to draw on; None where no area has an outline, so that no place is known to be one."""
    areas = scan_areas.read_areas(network_id)
    squares = {area.id: situations.squares_in(area) for area in areas if area.outline}
    names = frozenset[str]().union(*squares.values())
    if not names:
        return None
    spots = {name: situations.spot_of_square(name) for name in names}
    middle = scan_areas.middle_of(areas, other=next(iter(spots.values())))
    flat = releasing.open_ground(network_id, middle)
    return _Paper(
        flat=flat,
        places=situations.place_squares(spots, flat),
        areas=dict(_innermost(areas, spots)),
    )


def _innermost(areas: tuple[network.Area, ...], spots: Mapping[str, Spot]) -> Iterator[tuple[str, str]]:
    for name, spot in spots.items():
        area_id = network.area_around(spot.longitude, spot.latitude, areas)
        if area_id is not None:
            yield name, area_id


def _locate(network_id: NetworkId, *, on: date, flat: Projection) -> Iterator[Located]:
    since = on - timedelta(days=LOOKED_BACK_DAYS)
    found = signals.read_sightings(network_id, today=on, since=since, flat=flat)
    for seen in found.sightings:
        longitude, latitude = flat.to_degrees((seen.x_m, seen.y_m))
        square = situations.name_square(Spot(longitude=longitude, latitude=latitude))
        yield Located(partner=seen.partner, address=square, on=seen.on)


def _month_before(first_day: date) -> date:
    return detection.month_of(first_day - timedelta(days=1)).first_day
