# SPDX-License-Identifier: EUPL-1.2
"""The map of a month: signals as bands in the squares of a fixed grid, by the same rules as finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Final

from scharnier.core.detection._release import LEAST_ADDRESSES, Area, Ledger, Located, Release, Width
from scharnier.core.detection._windows import Window

WIDEST_M: Final = 1000  # a square is this wide, or halved up to three times
FINEST_M: Final = 125
STAND_IN_M: Final = 25  # wide is the square that stands for an address where addresses are not known
MANY: Final = 20  # signals at least in a square of which the parts are asked about next month

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One square of the grid."""

    size_m: int
    column: int  # its west side is at column x size
    row: int  # its south side is at row x size

    @classmethod
    def around(cls, place: Place, *, size_m: int) -> Square:
        """Return the square that a place in metres lies in."""
        return cls(size_m=size_m, column=floor(place[0] / size_m), row=floor(place[1] / size_m))

    @property
    def middle(self) -> Place:
        """Where its middle is, in metres."""
        return (self.column + 0.5) * self.size_m, (self.row + 0.5) * self.size_m

    @property
    def whole(self) -> Square:
        """The square twice as wide that it is a quarter of."""
        return Square(size_m=self.size_m * 2, column=self.column // 2, row=self.row // 2)

    @property
    def parts(self) -> tuple[Square, ...]:
        """Its four quarters, from the south-west."""
        return tuple(
            Square(size_m=self.size_m // 2, column=2 * self.column + east, row=2 * self.row + north)
            for north in (0, 1)
            for east in (0, 1)
        )

    def __str__(self) -> str:
        return f"{self.size_m} m {self.column} {self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A square in a month, and what may be shown of it."""

    square: Square
    release: Release | None  # None: left out


def draw_cells(
    ledger: Ledger,
    signals: Iterable[Located],
    *,
    month: Window,
    places: Mapping[str, Place],
    before: Collection[Cell] = (),
) -> tuple[Ledger, tuple[Cell, ...]]:
    """Return the ledger afterwards, and the map of a month.

    Parameters
    ----------
    ledger
        That of the finds as well.
    signals
        n signals, of any place and day.
    month
        Of `month_of`.
    places
        Where each of the addresses is, in metres; where they are not known, of `stand_ins`.
    before
        The map of the month before; none: the first.

    Returns
    -------
    tuple of Ledger, tuple of Cell
        Squares without an address are not among them.

    Notes
    -----
    Which squares a month has follows from what was shown of the month before, so that it tells nothing: a
    square that showed twenty signals is taken apart, and four parts that showed nothing are taken together.
    Squares of a month do not overlap, and months do not either. Each is asked about once, and what a find
    already told of is left out. So ask when no find can reach into the month any more, 28 days after its end,
    and keep the answer: an earlier map shuts finds out. O(n x squares + addresses).

    Examples
    --------
    >>> places = stand_ins((0, 0), (1000, 1000))
    >>> here, day = stand_in((510, 20)), date(2026, 3, 9)
    >>> seen = [Located(partner=name, address=here, on=day) for name in ("police", "school") * 12]
    >>> ledger, (first,) = draw_cells(Ledger(), seen, month=month_of(day), places=places)
    >>> str(first.square), {name: str(band) for name, band in first.release.partners.items()}
    ('1000 m 0 0', {'police': '10-19', 'school': '10-19'})
    """
    known, cells = tuple(signals), []
    for square, addresses in _squares(places, _divided(places, before)):
        area = Area(width=Width.CELL, name=str(square), addresses=addresses)
        release = None
        if ledger.may_look(area, month):
            ledger, release = ledger.offer([area], month, known)
        cells.append(Cell(square=square, release=release))
    return ledger, tuple(cells)


def month_of(day: date) -> Window:
    """Return the calendar month that a day lies in.

    Examples
    --------
    >>> month_of(date(2028, 2, 10))
    Window(first_day=datetime.date(2028, 2, 1), last_day=datetime.date(2028, 2, 29))
    """
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Window(first_day=first, last_day=following - timedelta(days=1))


def stand_in(place: Place) -> str:
    """Return what stands for the address of a place where addresses are not known: a small square.

    Examples
    --------
    >>> stand_in((510.0, 20.0))
    '25 m 20 0'
    """
    return str(Square.around(place, size_m=STAND_IN_M))


def stand_ins(south_west: Place, north_east: Place) -> Mapping[str, Place]:
    """Return all that stand for addresses in a rectangle, and where the middle of each is.

    Examples
    --------
    >>> stand_ins((0, 0), (50, 25))
    {'25 m 0 0': (12.5, 12.5), '25 m 1 0': (37.5, 12.5)}
    """
    columns, rows = (
        range(floor(low / STAND_IN_M), ceil(high / STAND_IN_M))
        for low, high in zip(south_west, north_east, strict=True)
    )
    squares = (Square(size_m=STAND_IN_M, column=column, row=row) for row in rows for column in columns)
    return {str(square): square.middle for square in squares}


def _squares(
    places: Mapping[str, Place], divided: Collection[Square]
) -> Iterator[tuple[Square, frozenset[str]]]:
    """Yield the squares that hold an address and are not divided, with their addresses."""
    held = _hold(places, WIDEST_M)
    while held:
        smaller: dict[Square, list[str]] = {}
        for square, addresses in sorted(held.items(), key=lambda one: (one[0].row, one[0].column)):
            if square in divided:
                smaller |= _hold({name: places[name] for name in addresses}, square.size_m // 2)
            else:
                yield square, frozenset(addresses)
        held = smaller


def _hold(places: Mapping[str, Place], size_m: int) -> dict[Square, list[str]]:
    held: dict[Square, list[str]] = {}
    for name, place in places.items():
        held.setdefault(Square.around(place, size_m=size_m), []).append(name)
    return held


def _divided(places: Mapping[str, Place], before: Collection[Cell]) -> frozenset[Square]:
    """Return the squares that are taken apart in the month after."""
    leaves = {cell.square: cell for cell in before}
    above = {whole for square in leaves for whole in _wholes(square)}
    busy = {cell.square for cell in before if _is_busy(cell) and _may_divide(cell.square, places)}
    quiet = {whole for whole in above if _is_quiet([leaves.get(part) for part in whole.parts], whole, above)}
    return frozenset((above - quiet) | busy)


def _wholes(square: Square) -> Iterator[Square]:
    while square.size_m < WIDEST_M:
        square = square.whole
        yield square


def _is_busy(cell: Cell) -> bool:
    shown = cell.release.partners.values() if cell.release else ()
    return sum(band.low for band in shown) >= MANY


def _may_divide(square: Square, places: Mapping[str, Place]) -> bool:
    """Tell whether each quarter with an address has ten."""
    within = {name: place for name, place in places.items() if _holds(square, place)}
    quarters = _hold(within, square.size_m // 2)
    return square.size_m > FINEST_M and all(len(held) >= LEAST_ADDRESSES for held in quarters.values())


def _holds(square: Square, place: Place) -> bool:
    return Square.around(place, size_m=square.size_m) == square


def _is_quiet(parts: Sequence[Cell | None], whole: Square, above: Collection[Square]) -> bool:
    """Tell whether no part of a square is divided or was shown."""
    return not any(part in above for part in whole.parts) and not any(part and part.release for part in parts)
