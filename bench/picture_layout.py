# SPDX-License-Identifier: EUPL-1.2
"""Claim: a picture of 500 people costs at most a second of CPU to lay out, one of 5,000 at most three.

Beside it what igraph offers ready-made, as ratios of CPU; and how tight a layout is: the mean length of an
edge over the mean distance of any two, lower being easier to read. The networks have teams of some 20, with
one tie in ten to another team. What takes longer than a minute is left out at the larger size.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import igraph
import numpy as np

from scharnier.core import picture

SEED = 0
SIZES = ((500, 1_500), (5_000, 15_000))
TEAM = 20
N_PAIRS = 20_000  # of any two nodes, to measure distance by
TOO_SLOW = {"kamada_kawai": 1_000, "graphopt": 1_000}  # most nodes

Edges = Sequence[tuple[int, int]]
Places = Sequence[tuple[float, float]]


def make_network(n_nodes: int, n_edges: int) -> Edges:
    """Return edges, nine of ten within a team."""
    dice = random.Random(SEED)  # noqa: S311  # figures, not secrets
    edges = {(one, other) for one, other in pairwise(range(n_nodes))}  # nobody alone
    while len(edges) < n_edges:
        one = dice.randrange(n_nodes)
        near = one // TEAM * TEAM + dice.randrange(TEAM)
        other = near % n_nodes if dice.random() < 0.9 else dice.randrange(n_nodes)  # noqa: PLR2004  # nine of ten
        if one != other:
            edges.add((min(one, other), max(one, other)))
    return sorted(edges)


def ours(n_nodes: int, edges: Edges) -> Places:
    """Lay out by our own function."""
    names = [f"n{number:05}" for number in range(n_nodes)]
    places = picture.lay_out(names, [(names[one], names[other]) for one, other in edges], seed=SEED)
    return [places[name] for name in names]


def rival(method: str) -> Callable[[int, Edges], Places]:
    """Return a layout of igraph, as it comes."""

    def lay_out(n_nodes: int, edges: Edges) -> Places:
        random.seed(SEED)
        igraph.set_random_number_generator(random)
        return [tuple(place) for place in igraph.Graph(n_nodes, edges).layout(method).coords]

    return lay_out


def tightness(places: Places, edges: Edges) -> float:
    """Return the mean length of an edge over the mean distance of any two."""
    dice = np.random.default_rng(SEED)
    pairs = dice.integers(0, len(places), (N_PAIRS, 2))
    return _mean_length(places, edges) / _mean_length(places, [pair for pair in pairs if pair[0] != pair[1]])


def _mean_length(places: Places, pairs: Sequence[Sequence[int]]) -> float:
    return float(np.mean([math.dist(places[pair[0]], places[pair[1]]) for pair in pairs]))


def main() -> None:
    """Measure each method at each size."""
    methods = {
        "ours": ours,
        **{name: rival(name) for name in ("fr", "drl", "kamada_kawai", "graphopt", "lgl")},
    }
    picture.lay_out("abc", [("a", "b"), ("b", "c")])  # so that importing igraph is nobody's cost
    for n_nodes, n_edges in SIZES:
        edges = make_network(n_nodes, n_edges)
        base = 0.0
        for name, lay_out in methods.items():
            if n_nodes > TOO_SLOW.get(name, n_nodes):
                continue
            begun = time.process_time()
            places = lay_out(n_nodes, edges)
            seconds = time.process_time() - begun
            base = base or seconds
            figures = {
                "figure": "layout",
                "method": name,
                "n_nodes": n_nodes,
                "n_edges": len(edges),
                "cpu_seconds": round(seconds, 3),
                "over_ours": round(seconds / base, 2),
                "tightness": round(tightness(places, edges), 3),
                "n_same_place": n_nodes - len(set(places)),
            }
            print(json.dumps(figures))  # noqa: T201  # the result of this program


if __name__ == "__main__":
    main()
