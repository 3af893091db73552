# SPDX-License-Identifier: EUPL-1.2
"""Referral beside rival libraries, and beside sums done by hand from the papers."""

from __future__ import annotations

from datetime import timedelta

import bm25s
import numpy as np
import pytest
from rank_bm25 import BM25Okapi
from scipy import sparse
from scipy.optimize import minimize_scalar
from scipy.sparse import csgraph
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import ndcg_score
from sklearn.naive_bayes import ComplementNB
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from scharnier.core import network, referral
from scharnier.core.kernel import PersonId
from scharnier.core.referral._methods import ALPHA, K1, STRIDE, B, Separator, Votes, WordCounts, standard
from scharnier.core.referral._mixing import PULL, SCALES, LearningMix, Tried, learn_mix
from scharnier.core.referral._sharing import Record, share_load
from scharnier.core.referral._terms import Vocabulary, grams, smooth_idf, tf_idf
from scharnier.core.referral._ways_in import WEAKEST_WAY, find_routes
from tests.factories import DAY, a_network, a_person, a_tie
from tests.unit.referral.scenes import a_document, a_suggestion, analyzer

LINES = (
    "zwerfafval bij de containers in de straat",
    "schulden en brieven van de deurwaarder",
    "lawaai in de straat en ruzie in de nacht",
    "hulp bij schulden schulden schulden",
    "ruzie",
)
TEXTS = [line.split() for line in LINES]
WORDS = Vocabulary(TEXTS)
COUNTS = WORDS.count(TEXTS)
QUERIES = [["schulden", "in", "de", "straat"], ["ruzie"], ["zwerfafval", "deurwaarder", "nacht"]]
TAKERS = np.array([0, 1, 2, 1, 2])
EACH_ITS_OWN = sparse.identity(len(TEXTS)).tocsr()
ONE_TAKER = sparse.csr_matrix(np.eye(3)[TAKERS])


def document_scores(query):
    """Our BM25 of each text for a query."""
    scores = np.zeros(len(TEXTS))
    found, values = Votes.fit(COUNTS, EACH_ITS_OWN).find(WORDS.query(query))
    scores[found] = values
    return scores


class TestBm25:
    @pytest.mark.parametrize("query", QUERIES)
    def test_is_that_of_bm25s(self, query):
        rival = bm25s.BM25(method="lucene", k1=K1, b=B)
        rival.index(TEXTS, show_progress=False)

        # lucene leaves out the constant factor k1 + 1
        assert document_scores(query) == pytest.approx((K1 + 1) * rival.get_scores(query), rel=1e-5)

    @pytest.mark.parametrize("query", QUERIES)
    def test_is_that_of_rank_bm25_but_for_the_idf(self, query):
        rival = BM25Okapi(TEXTS, k1=K1, b=B)
        n_with = np.bincount(COUNTS.indices, minlength=len(WORDS))
        ours = np.log(1 + (len(TEXTS) - n_with + 0.5) / (n_with + 0.5))
        rival.idf = {word: ours[WORDS.query([word]).positions[0]] for word in rival.idf}

        assert document_scores(query) == pytest.approx(rival.get_scores(query), rel=1e-5)

    def test_is_the_sum_by_hand(self):
        """S. Robertson, H. Zaragoza (2009), formula 3.15, for one word once in one of two equal texts."""
        texts = [["afval"], ["schuld"]]
        words = Vocabulary(texts)
        votes = Votes.fit(words.count(texts), sparse.identity(2).tocsr())

        _, scores = votes.find(words.query(["afval"]))

        idf = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
        assert scores == pytest.approx([idf * (K1 + 1) / (1 + K1)])


class TestComplementBayes:
    @pytest.mark.parametrize("query", QUERIES)
    def test_is_that_of_scikit_learn(self, query):
        rival = ComplementNB(alpha=ALPHA, norm=False).fit(COUNTS, TAKERS)

        ours = WordCounts.fit(COUNTS, ONE_TAKER).scores(WORDS.query(query))[1]

        theirs = WORDS.count([query]) @ rival.feature_log_prob_.T
        assert ours == pytest.approx(theirs[0], rel=1e-6)


class TestCandidateModel:
    def test_is_the_sum_by_hand(self):
        """K. Balog, L. Azzopardi, M. de Rijke (2006), formula 3, with w = 1/2: log(1 + p(t|c) / p(t))."""
        texts = [["huur", "schuld"], ["huur", "lawaai", "nacht", "ruzie"]]
        words = Vocabulary(texts)
        counts = WordCounts.fit(words.count(texts), sparse.identity(2).tocsr())

        model, _ = counts.scores(words.query(["schuld", "schuld", "huur"]))

        schuld, huur = 1 / 6, 2 / 6  # shares of all six words
        assert model == pytest.approx(
            [2 * np.log1p((1 / 2) / schuld) + np.log1p((1 / 2) / huur), np.log1p((1 / 4) / huur)]
        )


class TestVotes:
    def test_are_the_squares_of_the_scores_by_hand(self):
        """C. Macdonald, I. Ounis (2006): CombSUM over squared scores."""
        query = QUERIES[0]

        votes = Votes.fit(COUNTS, ONE_TAKER).scores(WORDS.query(query))

        assert votes == pytest.approx(ONE_TAKER.T @ document_scores(query) ** 2)


