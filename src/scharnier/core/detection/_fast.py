# SPDX-License-Identifier: EUPL-1.2
"""The same with numba: loops that a compiler makes quick, and to the last bit the figures of plain numpy.

Import this only where it is used; compiling takes seconds, once a machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from scharnier.core.detection._board import Board
from scharnier.core.detection._chance import FIRST, GOLDEN, SECOND, TO_UNIT, Numbers, Words
from scharnier.core.detection._plain import N_STATISTICS, SLACK, Best, Pairs
from scharnier.core.detection._ratios import SERIES, Floats
from scharnier.core.detection._zones import Zones

LANES: Final = 32  # numbers that a processor may take at once
ROUNDING: Final = 1.0 + 1e-5  # more than what single numbers lose
TINY: Final = 1e-9
LARGEST: Final = 690.0  # of which e to the power is still a number
FREE: Final = {"nnan", "nsz"}  # there is no NaN and nought has no sign; in all else to the letter
Singles = npt.NDArray[np.float32]
Function = TypeVar("Function", bound=Callable[..., object])
_Zones = tuple[Numbers, Numbers, Numbers, npt.NDArray[np.int32]]  # starts; neighbours, ends of rings, counts
_Windows = tuple[
    Numbers, Numbers, Floats, Floats, Floats
]  # C, and whether a partner begins; by day: t, ln t / C, t / C; 1 / C
_Growth = tuple[
    Singles, Floats, Singles
]  # by day C / t; 1 / (C - t) of the longest; which days a lag lies in
_Logs = tuple[Floats, Floats]  # ln n, n ln n
_Fixed = tuple[_Zones, _Windows, _Growth, _Logs]
_Dealt = tuple[Numbers, Numbers, Numbers, npt.NDArray[np.bool_]]  # by location: first; streams, lags; is busy
_Hand = tuple[Numbers, Numbers, Singles, Floats, Floats, Floats]  # rows, sizes; by day n; bounds, without, ln
_Best = tuple[Floats, Numbers, Floats]  # of each statistic: value, place, e to the power of the value


def compiled(function: Function) -> Function:
    """Return a function compiled, kept on disk, and free of the interpreter's lock while it runs."""
    return cast("Function", numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=FREE)(function))


def inlined(function: Function) -> Function:
    """Return a function compiled into each that calls it, so that passing arrays on costs nothing."""
    plain = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=FREE, inline="always")(function)
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
    zones, totals, n_days = board.zones, board.totals[:, None], board.windows.shape[1]
    padded = -(-n_days // LANES) * LANES  # whole steps of the processor: the last day again and again
    windows = np.maximum(np.pad(board.windows, ((0, 0), (0, padded - n_days)), mode="edge"), 1)
    steps = (np.arange(padded) >= np.arange(n_days)[:, None]).astype(np.float32)
    most_rows = int(np.diff(zones.starts).max(initial=0))
    values = np.zeros((len(places), N_STATISTICS))
    where = np.full((len(places), N_STATISTICS, 2), 0, np.int64)
    where[:, :, 0] = -1
    _scan(
        (
            (zones.starts, zones.neighbours, _ring_ends(zones), zones.counts.astype(np.int32)),
            (
                np.array([board.totals, _begins(board.partner_of)]),
                windows,
                board.logs[windows] - board.logs[totals],
                windows / totals,
                1.0 / board.totals,
            ),
            (
                (totals / windows * ROUNDING).astype(np.float32),
                1.0 / np.maximum(board.totals - board.windows[:, -1], TINY),
                steps,
            ),
            (board.logs, np.arange(len(board.logs)) * board.logs),
        ),
        (board.stream, board.lag),
        (
            np.zeros(most_rows + 1, np.int64),
            np.zeros((most_rows + 1, len(totals)), np.int64),
            np.zeros((len(totals), padded), np.float32),
            np.zeros(len(totals)),
            np.zeros(len(totals) - 1),
            np.zeros(len(totals)),
        ),
        places,
        (values, where),
    )
    return values, where


def _begins(partner_of: Numbers) -> Numbers:
    """Return 1 for each stream that is the first of a partner, but the first of all, and for all together."""
    return np.append(np.diff(partner_of, prepend=partner_of[:1]) > 0, True).astype(np.int64)


def _ring_ends(zones: Zones) -> Numbers:
    """Return for each row the last of its ring."""
    last = len(zones.ends)
    ends: Numbers = np.minimum.accumulate(np.where(zones.ends, np.arange(last), last)[::-1])[::-1]
    return np.ascontiguousarray(ends)


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
    fixed: _Fixed,
    sightings: tuple[Numbers, Numbers],
    hand: _Hand,
    places: Numbers,
    best: tuple[Floats, Numbers],
) -> None:
    """Find the best of each statistic for each dealing."""
    n_locations, m = len(fixed[0][0]) - 1, places.shape[1]
    dealt = (
        np.zeros(n_locations + 1, np.int64),
        np.zeros(m, np.int64),
        np.zeros(m, np.int64),
        np.zeros(n_locations, np.bool_),
    )
    powers = np.ones(best[0].shape[1])
    for number in range(len(places)):
        _sort(places[number], sightings, dealt)
        powers[:] = 1.0
        for centre in range(n_locations):
            _scan_centre(centre, fixed, dealt, hand, (best[0][number], best[1][number], powers))


