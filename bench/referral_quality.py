# SPDX-License-Identifier: EUPL-1.2
"""Claim: the ensemble finds who took a problem better than the best single method does.

Every method learns from the same train rows and answers the same test rows for the same candidates. Nothing
is chosen on the test rows; they are only read out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import get_args

import bm25s
import numpy as np
import numpy.typing as npt
from _dekamer import Part, Trial, as_document, read_arguments, read_names, read_trial, say, tell
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from scharnier.core import referral
from scharnier.core import text as words
from scharnier.core.referral._fitting import TITLE_WEIGHT
from scharnier.core.referral._methods import N_VOTES, Votes, standard
from scharnier.core.referral._terms import grams
from scharnier.formats import lexicon
from scharnier.formats.problems import Problem

GOLDS = ("gold_department", "gold_person")
CURVE = (0, 50, 100, 200, 500, 1000)  # outcomes known, the latest before the test
FOUR = ("bm25_votes", "candidate_model", "complement_bayes", "word_svm")
NOT_SINGLE = {"ours", "mean_of_four", "mean_of_all"}
LOOPS = (  # name, whether outcomes are learned, whether availability is minded
    ("ours, fitted once", False, False),
    ("every outcome learned", True, False),
    ("every outcome and availability learned", True, True),
)
N_RESAMPLES, SEED = 1000, 0
N_QUICK = 150  # rows to learn from, and to answer, in a small run

Floats = npt.NDArray[np.float64]
Method = Callable[[str], Floats]


def fit_ours(trial: Trial, analyzer: words.Analyzer) -> referral.Ranker:
    """Return the ranker that `scharnier referral evaluate` fits."""
    documents = [as_document(row) for row in trial.train]
    return referral.fit_ranker(documents, trial.candidates, analyzer=analyzer, on=trial.train[-1].on)


def methods_of(trial: Trial, ranker: referral.Ranker) -> dict[str, Method]:
    """Return every way to score the candidates for a text, by its name."""
    return {
        "popularity": _popularity(trial),
        "recency": lambda _: ranker.recency,
        "bm25_profile": _profile(trial, ranker),
        "letter_votes": lambda text: ranker.letter_votes.scores(ranker.letters.query(grams(text))),
        **{name: _alone(ranker, name) for name in (*FOUR, "letter_svm", "written_svm")},
        "plain_words_bm25s_votes": _outside_votes(trial),
        "plain_words_sklearn_svm": _outside_svm(trial),
        "mean_of_four": lambda text: _mean_of_four(ranker, text),
        "mean_of_all": lambda text: referral.Mix().mean(_said(ranker, text)),
        "ours": lambda text: ranker.scores(text, language="nl"),
    }


def _said(ranker: referral.Ranker, text: str) -> Mapping[str, Floats]:
    return ranker.method_scores(text, language="nl")


def _alone(ranker: referral.Ranker, name: str) -> Method:
    return lambda text: _said(ranker, text).get(name, np.zeros(len(ranker.candidates)))


def _mean_of_four(ranker: referral.Ranker, text: str) -> Floats:
    said = _said(ranker, text)
    return np.mean([standard(said[name]) for name in FOUR if name in said], axis=0)


def _popularity(trial: Trial) -> Method:
    n_taken = np.array([sum(each in row.takers for row in trial.train) for each in trial.candidates], float)
    return lambda _: n_taken


def _profile(trial: Trial, ranker: referral.Ranker) -> Method:
    """Return BM25 over one long text a candidate: all that they took."""
    said = [f"{row.title} " * TITLE_WEIGHT + row.text for row in trial.train]
    counts = ranker.words.count([ranker.analyzer.terms(text) for text in said])
    profiles = Votes.fit((_support(trial).T @ counts).tocsr(), sparse.identity(len(trial.candidates)).tocsr())

    def score(text: str) -> Floats:
        query = ranker.query(text, language="nl")
        return profiles.documents.totals(query.positions, profiles.idf[query.positions])

    return score


def _support(trial: Trial) -> sparse.csr_matrix:
    return sparse.csr_matrix(
        [[float(each in row.takers) for each in trial.candidates] for row in trial.train]
    )


def _outside_votes(trial: Trial) -> Method:
    """Return bm25s on words as written, with the same votes: what our reading of Dutch has to beat."""
    support = _support(trial).toarray()
    index = bm25s.BM25()
    index.index([say(row, "full").lower().split() for row in trial.train], show_progress=False)

    def score(text: str) -> Floats:
        scores = np.asarray(index.get_scores(text.lower().split()), float)
        best = np.argsort(-scores, kind="stable")[:N_VOTES]
        return np.asarray(scores[best] ** 2 @ support[best])

    return score


def _outside_svm(trial: Trial) -> Method:
    """Return scikit-learn's own pipeline on words as written."""
    reader = TfidfVectorizer(sublinear_tf=True)
    rows = reader.fit_transform([say(row, "full") for row in trial.train])
    model = OneVsRestClassifier(LinearSVC(random_state=0)).fit(rows, _support(trial).toarray() > 0)
    return lambda text: np.asarray(model.decision_function(reader.transform([text]))[0], float)


