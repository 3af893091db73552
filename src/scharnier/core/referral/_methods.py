# SPDX-License-Identifier: EUPL-1.2
"""The single methods of finding who knows: each scores every candidate for one query.

References
----------
.. [1] S. Robertson, H. Zaragoza (2009), The Probabilistic Relevance Framework, FnTIR 3(4), 333-389.
.. [2] C. Macdonald, I. Ounis (2006), Voting for candidates, CIKM, 387-396.
.. [3] K. Balog, L. Azzopardi, M. de Rijke (2006), Formal models for expert finding, SIGIR, 43-50.
.. [4] J. Rennie et al. (2003), Tackling the poor assumptions of naive Bayes, ICML, 616-623.
.. [5] R.-E. Fan et al. (2008), LIBLINEAR, JMLR 9, 1871-1874.
.. [6] K. Crammer et al. (2006), Online passive-aggressive algorithms, JMLR 7, 551-585.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from scharnier.core.referral._terms import Floats, Postings, Query, smooth_idf, tf_idf

K1, B = 1.2, 0.75  # BM25: saturation of repeated terms, weight of length [1]_
N_VOTES = 50  # documents that vote
CANDIDATE_WEIGHT = 0.5  # of the candidate's own words against everybody's [3]_
STRIDE = 0.7  # share of the way to the right side that one text turns a plane [6]_
ALPHA = 1.0  # pseudo-count of complement naive Bayes [4]_
ROUNDING = 1e-6  # relative; weights are kept in 32 bits, so what differs by less does not differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """BM25 finds documents; the best fifty vote for their candidates with the square of their score [2]_."""

    documents: Postings  # BM25 weights without idf
    idf: Floats
    support: sparse.csr_matrix  # (n documents, n candidates), weight of each vote
    mean_length: float  # of the documents, in terms; at least 1

    @classmethod
    def fit(cls, counts: sparse.csr_matrix, support: sparse.csr_matrix) -> Votes:
        """Weigh the terms of the documents. O(nonzeros)."""
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        mean_length = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
        saturation = K1 * (1 - B + B * lengths / mean_length)
        weighted = counts.copy()
        per_cell = np.repeat(saturation, np.diff(counts.indptr))
        weighted.data = counts.data * (K1 + 1) / (counts.data + per_cell)
        n_with = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log(1 + (counts.shape[0] - n_with + 0.5) / (n_with + 0.5))
        return cls(documents=Postings.of(weighted), idf=idf, support=support, mean_length=mean_length)

    def find(self, query: Query) -> tuple[npt.NDArray[np.intp], Floats]:
        """Return the best documents and their scores, best first, at most fifty."""
        totals = self.documents.totals(query.positions, self.idf[query.positions] * query.weights)
        found = np.flatnonzero(totals)
        if len(found) > N_VOTES:
            found = found[np.argpartition(-totals[found], N_VOTES)[:N_VOTES]]
        found = found[np.lexsort((found, -totals[found]))]
        return found, totals[found]

    def scores(self, query: Query) -> Floats:
        """Return the votes for each candidate, shape (n candidates,), >= 0."""
        return self.count(*self.find(query))

    def count(self, found: npt.NDArray[np.intp], scores: Floats) -> Floats:
        """Return the votes of found documents, shape (n candidates,)."""
        starts, ends = self.support.indptr[found], self.support.indptr[found + 1]
        n_each = ends - starts
        first = np.cumsum(n_each) - n_each  # where each document's candidates begin in the row of all
        cells = np.arange(n_each.sum()) + np.repeat(starts - first, n_each)
        weights = self.support.data[cells] * np.repeat(scores * scores, n_each)
        votes = np.bincount(self.support.indices[cells], weights, self.support.shape[1])
        return np.asarray(votes, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How often the terms of a query were used, by whom; two methods read it."""

    own: npt.NDArray[np.float32]  # (k terms, n candidates)
    term_totals: Floats  # (k terms,), by all candidates together
    candidate_totals: Floats  # (n candidates,), of all terms
    n_terms: int  # that are known

    def scores(self, query: Query) -> tuple[Floats, Floats]:
        """Return what the candidate model and complement naive Bayes say, each of shape (n candidates,).

        Notes
        -----
        Candidate model [3]_: sum over terms of count x log(1 + w p(term | candidate) / ((1 - w) p(term))),
        w = 0.5; >= 0. Complement naive Bayes [4]_: minus the log likelihood of the query under everybody
        else. O(terms x candidates).
        """
        return self._candidate_model(query), self._complement_bayes(query)

    def _candidate_model(self, query: Query) -> Floats:
        shares = self.own / np.maximum(self.candidate_totals, 1)
        everybody = self.term_totals[:, None] / max(self.candidate_totals.sum(), 1)
        odds = (
            CANDIDATE_WEIGHT / (1 - CANDIDATE_WEIGHT) * shares / np.maximum(everybody, np.finfo(float).tiny)
        )
        return np.asarray(query.mass() @ np.log1p(odds))

    def _complement_bayes(self, query: Query) -> Floats:
        all_others = self.candidate_totals.sum() - self.candidate_totals + ALPHA * max(self.n_terms, 1)
        of_others = np.log(self.term_totals[:, None] - self.own + ALPHA)
        return np.asarray(query.mass().sum() * np.log(all_others) - query.mass() @ of_others)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCounts:
    """How often each candidate's documents use each term."""

    by_term: Postings  # (n candidates x n terms)
    term_totals: Floats
    candidate_totals: Floats

    @classmethod
    def fit(cls, counts: sparse.csr_matrix, support: sparse.csr_matrix) -> WordCounts:
        """Add up the documents of each candidate. O(nonzeros x candidates a document)."""
        by_candidate = (support.T @ counts).tocsr()
        return cls(
            by_term=Postings.of(by_candidate),
            term_totals=np.asarray(by_candidate.sum(axis=0)).ravel(),
            candidate_totals=np.asarray(by_candidate.sum(axis=1)).ravel(),
        )

    def usage(self, query: Query) -> Usage:
        """Return how the terms of a query were used. O(terms x candidates)."""
        return Usage(
            own=self.by_term.rows(query.positions),
            term_totals=self.term_totals[query.positions],
            candidate_totals=self.candidate_totals,
            n_terms=len(self.term_totals),
        )

    def scores(self, query: Query) -> tuple[Floats, Floats]:
        """Return what the candidate model and complement naive Bayes say, each of shape (n candidates,)."""
        return self.usage(query).scores(query)


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator:
    """A linear SVM for each candidate, on tf-idf rows [5]_."""

    idf: Floats
    weights: npt.NDArray[np.float32]  # (n terms, n candidates)
    intercepts: Floats

    @classmethod
    def fit(
        cls, counts: sparse.csr_matrix, is_candidate: npt.NDArray[np.bool_], *, cost: float = 1.0
    ) -> Separator:
        """Separate each candidate's documents from the others at a cost for the wrong side; deterministic."""
        from sklearn.svm import LinearSVC  # noqa: PLC0415  costs more than a second of CPU; only fitting needs it

        idf = smooth_idf(counts)
        rows = tf_idf(counts, idf)
        weights = np.zeros((counts.shape[1], is_candidate.shape[1]), np.float32)
        intercepts = np.zeros(is_candidate.shape[1])
        for candidate, is_own in enumerate(is_candidate.T):
            if is_own.any() and not is_own.all():
                model = LinearSVC(C=cost, random_state=0).fit(rows, is_own)
                weights[:, candidate] = model.coef_[0]
                intercepts[candidate] = model.intercept_[0]
            else:  # nothing to separate: all documents lie on one side of the plane
                intercepts[candidate] = 1.0 if is_own.any() else -1.0
        return cls(idf=idf, weights=weights, intercepts=intercepts)

    def copy(self) -> Separator:
        """Return one that can learn on without the other."""
        return replace(self, weights=self.weights.copy())

    def scores(self, query: Query) -> Floats:
        """Return the distance to each candidate's plane, shape (n candidates,)."""
        return np.asarray(self._row(query) @ self.weights[query.positions] + self.intercepts)

    def learn(self, query: Query, sides: Floats) -> None:
        """Turn the planes towards one more text, in place.

        Parameters
        ----------
        query
            The text.
        sides
            Shape (n candidates,): 1 where the text is the candidate's own, -1 where it is not, else 0.

        Notes
        -----
        One step of the passive-aggressive kind [6]_ for every candidate on whose wrong side, or too near
        to whose plane, the text lies. O(terms x candidates).
        """
        row = self._row(query)
        near = self.weights[query.positions]
        too_near = np.maximum(0.0, 1.0 - sides * (row @ near + self.intercepts)) * sides
        self.weights[query.positions] = near + np.outer(row, (STRIDE * too_near).astype(np.float32))

    def _row(self, query: Query) -> npt.NDArray[np.float32]:
        row = (1 + np.log(query.counts)) * query.weights * self.idf[query.positions]
        length = max(float(np.sqrt(row @ row)), np.finfo(float).tiny)
        return np.asarray((row / length).astype(np.float32))


def standard(scores: Floats) -> Floats:
    """Return scores with mean 0 and standard deviation 1 along the last axis; zeros where all are equal.

    Examples
    --------
    >>> standard(np.array([[1.0, 1.0], [0.0, 2.0]])).tolist()
    [[0.0, 0.0], [-1.0, 1.0]]
    """
    n = max(scores.shape[-1], 1)
    centred = scores - scores.sum(axis=-1, keepdims=True) / n
    spread = np.sqrt((centred * centred).sum(axis=-1, keepdims=True) / n)
    least = ROUNDING * np.abs(scores).max(axis=-1, keepdims=True, initial=0.0)
    return np.asarray(np.where(spread > least, centred, 0.0) / np.where(spread > least, spread, 1.0))
