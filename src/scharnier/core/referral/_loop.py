# SPDX-License-Identifier: EUPL-1.2
"""Learn from each answer before the next problem comes: the closed loop."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from scharnier.core.referral._availability import Availability
from scharnier.core.referral._fitting import HALF_LIFE_DAYS, TITLE_WEIGHT
from scharnier.core.referral._growth import Growth
from scharnier.core.referral._lessons import Lesson
from scharnier.core.referral._methods import standard
from scharnier.core.referral._mixing import LearningMix
from scharnier.core.referral._ranking import Document, Ranker, Reading, is_long
from scharnier.core.referral._terms import NO_HINTS, Floats, Query
from scharnier.core.referral._tossing import Tossing
from scharnier.core.text import Language

OF_ANSWERS = MappingProxyType(
    {"room": 3.0, "presence": 3.0, "rather": 2.0}
)  # weights of what answers alone teach, at first
NOBODY: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was put to a learner, with what each method said: what it learns from later."""

    reading: Reading
    scores: Floats  # (n candidates,), higher is better
    votes: Floats  # (n candidates,), of documents with words in common
    said: Floats  # (n methods, n candidates)
    n_later: Mapping[str, int]  # similar problems that a candidate took since the ranker was fitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A candidate who did not take a problem, and what that teaches."""

    candidate: str
    on: date
    lessons: frozenset[Lesson]
    rather: str | None = None  # whom the candidate named instead
    weight: float = 1.0  # of the vote against it, as a problem taken up votes for who took it; > 0


