# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from scharnier.core import referral
from scharnier.core.referral._mixing import PLAIN, Tried, learn_mix

FIRST, SECOND, FLAT = np.array([3.0, 0.0, 0.0]), np.array([0.0, 3.0, 0.0]), np.zeros(3)


def tried(*takers, **scores):
    return Tried(scores=scores, takers=takers)


class TestMix:
    def test_counts_each_method_for_one_and_some_for_nothing_at_first(self):
        mix = referral.Mix()

        assert mix.weight("bm25_votes") == 1.0
        assert [mix.weight(method) for method in PLAIN] == [0.0] * len(PLAIN)

    def test_counts_a_method_as_it_says(self):
        assert referral.Mix(weights={"recency": 0.5}).weight("recency") == 0.5

    def test_leaves_the_scale_of_a_method_out_of_the_mean(self):
        mix = referral.Mix()

        mean = mix.mean({"bm25_votes": FIRST, "candidate_model": SECOND})

        assert mean == pytest.approx(mix.mean({"bm25_votes": 100 * FIRST, "candidate_model": SECOND}))

    def test_hears_nothing_in_a_method_that_tells_nobody_apart(self):
        assert referral.Mix().mean({"bm25_votes": FLAT, "candidate_model": FLAT}).tolist() == [0, 0, 0]

    def test_follows_the_heavier_method(self):
        mix = referral.Mix(weights={"light": 0.2, "heavy": 0.8})

        assert mix.mean({"light": FIRST, "heavy": SECOND}).argmax() == 1


class TestLearnMix:
    def test_stays_plain_without_problems(self):
        assert learn_mix([]) == referral.Mix()

    def test_trusts_the_method_that_knew(self):
        right_and_wrong = [tried(0, knew=FIRST, guessed=SECOND), tried(1, knew=SECOND, guessed=FIRST)]

        mix = learn_mix(right_and_wrong * 20)

        assert mix.weight("knew") > mix.weight("guessed") >= 0

    def test_begins_to_trust_recency_that_knew(self):
        mix = learn_mix([tried(0, bm25_votes=FLAT, recency=FIRST)] * 20)

        assert mix.weight("recency") > 0

    def test_weighs_methods_that_say_the_same_alike(self):
        mix = learn_mix([tried(0, one=FIRST, other=FIRST), tried(2, one=SECOND, other=SECOND)])

        assert mix.weight("one") == pytest.approx(mix.weight("other"))

    def test_never_weighs_against_a_method(self):
        mix = learn_mix([tried(0, knew=FIRST, lied=SECOND)] * 50)

        assert mix.weight("lied") >= 0

    def test_stays_plain_when_no_method_knew(self):
        assert learn_mix([tried(0, lied=SECOND)] * 5) == referral.Mix()

    def test_shares_a_problem_between_all_who_took_it(self):
        mix = learn_mix([tried(0, 1, one=FIRST, other=SECOND)] * 5)

        assert mix.weight("one") == pytest.approx(mix.weight("other"))

    def test_gives_the_same_twice(self):
        problems = [tried(0, one=FIRST, other=SECOND), tried(1, one=SECOND, other=SECOND)]

        assert learn_mix(problems) == learn_mix(problems)
