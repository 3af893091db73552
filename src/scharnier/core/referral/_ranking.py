# SPDX-License-Identifier: EUPL-1.2
"""Rank candidates for a text: several methods and recency, one standardised mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scharnier.core.kernel import ServiceId
from scharnier.core.referral._methods import Separator, Votes, WordCounts
from scharnier.core.referral._mixing import Mix
from scharnier.core.referral._terms import NO_HINTS, Floats, Query, Vocabulary, as_written, grams
from scharnier.core.text import Analyzer, Language

LONG_TEXT = 300  # characters; from there the manner of writing tells, and letters add nothing to the votes


def is_long(text: str) -> bool:
    """Tell whether a text is a story rather than a line.

    Examples
    --------
    >>> is_long("Er ligt vuil naast de container.")
    False
    """
    return len(text) > LONG_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text that speaks for candidates: a card, a service, a remit, or a problem once taken up."""

    text: str
    language: Language
    supports: Mapping[str, float]  # candidate -> weight of its claim on the text, > 0
    title: str = ""
    terms: tuple[str, ...] = ()  # further terms, such as topics
    service_id: ServiceId | None = None  # when it describes a service
    taken_on: date | None = None  # day a problem was taken up; None for cards, services and remits


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What is learned from problems taken up, once there are enough of them."""

    words: Separator
    spellings: Vocabulary
    written: Separator  # for long texts: words as written, little ones too
    letters: Separator  # for long texts: taught by whole texts
    short_letters: Separator  # for short texts: taught by titles too


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Candidates with everything that is known to score them."""

    candidates: tuple[str, ...]
    analyzer: Analyzer
    words: Vocabulary
    votes: Votes
    counts: WordCounts
    letters: Vocabulary
    letter_votes: Votes
    taught: Taught | None
    recency: Floats  # shape (n candidates,), standardised
    short_mix: Mix  # learned, for texts of at most 300 characters
    long_mix: Mix

    def scores(self, text: str, *, language: Language, hints: Mapping[str, float] = NO_HINTS) -> Floats:
        """Return a score for each candidate, shape (n candidates,), mean 0, higher is better."""
        said = self.method_scores(text, language=language, hints=hints)
        return (self.long_mix if is_long(text) else self.short_mix).mean(said)

    def query(self, text: str, *, language: Language, hints: Mapping[str, float] = NO_HINTS) -> Query:
        """Return the words of a text, with weighted further terms, as the ranker counts them."""
        return self.words.query(self.analyzer.terms(text, language=language), hints)

    def method_scores(
        self, text: str, *, language: Language, hints: Mapping[str, float] = NO_HINTS
    ) -> dict[str, Floats]:
        """Return what each method says by itself, by its name."""
        query = self.query(text, language=language, hints=hints)
        candidate_model, complement_bayes = self.counts.scores(query)
        scores = {"bm25_votes": self.votes.scores(query), "candidate_model": candidate_model}
        if self.taught is not None:
            scores |= {"complement_bayes": complement_bayes, **self._taught_scores(self.taught, text, query)}
        elif not is_long(text):
            scores["letter_votes"] = self.letter_votes.scores(self.letters.query(grams(text)))
        return scores | {"recency": self.recency}

    def _taught_scores(self, taught: Taught, text: str, query: Query) -> dict[str, Floats]:
        letters = self.letters.query(grams(text))
        scores = {"word_svm": taught.words.scores(query)}
        if not is_long(text):
            return scores | {"letter_svm": taught.short_letters.scores(letters)}
        scores["letter_svm"] = taught.letters.scores(letters)
        scores["written_svm"] = taught.written.scores(taught.spellings.query(as_written(text)))
        return scores
