# SPDX-License-Identifier: EUPL-1.2
"""Seeded chance that any machine, library and number of threads draws alike.

The generator is SplitMix64 [1]_ used by counter: draw k of replicate r under a seed is
`mix(key(seed, r) + (k + 1) GOLDEN)`, of which the upper 53 bits make a number in [0, 1). So any replicate can
be drawn without those before it.

References
----------
.. [1] G. L. Steele, D. Lea, C. H. Flood (2014), Fast splittable pseudorandom number generators, OOPSLA,
   453-472.
.. [2] R. Durstenfeld (1964), Algorithm 235: Random permutation, Communications of the ACM 7(7), 420.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
SECOND: Final = np.uint64(0x94D049BB133111EB)
TO_UNIT: Final = 2.0**-53
LOWEST_BITS: Final = (1 << 64) - 1


def mix(words: Words) -> Words:
    """Return each word with its bits scattered, the same shape.

    Examples
    --------
    >>> mix(np.array([GOLDEN]))
    array([16294208416658607535], dtype=uint64)
    """
    words = (words ^ (words >> np.uint64(30))) * FIRST
    words = (words ^ (words >> np.uint64(27))) * SECOND
    return words ^ (words >> np.uint64(31))


def make_keys(seed: int, replicates: range) -> Words:
    """Return where each replicate's draws begin, shape (n,).

    Examples
    --------
    >>> bool(make_keys(1, range(3, 4))[0] == make_keys(1, range(9))[3])
    True
    """
    start = mix(np.array([seed & LOWEST_BITS], np.uint64) + GOLDEN)
    return mix(start + np.arange(replicates.start + 1, replicates.stop + 1, dtype=np.uint64) * GOLDEN)


def draw(pools: Sequence[Numbers], n_drawn: Sequence[int], keys: Words) -> Numbers:
    """Return for each key some of every pool, drawn without putting back.

    Parameters
    ----------
    pools
        p arrays to draw from.
    n_drawn
        How many of each, at most its size. As many as its size: a permutation.
    keys
        n keys, of `make_keys`.

    Returns
    -------
    array, shape (n, sum of n_drawn)
        Pool after pool.

    Notes
    -----
    The first steps of Fisher and Yates [2]_, for all keys at once. O(n x sum of sizes).

    Examples
    --------
    >>> sorted(draw([np.arange(4)], [4], make_keys(0, range(1)))[0].tolist())
    [0, 1, 2, 3]
    """
    drawn = np.empty((sum(n_drawn), len(keys)), np.int64)
    steps = np.arange(1, len(drawn) + 1, dtype=np.uint64)[:, None] * GOLDEN
    units = (mix(keys + steps) >> np.uint64(11)) * TO_UNIT
    columns, slot = np.arange(len(keys)), 0
    for pool, n in zip(pools, n_drawn, strict=True):
        left = np.repeat(pool[:, None], len(keys), axis=1)
        for step in range(n):
            chosen = step + (units[slot] * (len(pool) - step)).astype(np.int64)
            drawn[slot] = left[chosen, columns]
            left[chosen, columns] = left[step]
            slot += 1
    return np.ascontiguousarray(drawn.T)
