# SPDX-License-Identifier: EUPL-1.2
"""Squares of a map as they are stored, and as the core draws the next month from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from scharnier.apps.situations import models
from scharnier.core import detection
from scharnier.core.detection import Cell, Release, Square, Width

MOST_NAMES: Final = 3  # of areas that a square is called after
LEAST_PLACES: Final = 10  # in a square that was shown; how many more is not kept


class StoredSquare(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A square of a month; whose the bands are is not kept."""

    size_m: int
    column: int
    row: int
    area_ids: list[str]  # the one with most of it first
    lows: list[int] | None  # the low ends of the bands of its partners, in order; None: left out

    @property
    def square(self) -> Square:
        """Where it lies on the grid."""
        return Square(size_m=self.size_m, column=self.column, row=self.row)


def cell_stored(cell: Cell, *, area_ids: Sequence[str]) -> object:
    """Return what is stored of a square."""
    square, release = cell.square, cell.release
    return msgspec.to_builtins(
        StoredSquare(
            size_m=square.size_m,
            column=square.column,
            row=square.row,
            area_ids=list(area_ids[:MOST_NAMES]),
            lows=sorted(band.low for band in release.partners.values()) if release else None,
        )
    )


def squares_of(row: models.MapMonth) -> tuple[StoredSquare, ...]:
    """Return the squares of a month."""
    return tuple(msgspec.convert(row.squares, list[StoredSquare]))


def release_of(stored: StoredSquare, row: models.MapMonth) -> Release | None:
    """Return what was shown of a square, its partners without names; None: it was left out."""
    if stored.lows is None:
        return None
    return Release(
        width=Width.CELL,
        name=str(stored.square),
        window=detection.month_of(row.first_day),
        n_addresses=detection.band_count(LEAST_PLACES),
        partners={str(number): detection.band_count(low) for number, low in enumerate(stored.lows)},
    )


def cell_values(row: models.MapMonth) -> tuple[Cell, ...]:
    """Return the map of a month as that of the month after is drawn from it."""
    return tuple(Cell(square=each.square, release=release_of(each, row)) for each in squares_of(row))
