# SPDX-License-Identifier: EUPL-1.2
"""Laws of ranking and of measuring it: what holds for any texts and scores."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from scharnier.core import referral
from scharnier.core.referral._methods import Votes, WordCounts, standard
from scharnier.core.referral._mixing import Tried, learn_mix
from scharnier.core.referral._terms import Vocabulary
from tests.factories import DAY
from tests.unit.referral.scenes import a_document, analyzer

FEW = settings(max_examples=25)
NAMES = ("a", "b", "c", "d")
words = st.sampled_from(
    ("afval", "buren", "computer", "huur", "lawaai", "nacht", "ruzie", "schulden", "straat", "zwerfafval")
)
needs = st.lists(words, min_size=1, max_size=6).map(" ".join)
texts = st.lists(st.lists(words, max_size=6), min_size=1, max_size=6)
scores = arrays.arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 12)), elements=st.integers(-9, 9))
documents = st.lists(
    st.builds(
        lambda text, supports: a_document(text, *supports),
        needs,
        st.frozensets(st.sampled_from(NAMES), min_size=1),
    ),
    min_size=1,
    max_size=8,
)
said = arrays.arrays(float, 4, elements=st.integers(-5, 5))
problems = st.lists(
    st.builds(
        lambda one, other, recency, takers: Tried(
            scores={"one": one, "other": other, "recency": recency}, takers=tuple(takers)
        ),
        said,
        said,
        said,
        st.frozensets(st.integers(0, 3), min_size=1),
    ),
    min_size=1,
    max_size=6,
)


class TestMethods:
    @given(texts=texts, query=st.lists(words, max_size=5), data=st.data())
    def test_give_the_same_in_any_order_of_documents(self, texts, query, data):
        order = data.draw(st.permutations(range(len(texts))))
        terms = Vocabulary(texts)

        found = []
        for rows in (list(range(len(texts))), order):
            counts, support = terms.count([texts[row] for row in rows]), np.eye(len(texts))[rows]
            support = type(counts)(support)
            votes = Votes.fit(counts, support).scores(terms.query(query))
            found.append((votes, *WordCounts.fit(counts, support).scores(terms.query(query))))

        assert np.allclose(found[0], found[1])

    @given(texts=texts, query=st.lists(words, max_size=5))
    def test_give_no_negative_evidence(self, texts, query):
        terms = Vocabulary(texts)
        counts = terms.count(texts)
        support = type(counts)(np.eye(len(texts)))

        votes = Votes.fit(counts, support).scores(terms.query(query))
        model, _ = WordCounts.fit(counts, support).scores(terms.query(query))

        assert votes.min() >= 0
        assert model.min() >= 0

    @given(scores=scores)
    def test_are_standardised_once_for_all(self, scores):
        once = standard(scores)

        assert np.allclose(standard(once), once)
        assert np.allclose(once.mean(axis=-1), 0)


class TestFitRanker:
    @given(read=documents, asked=needs, data=st.data())
    def test_does_not_depend_on_the_order_of_what_it_reads(self, read, asked, data):
        shuffled = data.draw(st.permutations(read))

        one, other = (
            referral.fit_ranker(each, NAMES, analyzer=analyzer(), on=DAY).scores(asked, language="nl")
            for each in (read, shuffled)
        )

        assert np.allclose(one, other, atol=1e-5)

    @given(read=documents, asked=needs, data=st.data())
    def test_gives_each_the_same_wherever_they_stand(self, read, asked, data):
        turned = data.draw(st.permutations(NAMES))

        one, other = (
            referral.fit_ranker(read, names, analyzer=analyzer(), on=DAY).scores(asked, language="nl")
            for names in (NAMES, turned)
        )

        assert np.allclose(one, [other[turned.index(name)] for name in NAMES], atol=1e-5)


class TestLearnMix:
    @FEW
    @given(tried=problems)
    def test_weighs_no_method_against_itself(self, tried):
        mix = learn_mix(tried)

        assert all(weight >= 0 for weight in mix.weights.values())
        assert np.isfinite(mix.mean(tried[0].scores)).all()

    @FEW
    @given(tried=problems, data=st.data())
    def test_does_not_depend_on_the_order_of_problems(self, tried, data):
        one, other = learn_mix(tried), learn_mix(data.draw(st.permutations(tried)))

        assert other.weights == pytest.approx(one.weights, abs=1e-3)

    @FEW
    @given(tried=problems)
    def test_learns_no_more_from_hearing_all_of_it_twice(self, tried):
        assert learn_mix(tried * 2).weights == pytest.approx(learn_mix(tried).weights, abs=1e-3)


class TestLearner:
    @given(
        lessons=st.lists(st.tuples(st.lists(words), st.sampled_from(NAMES)), max_size=8),
        query=st.lists(words),
    )
    def test_answers_any_words_with_numbers(self, lessons, query):
        learner = referral.Learner(NAMES)
        for day, (terms, taker) in enumerate(lessons):
            learner.learn(terms, [taker], on=DAY + timedelta(days=day))

        found = learner.scores(query, on=DAY + timedelta(days=30))

        assert found.shape == (4,)
        assert np.isfinite(found).all()

    @given(query=st.lists(words), data=st.data())
    def test_does_not_depend_on_the_order_of_words(self, query, data):
        learner = referral.Learner(NAMES)
        for day, taker in enumerate(NAMES):
            learner.learn(["lawaai", "straat", "schulden", "afval"][day:], [taker], on=DAY)

        turned = data.draw(st.permutations(query))

        assert learner.scores(query, on=DAY) == pytest.approx(learner.scores(turned, on=DAY))


class TestMeasureQuality:
    @given(scores=scores, data=st.data())
    def test_is_between_nothing_and_one(self, scores, data):
        columns = st.integers(0, scores.shape[1] - 1)
        relevant = [data.draw(st.frozensets(columns, min_size=1)) for _ in scores]

        quality = referral.measure_quality(scores, relevant)

        low, high = quality.mrr_interval
        measures = (quality.mrr, quality.ndcg_at_10, quality.precision_at_1, quality.recall_at_5, low, high)
        assert all(-1e-12 <= measure <= 1 + 1e-12 for measure in measures)
        assert quality.precision_at_1 <= quality.mrr
        assert low <= quality.mrr + 1e-12
        assert quality.mrr <= high + 1e-12

    @given(scores=scores, data=st.data())
    def test_looks_at_the_order_alone(self, scores, data):
        columns = st.integers(0, scores.shape[1] - 1)
        relevant = [data.draw(st.frozensets(columns, min_size=1)) for _ in scores]

        assert referral.measure_quality(3 * scores + 7, relevant) == referral.measure_quality(
            scores, relevant
        )

    @given(scores=scores, column=st.integers(0, 11))
    def test_asks_fewer_when_the_taker_stands_higher(self, scores, column):
        row, taker = scores[0], frozenset({column % scores.shape[1]})
        higher = row + 5 * np.eye(len(row))[column % len(row)]

        assert 1 <= referral.count_asks(higher, taker) <= referral.count_asks(row, taker) <= len(row)
