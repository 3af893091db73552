# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from math import log, sqrt

import pytest

from scharnier.core import detection
from scharnier.core.detection import Saying


def said(words, *partners):
    """The same words by each of some partners."""
    return [Saying(partner=partner, words=tuple(words.split())) for partner in partners]


ELSEWHERE = said("afval plein", "police", "school", "housing", "police", "school", "housing")


def names(inside, outside=ELSEWHERE, **more):
    return [label.word for label in detection.name_find(inside, outside, **more)]


class TestNameFind:
    def test_tells_what_is_said_more_here(self):
        assert names(said("scooters plein", "police", "school", "school")) == ["scooters"]

    def test_is_the_sum_by_hand(self):
        """B. Monroe et al. (2008), formulas 16, 20 and 22: 3 of 6 words here, 0 of 12 there, a0 = 500."""
        inside = said("scooters plein", "police", "school", "school")

        label = detection.name_find(inside, ELSEWHERE)[0]

        prior = 500 * 3 / 18
        delta = log((3 + prior) / (6 + 500 - 3 - prior)) - log(prior / (12 + 500 - prior))
        assert label.z == pytest.approx(delta / sqrt(1 / (3 + prior) + 1 / prior))
        assert (label.n_signals, label.n_partners) == (3, 2)

    @pytest.mark.parametrize(
        "partners", [("police", "school"), ("police", "police", "police"), ("police",) * 9]
    )
    def test_tells_no_word_of_too_few_signals_or_partners(self, partners):
        assert names(said("scooters", *partners)) == []

    def test_does_not_count_a_word_twice_in_one_signal(self):
        assert names(said("scooters scooters", "police", "school")) == []

    def test_puts_the_surest_first(self):
        inside = [
            *said("scooters lawaai", "police", "school", "housing"),
            *said("scooters", "police", "school", "housing"),
        ]

        assert names(inside) == ["scooters", "lawaai"]
        assert names(inside, n_words=1) == ["scooters"]

    def test_breaks_ties_by_the_alphabet(self):
        assert names(said("zand auto", "police", "school", "school")) == ["auto", "zand"]

    def test_tells_nothing_when_everybody_says_one_word(self):
        assert names(said("plein", "police", "school", "school"), said("plein", "police")) == []

    @pytest.mark.parametrize("inside", [[], said("", "police", "school", "school")])
    def test_tells_nothing_of_nothing(self, inside):
        assert names(inside) == []

    def test_tells_nothing_without_anything_to_compare_with(self):
        assert names(said("plein scooters", "police", "school", "school"), []) == []
