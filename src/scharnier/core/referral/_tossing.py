# SPDX-License-Identifier: EUPL-1.2
"""Whom those who decline name in their place: "rather go to …"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

from scharnier.core.referral._terms import Floats


class Tossing:
    """Who named whom, counted: directed edges between candidates.

    References
    ----------
    .. [1] G. Jeong, S. Kim, T. Zimmermann (2009), Improving bug triage with bug tossing graphs, ESEC/FSE,
       111-120.

    Examples
    --------
    >>> tossing = Tossing(3)
    >>> tossing.learn(0, 2)
    >>> tossing.scores({0: None}).tolist(), tossing.scores({0: 1}).tolist()
    ([0.0, 0.0, 0.5], [0.0, 1.0, 0.5])
    """

    def __init__(self, n_candidates: int) -> None:
        self._n_candidates = n_candidates
        self._named: defaultdict[int, Counter[int]] = defaultdict(Counter)

    def learn(self, decliner: int, named: int) -> None:
        """Count that one candidate named another."""
        self._named[decliner][named] += 1

    def scores(self, declined: Mapping[int, int | None]) -> Floats:
        """Return what speaks for each candidate once some declined, shape (n candidates,), >= 0.

        Parameters
        ----------
        declined
            Who declined this problem, with whom they named for it, if anyone.

        Notes
        -----
        1 for whom a decliner named now; else the share of the earlier times that it named this candidate,
        with one imagined time that it named nobody; summed over the decliners.
        """
        scores = np.zeros(self._n_candidates)
        for decliner, named in declined.items():
            earlier = self._named.get(decliner, Counter())
            shares = {column: n / (1 + earlier.total()) for column, n in earlier.items()}
            for column, share in (shares if named is None else shares | {named: 1.0}).items():
                scores[column] += share
        return scores
