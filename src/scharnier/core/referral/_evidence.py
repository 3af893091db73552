# SPDX-License-Identifier: EUPL-1.2
"""Weigh what speaks for each candidate, and say it as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scharnier.core.kernel import TopicId
from scharnier.core.network import Service
from scharnier.core.referral._directory import Directory, organization_key
from scharnier.core.referral._loop import Asked
from scharnier.core.referral._model import Expertise
from scharnier.core.referral._ranking import Ranker
from scharnier.core.referral._terms import Floats
from scharnier.core.text import Language, Word

MOST_CANDIDATES = 60  # looked at further
LEAST_STRENGTH = 0.1  # of the strongest; less is chance
BACKING = 0.8  # share of the organization in what a person can do on its behalf
MOST_WORDS, MOST_SERVICES = 3, 2  # named in a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was found for one need."""

    found: tuple[str, ...]  # candidates with evidence, best first
    covered_share: float  # of the need's words, weighed by rarity, with the best candidate; 0..1
    ranker: Ranker
    directory: Directory
    strength: Mapping[str, float]  # of each found candidate, 0..1, 1 is the best
    words: tuple[Word, ...]  # of the need that name a matter, rarest first
    topics: tuple[TopicId, ...]
    n_similar: Mapping[str, int]
    service_scores: Mapping[str, float]

    def facts(self, candidate: str) -> Expertise:
        """Return why a candidate knows about it."""
        party = self.directory.parties[candidate]
        services = self.directory.services.get(party.organization_id, ()) if party.organization_id else ()
        known = self.directory.topics.get(candidate, frozenset())
        return Expertise(
            score=self.strength[candidate],
            topics=tuple(topic for topic in self.topics if topic in known),
            words=self._shared_words(candidate),
            service_ids=tuple(service.id for service in self._fitting(services)),
            n_similar=self.n_similar.get(candidate, 0),
        )

    def _fitting(self, services: Sequence[Service]) -> list[Service]:
        scored = [each for each in services if each.id in self.service_scores]
        scored.sort(key=lambda each: (-self.service_scores[each.id], each.id))
        return scored[:MOST_SERVICES]

    def _shared_words(self, candidate: str) -> tuple[str, ...]:
        column = self.ranker.candidates.index(candidate)
        shared: dict[str, str] = {}
        for word in self.words:
            query = self.ranker.words.query(word.terms)
            if len(query.positions) and self.ranker.counts.by_term.rows(query.positions)[:, column].any():
                shared.setdefault(word.surface.lower(), word.surface)
        return tuple(shared.values())[:MOST_WORDS]


def weigh_evidence(  # noqa: PLR0913  # a need in its parts, and what was learned since
    ranker: Ranker,
    directory: Directory,
    text: str,
    *,
    language: Language,
    hints: Mapping[str, float],
    topics: tuple[TopicId, ...],
    asked: Asked | None = None,
) -> Evidence:
    """Return the evidence for a text; only candidates with a word or topic in common are found.

    With what a learner says to the same text, that takes the place of the ranker's own scores.
    """
    query = ranker.query(text, language=language, hints=hints)
    documents, document_scores = ranker.votes.find(query)
    n_similar = _similar(directory, documents.tolist())
    if asked is None:
        votes = ranker.votes.count(documents, document_scores)
        scores = ranker.scores(text, language=language, hints=hints)
    else:
        votes, scores = asked.votes, asked.scores
        n_similar += Counter(asked.n_later)
    floor = scores.min()
    strength = (scores - floor) / spread if (spread := scores.max() - floor) > 0 else np.ones_like(scores)
    strength = np.where(votes > 0, strength, 0.0)
    order = np.lexsort((np.arange(len(strength)), -strength))[:MOST_CANDIDATES]
    order = order[strength[order] >= LEAST_STRENGTH]
    words = _rarest_first(ranker, text, language=language)
    telling = tuple(word for word in words if any(hints.get(term, 0.0) >= 0 for term in word.terms))
    return Evidence(
        found=tuple(ranker.candidates[column] for column in order),
        covered_share=_covered_share(ranker, words, int(order[0])) if len(order) else 0.0,
        ranker=ranker,
        directory=directory,
        strength=_backed({ranker.candidates[column]: float(strength[column]) for column in order}, directory),
        words=telling,
        topics=topics,
        n_similar=n_similar,
        service_scores=_services(directory, documents.tolist(), document_scores),
    )


def _backed(own: Mapping[str, float], directory: Directory) -> Mapping[str, float]:
    """Return the strength of each candidate, a person's backed by the organization behind them."""
    backed = dict(own)
    for candidate, strength in own.items():
        party = directory.parties[candidate]
        if party.person_id is not None and party.organization_id is not None:
            behind = own.get(organization_key(party.organization_id), 0.0)
            backed[candidate] = max(strength, BACKING * behind + (1 - BACKING) * strength)
    return backed


def _rarest_first(ranker: Ranker, text: str, *, language: Language) -> tuple[Word, ...]:
    words = ranker.analyzer.words(text, language=language)
    return tuple(sorted(words, key=lambda word: -_rarity(ranker, word)))


def _rarity(ranker: Ranker, word: Word) -> float:
    """Return the highest idf among a word's terms; an unknown word is as rare as can be."""
    known = ranker.words.query(word.terms).positions
    return float(ranker.votes.idf[known].max()) if len(known) else float(ranker.votes.idf.max())


def _covered_share(ranker: Ranker, words: Sequence[Word], column: int) -> float:
    total = sum(_rarity(ranker, word) for word in words)
    covered = 0.0
    for word in words:
        query = ranker.words.query(word.terms)
        if len(query.positions) and ranker.counts.by_term.rows(query.positions)[:, column].any():
            covered += _rarity(ranker, word)
    return covered / total if total else 1.0


def _similar(directory: Directory, documents: Sequence[int]) -> Counter[str]:
    """Count, for each candidate, the found problems that it took up."""
    found = (directory.documents[row] for row in documents)
    return Counter(candidate for each in found if each.taken_on is not None for candidate in each.supports)


def _services(directory: Directory, documents: Sequence[int], scores: Floats) -> Mapping[str, float]:
    """Return the score of each service among the found documents."""
    found = zip(documents, scores.tolist(), strict=True)
    return {
        service_id: score
        for row, score in found
        if (service_id := directory.documents[row].service_id) is not None
    }
