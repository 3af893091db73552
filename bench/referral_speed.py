# SPDX-License-Identifier: EUPL-1.2
"""Claim: a short question costs at most 1 ms of CPU at 2,000 documents (p95), at most 6 ms at 100,000.

Every system has the same job: find the fifty best documents, then count their votes for each candidate. The
rivals and our votes get the terms of the question; ours as a whole gets the question as written, and counts
the reading of it too. The systems take turns, question by question, so that noise of the machine hits all.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
import numpy.typing as npt
import rank_bm25
import tantivy
from _dekamer import Part, Trial, read_arguments, read_trial, say, tell
from scipy import sparse
from threadpoolctl import threadpool_limits

from scharnier.core import referral
from scharnier.core import text as words
from scharnier.core.referral._methods import N_VOTES, Votes
from scharnier.core.referral._terms import Vocabulary
from scharnier.formats import lexicon

SEED = 0
N_WARM = 5  # first questions, not counted
N_RARE = 8  # a slow system answers one question in so many
MEMORY_BYTES = 200_000_000  # for tantivy to write in

Floats = npt.NDArray[np.float64]
Terms = tuple[str, ...]
Finder = Callable[[Sequence[str]], tuple[npt.NDArray[np.intp], Floats]]  # terms -> documents, their scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How many documents, of what length, and how long the questions are."""

    n_documents: int
    documents: Part
    questions: Part


