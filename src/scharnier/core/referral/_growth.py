# SPDX-License-Identifier: EUPL-1.2
"""Words that a ranker has read, and those of every document since."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from scharnier.core.referral._methods import K1, N_VOTES, B, Usage
from scharnier.core.referral._ranking import Ranker
from scharnier.core.referral._terms import NO_HINTS, Floats, Query


class Growth:
    """Votes and word counts of a ranker's documents and of those that came later.

    Notes
    -----
    What the ranker holds stays as it is, rarity and mean length of its documents too; what came later lies
    beside it. A document costs O(its terms), a query O(postings of the ranker + terms of what came later).
    """

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        self._words = ranker.words.copy()
        self._n_old = len(ranker.words)
        self._rarity = array("d", ranker.votes.idf)
        self._used: defaultdict[int, Floats] = defaultdict(lambda: np.zeros(len(ranker.candidates)))
        self._unused = np.zeros(len(ranker.candidates))
        self._candidate_totals = ranker.counts.candidate_totals.copy()
        self._positions, self._weights, self._starts = array("q"), array("d"), array("q")
        self._supports: list[Mapping[int, float]] = []

    def query(self, terms: Iterable[str], hints: Mapping[str, float] = NO_HINTS) -> Query:
        """Return the words of a text, with weighted further terms; new ones have positions of their own."""
        return self._words.query(terms, hints)

    def old(self, query: Query) -> Query:
        """Return the part of a query that the ranker knew when it was fitted."""
        return query.before(self._n_old)

    def add(self, terms: Iterable[str], supports: Mapping[int, float]) -> None:
        """Read a document; a support below zero is a vote against the candidate in that column."""
        read = tuple(terms)
        self._words.add(read)
        n_documents = self._ranker.votes.support.shape[0]
        rarest = float(np.log(1 + (n_documents + 0.5) / 1.5))  # as what stands in one document
        self._rarity.extend([rarest] * (len(self._words) - len(self._rarity)))
        query = self._words.query(read)
        if len(query.positions):
            self._add_vote(query, supports)
            self._add_counts(query, {column: weight for column, weight in supports.items() if weight > 0})

    def _add_vote(self, query: Query, supports: Mapping[int, float]) -> None:
        length = query.counts.sum() / self._ranker.votes.mean_length
        weights = query.counts * (K1 + 1) / (query.counts + K1 * (1 - B + B * length))
        self._starts.append(len(self._positions))
        self._positions.extend(query.positions.tolist())
        self._weights.extend(weights.tolist())
        self._supports.append(supports)

    def _add_counts(self, query: Query, supports: Mapping[int, float]) -> None:
        for column, weight in supports.items():
            self._candidate_totals[column] += weight * query.counts.sum()
            for position, count in zip(query.positions.tolist(), query.counts.tolist(), strict=True):
                self._used[position][column] += weight * count

    def tally(self, query: Query) -> tuple[Floats, Counter[int]]:
        """Return the votes of the best fifty documents, and how many that came later support each column.

        The votes have shape (n candidates,).
        """
        found, scores = self._ranker.votes.find(self.old(query))
        later = self._totals(query)
        everything = np.concatenate([scores, later])
        best = np.lexsort((np.arange(len(everything)), -everything))[:N_VOTES]
        is_old = best < len(found)
        votes = self._ranker.votes.count(found[best[is_old]], scores[best[is_old]])
        n_later: Counter[int] = Counter()
        for place in best[~is_old].tolist():
            supports = self._supports[place - len(found)]
            for column, weight in supports.items():
                votes[column] += weight * everything[place] ** 2
            if everything[place] > 0:
                n_later.update(column for column, weight in supports.items() if weight > 0)
        return votes, n_later

    def _totals(self, query: Query) -> Floats:
        """Return the score of each later document, shape (n later documents,)."""
        if not self._starts:
            return np.zeros(0)
        asked = np.zeros(len(self._words))
        asked[query.positions] = np.frombuffer(self._rarity)[query.positions] * query.weights
        said = asked[np.frombuffer(self._positions, np.int64)] * np.frombuffer(self._weights)
        return np.asarray(np.add.reduceat(said, np.frombuffer(self._starts, np.int64)))

    def usage(self, query: Query) -> Usage:
        """Return how the terms of a query were used, by old and later documents."""
        old = self._ranker.counts.usage(self.old(query))
        is_old = query.positions < self._n_old
        own = self._later(query)
        own[is_old] += old.own
        totals = own.sum(axis=1)
        return Usage(
            own=own.astype(np.float32),
            term_totals=totals,
            candidate_totals=self._candidate_totals,
            n_terms=len(self._words),
        )

    def _later(self, query: Query) -> npt.NDArray[np.float64]:
        used, unused = self._used, self._unused
        rows = [used.get(position, unused) for position in query.positions.tolist()]
        return np.array(rows) if rows else np.zeros((0, len(unused)))