class Learner:
    """A ranker that learns on: it begins as it was fitted, and every answer changes it a little.

    Parameters
    ----------
    ranker
        As fitted to everything before; it stays as it is.
    half_life_days
        After how many days a problem taken up, or a lack of room, counts half.
    minds_availability
        Whether who was active, or had no room, since the ranker was fitted counts at all.

    Notes
    -----
    Votes and word counts grow with each document, the planes of the taught methods turn a step, and the
    weights of the methods, recency and room among them, take a step of the conditional logit they were
    learned with. The order of the answers matters a little; fitting anew, in the background, makes up for it.

    Examples
    --------
    >>> from scharnier.core.referral import fit_ranker
    >>> from scharnier.core.text import Analyzer, Lexicon
    >>> card = Document(text="helpt bij schulden", language="nl", supports={"ria": 1.0})
    >>> day = date(2026, 1, 1)
    >>> learner = Learner(fit_ranker([card], ["ria", "mo"], analyzer=Analyzer(Lexicon(dutch={})), on=day))
    >>> noise = Document(text="lawaai op straat", language="nl", supports={"mo": 1.0}, taken_on=day)
    >>> learner.learn(noise)
    >>> learner.ask("Weer lawaai", language="nl", on=day).scores.argmax().item()
    1
    """

    def __init__(
        self, ranker: Ranker, *, half_life_days: float = HALF_LIFE_DAYS, minds_availability: bool = True
    ) -> None:
        self._ranker = ranker
        self._columns = {candidate: column for column, candidate in enumerate(ranker.candidates)}
        self._growth = Growth(ranker)
        self._taught = ranker.taught.copy() if ranker.taught is not None else None
        self._mixes: dict[bool, LearningMix] = {}
        self._minds_availability = minds_availability
        self._availability = Availability(ranker.activity, on=ranker.on, half_life_days=half_life_days)
        self._tossing = Tossing(len(ranker.candidates))

    def ask(
        self,
        text: str,
        *,
        language: Language,
        on: date,
        hints: Mapping[str, float] = NO_HINTS,
        declined: Mapping[str, str | None] = NOBODY,
    ) -> Asked:
        """Return the scores of the candidates for a text on a day.

        Parameters
        ----------
        text
            The problem.
        language
            Of the text.
        on
            The day on which it is asked, not before the latest lesson.
        hints
            Weighted further terms, such as topics.
        declined
            Who declined this very problem, with whom they named in their place, if anyone.
        """
        reading = self._ranker.read(text, language=language)
        query = self._growth.query(reading.terms, hints)
        votes, n_later = self._growth.tally(query)
        methods = {"bm25_votes": votes, **self._method_scores(reading, query, on=on)}
        rather = self._tossing.scores(self._who_declined(declined))
        said = np.vstack([standard(np.array([*methods.values()])), *self._answering(on), rather])
        return Asked(
            reading=reading,
            scores=self._mix(text, methods).weights @ said,
            votes=votes,
            said=said,
            n_later={self._ranker.candidates[column]: n for column, n in n_later.items()},
        )

    def learn(self, document: Document, *, asked: Asked | None = None) -> None:
        """Learn a problem with who took it; takers who are no candidates teach nothing.

        Parameters
        ----------
        document
            The problem as it would be fitted; without a day it teaches nothing of recency.
        asked
            The question by which its takers were found; else it is asked now, in its whole text.
        """
        columns = self._columns
        supports = {columns[name]: weight for name, weight in document.supports.items() if name in columns}
        if not supports:
            return
        text = f"{document.title} {document.text}".strip()
        day = document.taken_on or self._ranker.on
        asked = asked or self.ask(text, language=document.language, on=day)
        self._mixes[asked.reading.is_story].learn(asked.said, [*supports])
        is_same = asked.reading.text == text
        reading = asked.reading if is_same else self._ranker.read(text, language=document.language)
        self._turn(reading, toward=supports)
        titles = self._ranker.analyzer.terms(document.title, language=document.language)
        more = titles * (TITLE_WEIGHT - 1)  # the whole text says the title once
        self._growth.add((*reading.terms, *more, *document.terms), supports)
        if document.taken_on is not None:
            self._availability.note_taken(supports, on=document.taken_on)

    def learn_refusal(self, refusal: Refusal, *, asked: Asked) -> None:
        """Learn from who did not take a problem what that teaches.

        Parameters
        ----------
        refusal
            Of a candidate; that it has this already is learned as one more taker, with `learn`.
        asked
            The question by which the candidate was found.
        """
        column = self._columns[refusal.candidate]
        if Lesson.LEAVES in refusal.lessons:
            self._turn(asked.reading, away=[column])
            self._growth.add(asked.reading.terms, {column: -refusal.weight})
        self._note_availability(refusal, column)
        if refusal.rather in self._columns:
            self._tossing.learn(column, self._columns[refusal.rather])

    def _method_scores(self, reading: Reading, query: Query, *, on: date) -> dict[str, Floats]:
        """Return what each method but the votes says by itself, in the order of the ranker's own."""
        candidate_model, complement_bayes = self._growth.usage(query).scores(query)
        scores = {"candidate_model": candidate_model}
        if self._taught is not None:
            taught = self._taught.scores(self._growth.old(query), reading)
            scores |= {"complement_bayes": complement_bayes, **taught}
        elif not reading.is_story:
            scores["letter_votes"] = self._ranker.letter_votes.scores(reading.letters)
        is_minded = self._minds_availability
        return scores | {"recency": self._availability.recency(on) if is_minded else self._ranker.recency}

    def _mix(self, text: str, methods: Collection[str]) -> LearningMix:
        """Return the weights for a text of its length, which begin as the ranker's."""
        if (is_story := is_long(text)) not in self._mixes:
            mix = self._ranker.mix(text)
            self._mixes[is_story] = LearningMix([*map(mix.weight, methods), *OF_ANSWERS.values()])
        return self._mixes[is_story]

    def _turn(self, reading: Reading, *, toward: Collection[int] = (), away: Collection[int] = ()) -> None:
        """Turn the planes: towards who took a text and away from all others, or away from one who left it."""
        if self._taught is not None:
            sides = np.full(len(self._columns), -1.0 if toward else 0.0)
            sides[list(toward)] = 1.0
            sides[list(away)] = -1.0
            self._taught.learn(self._growth.old(self._growth.query(reading.terms)), reading, sides)

    def _answering(self, on: date) -> tuple[Floats, Floats]:
        known, nothing = self._availability, np.zeros(len(self._columns))
        return (known.room(on), known.presence(on)) if self._minds_availability else (nothing, nothing)

    def _note_availability(self, refusal: Refusal, column: int) -> None:
        if Lesson.SILENT in refusal.lessons:
            self._availability.note_silence(column, on=refusal.on)
            return
        self._availability.note_answer(column, on=refusal.on)
        if Lesson.NO_ROOM in refusal.lessons:
            self._availability.note_full(column, on=refusal.on)

    def _who_declined(self, declined: Mapping[str, str | None]) -> dict[int, int | None]:
        columns = self._columns
        return {
            columns[decliner]: columns.get(named) if named is not None else None
            for decliner, named in declined.items()
        }
