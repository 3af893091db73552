# SPDX-License-Identifier: EUPL-1.2
"""Learn from each outcome before the next problem comes: the closed loop."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from scharnier.core.referral._methods import ALPHA, K1, N_VOTES, B, standard
from scharnier.core.referral._terms import Floats

HALF_LIFE_DAYS = 30
WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0)  # of recency, the best so far is used


class Learner:
    """Votes of documents, complement naive Bayes and recency over growing experience.

    Notes
    -----
    score = z(votes) + z(complement naive Bayes) + w z(log recency), w being the weight with which the
    problems learned so far would have been answered best. Learning costs O(terms); a query O(postings).

    Examples
    --------
    >>> learner = Learner(["ann", "bob"])
    >>> learner.learn(["noise", "night"], ["bob"], on=date(2026, 1, 1))
    >>> learner.learn(["debt"], ["ann"], on=date(2026, 1, 2))
    >>> learner.scores(["noise"], on=date(2026, 1, 3)).argmax().item()
    1
    """

    def __init__(self, candidates: Sequence[str]) -> None:
        self._columns = {candidate: column for column, candidate in enumerate(candidates)}
        self._documents: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        self._frequencies: defaultdict[str, array[float]] = defaultdict(lambda: array("d"))
        self._takers: list[list[int]] = []
        self._lengths = array("d")
        self._counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._candidate_totals = np.zeros(len(candidates))
        self._recency = np.zeros(len(candidates))
        self._recency_day: date | None = None
        self._merit = np.zeros(len(WEIGHTS))

    def scores(self, terms: Iterable[str], *, on: date) -> Floats:
        """Return a score for each candidate on a day, shape (n candidates,)."""
        weight = WEIGHTS[int(self._merit.argmax())]
        return self._text_scores(list(terms)) + weight * self._recency_scores(on)

    def learn(self, terms: Iterable[str], takers: Iterable[str], *, on: date) -> None:
        """Learn who took a problem; takers who are no candidates teach nothing."""
        columns = [self._columns[taker] for taker in takers if taker in self._columns]
        known = list(terms)
        if columns and self._takers:
            self._weigh(self._text_scores(known), self._recency_scores(on), columns)
        self._remember(Counter(known), columns)
        self._recency *= self._fading(on)
        self._recency_day = on
        self._recency[columns] += 1

    def _weigh(self, text: Floats, recency: Floats, columns: Sequence[int]) -> None:
        for position, weight in enumerate(WEIGHTS):
            total = text + weight * recency
            self._merit[position] += 1.0 / (1 + int((total > total[list(columns)].max()).sum()))

    def _remember(self, counts: Counter[str], columns: list[int]) -> None:
        document = len(self._takers)
        self._takers.append(columns)
        self._lengths.append(counts.total())
        for term, count in counts.items():
            self._documents[term].append(document)
            self._frequencies[term].append(count)
            for column in columns:
                self._counts[term][column] += count
        self._candidate_totals[columns] += counts.total()

    def _text_scores(self, terms: Sequence[str]) -> Floats:
        known = [(term, count) for term, count in Counter(terms).items() if term in self._documents]
        if not known:
            return np.zeros(len(self._columns))
        return standard(self._votes([term for term, _ in known])) + standard(self._bayes(known))

    def _votes(self, terms: Sequence[str]) -> Floats:
        lengths = np.array(self._lengths)
        saturation = K1 * (1 - B + B * lengths / lengths.mean())
        totals = np.zeros(len(lengths))
        for term in terms:
            documents = np.array(self._documents[term])
            frequencies = np.array(self._frequencies[term])
            idf = np.log(1 + (len(lengths) - len(documents) + 0.5) / (len(documents) + 0.5))
            totals[documents] += idf * frequencies * (K1 + 1) / (frequencies + saturation[documents])
        votes = np.zeros(len(self._columns))
        for document in np.argsort(-totals, kind="stable")[:N_VOTES].tolist():
            votes[self._takers[document]] += totals[document] ** 2
        return votes

    def _bayes(self, known: Sequence[tuple[str, int]]) -> Floats:
        total = np.zeros(len(self._columns))
        smoothing = ALPHA * len(self._documents)
        for term, count in known:
            own = np.zeros(len(self._columns))
            for column, n in self._counts[term].items():
                own[column] = n
            total -= count * np.log(own.sum() - own + ALPHA)
        others = self._candidate_totals.sum() - self._candidate_totals + smoothing
        return np.asarray(total + sum(count for _, count in known) * np.log(others))

    def _recency_scores(self, on: date) -> Floats:
        return standard(np.log(0.5 + self._recency * self._fading(on)))

    def _fading(self, on: date) -> float:
        n_days = (on - self._recency_day).days if self._recency_day is not None else 0
        return float(0.5 ** (max(n_days, 0) / HALF_LIFE_DAYS))
