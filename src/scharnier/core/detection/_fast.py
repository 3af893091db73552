# SPDX-License-Identifier: EUPL-1.2
"""The same with numba: loops that a compiler makes quick, and to the last bit the figures of plain numpy.

Import this only where it is used; compiling takes seconds, once a machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from scharnier.core.detection._board import Board
from scharnier.core.detection._chance import FIRST, GOLDEN, SECOND, TO_UNIT, Numbers, Words
from scharnier.core.detection._plain import N_STATISTICS, SLACK, Best, Pairs
from scharnier.core.detection._ratios import SERIES, Floats

Function = TypeVar("Function", bound=Callable[..., object])
_Zones = tuple[Numbers, Numbers, npt.NDArray[np.bool_], Numbers]  # starts, neighbours, ends, counts
_Sightings = tuple[Numbers, Numbers, Numbers, Numbers]  # partner, lag, totals, windows by day
_Tables = tuple[Floats, Floats, Floats, Floats, Floats]  # ln n, n ln n; of windows: ln t / C, t / C; 1 / C
_Hand = tuple[Numbers, Numbers, Numbers, Floats]  # by location: first, slots; of a zone: by day, ln sizes
_Best = tuple[Floats, Numbers]  # value and place of each statistic


def compiled(function: Function) -> Function:
    """Return a function compiled, kept on disk, and free of the interpreter's lock while it runs."""
    return cast("Function", numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: Function) -> Function:
    """Return a function compiled into each that calls it, so that passing arrays on costs nothing."""
    plain = numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")(function)
    return cast("Function", plain)


def maxima(board: Board, places: Numbers) -> Floats:
    """Return the highest value of each statistic for each dealing, shape (n, 3)."""
    return _scan_all(board, places)[0]


def find_best(board: Board, dealt: Numbers) -> Best:
    """Return the best of every statistic when the recent sightings lie at some locations, shape (m,)."""
    values, where = _scan_all(board, dealt[None, :])
    return Best(values=values[0], rows=where[0, :, 0], days=where[0, :, 1])


def draw(pools: Sequence[Numbers], n_drawn: Sequence[int], keys: Words) -> Numbers:
    """Return for each key some of every pool, drawn without putting back; as `_chance.draw`."""
    drawn = np.empty((len(keys), sum(n_drawn)), np.int64)
    slot = 0
    for pool, n in zip(pools, n_drawn, strict=True):
        _draw_each(pool, n, keys, drawn[:, slot : slot + n], slot)
        slot += n
    return drawn


def count_pairs(pairs: Pairs, days: Numbers) -> Numbers:
    """Return how many pairs lie in each band of distance and days, for each dealing; shape (n, s, t)."""
    n_space, n_time = pairs.n_bands
    counts = np.zeros((len(days), n_space, n_time + 1), np.int64)
    _count_pairs((pairs.first, pairs.second, pairs.space, pairs.time), days, counts)
    return counts[:, :, :-1]


def _scan_all(board: Board, places: Numbers) -> tuple[Floats, Numbers]:
    zones, n_partners = board.zones, len(board.pools)
    windows = np.ascontiguousarray(board.windows.T)
    values = np.zeros((len(places), N_STATISTICS))
    where = np.full((len(places), N_STATISTICS, 2), 0, np.int64)
    where[:, :, 0] = -1
    _scan(
        (zones.starts, zones.neighbours, zones.ends, zones.counts),
        (board.partner, board.lag, board.totals, windows),
        (
            board.logs,
            np.arange(len(board.logs)) * board.logs,
            board.logs[windows] - board.logs[board.totals],
            windows / board.totals,
            1.0 / board.totals,
        ),
        (
            np.zeros(len(zones.points) + 1, np.int64),
            np.zeros(places.shape[1], np.int64),
            np.zeros((len(windows), n_partners + 1), np.int64),
            np.zeros(n_partners + 1),
        ),
        places,
        (values, where),
    )
    return values, where


@compiled
def _mix(word: np.uint64) -> np.uint64:
    word = (word ^ (word >> np.uint64(30))) * FIRST
    word = (word ^ (word >> np.uint64(27))) * SECOND
    return word ^ (word >> np.uint64(31))


@compiled
def _draw_each(pool: Numbers, n: int, keys: Words, drawn: Numbers, first_slot: int) -> None:
    for number in range(len(keys)):
        left = pool.copy()
        word = keys[number] + np.uint64(first_slot) * GOLDEN
        for step in range(n):
            word = word + GOLDEN
            unit = np.float64(_mix(word) >> np.uint64(11)) * TO_UNIT
            chosen = step + np.int64(unit * (len(pool) - step))
            drawn[number, step] = left[chosen]
            left[chosen] = left[step]


@compiled
def _count_pairs(pairs: tuple[Numbers, Numbers, Numbers, Numbers], days: Numbers, counts: Numbers) -> None:
    first, second, space, time = pairs
    for number in range(len(days)):
        dealt = days[number]
        for at in range(len(first)):
            between = min(abs(dealt[first[at]] - dealt[second[at]]), len(time) - 1)
            counts[number, space[at], time[between]] += 1


