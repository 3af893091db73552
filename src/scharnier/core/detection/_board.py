# SPDX-License-Identifier: EUPL-1.2
"""What stays as it is when days are dealt anew among a partner's sightings, and the dealing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scharnier.core.detection._chance import Numbers, draw, make_keys
from scharnier.core.detection._ratios import Floats, tabulate_logs
from scharnier.core.detection._sightings import Tally
from scharnier.core.detection._zones import Zones, draw_zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A scan made ready: m recent sightings to be dealt over the places where partners saw something.

    Only recent sightings lie in a window. Older ones count in the zones, which no dealing changes.
    """

    zones: Zones
    pools: tuple[Numbers, ...]  # of each of s streams: the location of every sighting
    partner_of: Numbers  # (s,): partner of each stream, rising
    stream: Numbers  # (m,): of each recent sighting, stream after stream
    lag: Numbers  # (m,): days before the last, 0 .. max_days - 1, rising within a stream
    dealt: Numbers  # (m,): its location as it was
    totals: Numbers  # (s + 1,): sightings of each stream, and of all
    windows: Numbers  # (s + 1, max_days): those in the last 1, 2 .. days
    logs: Floats  # of whole numbers

    @property
    def n_recent(self) -> tuple[int, ...]:
        """How many recent sightings each stream has."""
        return tuple(np.bincount(self.stream, minlength=len(self.pools)).tolist())

    def deal(self, replicates: range, *, seed: int, fixed: int | None = None) -> Numbers:
        """Return where the recent sightings lie once days are dealt anew, shape (n replicates, m).

        The partner that is fixed keeps its own.
        """
        keys = make_keys(seed, replicates)
        dealt = draw(self.pools, self.n_recent, keys)
        if fixed is not None:
            kept = self.partner_of[self.stream] == fixed
            dealt[:, kept] = self.dealt[kept]
        return dealt

    def of_partner(self, number: int) -> Board:
        """Return the same with the sightings of one partner only."""
        own = np.flatnonzero(self.partner_of == number)
        is_own = np.isin(self.stream, own)
        return replace(
            self,
            zones=replace(self.zones, counts=_only(self.zones.counts.T, own).T),
            pools=tuple(self.pools[stream] for stream in own),
            partner_of=self.partner_of[own],
            stream=np.searchsorted(own, self.stream[is_own]),
            lag=self.lag[is_own],
            dealt=self.dealt[is_own],
            totals=_only(self.totals, own),
            windows=_only(self.windows, own),
        )

    def without(self, locations: Numbers) -> Board:
        """Return the same with only the zones that hold none of some locations."""
        return replace(self, zones=self.zones.without(locations))


def set_board(tally: Tally, *, max_radius_m: float, max_days: int) -> Board:
    """Return a scan made ready.

    Examples
    --------
    >>> from datetime import date
    >>> from scharnier.core.detection._sightings import Sighting, tally_sightings
    >>> seen = [Sighting(partner="police", x_m=x, y_m=0, on=date(2026, 1, 1)) for x in (0, 90)]
    >>> board = set_board(tally_sightings(seen, today=date(2026, 1, 3)), max_radius_m=50, max_days=4)
    >>> board.windows.tolist()
    [[0, 0, 2, 2], [0, 0, 2, 2]]
    """
    counts = tally.counts()
    n_streams = len(tally.partner_of)
    is_recent = tally.lag < max_days
    stream, lag = tally.stream[is_recent], tally.lag[is_recent]
    days = np.bincount(stream * max_days + lag, minlength=n_streams * max_days)
    by_stream = np.cumsum(days.reshape(n_streams, max_days), axis=1)
    return Board(
        zones=draw_zones(tally.points, counts, max_radius_m=max_radius_m),
        pools=tuple(tally.location[tally.stream == number] for number in range(n_streams)),
        partner_of=tally.partner_of,
        stream=stream,
        lag=lag,
        dealt=tally.location[is_recent],
        totals=counts.sum(axis=0),
        windows=np.vstack([by_stream, by_stream.sum(axis=0)]),
        logs=tabulate_logs(len(tally.lag)),
    )


def _only(counts: Numbers, streams: Numbers) -> Numbers:
    """Return the rows of some streams, and of those together."""
    own: Numbers = counts[streams]
    return np.concatenate([own, own.sum(axis=0, keepdims=True)])
