# SPDX-License-Identifier: EUPL-1.2
"""Play a history again, to see how many would have been asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from scharnier.core.referral._loop import Learner, Refusal
from scharnier.core.referral._quality import NothingToMeasure, count_asks
from scharnier.core.referral._ranking import Document
from scharnier.core.referral._terms import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A problem of the past with what came of it."""

    asked: str  # in these words
    document: Document  # who took it, and on which day
    refusals: tuple[Refusal, ...] = ()  # in order of time
    hints: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much asking it takes over n problems until somebody takes each."""

    n: int
    mean_asks: float  # >= 1
    mrr: float  # mean of 1 / asks, in 0..1
    first_ask_share: float  # taken by the first who is asked, in 0..1


def replay(learner: Learner, history: Iterable[Past], *, learns: bool = True) -> tuple[Floats, ...]:
    """Return the scores of the candidates for each problem of a history, as they would have been then.

    Parameters
    ----------
    learner
        At the beginning of the history; it learns on.
    history
        n problems in order of time.
    learns
        Whether each answer is learned before the next problem is asked.

    Returns
    -------
    tuple of arrays, shape (n,)
        Each of shape (m candidates,); higher is better.

    Notes
    -----
    Answers are learned at once, as though nobody let wait. O(n) questions and lessons.

    Examples
    --------
    >>> from scharnier.core.referral import fit_ranker
    >>> from scharnier.core.text import Analyzer, Lexicon
    >>> day = date(2026, 1, 1)
    >>> card = Document(text="helpt bij schulden", language="nl", supports={"ria": 1.0})
    >>> ranker = fit_ranker([card], ["ria", "mo"], analyzer=Analyzer(Lexicon(dutch={})), on=day)
    >>> noise = Document(text="lawaai op straat", language="nl", supports={"mo": 1.0}, taken_on=day)
    >>> history = [Past(asked="lawaai", document=noise)] * 2
    >>> [scores.argmax().item() for scores in replay(Learner(ranker), history)]
    [0, 1]
    """
    scores = []
    for past in history:
        day = past.document.taken_on or date.min
        asked = learner.ask(past.asked, language=past.document.language, on=day, hints=past.hints)
        scores.append(asked.scores)
        if learns:
            for refusal in past.refusals:
                learner.learn_refusal(refusal, asked=asked)
            learner.learn(past.document, asked=asked)
    return tuple(scores)


def measure_effort(scores: Sequence[Floats], relevant: Sequence[frozenset[int]]) -> Effort:
    """Return how much asking it takes when the best is asked first, then the next.

    Parameters
    ----------
    scores
        Shape (n problems, m candidates); higher is better.
    relevant
        For each problem the columns of who takes it, at least one.

    Raises
    ------
    NothingToMeasure
        Without problems, or with one that nobody takes.

    Examples
    --------
    >>> measure_effort([np.array([0.2, 0.9]), np.array([0.8, 0.1])], [frozenset({0}), frozenset({0})])
    Effort(n=2, mean_asks=1.5, mrr=0.75, first_ask_share=0.5)
    """
    if not relevant:
        raise NothingToMeasure(n_problems=0)
    asks = np.array([count_asks(row, columns) for row, columns in zip(scores, relevant, strict=True)], float)
    return Effort(
        n=len(asks),
        mean_asks=float(asks.mean()),
        mrr=float((1 / asks).mean()),
        first_ask_share=float((asks == 1).mean()),
    )
