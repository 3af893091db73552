# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scharnier.core import detection

MAXIMA = np.random.default_rng(1).gumbel(5.0, 1.0, 999)


class TestCountP:
    def test_counts_what_was_found_too(self):
        assert detection.count_p(9.0, np.arange(9.0)) == 0.1

    def test_counts_equals(self):
        assert detection.count_p(8.0, np.arange(9.0)) == 0.2

    def test_stops_at_the_last_that_was_needed(self):
        maxima = np.array([1.0, 9.0, 1.0, 9.0, 9.0, 1.0])

        assert detection.count_p(5.0, maxima, stop_after=2) == 2 / 4

    def test_counts_all_when_fewer_than_needed_reached_it(self):
        assert detection.count_p(5.0, np.array([1.0, 9.0]), stop_after=2) == 2 / 3


class TestTailP:
    def test_is_that_of_scipy_with_the_same_moments(self):
        scale = MAXIMA.std(ddof=1) * np.sqrt(6) / np.pi
        rival = stats.gumbel_r(MAXIMA.mean() - np.euler_gamma * scale, scale)

        assert detection.tail_p(9.0, MAXIMA) == pytest.approx(rival.sf(9.0))

    def test_is_never_nought(self):
        assert detection.tail_p(1e6, MAXIMA) > 0


class TestFindP:
    def test_counts_where_ten_or_more_reach_it(self):
        value = float(np.sort(MAXIMA)[-10])

        assert detection.find_p(value, MAXIMA) == 11 / 1000

    def test_takes_the_tail_where_fewer_do(self):
        value = float(np.sort(MAXIMA)[-9])

        assert detection.find_p(value, MAXIMA) == detection.tail_p(value, MAXIMA)

    @pytest.mark.parametrize("maxima", [np.zeros(99), np.arange(10.0)])
    def test_counts_where_nothing_can_be_fitted(self, maxima):
        assert detection.find_p(99.0, maxima) == 1 / (1 + len(maxima))


class TestRecurrenceWeeks:
    @pytest.mark.parametrize(("p", "every_days", "weeks"), [(0.01, 7, 100), (0.01, 1, 100 / 7), (1.0, 7, 1)])
    def test_is_the_time_between_scans_over_the_chance(self, p, every_days, weeks):
        assert detection.recurrence_weeks(p, every_days=every_days) == pytest.approx(weeks)
