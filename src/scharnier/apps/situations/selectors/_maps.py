# SPDX-License-Identifier: EUPL-1.2
"""What stands on the map of a month, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from scharnier.apps.people.models import Area
from scharnier.apps.situations import access, map_rows, models
from scharnier.core import situations
from scharnier.core.detection import Projection
from scharnier.core.kernel import Actor

LEVELS: Final = {n_signals: level for level, n_signals in enumerate(situations.MAP_LEVELS, start=1)}

TILES: Final = (
    "M4 4h.1M12 12h.1",
    "M-2 18 18-2M-2 2 2-2M14 18l4-4",
    "M-2 18 18-2M-2 2 2-2M14 18l4-4M-2-2l20 20M14-2l4 4M-2 14l4 4",
    "M0 4h16M0 12h16M4 0v16M12 0v16",
    "M0 2h16M0 6h16M0 10h16M0 14h16M2 0v16M6 0v16M10 0v16M14 0v16",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SquareLine:
    """A square of which something is shown."""

    key: str  # of the same on the map
    where: str
    size_m: int
    least: situations.Least
    level: int  # of its pattern, from 1
    ring: tuple[tuple[float, float], ...]

    @property
    def said(self) -> str:
        """How many there are, in words."""
        n_signals, n_partners = self.least.n_signals, self.least.n_partners
        return _("at least %(signals)d signals, of %(partners)d partners") % {
            "signals": n_signals,
            "partners": n_partners,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A tile of the map, and from how many signals on it is used."""

    number: int
    n_signals: int
    tile: str  # a path in 16 x 16, the fuller the more signals


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMap:
    """The map of a month in words, with the months beside it."""

    month: date
    earlier: date | None
    later: date | None
    squares: tuple[SquareLine, ...]  # most first

    @property
    def levels(self) -> tuple[Level, ...]:
        """The tiles of the map, fewest first."""
        pairs = zip(LEVELS.items(), TILES, strict=True)
        return tuple(Level(number=level, n_signals=n, tile=tile) for (n, level), tile in pairs)


def read_month(actor: Actor, asked: str = "") -> MonthMap | None:
    """Return the map of the month that is asked for, as 2026-09, or of the latest; None: there is none yet.

    Raises
    ------
    MonthNotFound
    """
    months = access.map_months(actor)
    row = _asked(asked, months) if asked else months.first()
    if row is None:
        return None
    days = sorted(months.values_list("first_day", flat=True))
    at = days.index(row.first_day)
    return MonthMap(
        month=row.first_day,
        earlier=days[at - 1] if at else None,
        later=days[at + 1] if at + 1 < len(days) else None,
        squares=tuple(sorted(_lines(row), key=lambda line: (-line.least.n_signals, line.where, line.key))),
    )


def _asked(asked: str, months: QuerySet[models.MapMonth]) -> models.MapMonth:
    try:
        day = date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise access.MonthNotFound(month=asked) from None
    row = months.filter(first_day=day).first()
    if row is None:
        raise access.MonthNotFound(month=asked)
    return row


def _lines(row: models.MapMonth) -> Iterator[SquareLine]:
    ground = models.ScanGround.objects.get(network_id=row.network_id)
    flat = Projection(longitude=ground.longitude, latitude=ground.latitude)
    squares = map_rows.squares_of(row)
    names = _names(row.network_id, {area_id for each in squares for area_id in each.area_ids})
    for each in squares:
        release = map_rows.release_of(each, row)
        if release is not None:
            least = situations.least_of(release)
            yield SquareLine(
                key=f"square:{each.size_m}.{each.column}.{each.row}",
                where=_where(each, names),
                size_m=each.size_m,
                least=least,
                level=LEVELS[least.n_signals],
                ring=situations.ring_of(each.square, flat),
            )


def _names(network_id: str, area_ids: set[str]) -> Mapping[str, str]:
    found = Area.objects.filter(network_id=network_id, text_id__in=sorted(area_ids))
    return dict(found.values_list("text_id", "name"))


def _where(square: map_rows.StoredSquare, names: Mapping[str, str]) -> str:
    known = [names[area_id] for area_id in square.area_ids if area_id in names]
    return ", ".join(known) or _("a part of the network")
