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
    pools: tuple[Numbers, ...]  # of each of p partners: the location of every sighting
    partner: Numbers  # (m,): of each recent sighting, partner after partner
    lag: Numbers  # (m,): days before the last, 0 .. max_days - 1, rising within a partner
    dealt: Numbers  # (m,): its location as it was
    totals: Numbers  # (p + 1,): sightings of each partner, and of all
    windows: Numbers  # (p + 1, max_days): those in the last 1, 2 .. days
    logs: Floats  # of whole numbers

    @property
    def n_recent(self) -> tuple[int, ...]:
        """How many recent sightings each partner has."""
        return tuple(np.bincount(self.partner, minlength=len(self.pools)).tolist())

    def deal(self, replicates: range, *, seed: int, fixed: int | None = None) -> Numbers:
        """Return where the recent sightings lie once days are dealt anew, shape (n replicates, m).

        The partner that is fixed keeps its own.
        """
        keys = make_keys(seed, replicates)
        dealt = draw(self.pools, self.n_recent, keys)
        if fixed is not None:
            kept = self.partner == fixed
            dealt[:, kept] = self.dealt[kept]
        return dealt

    def of_partner(self, number: int) -> Board:
        """Return the same with the sightings of one partner only."""
        is_own, both = self.partner == number, np.array([number, number])
        return replace(
            self,
            zones=replace(self.zones, counts=self.zones.counts.take(both, axis=1)),
            pools=(self.pools[number],),
            partner=np.zeros(int(is_own.sum()), np.int64),
            lag=self.lag[is_own],
            dealt=self.dealt[is_own],
            totals=self.totals[both],
            windows=self.windows[both],
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
    n_partners = len(tally.partners)
    is_recent = tally.lag < max_days
    partner, lag = tally.partner[is_recent], tally.lag[is_recent]
    days = np.bincount(partner * max_days + lag, minlength=n_partners * max_days)
    by_partner = np.cumsum(days.reshape(n_partners, max_days), axis=1)
    return Board(
        zones=draw_zones(tally.points, counts, max_radius_m=max_radius_m),
        pools=tuple(tally.location[tally.partner == number] for number in range(n_partners)),
        partner=partner,
        lag=lag,
        dealt=tally.location[is_recent],
        totals=counts.sum(axis=0),
        windows=np.vstack([by_partner, by_partner.sum(axis=0)]),
        logs=tabulate_logs(len(tally.lag)),
    )