@compiled
def _ratio(inside: int, zone: int, window: int, total: int, logs: Floats) -> float:
    """Return what `log_ratios` does, by the same steps."""
    if inside * total <= zone * window:
        return 0.0
    expected = zone * window / total
    ratio = inside * (logs[inside] - logs[zone] - logs[window] + logs[total])
    rest = total - inside
    outside = total - expected
    nearest = max(int(outside + 0.5), 1)
    part = (outside - nearest) / nearest
    part = part / (2.0 + part)
    square, series = part * part, 0.0
    for term in SERIES:
        series = series * square + term
    return float(ratio + rest * (logs[rest] - logs[nearest] - 2.0 * part * series))


@compiled
def _scan(
    zones: _Zones, sightings: _Sightings, tables: _Tables, hand: _Hand, places: Numbers, best: _Best
) -> None:
    """Find the best of each statistic for each dealing."""
    values, where = best
    first, slots = hand[0], hand[1]
    for number in range(len(places)):
        _sort(places[number], first, slots)
        for centre in range(len(first) - 1):
            _scan_centre(centre, zones, sightings, tables, hand, (values[number], where[number]))


@compiled
def _sort(dealt: Numbers, first: Numbers, slots: Numbers) -> None:
    """Put the slots of the recent sightings in order of their locations."""
    first[:] = 0
    for location in dealt:
        first[location] += 1
    for location in range(1, len(first)):
        first[location] += first[location - 1]
    for slot in range(len(dealt) - 1, -1, -1):
        first[dealt[slot]] -= 1
        slots[first[dealt[slot]]] = slot


@compiled
def _scan_centre(
    centre: int, zones: _Zones, sightings: _Sightings, tables: _Tables, hand: _Hand, best: _Best
) -> None:
    """Walk outwards; look at a zone only when its last ring added a recent sighting."""
    starts, neighbours, ends, counts = zones
    first, slots, inside = hand[0], hand[1], hand[2]
    partner, lag = sightings[0], sightings[1]
    is_empty, fresh = True, len(inside)
    for row in range(starts[centre], starts[centre + 1]):
        location = neighbours[row]
        if first[location] < first[location + 1]:
            if is_empty:
                is_empty = False
                inside[:] = 0
            for at in range(first[location], first[location + 1]):
                slot = slots[at]
                fresh = min(fresh, lag[slot])
                for day in range(lag[slot], len(inside)):
                    inside[day, partner[slot]] += 1
                    inside[day, -1] += 1
        if fresh < len(inside) and ends[row]:
            _scan_zone((row, fresh), counts[row], sightings, tables, hand, best)
            fresh = len(inside)


@inlined
def _scan_zone(
    at: tuple[int, int],
    zone: Numbers,
    sightings: _Sightings,
    tables: _Tables,
    hand: _Hand,
    best: _Best,
) -> None:
    """Bound every window that the last ring, and its own first day, added a sighting to; as `_plain` does."""
    logs, by_count, window_logs, shares, parts = tables
    inside, size_logs = hand[2], hand[3]
    values = best[0]
    last = len(zone) - 1
    for number in range(last + 1):
        size_logs[number] = logs[zone[number]]
    before = inside[at[1] - 1, last] if at[1] else 0
    for day in range(at[1], len(inside)):
        if inside[day, last] == before:
            continue
        before = inside[day, last]
        joint, strongest, bound = 0.0, 0.0, 0.0
        for number in range(last + 1):
            joint += bound
            strongest = max(strongest, bound)
            held = inside[day, number]
            expected = zone[number] * shares[day, number]
            bound = by_count[held] - held * (size_logs[number] + window_logs[day, number])
            bound -= (held - expected) * (1.0 - held * parts[number])
            bound = bound if held > expected else 0.0
        shared = joint - strongest
        is_shared = shared > 0.0 and shared + SLACK > values[2]
        if is_shared or bound + SLACK > values[0] or joint + SLACK > values[1]:
            _raise_best((at[0], day), zone, sightings, logs, inside[day], best)


@compiled
def _raise_best(
    at: tuple[int, int], zone: Numbers, sightings: _Sightings, logs: Floats, inside: Numbers, best: _Best
) -> None:
    values, where = best
    totals, windows = sightings[2], sightings[3]
    joint, shared, strongest, ratio = 0.0, 0.0, 0.0, 0.0
    for number in range(len(zone)):
        joint += ratio
        shared += min(ratio, strongest)  # all but the strongest
        strongest = max(strongest, ratio)
        ratio = _ratio(inside[number], zone[number], windows[at[1], number], totals[number], logs)
    for number, value in enumerate((ratio, joint, shared)):
        if value > values[number]:
            values[number] = value
            where[number, 0] = at[0]
            where[number, 1] = at[1] + 1
