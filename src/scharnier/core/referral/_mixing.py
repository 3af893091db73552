# SPDX-License-Identifier: EUPL-1.2
"""Weigh the methods against one another: equally, until the problems taken up tell otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from scharnier.core.referral._methods import standard
from scharnier.core.referral._terms import Floats

PLAIN = MappingProxyType({"recency": 0.0, "written_svm": 0.0})  # weights before anything is learned; else 1
SCALES = np.linspace(0.05, 1.5, 30)  # tried for the equal weights from which learning starts
PULL = 0.2  # towards the equal weights, a squared unit of distance
TRUST = 50.0  # in the weights from which a mix learns on, as information on each


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How heavily each method counts in the mean.

    Examples
    --------
    >>> Mix().weight("bm25_votes"), Mix().weight("recency")
    (1.0, 0.0)
    """

    weights: Mapping[str, float] = field(default_factory=dict)  # method -> weight, >= 0; others as in `PLAIN`

    def weight(self, method: str) -> float:
        """Return the weight of a method, >= 0."""
        return self.weights.get(method, PLAIN.get(method, 1.0))

    def mean(self, scores: Mapping[str, Floats]) -> Floats:
        """Return the weighted mean of the methods' standardised scores, shape (n candidates,).

        Examples
        --------
        >>> Mix().mean({"bm25_votes": np.array([0.0, 4.0]), "recency": np.array([9.0, 0.0])}).tolist()
        [-1.0, 1.0]
        """
        weights = np.array([self.weight(method) for method in scores])
        return np.asarray(weights @ standard(np.array([*scores.values()])) / weights.sum())


class LearningMix:
    """A mix that learns on, problem after problem.

    Notes
    -----
    One Newton step of the conditional logit of `learn_mix` a problem, with the information summed so far, of
    which the weights at the start count for fifty units each. Ties are no matter: a method that
    holds all for equal has no slope. O(methods x (methods + candidates)) a problem.

    References
    ----------
    .. [1] E. Hazan, A. Agarwal, S. Kale (2007), Logarithmic regret algorithms for online convex
       optimization, Machine Learning 69, 169-192.

    Examples
    --------
    >>> mix = LearningMix([1.0, 1.0])
    >>> mix.learn(np.array([[1.0, -1.0], [-1.0, 1.0]]), [0])
    >>> bool(mix.weights[0] > 1.0 > mix.weights[1])
    True
    """

    def __init__(self, start: npt.ArrayLike) -> None:
        self.weights = np.array(start, np.float64)
        self._information = TRUST * np.eye(len(self.weights))

    def learn(self, said: Floats, takers: Sequence[int]) -> None:
        """Learn from what the methods said, (n methods, n candidates), who took it: at least one column."""
        totals = self.weights @ said
        chances = np.exp(totals - totals.max())
        chances /= chances.sum()
        around = said - (said @ chances)[:, None]
        self._information += (around * chances) @ around.T
        slope = said @ chances - said[:, list(takers)].mean(axis=1)
        self.weights = np.maximum(self.weights - np.linalg.solve(self._information, slope), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One problem as every method scored it, with the columns of who took it up, at least one."""

    scores: Mapping[str, Floats]
    takers: Sequence[int]


def learn_mix(tried: Sequence[Tried]) -> Mix:
    """Return the mix under which who really took the problems surprises least.

    Parameters
    ----------
    tried
        n problems, scored by the same methods for the same candidates.

    Notes
    -----
    Conditional logit [1]_: the chance of a candidate is proportional to exp(weights x standardised scores);
    weights >= 0, pulled towards equal ones, so that few problems change little. Without problems, or
    when no method knew, the mix is the plain one. Deterministic. O(iterations x n x candidates x methods).

    References
    ----------
    .. [1] D. McFadden (1974), Conditional logit analysis of qualitative choice behavior, in Frontiers in
       Econometrics, 105-142.

    Examples
    --------
    >>> learn_mix([])
    Mix(weights={})
    """
    from scipy.optimize import minimize  # noqa: PLC0415  costs half a second of CPU; only fitting needs it

    if not tried:
        return Mix()
    methods = tuple(tried[0].scores)
    said = np.array([standard(np.array([*each.scores.values()])) for each in tried]).swapaxes(0, 1)
    shares = np.zeros(said.shape[1:])  # of each candidate in taking each problem
    for row, each in zip(shares, tried, strict=True):
        row[list(each.takers)] = 1.0 / len(each.takers)
    plain = np.array([Mix().weight(method) for method in methods])
    start = min(SCALES, key=lambda scale: _surprise(scale * plain, said, shares)[0]) * plain

    def objective(weights: Floats) -> tuple[float, Floats]:
        surprise, slope = _surprise(weights, said, shares)
        away = weights - start
        return surprise + PULL * float(away @ away), slope + 2 * PULL * away

    found = minimize(objective, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(methods))
    if not found.x.any():  # none of them knew: no reason to trust one over another
        return Mix()
    return Mix(weights=dict(zip(methods, found.x.tolist(), strict=True)))


def _surprise(weights: Floats, said: Floats, shares: Floats) -> tuple[float, Floats]:
    """Return minus the mean log chance of who took the problems, and its slope by weight."""
    totals = np.tensordot(weights, said, axes=1)
    totals -= totals.max(axis=1, keepdims=True)
    chances = np.exp(totals)
    sums = chances.sum(axis=1, keepdims=True)
    log_chances = totals - np.log(sums)
    slope = np.tensordot(said, chances / sums - shares, axes=2) / len(shares)
    return -float((shares * log_chances).sum()) / len(shares), np.asarray(slope)
