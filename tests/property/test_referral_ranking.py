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
from scharnier.core.referral._availability import Availability
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


lessons = st.lists(
    st.tuples(
        needs, st.sampled_from(NAMES), st.sampled_from([None, *referral.Lesson]), st.sampled_from(NAMES)
    ),
    max_size=6,
)


def a_learner(learnt=(), candidates=NAMES, more=()):
    """A learner that has been told who took each, or what their refusal taught and whom they named."""
    cards = [a_document("lawaai straat", "a"), a_document("schulden huur", "b"), *more]
    learner = referral.Learner(referral.fit_ranker(cards, candidates, analyzer=analyzer(), on=DAY))
    for day, (text, name, lesson, rather) in enumerate(learnt):
        on = DAY + timedelta(days=day)
        asked = learner.ask(text, language="nl", on=on)
        if lesson in (None, referral.Lesson.TAKES):
            learner.learn(a_document(text, name, on=on), asked=asked)
        else:
            refusal = referral.Refusal(candidate=name, on=on, lessons=frozenset({lesson}), rather=rather)
            learner.learn_refusal(refusal, asked=asked)
    return learner


class TestLearner:
    @FEW
    @given(learnt=lessons, query=st.lists(words).map(" ".join))
    def test_answers_any_words_with_numbers(self, learnt, query):
        asked = a_learner(learnt).ask(query, language="nl", on=DAY, declined={"a": "b", "c": None})

        assert asked.scores.shape == (4,)
        assert np.isfinite(asked.scores).all()

    @FEW
    @given(learnt=lessons, query=needs)
    def test_says_the_same_of_the_same_past(self, learnt, query):
        one, other = (a_learner(learnt).ask(query, language="nl", on=DAY) for _ in range(2))

        assert one.scores.tolist() == other.scores.tolist()

    @FEW
    @given(learnt=lessons, query=needs, data=st.data())
    def test_does_not_depend_on_the_order_of_candidates(self, learnt, query, data):
        order = data.draw(st.permutations(NAMES))

        one = a_learner(learnt).ask(query, language="nl", on=DAY).scores
        other = a_learner(learnt, order).ask(query, language="nl", on=DAY).scores

        assert [other[order.index(name)] for name in NAMES] == pytest.approx(one.tolist(), abs=1e-6)

    @FEW
    @given(learnt=lessons, query=st.lists(words, min_size=1), data=st.data())
    def test_does_not_depend_on_the_order_of_words(self, learnt, query, data):
        learner = a_learner(learnt)
        turned = data.draw(st.permutations(query))

        one, other = (learner._growth.query(each) for each in (query, turned))

        assert learner._growth.tally(other)[0] == pytest.approx(learner._growth.tally(one)[0])
        for ours, theirs in zip(
            learner._growth.usage(one).scores(one), learner._growth.usage(other).scores(other), strict=True
        ):
            assert theirs == pytest.approx(ours, abs=1e-6)

    @FEW
    @given(learnt=lessons)
    def test_weighs_nothing_below_nought(self, learnt):
        assert all((mix.weights >= 0).all() for mix in a_learner(learnt)._mixes.values())


class TestGrowth:
    @FEW
    @given(texts=texts, query=st.lists(words, max_size=5), data=st.data())
    def test_does_not_depend_on_the_order_of_documents(self, texts, query, data):
        order = data.draw(st.permutations(range(len(texts))))

        found = []
        for each in (range(len(texts)), order):
            growth = a_learner()._growth
            for number in each:
                growth.add(texts[number], {number % 4: 1.0})
            asked = growth.query(query)
            found.append((growth.tally(asked)[0], *growth.usage(asked).scores(asked)))

        for one, other in zip(*found, strict=True):
            assert other == pytest.approx(one, abs=1e-6)

    @FEW
    @given(documents=documents, query=needs)
    def test_counts_words_as_fitting_them_does(self, documents, query):
        learner, fitted = a_learner(), a_learner(more=documents)
        for document in documents:
            columns = {NAMES.index(name): weight for name, weight in document.supports.items()}
            learner._growth.add(analyzer().terms(document.text, language="nl"), columns)

        terms = analyzer().terms(query, language="nl")
        ours, theirs = learner._growth.query(terms), fitted._growth.query(terms)

        for one, other in zip(
            learner._growth.usage(ours).scores(ours), fitted._growth.usage(theirs).scores(theirs), strict=True
        ):
            assert one == pytest.approx(other, abs=1e-4)


class TestAvailability:
    notes = st.tuples(
        st.sampled_from(("note_taken", "note_full", "note_silence", "note_answer")),
        st.integers(0, 2),
        st.integers(0, 400),
    )

    @given(told=st.lists(notes, max_size=12), later=st.integers(0, 1000))
    def test_never_adds_to_what_anyone_can(self, told, later):
        known = self.availability(sorted(told, key=lambda note: note[2]))
        on = DAY + timedelta(days=400 + later)

        assert (known.room(on) <= 0).all()
        assert (known.presence(on) <= 0).all()
        assert np.isfinite(known.recency(on)).all()

    @given(told=st.lists(notes, max_size=12), sooner=st.integers(0, 1000), later=st.integers(0, 1000))
    def test_is_forgiven_as_time_goes_by(self, told, sooner, later):
        known = self.availability(told)
        first, last = (DAY + timedelta(days=400 + days) for days in (sooner, sooner + later))

        assert (known.room(last) >= known.room(first)).all()
        assert (known.presence(last) >= known.presence(first)).all()

    def availability(self, told):
        known = Availability(np.zeros(3), on=DAY, half_life_days=30)
        for note, column, days in told:
            on = DAY + timedelta(days=days)
            getattr(known, note)({column: 1.0} if note == "note_taken" else column, on=on)
        return known


class TestMeasureEffort:
    @given(scores=scores, data=st.data())
    def test_asks_one_at_least_and_everybody_at_most(self, scores, data):
        columns = st.integers(0, scores.shape[1] - 1)
        relevant = [data.draw(st.frozensets(columns, min_size=1)) for _ in scores]

        effort = referral.measure_effort(scores, relevant)

        assert 1 <= effort.mean_asks <= scores.shape[1]
        assert 0 <= effort.first_ask_share <= effort.mrr <= 1


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