class TestTfIdf:
    def test_is_that_of_scikit_learn(self):
        rival = TfidfTransformer(sublinear_tf=True, smooth_idf=True, norm="l2").fit(COUNTS)

        assert smooth_idf(COUNTS) == pytest.approx(rival.idf_)
        assert tf_idf(COUNTS, smooth_idf(COUNTS)).toarray() == pytest.approx(
            rival.transform(COUNTS).toarray()
        )


class TestSeparator:
    @pytest.mark.parametrize("query", QUERIES)
    def test_is_that_of_scikit_learn_from_end_to_end(self, query):
        rival = TfidfTransformer(sublinear_tf=True).fit(COUNTS)
        model = LinearSVC(C=1.0, random_state=0).fit(rival.transform(COUNTS), TAKERS)

        ours = Separator.fit(COUNTS, np.eye(3, dtype=bool)[TAKERS]).scores(WORDS.query(query))

        theirs = model.decision_function(rival.transform(WORDS.count([query])))
        assert ours == pytest.approx(theirs[0], abs=1e-3)  # LIBLINEAR stops there


class TestStandard:
    def test_is_that_of_scikit_learn(self):
        scores = np.random.default_rng(0).normal(3, 7, (4, 9))

        theirs = StandardScaler().fit_transform(scores.T).T
        assert standard(scores) == pytest.approx(theirs)


class TestLearnMix:
    @pytest.mark.parametrize("n_right", [6, 7, 8])
    def test_weighs_a_method_by_the_log_odds_that_it_is_right(self, n_right):
        """D. McFadden (1974): at scores 1 and -1, 1 / (1 + exp(-2 w)) take the first."""
        takers = [0] * n_right + [1] * (10 - n_right)
        share, log_odds = n_right / 10, np.log(n_right / (10 - n_right)) / 2
        start = SCALES[np.abs(SCALES - log_odds).argmin()]

        mix = learn_mix([Tried(scores={"method": np.array([1.0, 0.0])}, takers=(each,)) for each in takers])

        by_hand = minimize_scalar(
            lambda weight: (
                share * np.log1p(np.exp(-2 * weight))
                + (1 - share) * np.log1p(np.exp(2 * weight))
                + PULL * (weight - start) ** 2
            )
        )
        assert mix.weight("method") == pytest.approx(by_hand.x, abs=1e-4)
        assert by_hand.x == pytest.approx(log_odds, abs=0.03)


class TestRecency:
    def test_is_the_sum_by_hand(self):
        documents = [
            a_document("schulden", person, on=DAY - timedelta(days=days))
            for person, days in (("ann", 0), ("ann", 30), ("bob", 60))
        ]

        ranker = referral.fit_ranker(documents, ["ann", "bob", "cas"], analyzer=analyzer(), on=DAY)

        by_hand = np.log([1 / 2 + 1 + 1 / 2, 1 / 2 + 1 / 4, 1 / 2])
        assert ranker.recency == pytest.approx(StandardScaler().fit_transform(by_hand[:, None])[:, 0])


class TestGrams:
    def test_are_all_windows_of_four_letters(self):
        line = " te hard rijden "

        assert grams("Te hard -- rijden!") == tuple(
            "".join(letters) for letters in zip(line, line[1:], line[2:], line[3:], strict=False)
        )


class TestUpperBound:
    @pytest.mark.parametrize(
        ("n_asked", "n_taken", "by_hand"),
        [(0, 0, 1.0), (8, 2, 0.5840), (20, 0, 0.1325), (98, 49, 0.5980), (98, 98, 1.0)],
    )
    def test_is_the_sum_by_hand(self, n_asked, n_taken, by_hand):
        """L. P. Kaelbling (1993), section 4.4: p + t sqrt(p (1 - p) / n), with two answers imagined."""
        assert Record(n_asked=n_asked, n_taken=n_taken).upper_bound() == pytest.approx(by_hand, abs=5e-5)


def most_steps(graph, n_steps):
    """Return the cheapest walk of at most so many steps between all pairs, by powers of (min, +)."""
    cheapest = np.where(np.eye(len(graph), dtype=bool), 0.0, np.inf)
    for _ in range(n_steps):
        cheapest = np.minimum(cheapest, (cheapest[:, :, None] + graph[None]).min(axis=1))
    return cheapest


