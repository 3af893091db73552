# SPDX-License-Identifier: EUPL-1.2
"""Count terms: from texts to the sparse rows that every method reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy import sparse

NO_HINTS: Mapping[str, float] = MappingProxyType({})  # of terms that were not written
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The known terms of one text: positions in a vocabulary and how often each occurs."""

    positions: Ints  # shape (k,)
    counts: Floats  # shape (k,), how often each was written, 1 for a hint
    weights: Floats  # shape (k,), 1 for a word as written, more or less by hints, >= 0

    def mass(self) -> Floats:
        """Return counts x weights, shape (k,)."""
        return self.counts * self.weights

    def before(self, position: int) -> Query:
        """Return the part of a query whose positions lie before one, for a vocabulary that has grown."""
        is_before = self.positions < position
        if is_before.all():
            return self
        return Query(
            positions=self.positions[is_before],
            counts=self.counts[is_before],
            weights=self.weights[is_before],
        )


class Vocabulary:
    """Terms by position, in order of first appearance."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self._positions: dict[str, int] = {}
        for terms in texts:
            self.add(terms)

    def __len__(self) -> int:
        return len(self._positions)

    def copy(self) -> Vocabulary:
        """Return one that can grow without the other."""
        return Vocabulary([self._positions])

    def add(self, terms: Iterable[str]) -> None:
        """Give new terms the next positions."""
        for term in terms:
            self._positions.setdefault(term, len(self._positions))

    def query(self, terms: Iterable[str], hints: Mapping[str, float] = NO_HINTS) -> Query:
        """Return the known terms of a text; the others are left out.

        A hint adds its weight: to a term that was not written, or, when negative, off one that was.
        """
        known = self._positions
        found = Counter(position for term in terms if (position := known.get(term)) is not None)
        hinted = {known[term]: weight for term, weight in hints.items() if term in known}
        written = len(found)
        positions = [*found, *(hinted.keys() - found.keys())]
        counts = np.ones(len(positions))
        counts[:written] = list(found.values())
        weights = np.zeros(len(positions))
        weights[:written] = 1.0
        weights += [hinted.get(position, 0.0) for position in positions] if hinted else 0.0
        return Query(positions=np.array(positions, np.intp), counts=counts, weights=np.maximum(weights, 0.0))

    def count(self, texts: Sequence[Iterable[str]]) -> sparse.csr_matrix:
        """Return how often each term occurs in each text, shape (n texts, n terms)."""
        rows = [self.query(terms) for terms in texts]
        ends = np.cumsum([0, *(len(row.positions) for row in rows)])
        positions = np.concatenate([row.positions for row in rows]) if rows else np.zeros(0, np.intp)
        counts = np.concatenate([row.counts for row in rows]) if rows else np.zeros(0)
        return sparse.csr_matrix((counts, positions, ends), shape=(len(rows), len(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """For each term, where it occurs and how heavily: one slice of two long arrays a term."""

    starts: Ints  # shape (n terms + 1,)
    places: npt.NDArray[np.int32]  # column numbers, term after term
    weights: npt.NDArray[np.float32]
    n_places: int

    @classmethod
    def of(cls, matrix: sparse.csr_matrix) -> Postings:
        """Return the postings of a (places x terms) matrix."""
        by_term = matrix.tocsc()
        return cls(
            starts=by_term.indptr.astype(np.intp),
            places=by_term.indices.astype(np.int32),
            weights=by_term.data.astype(np.float32),
            n_places=int(matrix.shape[0]),
        )

    def totals(self, positions: Ints, factors: Floats) -> Floats:
        """Return the weighted sum over terms for every place, shape (n places,). O(postings read)."""
        places, weights = self.gather(positions, factors)
        return np.asarray(np.bincount(places, weights, minlength=self.n_places), np.float64)

    def gather(self, positions: Ints, factors: Floats) -> tuple[npt.NDArray[np.int32], Floats]:
        """Return the places of some terms, one after the other, with their weights times the factors."""
        slices = [slice(self.starts[term], self.starts[term + 1]) for term in positions]
        if not slices:
            return np.zeros(0, np.int32), np.zeros(0)
        lengths = [part.stop - part.start for part in slices]
        weights = np.concatenate([self.weights[part] for part in slices]) * np.repeat(factors, lengths)
        return np.concatenate([self.places[part] for part in slices]), weights

    def rows(self, positions: Ints) -> npt.NDArray[np.float32]:
        """Return the dense rows of some terms, shape (k, n places)."""
        dense = np.zeros((len(positions), self.n_places), np.float32)
        for row, term in enumerate(positions):
            part = slice(self.starts[term], self.starts[term + 1])
            dense[row, self.places[part]] = self.weights[part]
        return dense


def tf_idf(counts: sparse.csr_matrix, idf: Floats) -> sparse.csr_matrix:
    """Return rows of unit length with (1 + log count) x idf. O(nonzeros)."""
    weighted = counts.copy()
    weighted.data = (1 + np.log(weighted.data)) * idf[weighted.indices]
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted.data /= np.repeat(np.maximum(lengths, np.finfo(float).tiny), np.diff(weighted.indptr))
    return weighted


def smooth_idf(counts: sparse.csr_matrix) -> Floats:
    """Return log((1 + n) / (1 + n with the term)) + 1 for each term, shape (n terms,)."""
    n_with = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + n_with)) + 1)


_WRITTEN = re.compile(r"\w\w+")


def as_written(text: str) -> tuple[str, ...]:
    """Return the words of a text as they stand, little ones too: the manner of writing.

    Examples
    --------
    >>> as_written("Het is te hard!")
    ('het', 'is', 'te', 'hard')
    """
    return tuple(_WRITTEN.findall(text.lower()))


_BETWEEN = re.compile(r"[\W_]+")
GRAM = 4  # letters; the length the measurements favour


def grams(text: str) -> tuple[str, ...]:
    """Return the character 4-grams of a text, across its spaces.

    Examples
    --------
    >>> grams("Te hard")
    (' te ', 'te h', 'e ha', ' har', 'hard', 'ard ')
    """
    line = f" {_BETWEEN.sub(' ', text.lower()).strip()} "
    return tuple([line[start : start + GRAM] for start in range(len(line) - GRAM + 1)])
