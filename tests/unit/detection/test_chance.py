# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from scharnier.core.detection._chance import GOLDEN, draw, make_keys, mix


class TestMix:
    def test_is_splitmix64(self):
        """The first numbers of the reference implementation for seed 1234567."""
        states = np.uint64(1234567) + np.arange(1, 6, dtype=np.uint64) * GOLDEN

        assert mix(states).tolist() == [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
            16408922859458223821,
        ]


class TestMakeKeys:
    def test_are_those_of_any_other_part_of_the_row(self):
        whole = make_keys(7, range(100))

        assert make_keys(7, range(40, 60)).tolist() == whole[40:60].tolist()

    @pytest.mark.parametrize("seed", [-1, 0, 2**64, 2**70 + 1])
    def test_take_any_seed(self, seed):
        assert len(set(make_keys(seed, range(9)).tolist())) == 9

    def test_differ_by_seed(self):
        assert not set(make_keys(1, range(50)).tolist()) & set(make_keys(2, range(50)).tolist())


class TestDraw:
    def test_takes_each_only_once(self):
        drawn = draw([np.arange(20), np.arange(50, 53)], [8, 3], make_keys(0, range(30)))

        assert all(len(set(row)) == 11 for row in drawn.tolist())
        assert drawn[:, :8].max() < 20
        assert set(np.unique(drawn[:, 8:])) == {50, 51, 52}

    def test_gives_every_order_as_often(self):
        drawn = draw([np.arange(3)], [3], make_keys(5, range(6000)))

        orders, counts = np.unique(drawn, axis=0, return_counts=True)
        assert [tuple(order) for order in orders.tolist()] == list(permutations(range(3)))
        assert counts == pytest.approx(1000, abs=4 * np.sqrt(1000))

    def test_does_not_depend_on_what_is_drawn_beside_it(self):
        keys = make_keys(3, range(20))

        assert draw([np.arange(9)], [4], keys)[7].tolist() == draw([np.arange(9)], [4], keys[7:8])[0].tolist()

    def test_leaves_the_pool_as_it_is(self):
        pool = np.arange(5)

        draw([pool], [5], make_keys(0, range(3)))

        assert pool.tolist() == [0, 1, 2, 3, 4]

    def test_of_nothing_is_nothing(self):
        assert draw([np.arange(5)], [0], make_keys(0, range(3))).shape == (3, 0)