@compiled
def _sort(places: Numbers, sightings: tuple[Numbers, Numbers], dealt: _Dealt) -> None:
    """Put streams and lags of the recent sightings in order of their locations."""
    first, streams, lags, is_busy = dealt
    first[:] = 0
    for location in places:
        first[location] += 1
    for location in range(len(is_busy)):
        is_busy[location] = first[location] > 0
        first[location + 1] += first[location]
    for slot in range(len(places) - 1, -1, -1):
        first[places[slot]] -= 1
        streams[first[places[slot]]] = sightings[0][slot]
        lags[first[places[slot]]] = sightings[1][slot]


@compiled
def _gather(centre: int, zones: _Zones, is_busy: npt.NDArray[np.bool_], rows: Numbers, sizes: Numbers) -> int:
    """Put aside the places around a centre that have recent sightings; return how many."""
    starts, neighbours, ends, counts = zones
    n = 0
    for row in range(starts[centre], starts[centre + 1]):
        rows[n] = row
        n += is_busy[neighbours[row]]
    for place in range(n):
        for number in range(sizes.shape[1]):
            sizes[place, number] = counts[ends[rows[place]], number]
    return n


@compiled
def _scan_centre(centre: int, fixed: _Fixed, dealt: _Dealt, hand: _Hand, best: _Best) -> None:
    """Walk outwards; look at a zone only when sightings since the last look can have made it the best.

    A sighting more raises the ratio of its stream by at most its derivative there, ln(c / mu) and a rest,
    and a place more raises none. So a product of c / mu bounds what the zone can have come to; for what is
    shared, leaving out any one stream of a partner will do.
    """
    neighbours, ends, first, streams, lags = fixed[0][1], fixed[0][2], dealt[0], dealt[1], dealt[2]
    rows, sizes, held, growth, powers = hand[0], hand[1], hand[2], fixed[2], best[2]
    n_places = _gather(centre, fixed[0], dealt[3], rows, sizes)
    held[:] = 0.0
    pooled, joint, shared, last, left_out = 1.0, 1.0, 1.0, len(held) - 1, 0
    for place in range(n_places):
        location, end = neighbours[rows[place]], ends[rows[place]]
        for at in range(first[location], first[location + 1]):
            grown = _add((streams[at], lags[at]), held, growth, sizes[place, streams[at]])
            joint *= grown
            shared *= 1.0 if streams[at] == left_out else grown
            pooled *= _add((last, lags[at]), held, growth, sizes[place, last])
        if place + 1 < n_places and ends[rows[place + 1]] == end:
            continue  # the ring goes on
        if pooled > powers[0] or joint > powers[1] or shared > powers[2]:
            pooled, joint, shared, left_out = _look(end, fixed, hand, best)


