# SPDX-License-Identifier: EUPL-1.2
"""Give every node of a graph a place: what is joined lies together, what stands alone lies beneath."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import igraph

Point = tuple[float, float]
LayOut = Callable[[Iterable[str], Iterable[tuple[str, str]]], Mapping[str, Point]]
_Points = npt.NDArray[np.float64]
_Pairs = Sequence[tuple[int, int]]

N_STEPS = 10_000  # places along each side of the square
N_PIVOTS = 50  # nodes from which distances are counted to begin with
MOST_ROUNDS, LEAST_ROUNDS = 500, 30
WORK = 10**9 // 2  # pairs of nodes weighed in all rounds together
EVENNESS = 0.4  # 0: as the springs leave it; 1: spread evenly over both sides
PAIR = 2
ROOM = 1.6  # a node among others takes so many times the room of one that stands alone


class _Chance:
    """Seeded chance in the shape that igraph asks for."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.default_rng(seed)

    def random(self) -> float:
        return float(self._generator.random())

    def randint(self, low: int, high: int) -> int:
        return int(self._generator.integers(low, high, endpoint=True))

    def gauss(self, mean: float, deviation: float) -> float:
        return float(self._generator.normal(mean, deviation))


def lay_out(nodes: Iterable[str], edges: Iterable[tuple[str, str]], *, seed: int = 0) -> dict[str, Point]:
    """Return a place for every node in the unit square, the same for the same graph.

    Parameters
    ----------
    nodes
        n names.
    edges
        m pairs of names, in any direction; loops, repeats and names that are no node do not count.
    seed
        Chance for nodes that would fall together.

    Returns
    -------
    dict of Point
        By name: x and y in [0, 1], y upwards, no two alike. Neither the order of the nodes nor that of the
        edges matters. Connected parts stand from large to small, nodes without an edge in rows beneath them.

    Notes
    -----
    Each part starts from distances to a few pivots [2]_ and is then moved by springs [1]_; at last the
    places are spread a little more evenly. O(n ** 2) a round, in 30 to 500 rounds: a second for 5,000.

    References
    ----------
    .. [1] T. Fruchterman, E. Reingold (1991), Software: Practice and Experience 21(11), 1129-1164.
    .. [2] U. Brandes, C. Pich (2007), Eigensolver methods for progressive multidimensional scaling, GD 2006.

    Examples
    --------
    >>> places = lay_out(["ria", "karel", "samira"], [("ria", "karel")])
    >>> places["samira"][1] < min(places["ria"][1], places["karel"][1])
    True
    >>> lay_out(["ria"], [])
    {'ria': (0.5, 0.5)}
    """
    names = sorted(set(nodes))
    if not names:
        return {}
    pairs = _pairs(names, edges)
    parts = sorted(_parts(len(names), pairs), key=lambda part: (-len(part), part))
    inside = _pairs_inside(parts, pairs)
    spread = [_spread(len(part), within, seed=seed) for part, within in zip(parts, inside, strict=True)]
    points = np.zeros((len(names), 2))
    for part, placed in zip(parts, _on_shelves(spread), strict=True):
        points[part] = placed
    return dict(zip(names, _apart(_fit(points)), strict=True))


def _pairs(names: Sequence[str], edges: Iterable[tuple[str, str]]) -> _Pairs:
    at = {name: index for index, name in enumerate(names)}
    known = ((at[one], at[other]) for one, other in edges if one in at and other in at)
    return sorted({(min(pair), max(pair)) for pair in known if pair[0] != pair[1]})


def _parts(n_nodes: int, pairs: _Pairs) -> list[list[int]]:
    """Return the connected parts, each in order."""
    leader = list(range(n_nodes))

    def find(node: int) -> int:
        while leader[node] != node:
            leader[node] = node = leader[leader[node]]
        return node

    for one, other in pairs:
        leader[find(one)] = find(other)
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for node in range(n_nodes):
        parts[find(node)].append(node)
    return list(parts.values())


def _pairs_inside(parts: Sequence[Sequence[int]], pairs: _Pairs) -> list[list[tuple[int, int]]]:
    place = {node: (number, at) for number, part in enumerate(parts) for at, node in enumerate(part)}
    inside: list[list[tuple[int, int]]] = [[] for _ in parts]
    for one, other in pairs:
        number, at = place[one]
        inside[number].append((at, place[other][1]))
    return inside


