# SPDX-License-Identifier: EUPL-1.2
"""The scan with nothing but numpy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scharnier.core.detection._board import Board
from scharnier.core.detection._chance import Numbers, draw
from scharnier.core.detection._ratios import Floats, log_ratios

__all__ = ["Best", "Pairs", "count_pairs", "draw", "find_best", "maxima"]

MOST_ROWS = 8_192  # of neighbours looked at together, times partners and days in memory
SLACK = 1e-9  # what rounding can take off a bound
N_STATISTICS = 3  # pooled, joint, shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The highest value of each statistic over all zones and windows, with where it is first reached."""

    values: Floats  # (3,): pooled, joint, shared; 0 where nothing is raised
    rows: Numbers  # (3,): where the zone ends; -1 where nothing is raised
    days: Numbers  # (3,): length of the window, >= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of events that lie near each other, k of them."""

    first: Numbers  # (k,): number of an event
    second: Numbers  # (k,)
    space: Numbers  # (k,): band of their distance, in 0 .. s - 1
    time: Numbers  # (d,): band of each number of days between them; t: too many
    n_bands: tuple[int, int]  # s, t


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """n zones with windows in which something may be raised, in order."""

    rows: Numbers  # (n,)
    days: Numbers  # (n,): index of the window, its length less one
    inside: Numbers  # (n, s + 1)


def maxima(board: Board, places: Numbers) -> Floats:
    """Return the highest value of each statistic for each dealing, shape (n, 3)."""
    return np.array([find_best(board, dealt).values for dealt in places])


def find_best(board: Board, dealt: Numbers) -> Best:
    """Return the best of every statistic when the recent sightings lie at some locations, shape (m,)."""
    best = Best(
        values=np.zeros(N_STATISTICS),
        rows=np.full(N_STATISTICS, -1, np.int64),
        days=np.zeros(N_STATISTICS, np.int64),
    )
    for cells in _busy_cells(board, dealt):
        _raise_best(best, board, cells)
    return best


def count_pairs(pairs: Pairs, days: Numbers) -> Numbers:
    """Return how many pairs lie in each band of distance and days, for each dealing; shape (n, s, t)."""
    n_space, n_time = pairs.n_bands
    counts = np.zeros((len(days), n_space, n_time), np.int64)
    far = len(pairs.time) - 1
    for number, dealt in enumerate(days):
        between = np.minimum(np.abs(dealt[pairs.first] - dealt[pairs.second]), far)
        cells = pairs.space * (n_time + 1) + pairs.time[between]
        found = np.bincount(cells, minlength=n_space * (n_time + 1))
        counts[number] = found.reshape(n_space, n_time + 1)[:, :-1]
    return counts


def _busy_cells(board: Board, dealt: Numbers) -> Iterator[_Cells]:
    """Yield zones with windows to which both the last ring and the first day add a sighting.

    All others hold as many as a smaller zone or a shorter window, and expect no fewer.
    """
    n_streams, n_days = len(board.pools), board.windows.shape[1]
    seen = np.zeros((len(board.zones.points), n_streams, n_days), np.int32)
    np.add.at(seen, (dealt, board.stream, board.lag), 1)
    seen = np.cumsum(seen, axis=2, dtype=np.int32)
    zones = board.zones
    is_busy = np.asarray(seen[:, :, -1].any(axis=1))
    busy = np.flatnonzero(is_busy[zones.neighbours])
    centres = np.searchsorted(zones.starts, busy, side="right") - 1
    cuts = np.searchsorted(busy, zones.starts)  # where each centre begins among the busy rows
    ends = np.flatnonzero(zones.ends)
    rows = ends[np.searchsorted(ends, busy)]  # the end of the ring that each lies in
    for first, last in _parts(cuts):
        inside = np.cumsum(seen[zones.neighbours[busy[first:last]]], axis=0, dtype=np.int32)
        before = np.concatenate([np.zeros_like(inside[:1]), inside])
        begin = cuts[centres[first:last]] - first
        is_end = np.append(rows[first : last - 1] != rows[first + 1 : last], True)
        at = np.flatnonzero(is_end)
        held = inside[at] - before[begin[at]]
        together = held.sum(axis=1)
        smaller = np.concatenate([np.zeros_like(together[:1]), together[:-1]])
        smaller[begin[at] == np.concatenate([[0], at[:-1] + 1])] = 0  # the first ring of a centre
        zone, day = np.nonzero((np.diff(together, axis=1, prepend=0) > 0) & (together > smaller))
        counts = held[zone, :, day].astype(np.int64)
        yield _Cells(
            rows=rows[first:last][at][zone],
            days=day,
            inside=np.column_stack([counts, together[zone, day]]),
        )