CASES = (
    Case(n_documents=2_000, documents="title", questions="title"),
    Case(n_documents=2_000, documents="full", questions="title"),
    Case(n_documents=2_000, documents="full", questions="full"),
    Case(n_documents=100_000, documents="title", questions="title"),
)
QUICK_CASES = (Case(n_documents=150, documents="title", questions="title"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Documents as text and as terms, and whom they speak for."""

    texts: tuple[referral.Document, ...]
    terms: tuple[Terms, ...]
    support: sparse.csr_matrix  # (n documents, n candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One way to score the candidates."""

    answer: Callable[[str, Terms], Floats]
    index_seconds: float  # of CPU
    takes_every: int = 1  # one question in so many


def make_documents(trial: Trial, case: Case) -> tuple[referral.Document, ...]:
    """Return the train rows, then rows of which each word comes from one of two real ones.

    The words keep their frequencies, and no new ones come in: longer postings than real growth would give.
    """
    dice = random.Random(SEED)  # noqa: S311  # figures, not secrets
    real = [(say(row, case.documents), row) for row in trial.train]
    mixed = []
    for _ in range(case.n_documents - len(real)):
        (text, row), (other, _) = dice.choices(real, k=2)
        mixed.append((" ".join(_mix(text.split(), other.split(), dice)), row))
    return tuple(
        referral.Document(text=text, language="nl", supports=dict.fromkeys(row.takers, 1.0), taken_on=row.on)
        for text, row in [*real, *mixed][: case.n_documents]
    )


def _mix(one: Sequence[str], other: Sequence[str], dice: random.Random) -> Iterator[str]:
    for place, word in enumerate(one):
        yield dice.choice((word, other[place])) if place < len(other) else word


def make_corpus(trial: Trial, case: Case, analyzer: words.Analyzer) -> Corpus:
    """Return the documents with their terms."""
    texts = make_documents(trial, case)
    rows = [[float(each in text.supports) for each in trial.candidates] for text in texts]
    terms = tuple(analyzer.terms(text.text) for text in texts)
    return Corpus(texts=texts, terms=terms, support=sparse.csr_matrix(np.array(rows)))


def make_systems(corpus: Corpus, trial: Trial, case: Case, analyzer: words.Analyzer) -> dict[str, System]:
    """Return every system over the corpus, by its name."""
    rivals: Mapping[str, Callable[[Sequence[Terms]], Finder]] = {
        "bm25s": _bm25s,
        "tantivy": _tantivy,
        "sqlite_fts5": _fts5,
        "rank_bm25": _rank_bm25,
    }
    return {
        "ours_whole": _ours_whole(corpus, trial, analyzer),
        "ours_votes": _ours_votes(corpus),
        **{name: _rival(make, corpus, is_slow=_is_slow(name, case)) for name, make in rivals.items()},
    }


def _is_slow(name: str, case: Case) -> bool:
    return name == "rank_bm25" and (case.n_documents > CASES[0].n_documents or case.questions == "full")


def _ours_whole(corpus: Corpus, trial: Trial, analyzer: words.Analyzer) -> System:
    started = time.process_time()
    ranker = referral.fit_ranker(corpus.texts, trial.candidates, analyzer=analyzer, on=trial.train[-1].on)
    seconds = time.process_time() - started
    return System(answer=lambda text, _: ranker.scores(text, language="nl"), index_seconds=seconds)


def _ours_votes(corpus: Corpus) -> System:
    started = time.process_time()
    vocabulary = Vocabulary(corpus.terms)
    votes = Votes.fit(vocabulary.count(corpus.terms), corpus.support)
    seconds = time.process_time() - started
    return System(answer=lambda _, terms: votes.scores(vocabulary.query(terms)), index_seconds=seconds)


def _rival(make: Callable[[Sequence[Terms]], Finder], corpus: Corpus, *, is_slow: bool) -> System:
    started = time.process_time()
    find = make(corpus.terms)
    seconds = time.process_time() - started
    votes = Votes.fit(
        sparse.csr_matrix((len(corpus.terms), 0)), corpus.support
    )  # counts votes, finds nothing
    return System(
        answer=lambda _, terms: votes.count(*find(terms)),
        index_seconds=seconds,
        takes_every=N_RARE if is_slow else 1,
    )


def _bm25s(documents: Sequence[Terms]) -> Finder:
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index([list(terms) for terms in documents], show_progress=False)
    n_best = min(N_VOTES, len(documents))

    def find(terms: Sequence[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        found, scores = index.retrieve([list(dict.fromkeys(terms))], k=n_best, show_progress=False)
        return found[0], scores[0]

    return find


def _tantivy(documents: Sequence[Terms]) -> Finder:
    name_of = _names(documents)
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("body", index_option="freq")
    schema.add_integer_field("row", fast=True)
    built = schema.build()
    index = tantivy.Index(built)
    writer = index.writer(heap_size=MEMORY_BYTES, num_threads=1)
    for row, terms in enumerate(documents):
        writer.add_document(tantivy.Document(body=" ".join(name_of[term] for term in terms), row=row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(terms: Sequence[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        names = [name_of[term] for term in dict.fromkeys(terms) if term in name_of]
        each = [(tantivy.Occur.Should, tantivy.Query.term_query(built, "body", name)) for name in names]
        hits = searcher.search(tantivy.Query.boolean_query(each), N_VOTES, count=False).hits
        rows = searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.intp), np.array([score for score, _ in hits], float)

    return find


def _names(documents: Sequence[Terms]) -> dict[str, str]:
    """Return a name of letters and digits for each term, which no tokenizer can take apart."""
    return {term: f"t{number}" for number, term in enumerate({term for terms in documents for term in terms})}


def _fts5(documents: Sequence[Terms]) -> Finder:
    name_of = _names(documents)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE document USING fts5(body, detail=none, columnsize=1)")
    lines = (" ".join(name_of[term] for term in terms) for terms in documents)
    database.executemany("INSERT INTO document (rowid, body) VALUES (?, ?)", enumerate(lines))
    database.execute("INSERT INTO document (document) VALUES ('optimize')")
    best = "SELECT rowid, -bm25(document) FROM document WHERE document MATCH ? ORDER BY rank LIMIT ?"

    def find(terms: Sequence[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        asked = " OR ".join(name_of[term] for term in dict.fromkeys(terms) if term in name_of)
        hits = database.execute(best, (asked, N_VOTES)).fetchall()
        return np.array([row for row, _ in hits], np.intp), np.array([score for _, score in hits], float)

    return find


def _rank_bm25(documents: Sequence[Terms]) -> Finder:
    index = rank_bm25.BM25Okapi(documents, k1=1.2, b=0.75)

    def find(terms: Sequence[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        scores = index.get_scores(list(dict.fromkeys(terms)))
        best = np.argpartition(-scores, N_VOTES)[:N_VOTES]
        return best, scores[best]

    return find


def measure(systems: Mapping[str, System], questions: Sequence[tuple[str, Terms]]) -> dict[str, Floats]:
    """Return the milliseconds of CPU each system took a question; the systems take turns."""
    took: dict[str, list[float]] = {name: [] for name in systems}
    for number, (text, terms) in enumerate(questions):
        for name, system in systems.items():
            if number % system.takes_every:
                continue
            started = time.thread_time()
            system.answer(text, terms)
            took[name].append((time.thread_time() - started) * 1000)
    return {
        name: np.array(times[N_WARM:] if len(times) > 2 * N_WARM else times) for name, times in took.items()
    }


def _agreement(system: System, other: System, questions: Sequence[tuple[str, Terms]]) -> float:
    """Return the share of questions to which two systems name the same first candidate."""
    some = questions[:: max(system.takes_every, other.takes_every)]
    same = [int(system.answer(*each).argmax() == other.answer(*each).argmax()) for each in some]
    return round(float(np.mean(same)), 3)


def run(trial: Trial, case: Case, analyzer: words.Analyzer) -> None:
    """Print the figures of one case."""
    corpus = make_corpus(trial, case, analyzer)
    systems = make_systems(corpus, trial, case, analyzer)
    known = {term for terms in corpus.terms for term in terms}
    asked = [(said, analyzer.terms(said)) for said in (say(row, case.questions) for row in trial.test)]
    questions = [(said, terms) for said, terms in asked if known.intersection(terms)]
    took = measure(systems, questions)
    medians = {name: float(np.median(times)) for name, times in took.items()}
    for name, times in took.items():
        tell(
            figure="speed",
            n_documents=case.n_documents,
            documents=case.documents,
            questions=case.questions,
            system=name,
            ms_p50=round(medians[name], 4),
            ms_p95=round(float(np.percentile(times, 95)), 4),
            median_over_ours_votes=round(medians[name] / medians["ours_votes"], 2),
            median_over_ours_whole=round(medians[name] / medians["ours_whole"], 2),
            index_cpu_seconds=round(systems[name].index_seconds, 2),
            same_first_as_ours_votes=_agreement(systems[name], systems["ours_votes"], questions),
            n_questions=len(times),
            n_candidates=len(trial.candidates),
        )


def main() -> None:
    """Print all figures, or that the data are absent."""
    arguments = read_arguments(__doc__)
    if not arguments.has_data:
        tell(skipped="referral_speed", absent="dekamer_people.csv, dekamer_problems.jsonl")
        return
    analyzer = words.Analyzer(lexicon.load_lexicon())
    trial = read_trial(arguments.data, gold="gold_person", n_most=100 if arguments.is_quick else None)
    with threadpool_limits(limits=1):
        for case in QUICK_CASES if arguments.is_quick else CASES:
            run(trial, case, analyzer)


if __name__ == "__main__":
    main()
