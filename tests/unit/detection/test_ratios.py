# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from scharnier.core.detection._ratios import log_ratios, tabulate_logs
from tests.unit.detection.scenes import by_hand

LOGS = tabulate_logs(2_000_000)


def ratio(*numbers):
    return log_ratios(*(np.array([number]) for number in numbers), LOGS)[0]


class TestTabulateLogs:
    def test_are_logarithms(self):
        assert tabulate_logs(3) == pytest.approx([0, 0, np.log(2), np.log(3)])


class TestLogRatios:
    def test_is_the_sum_by_hand(self):
        """Three seen, one expected, of twenty: 3 ln 3 + 17 ln (17 / 19)."""
        assert ratio(3, 4, 5, 20) == pytest.approx(3 * np.log(3) + 17 * np.log(17 / 19), abs=1e-14)

    @pytest.mark.parametrize(("inside", "zone", "window"), [(1, 4, 5), (0, 4, 5), (0, 0, 5), (0, 4, 0)])
    def test_is_nought_for_no_more_than_expected(self, inside, zone, window):
        assert ratio(inside, zone, window, 20) == 0.0

    def test_has_no_second_part_when_all_lies_inside(self):
        assert ratio(5, 5, 5, 6) == pytest.approx(5 * np.log(6 / 5) + np.log(1 / (6 - 25 / 6)), abs=1e-14)

    @pytest.mark.parametrize("seed", range(4))
    def test_is_exact_to_twelve_digits(self, seed):
        chance = np.random.default_rng(seed)
        for _ in range(400):
            total = int(10 ** chance.uniform(0.3, 6.3))
            zone, window = (int(chance.integers(1, total + 1)) for _ in range(2))
            least = max(0, zone + window - total)
            inside = int(chance.integers(least, min(zone, window) + 1))

            assert ratio(inside, zone, window, total) == pytest.approx(
                by_hand(inside, zone, window, total), rel=1e-9, abs=1e-8
            )

    def test_takes_many_at_once(self):
        many = log_ratios(np.array([3, 1]), np.array([4, 4]), np.array([5, 5]), np.array([20]), LOGS)

        assert many.tolist() == [ratio(3, 4, 5, 20), 0.0]
