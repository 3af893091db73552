# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from scharnier.core import referral
from tests.factories import DAY
from tests.unit.referral.scenes import a_document, analyzer

PEOPLE = ("ann", "bob", "cas")
CARDS = (a_document("Ik help bij schulden.", "ann"), a_document("Ik bemiddel bij lawaai.", "bob"))


def a_learner():
    return referral.Learner(referral.fit_ranker(CARDS, PEOPLE, analyzer=analyzer(), on=DAY))


def a_past(words, taker, *, day=1, refused=()):
    on = DAY + timedelta(days=day)
    return referral.Past(asked=words, document=a_document(words, taker, on=on), refusals=tuple(refused))


def asks(scores, *takers):
    relevant = [frozenset({PEOPLE.index(taker)}) for taker in takers]
    return [referral.count_asks(*pair) for pair in zip(scores, relevant, strict=True)]


class TestReplay:
    def test_asks_each_problem_before_it_learns_it(self):
        scores = referral.replay(a_learner(), [a_past("duiven", "cas", day=day) for day in (1, 2)])

        assert asks(scores, "cas", "cas") == [3, 1]

    def test_learns_nothing_when_told_not_to(self):
        twice = [a_past("duiven", "cas")] * 2

        one, other = referral.replay(a_learner(), twice, learns=False)

        assert one.tolist() == other.tolist()

    def test_learns_who_did_not_take_it(self):
        silent = referral.Refusal(candidate="ann", on=DAY, lessons=frozenset({referral.Lesson.SILENT}))
        history = [a_past("schulden", "cas", refused=[silent] * 9), a_past("schulden", "cas")]

        _, later = referral.replay(a_learner(), history)

        assert later[0] < later[1:].max()

    def test_plays_nothing(self):
        assert referral.replay(a_learner(), []) == ()


class TestMeasureEffort:
    def test_counts_who_are_asked(self):
        scores = [np.array([3.0, 2.0, 1.0])] * 3

        effort = referral.measure_effort(scores, [frozenset({0}), frozenset({1, 2}), frozenset({2})])

        assert effort.n == 3
        assert effort.mean_asks == pytest.approx(2)
        assert effort.mrr == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
        assert effort.first_ask_share == pytest.approx(1 / 3)

    def test_has_nothing_to_say_of_nothing(self):
        with pytest.raises(referral.NothingToMeasure):
            referral.measure_effort([], [])
