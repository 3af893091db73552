# SPDX-License-Identifier: EUPL-1.2
"""Measure a ranking against who really took the problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scharnier.core.kernel import Invalid

CUT, RECALL_CUT = 10, 5  # ranks counted in nDCG and in recall
N_RESAMPLES = 1000


class NothingToMeasure(Invalid):
    """No problem has a known candidate as its answer."""

    code = "referral.nothing_to_measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good a ranking is over n problems; every measure in 0..1, higher is better."""

    n: int
    mrr: float
    ndcg_at_10: float
    precision_at_1: float
    recall_at_5: float
    mrr_interval: tuple[float, float]  # 95 %, percentile bootstrap over problems


def measure_quality(scores: npt.ArrayLike, relevant: Sequence[frozenset[int]], *, seed: int = 0) -> Quality:
    """Return the quality of a ranking.

    Parameters
    ----------
    scores
        Shape (n problems, m candidates); higher is better; equal scores keep the candidates' order.
    relevant
        For each problem the columns of who took it, at least one.
    seed
        Of the bootstrap.

    Raises
    ------
    NothingToMeasure
        Without problems, or with one without an answer.

    Notes
    -----
    Mean reciprocal rank of the first relevant candidate; nDCG with binary gains at 10 [1]_; precision at 1;
    recall at 5; interval from 1,000 resamples of the reciprocal ranks [2]_. O(n m log m).

    References
    ----------
    .. [1] K. Jarvelin, J. Kekalainen (2002), ACM TOIS 20(4), 422-446.
    .. [2] B. Efron, R. Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> measure_quality([[0.2, 0.9], [0.8, 0.1]], [frozenset({0}), frozenset({0})]).mrr
    0.75
    """
    if not relevant or not all(relevant):
        raise NothingToMeasure(n_problems=len(relevant))
    ranks = [_ranks(row, columns) for row, columns in zip(np.asarray(scores, float), relevant, strict=True)]
    reciprocal = np.array([1.0 / places[0] for places in ranks])
    return Quality(
        n=len(ranks),
        mrr=float(reciprocal.mean()),
        ndcg_at_10=float(np.mean([_ndcg(places) for places in ranks])),
        precision_at_1=float(np.mean([places[0] == 1 for places in ranks])),
        recall_at_5=float(np.mean([np.mean(places <= RECALL_CUT) for places in ranks])),
        mrr_interval=_interval(reciprocal, seed=seed),
    )


def count_asks(scores: npt.ArrayLike, relevant: frozenset[int]) -> int:
    """Return how many are asked, best first, until one who takes it: the first relevant rank.

    Raises
    ------
    NothingToMeasure
        When nobody takes it.

    Examples
    --------
    >>> count_asks([0.2, 0.9, 0.5], frozenset({2}))
    2
    """
    if not relevant:
        raise NothingToMeasure(n_problems=1)
    return int(_ranks(np.asarray(scores, float), relevant)[0])


def _ranks(scores: npt.NDArray[np.float64], relevant: frozenset[int]) -> npt.NDArray[np.intp]:
    """Return the ranks of the relevant candidates, from 1, rising."""
    order = np.argsort(-scores, kind="stable")
    return np.flatnonzero(np.isin(order, sorted(relevant))) + 1


def _ndcg(ranks: npt.NDArray[np.intp]) -> float:
    gain = sum(1 / np.log2(1 + rank) for rank in ranks if rank <= CUT)
    best = sum(1 / np.log2(1 + rank) for rank in range(1, min(CUT, len(ranks)) + 1))
    return float(gain / best)


def _interval(values: npt.NDArray[np.float64], *, seed: int) -> tuple[float, float]:
    draws = np.random.default_rng(seed).integers(0, len(values), (N_RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)
