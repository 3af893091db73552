# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from scharnier.core.referral._methods import N_VOTES, Separator, Votes, WordCounts, standard
from scharnier.core.referral._terms import Vocabulary

LITTER, DEBT, NOISE = ("afval", "straat"), ("schuld", "huur"), ("lawaai", "straat", "straat")
TEXTS = [LITTER, DEBT, NOISE]
WORDS = Vocabulary(TEXTS)
COUNTS = WORDS.count(TEXTS)
EACH_ITS_OWN = sparse.identity(3).tocsr()


class TestVotes:
    def test_finds_the_documents_with_the_words_best_first(self):
        votes = Votes.fit(COUNTS, EACH_ITS_OWN)

        found, scores = votes.find(WORDS.query(["straat", "afval"]))

        assert found.tolist() == [0, 2]
        assert scores[0] > scores[1] > 0

    def test_does_not_count_a_word_said_twice_as_twice_as_true(self):
        votes = Votes.fit(COUNTS, EACH_ITS_OWN)

        assert votes.scores(WORDS.query(["straat"])) == pytest.approx(
            votes.scores(WORDS.query(["straat", "straat"]))
        )

    def test_lets_fifty_documents_vote_at_most(self):
        texts = [("afval",)] * 80 + [("afval", "afval")]
        words = Vocabulary(texts)
        votes = Votes.fit(words.count(texts), sparse.csr_matrix(np.ones((81, 1))))

        found, _ = votes.find(words.query(["afval"]))

        assert len(found) == N_VOTES
        assert found[0] == 80

    def test_gives_each_candidate_the_square_of_the_score_times_the_support(self):
        support = sparse.csr_matrix([[1.0, 0.5], [0.0, 1.0], [0.0, 0.0]])
        votes = Votes.fit(COUNTS, support)

        _, scores = votes.find(WORDS.query(["afval"]))

        expected = [scores[0] ** 2, scores[0] ** 2 / 2]
        assert votes.scores(WORDS.query(["afval"])) == pytest.approx(expected)

    def test_gives_nobody_a_vote_without_known_words(self):
        assert Votes.fit(COUNTS, EACH_ITS_OWN).scores(WORDS.query(["brug"])).tolist() == [0, 0, 0]

    def test_reads_no_documents(self):
        votes = Votes.fit(sparse.csr_matrix((0, 0)), sparse.csr_matrix((0, 2)))

        assert votes.scores(Vocabulary([]).query(["afval"])).tolist() == [0, 0]


class TestWordCounts:
    @pytest.mark.parametrize("method", [0, 1])
    def test_prefers_the_candidate_who_uses_the_words(self, method):
        scores = WordCounts.fit(COUNTS, EACH_ITS_OWN).scores(WORDS.query(["schuld"]))[method]

        assert scores.argmax() == 1

    def test_gives_no_evidence_without_known_words(self):
        model, bayes = WordCounts.fit(COUNTS, EACH_ITS_OWN).scores(WORDS.query(["brug"]))

        assert (model.tolist(), bayes.tolist()) == ([0, 0, 0], [0, 0, 0])

    def test_reads_no_words(self):
        counts = WordCounts.fit(sparse.csr_matrix((0, 0)), sparse.csr_matrix((0, 2)))

        model, bayes = counts.scores(Vocabulary([]).query(["afval"]))

        assert (model.tolist(), bayes.tolist()) == ([0, 0], [0, 0])


class TestSeparator:
    def test_puts_each_document_on_its_own_side(self):
        separator = Separator.fit(COUNTS, np.eye(3, dtype=bool))

        assert [separator.scores(WORDS.query(text)).argmax() for text in TEXTS] == [0, 1, 2]

    def test_puts_who_took_nothing_behind_who_took_this(self):
        is_own = np.array([[True, False, False], [False, True, False], [False, True, False]])

        scores = Separator.fit(COUNTS, is_own).scores(WORDS.query(LITTER))

        assert scores[0] > scores[2] == -1.0

    def test_puts_who_took_everything_on_the_near_side(self):
        is_own = np.array([[True, True], [True, False], [True, False]])

        assert Separator.fit(COUNTS, is_own).scores(WORDS.query(LITTER))[0] == 1.0

    def test_hears_a_hint_softer_than_a_word(self):
        separator = Separator.fit(COUNTS, np.eye(3, dtype=bool))

        softly = separator.scores(WORDS.query(["afval"], {"schuld": 0.1}))
        loudly = separator.scores(WORDS.query(["afval", "schuld"]))

        assert softly[1] < loudly[1]

    def test_gives_the_same_twice(self):
        one, other = (Separator.fit(COUNTS, np.eye(3, dtype=bool)) for _ in range(2))

        assert (one.weights == other.weights).all()


class TestStandard:
    def test_takes_rounding_for_no_difference(self):
        assert standard(np.array([0.1 + 0.2, 0.3, 0.3])).tolist() == [0, 0, 0]

    def test_keeps_a_small_difference(self):
        assert standard(np.array([1.0, 1.001])) == pytest.approx([-1, 1])

    def test_takes_nobody(self):
        assert standard(np.zeros(0)).tolist() == []