def measure(trial: Trial, methods: Mapping[str, Method], *, part: Part) -> None:
    """Print the quality of every method, and how far ours is from the best single one."""
    relevant = trial.relevant()
    gains = {}
    for name, method in methods.items():
        scores = [method(say(row, part)) for row in trial.test]
        gains[name] = _reciprocal_ranks(scores, relevant)
        quality = referral.measure_quality(scores, relevant, seed=SEED)
        tell(figure="quality", gold=trial.gold, text=part, method=name, **_rounded(quality))
    best = max(gains.keys() - NOT_SINGLE, key=lambda name: (gains[name].mean(), name))
    for name in (best, "mean_of_four", "mean_of_all"):
        low, high = _interval(gains["ours"] - gains[name])
        ahead = round(float((gains["ours"] - gains[name]).mean()), 4)
        tell(figure="ours_minus", gold=trial.gold, text=part, than=name, mrr=ahead, interval=[low, high])


def _reciprocal_ranks(scores: Sequence[Floats], relevant: Sequence[frozenset[int]]) -> Floats:
    pairs = zip(scores, relevant, strict=True)
    return np.array([1.0 / referral.count_asks(row, columns) for row, columns in pairs])


def _rounded(quality: referral.Quality) -> dict[str, object]:
    return {
        "n": quality.n,
        "mrr": round(quality.mrr, 4),
        "interval": [round(bound, 4) for bound in quality.mrr_interval],
        "ndcg_at_10": round(quality.ndcg_at_10, 4),
        "precision_at_1": round(quality.precision_at_1, 4),
        "recall_at_5": round(quality.recall_at_5, 4),
    }


def _interval(values: Floats) -> tuple[float, float]:
    """Return the 95 % interval of a mean: percentile bootstrap over problems."""
    draws = np.random.default_rng(SEED).integers(0, len(values), (N_RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def measure_learning(trial: Trial, names: Mapping[str, str], analyzer: words.Analyzer) -> None:
    """Print how ours grows from the candidates' names alone to all outcomes; asked by title."""
    cards = [
        referral.Document(text=names[each], language="nl", supports={each: 1.0}) for each in trial.candidates
    ]
    for n_outcomes in (*(n for n in CURVE if n < len(trial.train)), len(trial.train)):
        known = [as_document(row) for row in trial.train[len(trial.train) - n_outcomes :]]
        ranker = referral.fit_ranker(
            [*cards, *known], trial.candidates, analyzer=analyzer, on=trial.train[-1].on
        )
        scores = [ranker.scores(row.title, language="nl") for row in trial.test]
        quality = referral.measure_quality(scores, trial.relevant(), seed=SEED)
        tell(figure="learning", gold=trial.gold, text="title", n_outcomes=n_outcomes, **_rounded(quality))


def measure_loop(trial: Trial, ranker: referral.Ranker, *, part: Part) -> None:
    """Print how many are asked a problem until one takes it: fitted once, and learning each outcome."""
    for name, learns, minds_availability in LOOPS:
        learner = referral.Learner(ranker, minds_availability=minds_availability)
        effort = referral.measure_effort([*_loop(trial, learner, part=part, learns=learns)], trial.relevant())
        figures = {name: round(value, 4) for name, value in asdict(effort).items()}
        tell(figure="loop", gold=trial.gold, text=part, learner=name, **figures)
    spent = {"question": _time_questions(trial, ranker, part=part)}
    spent["question and lesson"] = _time_lessons(trial, referral.Learner(ranker), part=part)
    for name, ms in spent.items():
        times = {f"ms_p{share}": round(float(np.percentile(ms, share)), 3) for share in (50, 95)}
        times["over_question"] = round(float(np.median(ms) / np.median(spent["question"])), 2)
        tell(figure="loop_ms", gold=trial.gold, text=part, what=name, **times)


def _loop(trial: Trial, learner: referral.Learner, *, part: Part, learns: bool) -> Sequence[Floats]:
    history = [referral.Past(asked=say(row, part), document=as_document(row)) for row in trial.test]
    return referral.replay(learner, history, learns=learns)


def _time_questions(trial: Trial, ranker: referral.Ranker, *, part: Part) -> list[float]:
    """Return the CPU time of each question to a ranker that does not learn."""
    return [_timed(lambda row=row: ranker.scores(say(row, part), language="nl")) for row in trial.test]


def _time_lessons(trial: Trial, learner: referral.Learner, *, part: Part) -> list[float]:
    """Return the CPU time of each question with what is learned from its outcome."""

    def close(row: Problem) -> None:
        asked = learner.ask(say(row, part), language="nl", on=row.on)
        learner.learn(as_document(row), asked=asked)

    return [_timed(lambda row=row: close(row)) for row in trial.test]


def _timed(act: Callable[[], object]) -> float:
    started = time.thread_time()
    act()
    return (time.thread_time() - started) * 1000


def main(data: Path, *, is_quick: bool) -> None:
    """Print all figures."""
    analyzer = words.Analyzer(lexicon.load_lexicon())
    for gold in GOLDS:
        trial = read_trial(data, gold=gold, n_most=N_QUICK if is_quick else None)
        ranker = fit_ours(trial, analyzer)
        methods = methods_of(trial, ranker)
        for part in get_args(Part):
            measure(trial, methods, part=part)
            measure_loop(trial, ranker, part=part)
        if gold == GOLDS[0]:
            measure_learning(trial, read_names(data), analyzer)


if __name__ == "__main__":
    arguments = read_arguments(__doc__)
    if arguments.has_data:
        with threadpool_limits(limits=1):
            main(arguments.data, is_quick=arguments.is_quick)
    else:
        tell(skipped="referral_quality", absent="dekamer_people.csv, dekamer_problems.jsonl")
