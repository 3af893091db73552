# SPDX-License-Identifier: EUPL-1.2
"""The zones of a scan: around every location its neighbours, ring after ring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from scharnier.core.detection._chance import Numbers

DECIMETRES = 10  # in a metre: places are whole decimetres, so that equal distances are equal


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Neighbours by centre and then by distance; those at one distance are a ring and enter together.

    A zone is a centre with all neighbours up to and with the end of a ring.
    """

    points: Numbers  # (n, 2), decimetres
    starts: Numbers  # (n + 1,): where the neighbours of each centre begin among all k
    neighbours: Numbers  # (k,)
    ends: npt.NDArray[np.bool_]  # (k,): whether it is the last of its ring
    counts: Numbers  # (k, p + 1): events of each partner, and of all, in the zone that ends here

    def members(self, row: int) -> Numbers:
        """Return the locations of the zone that ends in a row, nearest first."""
        centre = int(np.searchsorted(self.starts, row, side="right")) - 1
        return self.neighbours[self.starts[centre] : row + 1]

    def row_of(self, members: Numbers) -> int:
        """Return the row in which a zone ends."""
        return int(self.starts[members[0]]) + len(members) - 1

    def radius_m(self, row: int) -> float:
        """Return how far the zone that ends in a row reaches, in metres."""
        members = self.points[self.members(row)]
        return float(np.sqrt(((members[-1] - members[0]) ** 2).sum())) / DECIMETRES

    def without(self, locations: Numbers) -> Zones:
        """Return only the zones that hold none of some locations."""
        taken = np.isin(self.neighbours, locations)
        return _select(self, _rows_before(taken, self.starts, self.ends))


def draw_zones(points: Numbers, counts: Numbers, *, max_radius_m: float) -> Zones:
    """Return the zones around every location, up to a radius and to half of all events.

    Parameters
    ----------
    points
        n locations, no two alike, in decimetres; shape (n, 2).
    counts
        Events of each of p partners and of all together at each location, shape (n, p + 1).
    max_radius_m
        Furthest that a zone reaches, in metres.

    Notes
    -----
    O(k log k) for k pairs within the radius.

    Examples
    --------
    >>> zones = draw_zones(np.array([[0, 0], [10, 0], [30, 0]]), np.ones((3, 2), int), max_radius_m=2)
    >>> zones.neighbours.tolist(), zones.starts.tolist()
    ([0, 1, 2], [0, 1, 2, 3])
    """
    tree, reach = cKDTree(points), max_radius_m * DECIMETRES
    found = [np.asarray(each, np.int64) for each in tree.query_ball_point(points, reach + 0.5)]
    sizes = [len(each) for each in found]
    centres = np.repeat(np.arange(len(points)), sizes)
    neighbours = np.concatenate(found)
    squares = ((points[centres] - points[neighbours]) ** 2).sum(axis=1)
    is_near = squares <= reach**2
    centres, neighbours, squares = centres[is_near], neighbours[is_near], squares[is_near]
    order = np.lexsort((neighbours, squares, centres))
    centres, neighbours, squares = centres[order], neighbours[order], squares[order]
    starts = np.searchsorted(centres, np.arange(len(points) + 1))
    is_last = np.ones(len(neighbours), bool)
    is_last[:-1] = (centres[1:] != centres[:-1]) | (squares[1:] != squares[:-1])
    sums = _sums(counts[neighbours], starts)
    whole = Zones(points=points, starts=starts, neighbours=neighbours, ends=is_last, counts=sums)
    too_many = sums[:, -1] * 2 > counts[:, -1].sum()
    return _select(whole, _rows_before(too_many, starts, is_last))


def _sums(values: Numbers, starts: Numbers) -> Numbers:
    """Return running sums that begin anew at every start."""
    running = np.concatenate([np.zeros((1, values.shape[1]), np.int64), np.cumsum(values, axis=0)])
    sums: Numbers = running[1:] - np.repeat(running[starts[:-1]], np.diff(starts), axis=0)
    return sums


def _rows_before(
    stops: npt.NDArray[np.bool_], starts: Numbers, ends: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return the rows of every centre that lie in rings before the first stop."""
    ring: Numbers = np.cumsum(ends) - ends
    stopped = np.zeros(int(ring[-1]) + 1 if len(ring) else 0, np.int64)
    np.maximum.at(stopped, ring, stops.astype(np.int64))
    n_stops = _sums(stopped[ring][:, None], starts)[:, 0]
    return np.asarray(n_stops == 0)


def _select(zones: Zones, kept: npt.NDArray[np.bool_]) -> Zones:
    running = np.concatenate([[0], np.cumsum(kept)])
    return Zones(
        points=zones.points,
        starts=running[zones.starts],
        neighbours=zones.neighbours[kept],
        ends=zones.ends[kept],
        counts=zones.counts[kept],
    )
