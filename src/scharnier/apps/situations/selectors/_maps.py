# SPDX-License-Identifier: EUPL-1.2
"""What stands on the map of a month, in words.

Which squares are busier than the rest is counted from what was shown of the month, when somebody reads it: no
signal is read for it, what was left out counts as nothing known, and all of it follows from what the book of
answers released. So it tells nothing that could not be told already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from scharnier.apps.people.models import Area
from scharnier.apps.situations import access, map_rows, models
from scharnier.core import detection, situations
from scharnier.core.detection import Projection
from scharnier.core.kernel import Actor, NetworkId

LEVELS: Final = {n_signals: level for level, n_signals in enumerate(situations.MAP_LEVELS, start=1)}

MONTHS_AT_HAND: Final = 128  # of all networks of an installation
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
    is_busy: bool  # more than the rest of the month makes likely

    @property
    def said(self) -> str:
        """How many there are, in words."""
        said = _("at least %(signals)d signals, of %(partners)d partners") % {
            "signals": self.least.n_signals,
            "partners": self.least.n_partners,
        }
        return f"{said}; {_('busier than the rest')}" if self.is_busy else said


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
    def has_busy(self) -> bool:
        """Tell whether a square is busier than the rest."""
        return any(line.is_busy for line in self.squares)

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
    shown = [(each, release) for each in squares if (release := map_rows.release_of(each, row)) is not None]
    busy = find_busy(
        tuple((each.square, situations.halfway(release)) for each, release in shown),
        seed=situations.choose_seed(NetworkId(row.network_id), row.first_day),
    )
    for each, release in shown:
        least = situations.least_of(release)
        yield SquareLine(
            key=f"square:{each.size_m}.{each.column}.{each.row}",
            where=_where(each, names),
            size_m=each.size_m,
            least=least,
            level=LEVELS[least.n_signals],
            ring=situations.ring_of(each.square, flat),
            is_busy=each.square in busy,
        )


@lru_cache(maxsize=MONTHS_AT_HAND)
def find_busy(counts: tuple[tuple[detection.Square, int], ...], *, seed: int) -> frozenset[detection.Square]:
    """Return the squares with more than the rest makes likely; what was counted lately is at hand.

    A page and what its map draws ask the same, and so does every reader: it is kept by what was shown.
    """
    return detection.find_busy(dict(counts), seed=seed)


def _names(network_id: str, area_ids: set[str]) -> Mapping[str, str]:
    found = Area.objects.filter(network_id=network_id, text_id__in=sorted(area_ids))
    return dict(found.values_list("text_id", "name"))


def _where(square: map_rows.StoredSquare, names: Mapping[str, str]) -> str:
    known = [names[area_id] for area_id in square.area_ids if area_id in names]
    return ", ".join(known) or _("a part of the network")
