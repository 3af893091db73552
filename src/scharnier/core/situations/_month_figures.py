# SPDX-License-Identifier: EUPL-1.2
"""Figures that follow from the maps of months and from nothing else, so that they tell nothing new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from typing import Final

from scharnier.core.detection import (
    NOTHING_TOLD,
    WIDEST_M,
    Band,
    BandMonths,
    Square,
    Window,
    add_bands,
)
from scharnier.core.kernel import AreaId
from scharnier.core.situations._indicators import Reading
from scharnier.core.situations._silencing import Zone

MOST_COMPARED: Final = 12  # months before, and as many after


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSquare:
    """A square of the map of a month, and what that tells."""

    square: Square
    area_id: AreaId | None  # the area with most of it; None: no area is known
    count: Band  # of `detection.count_release`


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTold:
    """The map of a month; its squares do not overlap."""

    month: Window
    squares: tuple[MonthSquare, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A place beside the rest of the neighbourhood, in the same squares before and after."""

    zone: BandMonths
    ring: BandMonths | None  # None: no square lies in it
    control: BandMonths


def count_month(told: MonthTold, area_ids: Collection[AreaId]) -> Reading | None:
    """Return how many signals there were in areas in a month, in a band; None: the map tells nothing of them.

    Parameters
    ----------
    told
        The map of the month.
    area_ids
        With the areas within them; a square counts for the area that has most of it.

    Notes
    -----
    The ends of the bands are added. A square that was left out may hold any number, so that the sum has no
    end above. It counts signals whatever they are about, of partners who met two or more in a square. O(n).

    Examples
    --------
    >>> from scharnier.core.detection import month_of
    >>> squares = [MonthSquare(square=Square(size_m=1000, column=column, row=0), area_id=AreaId("noord"),
    ...     count=Band(low=5, high=13)) for column in (0, 1)]
    >>> told = MonthTold(month=month_of(date(2026, 3, 1)), squares=tuple(squares))
    >>> count_month(told, {AreaId("noord")})
    Reading(on=datetime.date(2026, 3, 31), low=10, high=26)
    """
    total = add_bands(each.count for each in told.squares if each.area_id in area_ids)
    return Reading(on=told.month.last_day, low=total.low, high=total.high) if total.low else None


def choose_months(
    drawn: Iterable[Window], *, since: date, found_from: date
) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
    """Return the months before and after that can be compared, as many of both; empty: there are none.

    Parameters
    ----------
    drawn
        The months of which there is a map.
    since
        The day the situation began.
    found_from
        First day of the window in which the place was found, <= `since`; no month before reaches into it.

    Notes
    -----
    After are the last whole months since the situation began, twelve at most. Before are the same months a
    year earlier where all were drawn, and else the last that were drawn before the place was found.

    Examples
    --------
    >>> from scharnier.core.detection import month_of
    >>> drawn = [month_of(date(2026, month, 1)) for month in range(1, 8)]
    >>> before, after = choose_months(drawn, since=date(2026, 4, 29), found_from=date(2026, 4, 6))
    >>> [each.first_day.month for each in before], [each.first_day.month for each in after]
    ([1, 2, 3], [5, 6, 7])
    """
    months = {each.first_day: each for each in sorted(drawn, key=lambda each: each.first_day)}
    after = [each for each in months.values() if each.first_day >= since][-MOST_COMPARED:]
    free = [each for each in months.values() if each.last_day < found_from]
    last_year = [months.get(each.first_day.replace(year=each.first_day.year - 1)) for each in after]
    same = [each for each in last_year if each in free]
    before = same if len(same) == len(after) else free
    n = min(len(before), len(after))
    return tuple(before[len(before) - n :]), tuple(after[len(after) - n :])


