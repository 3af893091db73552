# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest

from scharnier.core import detection
from scharnier.core.detection import Square
from scharnier.core.detection import _busy as busy
from scharnier.core.detection._heat import gi_star

USUAL = 7  # signals in a square


def a_square(column, row=0, *, size_m=500):
    return Square(size_m=size_m, column=column, row=row)


def a_field(side=4, **usual):
    """A field of squares with as much in each, but in those that are named as c1r2."""
    field = {a_square(column, row): USUAL for row in range(side) for column in range(side)}
    return field | {a_square(int(name[1]), int(name[3])): n for name, n in usual.items()}


def find(counts, seed=1):
    return detection.find_busy(counts, seed=seed)


class TestFindBusy:
    def test_finds_the_one_square_with_far_more(self):
        assert find(a_field(c1r2=75)) == {a_square(1, 2)}

    def test_finds_some_that_lie_together_though_each_has_little_more(self):
        together = {"c0r0": 18, "c0r1": 18, "c1r0": 18, "c1r1": 18}

        assert a_square(0, 0) in find(a_field(**together))

    def test_does_not_mark_what_only_lies_beside(self):
        assert find(a_field(c1r1=300)) == {a_square(1, 1)}

    def test_marks_nothing_on_even_ground(self):
        assert find(a_field()) == frozenset()

    def test_does_not_take_the_next_band_for_much_on_even_ground(self):
        assert find(a_field(c1r2=11)) == frozenset()

    def test_says_nothing_of_few_squares(self):
        few = {a_square(column): USUAL for column in range(busy.LEAST_SQUARES - 1)} | {a_square(0): 500}

        assert find(few) == frozenset()
        assert find({**few, a_square(9): USUAL}) == {a_square(0)}

    @pytest.mark.parametrize("counts", [{}, {a_square(column): 0 for column in range(9)}])
    def test_says_nothing_of_nothing(self, counts):
        assert find(counts) == frozenset()

    def test_expects_more_of_a_wider_square(self):
        narrow = {a_square(column, size_m=250): USUAL for column in range(12)}
        wide = a_square(0, 2, size_m=1000)

        assert find({**narrow, wide: 16 * USUAL}) == frozenset()
        assert wide in find({**narrow, wide: 100 * USUAL})

    def test_sounds_a_false_one_in_one_of_twenty_months(self):
        false = sum(bool(find(a_month_by_chance(number), seed=number)) for number in range(200))

        assert 0 < false <= 16  # of 200: 10 by right, and twice the spread of that

    def test_is_the_same_in_any_order_and_for_the_same_seed(self):
        field = a_field(c1r2=16, c2r2=14)

        assert find(field) == find(dict(reversed(field.items())))

    def test_deals_the_same_in_small_parts_as_at_once(self, monkeypatch):
        field = a_field(c1r2=17, c3r0=14)
        at_once = [find(field, seed=seed) for seed in range(5)]

        monkeypatch.setattr(busy, "BATCH", 1000)

        assert [find(field, seed=seed) for seed in range(5)] == at_once


def a_month_by_chance(seed):
    chance = Random(seed)  # noqa: S311  # a month, no secret
    counts = Counter(chance.randrange(12) for _ in range(120))
    return {a_square(number % 4, number // 4): counts[number] for number in range(12)}


class TestNear:
    def near(self, *squares):
        return busy._near(list(squares)).toarray().tolist()

    def test_is_a_square_itself_and_a_quarter_of_what_has_a_corner_in_common(self):
        assert self.near(a_square(0), a_square(1, 1), a_square(2)) == [
            [1.0, 0.25, 0.0],
            [0.25, 1.0, 0.25],
            [0.0, 0.25, 1.0],
        ]

    def test_is_of_a_small_square_by_a_wide_one_only_its_part(self):
        wide, small = a_square(0, size_m=1000), a_square(4, size_m=250)

        assert self.near(wide, small) == [[1.0, 0.25 / 16], [0.25, 1.0]]


class TestGiStar:
    def test_has_no_less_spread_than_is_told(self):
        weights = busy._near([a_square(column) for column in range(9)])
        excess = np.array([8.0, *[-1.0] * 8])[:, None]
        own, told = gi_star(weights, excess), gi_star(weights, excess, least_spread=2 * excess.std())

        assert told == pytest.approx(own / 2)
        assert gi_star(weights, excess, least_spread=excess.std() / 2) == pytest.approx(own)
