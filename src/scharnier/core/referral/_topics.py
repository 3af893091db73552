# SPDX-License-Identifier: EUPL-1.2
"""Recognise the matters of a thesaurus in plain words, in either language."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scharnier.core.kernel import TopicId
from scharnier.core.network import Topic
from scharnier.core.text import Analyzer, Language, Word

MOST_TOPICS = 5  # recognised in one text
FROM_PARTS = 0.7  # of a label whose compound is in the text in parts only
LEAST_SHARE = 0.5  # of the strongest topic; what is weaker was said in passing
_LANGUAGES: tuple[Language, ...] = ("nl", "en")
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A label as what must be in a text: for each word the whole, or all parts of the compound."""

    topic_id: TopicId
    words: tuple[tuple[str, frozenset[str]], ...]  # (whole, parts)
    phrase: str  # when only the exact phrase will do, else empty
    weight: float = 0.0  # how much it says: rare words say more


class TopicFinder:
    """A thesaurus, ready to be recognised in texts.

    Examples
    --------
    >>> from scharnier.core import network, text
    >>> litter = network.Topic(
    ...     id=TopicId("litter"), labels=(network.Label(text="zwerfafval", language="nl", is_preferred=True),)
    ... )
    >>> finder = TopicFinder([litter], text.Analyzer(text.Lexicon(dutch={})))
    >>> finder.find("Overal zwerfafval!", language="nl")
    ('litter',)
    """

    def __init__(self, topics: Sequence[Topic], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._broader = {topic.id: topic.broader_ids for topic in topics}
        labels = {language: tuple(_labels(topics, language, analyzer)) for language in _LANGUAGES}
        self._labels = {language: _by_term(labels[language]) for language in _LANGUAGES}
        self._alone = {language: _named_alone(labels[language]) for language in _LANGUAGES}
        self._vocabulary = frozenset(
            term
            for label in (*labels["nl"], *labels["en"])
            for whole, parts in label.words
            for term in (whole, *parts)
        )
        self._names = {topic.id: _name_terms(topic, analyzer) for topic in topics}

    def find(self, text: str, *, language: Language) -> tuple[TopicId, ...]:
        """Return the topics named in a text, most specific first, at most five and half as strong.

        Notes
        -----
        A label is named when each of its words is there, whole or (for 0.7) with all its parts; rare words
        weigh more: the sum over words of log(n labels / n labels with the word). A word that is a label by
        itself names nothing else by its parts. Ties by identifier.
        O(words x labels with the word).
        """
        words = self._analyzer.words(text, language=language)
        alone = self._alone[language]
        terms = frozenset(
            term for word in words for term in (word.terms[:1] if word.terms[0] in alone else word.terms)
        )
        plain = f" {' '.join(_LETTERS.findall(text.lower()))} "
        strength: defaultdict[TopicId, float] = defaultdict(float)
        for label in self._candidates(terms, language=language):
            if label.weight > strength[label.topic_id]:
                named = _how_named(label, terms, plain)
                strength[label.topic_id] = max(strength[label.topic_id], named * label.weight)
        least = LEAST_SHARE * max(strength.values(), default=0.0)
        strong = [topic_id for topic_id, weight in strength.items() if weight >= least > 0]
        strong.sort(key=lambda topic_id: (-strength[topic_id], topic_id))
        return tuple(strong[:MOST_TOPICS])

    def with_broader(self, topic_ids: Iterable[TopicId]) -> frozenset[TopicId]:
        """Return topics with everything they fall under."""
        found: set[TopicId] = set()
        waiting = list(topic_ids)
        while waiting:
            topic_id = waiting.pop()
            if topic_id not in found:
                found.add(topic_id)
                waiting.extend(self._broader.get(topic_id, ()))
        return frozenset(found)

    def name_terms(self, topic_ids: Iterable[TopicId]) -> frozenset[str]:
        """Return the terms of the preferred labels of topics, in both languages."""
        return frozenset(term for topic_id in topic_ids for term in self._names.get(topic_id, ()))

    def names_with(self, term: str) -> bool:
        """Tell whether any topic is named with a term, in either language."""
        return term in self._vocabulary

    def _candidates(self, terms: Iterable[str], *, language: Language) -> Iterator[_Label]:
        by_term = self._labels[language]
        return (label for term in terms for label in by_term.get(term, ()))


def _name_terms(topic: Topic, analyzer: Analyzer) -> frozenset[str]:
    names = ((language, topic.name(language)) for language in _LANGUAGES)
    return frozenset(term for language, name in names for term in analyzer.terms(name, language=language))


def _labels(topics: Iterable[Topic], language: Language, analyzer: Analyzer) -> Iterator[_Label]:
    for topic in topics:
        for label in topic.labels:
            if label.language == language:
                words = analyzer.words(label.text, language=language)
                plain = _LETTERS.findall(label.text.lower())
                phrase = f" {' '.join(plain)} " if len(words) < min(len(plain), 2) else ""
                if words:
                    yield _Label(topic_id=topic.id, words=_required(words), phrase=phrase)


def _required(words: Sequence[Word]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((word.terms[0], frozenset(word.terms[1:])) for word in words)


def _named_alone(labels: Iterable[_Label]) -> frozenset[str]:
    """Return the words that are a label by themselves."""
    return frozenset(label.words[0][0] for label in labels if len(label.words) == 1)


def _by_term(labels: Iterable[_Label]) -> dict[str, list[_Label]]:
    """Return the labels under the terms of their rarest word, weighed."""
    every = tuple(labels)
    n_with = Counter(whole for label in every for whole in {whole for whole, _ in label.words})
    found: defaultdict[str, list[_Label]] = defaultdict(list)
    for label in every:
        weight = sum(math.log((2 + len(every)) / (1 + n_with[whole])) for whole, _ in label.words)
        weight += len(label.phrase.split())  # so many words in a row are no chance
        whole, parts = min(label.words, key=lambda word: n_with[word[0]])
        for term in (whole, *parts):
            found[term].append(replace(label, weight=weight))
    return dict(found)


def _how_named(label: _Label, terms: frozenset[str], plain: str) -> float:
    """Return 1 for a label in so many words, 0.7 from parts of compounds, 0 when it is not there."""
    if label.phrase:
        return float(label.phrase in plain)
    if all(whole in terms for whole, _ in label.words):
        return 1.0
    return FROM_PARTS * all(whole in terms or (parts and parts <= terms) for whole, parts in label.words)
