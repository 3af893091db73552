# SPDX-License-Identifier: EUPL-1.2
"""Scan the neighbourhood: where, and since when, partners meet more than place and time explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from math import inf
from typing import Final

import numpy as np

from scharnier.core.detection._board import Board, set_board
from scharnier.core.detection._chance import Numbers
from scharnier.core.detection._engines import Engine, find_engine
from scharnier.core.detection._plain import Best
from scharnier.core.detection._ratios import Floats
from scharnier.core.detection._sightings import Sighting, Tally, tally_sightings
from scharnier.core.detection._significance import find_p, recurrence_weeks
from scharnier.core.kernel import Invalid

BATCH: Final = 64  # dealings made before looking whether more are needed
SECOND_LOOK: Final = 0.15  # a shared find that chance gives more often needs no second test
BURST_P: Final = 0.01  # a partner whose own sightings chance gives more seldom has a burst of its own
DOUBT: Final = 2.0  # times the chance of a shared find beside such a burst
QUANTILES: Final = (0.5, 0.9, 0.95, 0.99)
JOINT, SHARED = 1, 2  # places of statistics among the three


class BadPlan(Invalid):
    """A scan has a radius, a number of days and of dealings above nought."""

    code = "detection.bad_plan"


class Statistic(StrEnum):
    """What a scan looks for."""

    POOLED = "pooled"  # more than expected, whoever met it
    JOINT = "joint"  # more than expected by each partner's own measure, summed
    SHARED = "shared"  # the same without the strongest partner: several meet it


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPlan:
    """How far to look, and how surely.

    Raises
    ------
    BadPlan
    """

    max_radius_m: float = 500.0
    max_days: int = 28  # longest window, up to and with today
    n_replicates: int = 999  # dealings by chance, at most
    stop_after: int | None = 50  # dealings that do as well are enough; None: make them all
    seed: int = 0
    every_days: float = 1.0  # from one scan to the next
    n_clusters: int = 5  # of each statistic at most

    def __post_init__(self) -> None:
        least = (self.max_days, self.n_replicates, self.n_clusters, self.stop_after or 1)
        if (
            min(least) < 1
            or self.stop_after == 0
            or not (self.max_radius_m > 0 and 0 < self.every_days < inf)
        ):
            raise BadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A zone and a window with more sightings than place and time explain."""

    statistic: Statistic
    llr: float  # > 0
    p: float  # chance of as high a value somewhere, 0..1
    recurrence_weeks: float  # once in so many weeks chance gives such a find
    center: tuple[float, float]  # metres
    radius_m: float
    first_day: date
    last_day: date
    observed: Mapping[str, int]  # by partner
    expected: Mapping[str, float]
    locations: tuple[tuple[float, float], ...]  # metres, nearest to the centre first


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a scan found, likeliest first within each statistic, and what chance gave."""

    clusters: tuple[Cluster, ...]
    null_maxima: Mapping[Statistic, tuple[float, ...]]  # of each dealing that was made
    partners: tuple[str, ...]

    @property
    def n_replicates(self) -> int:
        """How many dealings were made."""
        return len(self.null_maxima[Statistic.POOLED])

    def null_quantiles(self) -> Mapping[Statistic, Mapping[float, float]]:
        """Return what the best of a dealing stays under, by its share."""
        return {
            statistic: dict(zip(QUANTILES, np.quantile(values, QUANTILES).tolist(), strict=True))
            for statistic, values in self.null_maxima.items()
        }


def scan_signals(
    sightings: Iterable[Sighting],
    *,
    today: date,
    plan: ScanPlan = ScanPlan(),
    with_numba: bool | None = None,
) -> Scan:
    """Return where, in a window up to today, partners saw more than place and time explain.

    Parameters
    ----------
    sightings
        n sightings, in any order. Those after today do not count.
    today
        The last day of every window.
    plan
        How far to look, and how surely.
    with_numba
        Whether to reckon with numba; None: where it is installed. It never changes the result.

    Returns
    -------
    Scan
        The same for the same sightings and plan, whatever the machine or the number of threads.

    Raises
    ------
    NothingSeen
        On the day or before.

    Notes
    -----
    The space-time permutation scan [1]_ with a stream for each partner, or for each topic of a partner: for
    every zone (locations within a radius of one of them, up to half of all sightings) and window (the last
    1 .. max_days days) the log likelihood ratio of `log_ratios`; pooled over all, summed (joint [2]_), and
    summed without the strongest partner (shared), who is as strong as its streams together: one who meets
    two things is not several. Its chance comes from dealing the days anew within each stream, so that
    neither a busy place nor a busy month of one of them counts. A shared find that chance seldom gives is
    put to a second test, and has the p of that: the partner with the strongest burst of its own, wherever
    that is, stays as it is and only the others are dealt, so that a burst of one partner alone does not pass
    for shared. Where that burst is beyond chance (p <= 0.01) the p counts twice: one partner alone explains
    much already. Further clusters are the best that share no location with those before.
    O(replicates x neighbours x days).

    References
    ----------
    .. [1] M. Kulldorff et al. (2005), A space-time permutation scan statistic for disease outbreak detection,
       PLoS Medicine 2(3), e59.
    .. [2] M. Kulldorff et al. (2007), Multivariate scan statistics for disease surveillance, Statistics in
       Medicine 26(8), 1824-1833.

    Examples
    --------
    >>> from datetime import timedelta
    >>> today = date(2026, 3, 31)
    >>> days = [today - timedelta(days=number) for number in range(60)]
    >>> seen = [Sighting(partner="police", x_m=900 * (n % 4), y_m=0, on=day) for n, day in enumerate(days)]
    >>> again = [Sighting(partner=name, x_m=900, y_m=9, on=today) for name in ("school", "police", "police")]
    >>> old = [Sighting(partner="school", x_m=0, y_m=0, on=day) for day in days]
    >>> scan = scan_signals([*seen, *again, *old], today=today, plan=ScanPlan(n_replicates=99))
    >>> scan.clusters[0].observed, scan.clusters[0].center
    ({'police': 2, 'school': 1}, (900.0, 9.0))
    """
    tally = tally_sightings(sightings, today=today)
    board = set_board(tally, max_radius_m=plan.max_radius_m, max_days=plan.max_days)
    scanner = _Scanner(tally=tally, board=board, plan=plan, engine=find_engine(with_numba=with_numba))
    return scanner.scan()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A zone and a window by number, with what lies in them."""

    row: int
    days: int
    value: float
    inside: Numbers  # (s,), by stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudest:
    """The partner with the strongest burst of its own, and the chance of that burst."""

    number: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scanner:
    tally: Tally
    board: Board
    plan: ScanPlan
    engine: Engine

    def scan(self) -> Scan:
        best = self.engine.find_best(self.board, self.board.dealt)
        maxima = self.dealt_maxima(best.values, range(self.plan.n_replicates))
        return Scan(
            clusters=tuple(self._clusters(best, maxima)),
            null_maxima={statistic: tuple(maxima[:, n].tolist()) for n, statistic in enumerate(Statistic)},
            partners=self.tally.partners,
        )

    def dealt_maxima(self, found: Floats, replicates: range, *, fixed: int | None = None) -> Floats:
        """Return the best of each dealing, (n, 3), until enough did as well as each value above nought."""
        needed, made = self.plan.stop_after, [np.zeros((0, len(found)))]
        for first in replicates[::BATCH]:
            some = range(first, min(first + BATCH, replicates.stop))
            dealt = self.board.deal(some, seed=self.plan.seed, fixed=fixed)
            made.append(self.engine.maxima(self.board, dealt))
            if needed is None:
                continue
            maxima = np.concatenate(made)
            enough = ((np.cumsum(maxima >= found, axis=0) >= needed) | (found == 0)).all(axis=1)
            if enough.any():
                return maxima[: int(enough.argmax()) + 1]
        return np.concatenate(made)

    def _clusters(self, best: Best, maxima: Floats) -> Iterator[Cluster]:
        loudest = None
        for number, statistic in enumerate(Statistic):
            for spot in self._spots(best, number):
                p = find_p(spot.value, maxima[:, number], stop_after=self.plan.stop_after)
                if number == SHARED and p <= SECOND_LOOK:
                    loudest = self.find_loudest() if loudest is None else loudest
                    p = self.second_p(spot.value, loudest=loudest)
                yield self._cluster(spot, statistic, p=p)

    def _spots(self, best: Best, number: int) -> Iterator[_Spot]:
        """Yield the best zone of a statistic, and then the best that share no location with those before."""
        board, taken = self.board, np.zeros(0, np.int64)
        for _ in range(self.plan.n_clusters):
            if best.rows[number] < 0:
                return
            row, days = int(best.rows[number]), int(best.days[number])
            members = board.zones.members(row)
            lies_in = np.isin(self.board.dealt, members) & (self.board.lag < days)
            inside = np.bincount(self.board.stream[lies_in], minlength=len(self.board.pools))
            whole_row = self.board.zones.row_of(members)
            yield _Spot(row=whole_row, days=days, value=float(best.values[number]), inside=inside)
            taken = np.concatenate([taken, members])
            board = self.board.without(taken)
            best = self.engine.find_best(board, self.board.dealt)

    def find_loudest(self) -> Loudest:
        """Return the partner whose own sightings, by themselves, are raised most; the first of equals."""
        boards = [self.board.of_partner(number) for number in range(len(self.tally.partners))]
        values = [float(self.engine.find_best(board, board.dealt).values[JOINT]) for board in boards]
        number = int(np.argmax(values))
        alone, found = replace(self, board=boards[number]), np.array([0.0, values[number], 0.0])
        maxima = alone.dealt_maxima(found, range(self.plan.n_replicates))[:, JOINT]
        p = find_p(values[number], maxima, stop_after=self.plan.stop_after)
        return Loudest(number=number, p=p)

    def second_p(self, value: float, *, loudest: Loudest) -> float:
        """Return the chance of a shared value as high when the loudest partner is left as it is."""
        n = self.plan.n_replicates
        maxima = self.dealt_maxima(np.array([0.0, 0.0, value]), range(n, 2 * n), fixed=loudest.number)
        p = find_p(value, maxima[:, SHARED], stop_after=self.plan.stop_after)
        return min(p * (DOUBT if loudest.p <= BURST_P else 1.0), 1.0)

    def _cluster(self, spot: _Spot, statistic: Statistic, *, p: float) -> Cluster:
        zones, tally = self.board.zones, self.tally
        members = zones.members(spot.row)
        expected = zones.counts[spot.row] * self.board.windows[:, spot.days - 1] / self.board.totals
        by_partner = partial(np.bincount, tally.partner_of)
        return Cluster(
            statistic=statistic,
            llr=spot.value,
            p=p,
            recurrence_weeks=recurrence_weeks(p, every_days=self.plan.every_days),
            center=tally.place(int(members[0])),
            radius_m=zones.radius_m(spot.row),
            first_day=tally.day(spot.days - 1),
            last_day=tally.today,
            observed=dict(zip(tally.partners, by_partner(spot.inside).astype(int).tolist(), strict=True)),
            expected=dict(zip(tally.partners, by_partner(expected[:-1]).tolist(), strict=True)),
            locations=tuple(tally.place(member) for member in members.tolist()),
        )