def _parts(cuts: Numbers) -> Iterator[tuple[int, int]]:
    """Yield runs of rows, of whole centres and not too many together."""
    first = 0
    while first < cuts[-1]:
        last = int(cuts[np.searchsorted(cuts, first + MOST_ROWS, side="right") - 1])
        if last <= first:
            last = int(cuts[np.searchsorted(cuts, first, side="right")])
        yield first, last
        first = last


def _raise_best(best: Best, board: Board, cells: _Cells) -> None:
    """Put in place what is better in some cells: first by bounds, and then exactly."""
    bounds = _three(_bounds(board, cells), board.partner_of) + SLACK
    likely = np.unique(bounds.argmax(axis=1))
    floor = np.maximum(best.values, _exact(board, cells, likely).max(axis=1))
    chosen = np.flatnonzero((bounds >= floor[:, None]).any(axis=0))
    if not len(chosen):
        return
    values = _exact(board, cells, chosen)
    for number, at in enumerate(values.argmax(axis=1).tolist()):
        if values[number, at] > best.values[number]:
            best.values[number] = values[number, at]
            best.rows[number] = cells.rows[chosen[at]]
            best.days[number] = cells.days[chosen[at]] + 1


def _bounds(board: Board, cells: _Cells) -> Floats:
    """Return for each stream, and all together, no less than its log likelihood ratio; shape (s + 1, n).

    By ln(1 - y) <= -y, with (C - c) / C for (C - c) / (C - mu).
    """
    inside = cells.inside.T
    zone, window = board.zones.counts[cells.rows].T, board.windows[:, cells.days]
    totals, logs = board.totals[:, None], board.logs
    expected = zone * window / totals
    bounds = inside * (logs[inside] - logs[zone] - logs[window] + logs[totals])
    bounds -= (inside - expected) * (1.0 - inside / totals)
    return np.where(inside > expected, bounds, 0.0)


def _exact(board: Board, cells: _Cells, chosen: Numbers) -> Floats:
    """Return the three statistics of some cells, shape (3, n)."""
    zone = board.zones.counts[cells.rows[chosen]]
    window = board.windows[:, cells.days[chosen]]
    return _three(
        np.array(
            [
                log_ratios(
                    cells.inside[chosen, number],
                    zone[:, number],
                    window[number],
                    board.totals[number : number + 1],
                    board.logs,
                )
                for number in range(len(board.totals))
            ]
        ),
        board.partner_of,
    )


def _three(ratios: Floats, partner_of: Numbers) -> Floats:
    """Return pooled, joint and shared of ratios by stream with that of all beneath; shape (3, n)."""
    joint, shared, strongest = np.zeros((3, ratios.shape[1]))
    for first, last in pairwise([*np.unique(partner_of, return_index=True)[1].tolist(), len(partner_of)]):
        own = ratios[first]
        for ratio in ratios[first + 1 : last]:  # one by one: the order of a sum decides its last bit
            own = own + ratio
        joint = joint + own
        shared = shared + np.minimum(own, strongest)  # all but the strongest
        strongest = np.maximum(strongest, own)
    return np.array([ratios[-1], joint, shared])