def compare_squares(
    before: Sequence[MonthTold],
    after: Sequence[MonthTold],
    *,
    area_ids: Collection[AreaId] = (),
    circle: Zone | None = None,
) -> Compared | None:
    """Return the same squares before and after, in a place and outside it; None: there is nothing to compare.

    Parameters
    ----------
    before, after
        Maps of as many months.
    area_ids
        Of the situation, with the areas within them.
    circle
        Of the find, on the grid of the map; the place are the squares of which the middle lies in it, and if
        there are none those of the areas.

    Notes
    -----
    A square that was taken apart in some months is counted as a whole in all. Around the place are squares
    of which the middle lies within twice the radius. The control area is the rest as far as the maps tell
    of it in every month: of a square that was left out once nobody knows how it went on. O(n).

    Examples
    --------
    >>> from scharnier.core.detection import band_count, month_of
    >>> def told(month, *counts):
    ...     squares = [MonthSquare(square=Square(size_m=1000, column=column, row=0),
    ...         area_id=AreaId(str(column)), count=band_count(n)) for column, n in enumerate(counts)]
    ...     return MonthTold(month=month_of(date(2026, month, 1)), squares=tuple(squares))
    >>> compared = compare_squares([told(1, 30, 60)], [told(5, 12, 55)], area_ids={AreaId("0")})
    >>> str(compared.zone.before[0]), str(compared.zone.after[0]), str(compared.control.after[0])
    ('20-49', '10-19', '50-99')
    """
    whole = _widest_squares([*before, *after])
    parts = _parts(set(whole.values()), area_ids=area_ids, circle=circle)
    periods = ([_by_square(each, whole) for each in before], [_by_square(each, whole) for each in after])
    steady = [each for each in parts.control if _months(periods, [each]).is_told]
    if not before or not parts.zone or not steady:
        return None
    return Compared(
        zone=_months(periods, parts.zone),
        ring=_months(periods, parts.ring) if parts.ring else None,
        control=_months(periods, steady),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    zone: tuple[Square, ...]
    ring: tuple[Square, ...]
    control: tuple[Square, ...]


def _widest_squares(months: Iterable[MonthTold]) -> Mapping[MonthSquare, MonthSquare]:
    """Return for each square the widest that some month has around it, as the latest month has that."""
    known = [each for told in months for each in told.squares]
    by_place = {each.square: each for each in known}
    return {
        each: next(by_place[one] for one in _from_widest(each.square) if one in by_place) for each in known
    }


def _from_widest(square: Square) -> Iterator[Square]:
    if square.size_m < WIDEST_M:
        yield from _from_widest(square.whole)
    yield square


def _by_square(told: MonthTold, whole: Mapping[MonthSquare, MonthSquare]) -> Mapping[Square, Band]:
    found: dict[Square, list[Band]] = {}
    for each in told.squares:
        found.setdefault(whole[each].square, []).append(each.count)
    return {square: add_bands(counts) for square, counts in found.items()}


def _parts(squares: Collection[MonthSquare], *, area_ids: Collection[AreaId], circle: Zone | None) -> _Parts:
    ordered = sorted(squares, key=lambda each: (each.square.row, each.square.column))
    far = {each.square: _distance(each.square, circle) for each in ordered} if circle else {}
    radius_m = circle.radius_m if circle else 0.0
    zone = tuple(square for square, distance_m in far.items() if distance_m <= radius_m)
    if zone:
        ring = tuple(square for square, distance_m in far.items() if radius_m < distance_m <= 2 * radius_m)
    else:
        zone, ring = tuple(each.square for each in ordered if each.area_id in area_ids), ()
    taken = {*zone, *ring}
    rest = tuple(each.square for each in ordered if each.square not in taken)
    return _Parts(zone=zone, ring=ring, control=rest)


def _distance(square: Square, circle: Zone) -> float:
    x_m, y_m = square.middle
    return hypot(x_m - circle.x_m, y_m - circle.y_m)


def _months(
    periods: tuple[Sequence[Mapping[Square, Band]], Sequence[Mapping[Square, Band]]],
    squares: Collection[Square],
) -> BandMonths:
    before, after = (
        tuple(add_bands(month.get(each, NOTHING_TOLD) for each in squares) for month in months)
        for months in periods
    )
    return BandMonths(before=before, after=after)