@inlined
def _add(sighting: tuple[int, int], held: Singles, growth: _Growth, size: int) -> float:
    """Add a sighting to the windows that hold it; return by what its ratio grows at most, to the power e."""
    number, lag = sighting
    per, rests, steps = growth
    most = np.float32(0.0)
    for day in range(held.shape[1]):
        n = held[number, day] + steps[lag, day]
        held[number, day] = n
        grown = n * per[number, day] * steps[lag, day]
        most = grown if grown > most else most
    return float(max(1.0, most / size * (1.0 + held[number, -1] * rests[number])))


@inlined
def _look(row: int, fixed: _Fixed, hand: _Hand, best: _Best) -> tuple[float, float, float, int]:
    """Bound each statistic over all windows, as `_plain` does; return the highest, to the power e.

    And the stream without which the others come to least; that is the bound of what is shared.
    """
    zone, logs, by_count = fixed[0][3][row], fixed[3][0], fixed[3][1]
    window_logs, shares, parts = fixed[1][2], fixed[1][3], fixed[1][4]
    held, bounds, without, size_logs, values, last = (
        hand[2],
        hand[3],
        hand[4],
        hand[5],
        best[0],
        len(zone) - 1,
    )
    pooled_most, joint_most, shared_most, before = 0.0, 0.0, 0.0, 0.0
    without[:] = 0.0
    for number in range(last + 1):
        size_logs[number] = logs[zone[number]]
    for day in range(held.shape[1]):
        if held[last, day] == before:
            continue
        before = held[last, day]
        joint, strongest, bound = 0.0, 0.0, 0.0
        for number in range(last + 1):
            joint += bound
            strongest = max(strongest, bound)
            n = held[number, day]
            over = n - zone[number] * shares[number, day]
            bound = by_count[int(n)] - n * (size_logs[number] + window_logs[number, day])
            bound -= over * (1.0 - n * parts[number])
            bound = bound if over > 0.0 else 0.0
            bounds[number] = bound
        for number in range(last):
            without[number] = max(without[number], joint - bounds[number])
        pooled_most = max(pooled_most, bound)
        joint_most = max(joint_most, joint)
        shared_most = max(shared_most, joint - strongest)
    is_shared = shared_most > 0.0 and shared_most + SLACK > values[2]
    if is_shared or pooled_most + SLACK > values[0] or joint_most + SLACK > values[1]:
        _raise_zone(row, fixed, held, best)
    left_out = int(np.argmin(without))
    return np.exp(pooled_most), np.exp(joint_most), np.exp(without[left_out]), left_out


@compiled
def _raise_zone(row: int, fixed: _Fixed, held: Singles, best: _Best) -> None:
    """Look exactly at every window of which the first day added a sighting."""
    before = np.float32(0.0)
    for day in range(held.shape[1]):
        if held[-1, day] > before:
            before = held[-1, day]
            _raise_best((row, day), fixed, held, best)


@compiled
def _raise_best(at: tuple[int, int], fixed: _Fixed, held: Singles, best: _Best) -> None:
    row, day = at
    values, where, powers = best
    zone, streams, windows, logs = fixed[0][3][row], fixed[1][0], fixed[1][1], fixed[3][0]
    joint, shared, strongest, own, ratio = 0.0, 0.0, 0.0, 0.0, 0.0
    for number in range(len(zone)):
        if streams[1, number]:
            joint += own
            shared += min(own, strongest)  # all but the strongest
            strongest, own = max(strongest, own), 0.0
        inside = int(held[number, day])
        ratio = _ratio(inside, zone[number], windows[number, day], streams[0, number], logs)
        own += ratio
    for number, value in enumerate((ratio, joint, shared)):
        if value > values[number]:
            values[number] = value
            powers[number] = np.exp(min(value, LARGEST))
            where[number, 0] = row
            where[number, 1] = day + 1