def _spread(n_nodes: int, pairs: _Pairs, *, seed: int) -> _Points:
    """Return the places of one connected part, from (0, 0), one unit apart in the mean."""
    if n_nodes <= PAIR:
        return np.array([[ROOM * at, 0.0] for at in range(n_nodes)])  # side by side
    points = _sprung(n_nodes, pairs, seed=seed)
    low, high = points.min(axis=0), points.max(axis=0)
    shares = (points - low) / max(high - low)
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0) / (n_nodes - 1)
    mixed: _Points = (1 - EVENNESS) * shares + EVENNESS * ranks
    return mixed * (ROOM * math.sqrt(n_nodes))


def _sprung(n_nodes: int, pairs: _Pairs, *, seed: int) -> _Points:
    import igraph  # noqa: PLC0415  costs a second of CPU, and only a picture needs it

    graph = igraph.Graph(n_nodes, pairs)
    generator = np.random.default_rng(seed)
    start = _pivoted(graph, n_nodes) + generator.uniform(-0.01, 0.01, (n_nodes, 2))
    igraph.set_random_number_generator(_Chance(seed))
    try:
        layout = graph.layout_fruchterman_reingold(
            seed=(start * math.sqrt(n_nodes)).tolist(),
            niter=min(MOST_ROUNDS, max(LEAST_ROUNDS, WORK // n_nodes**2)),
            grid="nogrid",
        )
    finally:
        igraph.set_random_number_generator(None)  # its own again
    return np.asarray(layout.coords)


def _pivoted(graph: igraph.Graph, n_nodes: int) -> _Points:
    """Return a first sketch: the two main directions of the distances to nodes that lie far apart."""
    rows: list[npt.NDArray[np.float64]] = []
    nearest, pivot = np.full(n_nodes, np.inf), 0
    while len(rows) < N_PIVOTS and nearest[pivot] > 0:
        rows.append(np.asarray(graph.distances(source=[pivot])[0], dtype=np.float64))
        nearest = np.minimum(nearest, rows[-1])
        pivot = int(nearest.argmax())
    squares = np.stack(rows, axis=1) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    directions, sizes, _ = np.linalg.svd(-centred / 2, full_matrices=False)
    sketch = np.zeros((n_nodes, 2))
    sketch[:, : min(2, len(sizes))] = (directions * sizes)[:, :2]
    return sketch / max(float(np.abs(sketch).max()), 1e-9)


def _on_shelves(parts: Sequence[_Points]) -> Iterator[_Points]:
    """Yield the parts moved beside and under each other, as books on shelves; singles start a shelf."""
    boxes = [part.max(axis=0) + 1 for part in parts]
    area = sum(across * down for across, down in boxes)
    width = max(*(across for across, _ in boxes), math.ceil(math.sqrt(area)))
    left = top = height = 0.0
    was_alone = False
    for part, (across, down) in zip(parts, boxes, strict=True):
        is_alone = len(part) == 1
        if left and (left + across > width or is_alone != was_alone):
            left, top, height = 0.0, top - height, 0.0
        yield part - part.min(axis=0) + (left, top - down)
        left, height, was_alone = left + across, max(height, down), is_alone


def _fit(points: _Points) -> _Points:
    """Return the points moved and scaled to the unit square, in the middle, in proportion."""
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(high - low)
    fitted: _Points = 0.5 + (points - (low + high) / 2) / (size or 1.0)
    return fitted


def _apart(points: _Points) -> Iterator[Point]:
    """Yield each point at the nearest free step of the square."""
    taken: set[tuple[int, int]] = set()
    for x, y in np.rint(points * N_STEPS).astype(int).tolist():
        step = next(found for found in _around(x, y) if found not in taken)
        taken.add(step)
        yield step[0] / N_STEPS, step[1] / N_STEPS


def _around(x: int, y: int) -> Iterator[tuple[int, int]]:
    """Yield a step of the square and those ever further around it."""
    distance = 0
    while True:
        side = range(-distance, distance + 1)
        ring = ((across, down) for across in side for down in side if max(abs(across), abs(down)) == distance)
        yield from ((x + across, y + down) for across, down in ring if _is_inside(x + across, y + down))
        distance += 1


def _is_inside(x: int, y: int) -> bool:
    return 0 <= x <= N_STEPS and 0 <= y <= N_STEPS
