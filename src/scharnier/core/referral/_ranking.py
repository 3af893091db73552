# SPDX-License-Identifier: EUPL-1.2
"""Rank candidates for a text: several methods and recency, one standardised mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from scharnier.core.kernel import ServiceId
from scharnier.core.referral._methods import Separator, Votes, WordCounts, standard
from scharnier.core.referral._mixing import Mix
from scharnier.core.referral._terms import NO_HINTS, Floats, Query, Vocabulary, as_written, grams
from scharnier.core.text import Analyzer, Language

NO_QUERY = Vocabulary([]).query([])
LONG_TEXT = 300  # characters; from there the manner of writing tells, and letters add nothing to the votes


def is_long(text: str) -> bool:
    """Tell whether a text is a story rather than a line.

    Examples
    --------
    >>> is_long("Er ligt vuil naast de container.")
    False
    """
    return len(text) > LONG_TEXT


def recency_of(activity: Floats) -> Floats:
    """Return log(1/2 + activity), standardised.

    Examples
    --------
    >>> recency_of(np.array([0.0, 1.5])).tolist()
    [-1.0, 1.0]
    """
    return standard(np.log(0.5 + activity))


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
class Reading:
    """A text as the methods read it."""

    text: str
    terms: tuple[str, ...]
    letters: Query
    spellings: Query  # of words as written; empty until there are taught methods

    @property
    def is_story(self) -> bool:
        """Tell whether the text is a story rather than a line."""
        return is_long(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What is learned from problems taken up, once there are enough of them."""

    words: Separator
    spellings: Vocabulary
    written: Separator  # for long texts: words as written, little ones too
    letters: Separator  # for long texts: taught by whole texts
    short_letters: Separator  # for short texts: taught by titles too

    def copy(self) -> Taught:
        """Return what can learn on without the other."""
        return replace(
            self,
            words=self.words.copy(),
            written=self.written.copy(),
            letters=self.letters.copy(),
            short_letters=self.short_letters.copy(),
        )

    def scores(self, query: Query, reading: Reading) -> dict[str, Floats]:
        """Return what each taught method says of a text and its words, by its name."""
        scores = {"word_svm": self.words.scores(query)}
        if not reading.is_story:
            return scores | {"letter_svm": self.short_letters.scores(reading.letters)}
        scores["letter_svm"] = self.letters.scores(reading.letters)
        return scores | {"written_svm": self.written.scores(reading.spellings)}

    def learn(self, query: Query, reading: Reading, sides: Floats) -> None:
        """Turn all planes a step towards a text, in place; see `Separator.learn`."""
        self.words.learn(query, sides)
        self.letters.learn(reading.letters, sides)
        self.short_letters.learn(reading.letters, sides)
        self.written.learn(reading.spellings, sides)


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
    activity: Floats  # shape (n candidates,), problems taken up, each halved every thirty days
    recency: Floats  # the same, as it is scored
    on: date  # the day from which activity counts back
    short_mix: Mix  # learned, for texts of at most 300 characters
    long_mix: Mix

    def scores(self, text: str, *, language: Language, hints: Mapping[str, float] = NO_HINTS) -> Floats:
        """Return a score for each candidate, shape (n candidates,), mean 0, higher is better."""
        return self.mix(text).mean(self.method_scores(text, language=language, hints=hints))

    def mix(self, text: str) -> Mix:
        """Return how heavily the methods count for a text of its length."""
        return self.long_mix if is_long(text) else self.short_mix

    def query(self, text: str, *, language: Language, hints: Mapping[str, float] = NO_HINTS) -> Query:
        """Return the words of a text, with weighted further terms, as the ranker counts them."""
        return self.words.query(self.analyzer.terms(text, language=language), hints)

    def read(self, text: str, *, language: Language) -> Reading:
        """Return a text as the methods read it."""
        return Reading(
            text=text,
            terms=self.analyzer.terms(text, language=language),
            letters=self.letters.query(grams(text)),
            spellings=self.taught.spellings.query(as_written(text)) if self.taught is not None else NO_QUERY,
        )

    def method_scores(
        self, text: str, *, language: Language, hints: Mapping[str, float] = NO_HINTS
    ) -> dict[str, Floats]:
        """Return what each method says by itself, by its name."""
        reading = self.read(text, language=language)
        query = self.words.query(reading.terms, hints)
        candidate_model, complement_bayes = self.counts.scores(query)
        scores = {"bm25_votes": self.votes.scores(query), "candidate_model": candidate_model}
        if self.taught is not None:
            scores |= {"complement_bayes": complement_bayes, **self.taught.scores(query, reading)}
        elif not reading.is_story:
            scores["letter_votes"] = self.letter_votes.scores(reading.letters)
        return scores | {"recency": self.recency}