class TestFindRoutes:
    NAMES = "abcdefgh"

    def random_ties(self, seed):
        chance = np.random.default_rng(seed)
        pairs = [(i, j) for j in range(8) for i in range(j) if chance.random() < 0.35]
        return {pair: float(chance.uniform(0.3, 1)) for pair in pairs}

    def routes(self, ties):
        whole = a_network(
            persons=[a_person(name) for name in self.NAMES],
            ties=[a_tie(self.NAMES[i], self.NAMES[j], strength=value) for (i, j), value in ties.items()],
        )
        return find_routes(network.index_network(whole), PersonId("a"), on=DAY)

    @pytest.mark.parametrize("seed", range(12))
    def test_are_the_cheapest_walks_of_three_steps(self, seed):
        ties = self.random_ties(seed)
        graph = np.full((8, 8), np.inf)
        for (i, j), strength in ties.items():
            graph[i, j] = graph[j, i] = -np.log(strength)

        expected = np.exp(-most_steps(graph, 3)[0, 1:])

        found = self.routes(ties)
        ours = np.array([found[name].strength if name in found else 0.0 for name in self.NAMES[1:]])
        assert ours == pytest.approx(np.where(expected >= WEAKEST_WAY, expected, 0.0))

    @pytest.mark.parametrize("seed", range(12))
    def test_are_those_of_dijkstra_in_scipy_where_these_are_short(self, seed):
        ties = self.random_ties(seed)
        rows, columns = zip(*ties, strict=True)
        graph = sparse.csr_matrix((-np.log([*ties.values()]), (rows, columns)), shape=(8, 8))
        costs, before = csgraph.dijkstra(graph, directed=False, indices=0, return_predecessors=True)
        found = self.routes(ties)

        for target in range(1, 8):
            path = [target]
            while before[path[-1]] >= 0:
                path.append(before[path[-1]])
            if 2 <= len(path) <= 4 and np.exp(-costs[target]) >= WEAKEST_WAY:
                route = found[self.NAMES[target]]
                assert route.strength == pytest.approx(np.exp(-costs[target]))
                assert route.introducers == tuple(self.NAMES[step] for step in path[-2:0:-1])


class TestMeasureQuality:
    @pytest.mark.parametrize("seed", range(5))
    def test_has_the_ndcg_of_scikit_learn(self, seed):
        chance = np.random.default_rng(seed)
        scores = chance.random((6, 15))
        relevant = [
            frozenset(chance.choice(15, size, replace=False).tolist()) for size in (1, 2, 3, 5, 11, 14)
        ]
        truth = [[column in columns for column in range(15)] for columns in relevant]

        quality = referral.measure_quality(scores, relevant)

        assert quality.ndcg_at_10 == pytest.approx(ndcg_score(truth, scores, k=10))

    def test_has_the_mean_reciprocal_rank_by_hand(self):
        ranked = np.tile(np.arange(5, 0, -1), (3, 1))

        quality = referral.measure_quality(ranked, [frozenset({0}), frozenset({1}), frozenset({3, 4})])

        assert quality.mrr == pytest.approx((1 + 1 / 2 + 1 / 4) / 3)


class TestLearner:
    @pytest.mark.parametrize("query", QUERIES)
    def test_says_of_later_texts_what_fitting_them_says(self, query):
        """S. Robertson, H. Zaragoza (2009); J. Rennie et al. (2003): the same sums, text after text."""
        people = ["0", "1", "2"]
        texts = [a_document(line, str(taker)) for line, taker in zip(LINES, TAKERS, strict=True)]
        plain = referral.fit_ranker(texts, people, analyzer=analyzer(), on=DAY)
        learner = referral.Learner(referral.fit_ranker(texts[:4], people, analyzer=analyzer(), on=DAY))

        learner.learn(texts[4])

        terms = analyzer().terms(" ".join(query), language="nl")
        ours = learner._growth.query(terms)
        found = learner._growth.usage(ours).scores(ours)
        theirs = plain.counts.scores(plain.words.query(terms))
        for one, other in zip(found, theirs, strict=True):
            assert one == pytest.approx(other, abs=1e-5)


class TestLearningMix:
    def test_comes_to_the_weights_that_surprise_least(self):
        """D. McFadden (1974): one weight between two candidates is the log odds of following the method."""
        mix = LearningMix([0.5])
        for number in range(4000):
            mix.learn(np.array([[0.5, -0.5]]), [0 if number % 4 else 1])

        assert mix.weights[0] == pytest.approx(np.log(3), abs=0.05)


class TestSeparatorLearn:
    def test_turns_a_plane_by_hand(self):
        """K. Crammer et al. (2006): by the loss, along the text, here a stride of the way."""
        separator = Separator(idf=np.ones(2), weights=np.zeros((2, 1), np.float32), intercepts=np.zeros(1))
        words = Vocabulary([["a", "b"]])

        separator.learn(words.query(["a"]), np.ones(1))
        separator.learn(words.query(["a"]), np.ones(1))

        assert separator.weights[:, 0] == pytest.approx([STRIDE + STRIDE * (1 - STRIDE), 0])


class TestShareLoad:
    @pytest.mark.parametrize("seed", range(10))
    def test_draws_with_the_chance_of_plackett_and_luce(self, seed):
        """R. Luce (1959), R. Plackett (1975): the product of each one's share of what is left."""
        rooms = {"a": 1.0, "b": 0.7, "c": 0.4, "d": 0.9}

        drawn = share_load([a_suggestion(name, room=room) for name, room in rooms.items()], {}, seed=seed)

        left = [rooms[str(each.party.person_id)] for each in drawn]
        by_hand = [room / sum(left[place:]) for place, room in enumerate(left)]
        assert [each.propensity for each in drawn] == pytest.approx(by_hand)
