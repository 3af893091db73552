# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from scharnier.core import referral

FIRST, SECOND = frozenset({0}), frozenset({1})


def only(*columns):
    return [frozenset(columns)]


class TestMeasureQuality:
    def test_is_perfect_when_the_taker_is_always_first(self):
        quality = referral.measure_quality([[1.0, 0.0], [0.0, 1.0]], [FIRST, SECOND])

        assert quality == referral.Quality(
            n=2,
            mrr=1.0,
            ndcg_at_10=1.0,
            precision_at_1=1.0,
            recall_at_5=1.0,
            mrr_interval=(1.0, 1.0),
        )

    def test_counts_the_first_taker_of_several(self):
        quality = referral.measure_quality([[0.1, 0.3, 0.2]], only(0, 2))

        assert (quality.mrr, quality.precision_at_1, quality.recall_at_5) == (0.5, 0.0, 1.0)

    def test_counts_the_share_of_takers_among_the_first_five(self):
        assert referral.measure_quality([np.arange(10, 0, -1)], only(0, 4, 5, 9)).recall_at_5 == 0.5

    def test_gains_nothing_after_the_tenth(self):
        assert referral.measure_quality([np.arange(20, 0, -1)], only(10)).ndcg_at_10 == 0.0

    def test_can_be_perfect_with_more_takers_than_ten(self):
        assert referral.measure_quality([np.arange(20, 0, -1)], only(*range(12))).ndcg_at_10 == 1.0

    def test_keeps_the_order_of_candidates_that_score_the_same(self):
        assert referral.measure_quality([[0.5, 0.5, 0.5]], only(2)).mrr == pytest.approx(1 / 3)

    def test_gives_an_interval_around_the_mean(self):
        scores = np.tile([0.2, 0.9], (40, 1))
        quality = referral.measure_quality(scores, [FIRST, SECOND] * 20)

        low, high = quality.mrr_interval
        assert low < quality.mrr == 0.75 < high
        assert (low, high) == pytest.approx((0.67, 0.83), abs=0.03)

    def test_gives_the_same_interval_for_the_same_seed(self):
        scores = np.random.default_rng(0).random((20, 7))
        relevant = only(0) * 20

        measured = [referral.measure_quality(scores, relevant, seed=seed) for seed in (3, 3, 4)]

        assert measured[0] == measured[1] != measured[2]

    @pytest.mark.parametrize(
        ("scores", "relevant"), [([], []), ([[1.0]], only()), ([[1.0]] * 2, [FIRST, frozenset()])]
    )
    def test_refuses_problems_that_nobody_took(self, scores, relevant):
        with pytest.raises(referral.NothingToMeasure) as refused:
            referral.measure_quality(scores, relevant)

        assert refused.value.facts == {"n_problems": len(relevant)}


class TestCountAsks:
    def test_is_one_when_the_first_takes_it(self):
        assert referral.count_asks([0.9, 0.1], FIRST) == 1

    def test_stops_at_the_first_who_takes_it(self):
        assert referral.count_asks([0.1, 0.9, 0.5, 0.4], frozenset({2, 3})) == 2

    def test_asks_everyone_when_only_the_last_takes_it(self):
        assert referral.count_asks([0.1, 0.9, 0.5], FIRST) == 3

    def test_never_ends_when_nobody_takes_it(self):
        with pytest.raises(referral.NothingToMeasure) as refused:
            referral.count_asks([0.1], frozenset())

        assert refused.value.code == "referral.nothing_to_measure"
