# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from scharnier.core.referral._terms import Postings, Vocabulary, grams, smooth_idf, tf_idf

TEXTS = [("afval", "straat", "afval"), ("straat",), ()]


class TestVocabulary:
    def test_keeps_the_order_of_first_appearance(self):
        words = Vocabulary(TEXTS)

        assert len(words) == 2
        assert words.query(["straat"]).positions.tolist() == [1]

    def test_leaves_unknown_words_out_of_a_query(self):
        query = Vocabulary(TEXTS).query(["afval", "brug", "afval"])

        assert (query.positions.tolist(), query.counts.tolist()) == ([0], [2.0])

    def test_adds_the_weight_of_a_hint_to_a_word_as_written(self):
        query = Vocabulary(TEXTS).query(["afval", "afval"], {"afval": 0.5, "straat": 0.25, "brug": 1.0})

        assert (query.positions.tolist(), query.counts.tolist()) == ([0, 1], [2.0, 1.0])
        assert query.weights.tolist() == [1.5, 0.25]
        assert query.mass().tolist() == [3.0, 0.25]

    def test_takes_the_weight_of_a_negative_hint_off_to_nothing_at_least(self):
        query = Vocabulary(TEXTS).query(["afval", "straat"], {"afval": -0.5, "straat": -2.0})

        assert query.weights.tolist() == [0.5, 0.0]

    def test_makes_an_empty_query_of_unknown_words(self):
        query = Vocabulary(TEXTS).query(["brug"])

        assert (len(query.positions), len(query.counts)) == (0, 0)

    def test_counts_terms_by_text(self):
        counts = Vocabulary(TEXTS).count(TEXTS)

        assert counts.toarray().tolist() == [[2, 1], [0, 1], [0, 0]]

    def test_counts_no_texts(self):
        assert Vocabulary(TEXTS).count([]).shape == (0, 2)


class TestPostings:
    MATRIX = sparse.csr_matrix([[1.0, 0.0, 2.0], [0.0, 3.0, 4.0]])

    def test_adds_up_terms_by_place(self):
        totals = Postings.of(self.MATRIX).totals(np.array([0, 2]), np.array([10.0, 1.0]))

        assert totals.tolist() == [12.0, 4.0]

    def test_adds_up_no_terms_to_nothing(self):
        totals = Postings.of(self.MATRIX).totals(np.zeros(0, np.intp), np.zeros(0))

        assert totals.tolist() == [0.0, 0.0]

    def test_gives_the_rows_of_terms(self):
        rows = Postings.of(self.MATRIX).rows(np.array([2, 1]))

        assert rows.tolist() == [[2.0, 4.0], [0.0, 3.0]]


class TestTfIdf:
    def test_gives_rows_of_length_one_and_leaves_empty_rows_empty(self):
        counts = Vocabulary(TEXTS).count(TEXTS)

        rows = tf_idf(counts, smooth_idf(counts)).toarray()

        assert np.linalg.norm(rows, axis=1) == pytest.approx([1.0, 1.0, 0.0])

    def test_weighs_a_rare_term_over_a_common_one(self):
        rare, common = smooth_idf(Vocabulary(TEXTS).count(TEXTS))

        assert rare > common


class TestGrams:
    def test_runs_across_words_and_drops_marks(self):
        assert grams("Te... hard!") == grams("te hard")

    def test_gives_nothing_for_a_text_shorter_than_a_gram(self):
        assert grams("!") == ()

    def test_gives_one_for_a_text_of_two_letters(self):
        assert grams("ik") == (" ik ",)
