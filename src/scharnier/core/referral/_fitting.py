# SPDX-License-Identifier: EUPL-1.2
"""Fit a ranker to documents: count, weigh, and learn from problems taken up when there are enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from scipy import sparse

from scharnier.core.kernel import Invalid
from scharnier.core.referral._methods import Separator, Votes, WordCounts
from scharnier.core.referral._mixing import Mix, Tried, learn_mix
from scharnier.core.referral._ranking import Document, Ranker, Taught, is_long, recency_of
from scharnier.core.referral._terms import Floats, Vocabulary, as_written, grams
from scharnier.core.text import Analyzer

TITLE_WEIGHT = 3  # a title says what a text is about
HALF_LIFE_DAYS = 30  # of a problem taken up, in recency
VOTE_HALF_LIFE_DAYS = 90  # of its vote; cards, services and remits keep theirs
ENOUGH_TAUGHT = 5  # problems taken up a candidate that taught methods need
HELD_BACK = 0.25  # share of the problems, the latest, on which the mixes are learned
SHORT_COST = 0.1  # of a wrong side, where titles teach too: the same text stands twice
MOST_TRIED = 2_000  # problems held back; more would not make the choice surer, only slower
MOST_TAUGHT = 20_000  # the latest problems; older ones would make fitting slow and matter less


class NothingToRank(Invalid):
    """There is no candidate, or no document with a word in it."""

    code = "referral.nothing_to_rank"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corpus:
    """Documents as counted terms."""

    words: Vocabulary
    bodies: sparse.csr_matrix  # (n documents, n words)
    titles: sparse.csr_matrix
    support: sparse.csr_matrix  # (n documents, n candidates)
    letters: Vocabulary
    title_letters: sparse.csr_matrix
    lessons: npt.NDArray[np.intp]  # rows of the latest problems taken up; empty when too few to teach
    lesson_letters: sparse.csr_matrix  # of the lessons, whole
    lesson_spellings: tuple[tuple[str, ...], ...]  # the same, in words as written


def fit_ranker(
    documents: Sequence[Document], candidates: Sequence[str], *, analyzer: Analyzer, on: date
) -> Ranker:
    """Return a ranker that has read the documents.

    Parameters
    ----------
    documents
        n texts; what they say for others than the candidates is left out.
    candidates
        m different identifiers.
    analyzer
        Makes terms of texts.
    on
        The day from which recency counts back.

    Returns
    -------
    Ranker
        With taught methods when there are at least five problems taken up a candidate; then with the
        mixes learned on the latest quarter of them, after fitting on the earlier.

    Raises
    ------
    NothingToRank
        Without candidates, or without a single word.

    Notes
    -----
    Deterministic. Votes and counts cost O(tokens); the linear SVMs O(tokens x candidates).

    Examples
    --------
    >>> from scharnier.core.text import Lexicon
    >>> card = Document(text="helpt bij schulden", language="nl", supports={"ria": 1.0})
    >>> ranker = fit_ranker([card], ["ria", "mo"], analyzer=Analyzer(Lexicon(dutch={})), on=date(2026, 1, 1))
    >>> ranker.scores("Wie weet iets van schulden?", language="nl").argmax().item()
    0
    """
    corpus = _count(documents, candidates, analyzer=analyzer)
    if not candidates or not len(corpus.words):
        raise NothingToRank(n_candidates=len(candidates), n_documents=len(documents))
    ranker = _fit(corpus, documents, candidates, analyzer=analyzer, on=on)
    if ranker.taught is None:
        return ranker
    short_mix, long_mix = _learn_mixes(documents, candidates, analyzer=analyzer)
    return replace(ranker, short_mix=short_mix, long_mix=long_mix)


def _count(documents: Sequence[Document], candidates: Sequence[str], *, analyzer: Analyzer) -> _Corpus:
    bodies = [(*analyzer.terms(each.text, language=each.language), *each.terms) for each in documents]
    titles = [analyzer.terms(each.title, language=each.language) for each in documents]
    support = _support(documents, candidates)
    lessons = _lessons(documents, support)
    title_letters = [grams(each.title or each.text) for each in documents]
    whole_lessons = [f"{documents[row].title} {documents[row].text}" for row in lessons]
    lesson_letters = [grams(text) for text in whole_lessons]
    words, letters = Vocabulary([*bodies, *titles]), Vocabulary([*title_letters, *lesson_letters])
    return _Corpus(
        words=words,
        bodies=words.count(bodies),
        titles=words.count(titles),
        support=support,
        letters=letters,
        title_letters=letters.count(title_letters),
        lessons=lessons,
        lesson_letters=letters.count(lesson_letters),
        lesson_spellings=tuple(map(as_written, whole_lessons)),
    )


def _support(documents: Sequence[Document], candidates: Sequence[str]) -> sparse.csr_matrix:
    column = {candidate: position for position, candidate in enumerate(candidates)}
    cells = [
        (row, column[candidate], weight)
        for row, document in enumerate(documents)
        for candidate, weight in document.supports.items()
        if candidate in column
    ]
    rows, columns, weights = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix((weights, (rows, columns)), shape=(len(documents), len(candidates)), dtype=float)


def _fit(
    corpus: _Corpus,
    documents: Sequence[Document],
    candidates: Sequence[str],
    *,
    analyzer: Analyzer,
    on: date,
) -> Ranker:
    weighted = (corpus.bodies + TITLE_WEIGHT * corpus.titles).tocsr()
    activity = _activity(documents, corpus.support, on=on)
    voting = sparse.diags(_vote_weights(documents, on=on)) @ corpus.support
    return Ranker(
        candidates=tuple(candidates),
        analyzer=analyzer,
        words=corpus.words,
        votes=Votes.fit(weighted, voting.tocsr()),
        counts=WordCounts.fit(weighted, corpus.support),
        letters=corpus.letters,
        letter_votes=Votes.fit(corpus.title_letters, voting.tocsr()),
        taught=_teach(corpus),
        activity=activity,
        recency=recency_of(activity),
        on=on,
        short_mix=Mix(),
        long_mix=Mix(),
    )


def _lessons(documents: Sequence[Document], support: sparse.csr_matrix) -> npt.NDArray[np.intp]:
    """Return the rows of the latest problems that a candidate took up; none when too few to teach."""
    n_supported = np.diff(support.indptr)
    rows = [row for row, each in enumerate(documents) if each.taken_on is not None and n_supported[row]]
    rows.sort(key=lambda row: (documents[row].taken_on or date.min, row))
    is_enough = len(rows) >= ENOUGH_TAUGHT * support.shape[1]
    return np.array(rows[-MOST_TAUGHT:] if is_enough else [], np.intp)


def _teach(corpus: _Corpus) -> Taught | None:
    if not len(corpus.lessons):
        return None
    rows = corpus.lessons
    is_candidate = corpus.support[rows].toarray() > 0
    letters = sparse.vstack([corpus.lesson_letters, corpus.title_letters[rows]]).tocsr()
    twice = np.vstack([is_candidate, is_candidate])  # each problem whole, and by its title alone
    spellings = Vocabulary(corpus.lesson_spellings)
    return Taught(
        spellings=spellings,
        written=Separator.fit(spellings.count(corpus.lesson_spellings), is_candidate),
        words=Separator.fit((corpus.bodies + corpus.titles)[rows], is_candidate),
        letters=Separator.fit(corpus.lesson_letters, is_candidate),
        short_letters=Separator.fit(letters, twice, cost=SHORT_COST),
    )


def _activity(documents: Sequence[Document], support: sparse.csr_matrix, *, on: date) -> Floats:
    """Return the problems taken up, each halved every thirty days."""
    fresh = np.array(
        [
            0.0 if each.taken_on is None else _freshness(each.taken_on, HALF_LIFE_DAYS, on=on)
            for each in documents
        ]
    )
    return np.asarray(support.T @ fresh)


def _vote_weights(documents: Sequence[Document], *, on: date) -> Floats:
    return np.array(
        [
            1.0 if each.taken_on is None else _freshness(each.taken_on, VOTE_HALF_LIFE_DAYS, on=on)
            for each in documents
        ]
    )


def _freshness(taken_on: date, half_life_days: int, *, on: date) -> float:
    return 0.0 if taken_on > on else float(0.5 ** ((on - taken_on).days / half_life_days))


def _learn_mixes(
    documents: Sequence[Document], candidates: Sequence[str], *, analyzer: Analyzer
) -> tuple[Mix, Mix]:
    """Return the mixes for lines and for stories: fit on the earlier problems, learn on the latest."""
    days = sorted(each.taken_on for each in documents if each.taken_on is not None)
    border = days[max(int(len(days) * (1 - HELD_BACK)), len(days) - MOST_TRIED)]
    earlier = [each for each in documents if each.taken_on is None or each.taken_on < border]
    later = [each for each in documents if each.taken_on is not None and each.taken_on >= border]
    corpus = _count(earlier, candidates, analyzer=analyzer)
    ranker = _fit(corpus, earlier, candidates, analyzer=analyzer, on=border - timedelta(days=1))
    if ranker.taught is None:  # too little is left to see the taught methods at work
        return Mix(), Mix()
    lines, stories = (tuple(_try(ranker, later, is_story=is_story)) for is_story in (False, True))
    return learn_mix(lines), learn_mix(stories)


def _try(ranker: Ranker, problems: Sequence[Document], *, is_story: bool) -> Iterator[Tried]:
    """Yield what each method says of the problems that a candidate took up, told in a line or as a story."""
    column = {candidate: position for position, candidate in enumerate(ranker.candidates)}
    for problem in problems:
        takers = [column[candidate] for candidate in problem.supports if candidate in column]
        text = f"{problem.title} {problem.text}" if is_story else problem.title or problem.text
        if takers and is_long(text) == is_story:
            hints = dict.fromkeys(problem.terms, 1.0)
            scores = ranker.method_scores(text, language=problem.language, hints=hints)
            yield Tried(scores=scores, takers=takers)
