# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier import example
from scharnier.example import _chance

MANY = 2_000


class TestChance:
    def test_is_the_same_for_the_same_seed_and_part(self):
        assert _chance.chance(3, "ties").random() == _chance.chance(3, "ties").random()

    @pytest.mark.parametrize(("seed", "part"), [(4, "ties"), (3, "people")])
    def test_is_another_for_another_seed_or_part(self, seed, part):
        assert _chance.chance(seed, part).random() != _chance.chance(3, "ties").random()


class TestHappens:
    @pytest.mark.parametrize(("percent", "expected"), [(0, False), (100, True)])
    def test_is_certain_at_the_ends(self, percent, expected):
        rng = _chance.chance(1, "test")

        assert {_chance.happens(rng, percent) for _ in range(MANY)} == {expected}

    def test_is_so_about_as_often_as_said(self):
        rng = _chance.chance(1, "test")

        share = sum(_chance.happens(rng, 30) for _ in range(MANY)) / MANY

        assert share == pytest.approx(0.3, abs=0.05)


class TestSomeDay:
    @pytest.mark.parametrize("skew", [1.0, 3.0])
    def test_is_before_today_and_within_the_days(self, skew):
        rng = _chance.chance(1, "test")

        days = [_chance.some_day(rng, within=400, skew=skew) for _ in range(MANY)]

        assert max(days) < example.KRUISVELD_DAY
        assert min(days) >= example.KRUISVELD_DAY - timedelta(days=400)

    def test_is_more_often_recent_with_skew(self):
        rng = _chance.chance(1, "test")

        even = [_chance.some_day(rng, within=400) for _ in range(MANY)]
        skewed = [_chance.some_day(rng, within=400, skew=3.0) for _ in range(MANY)]

        middle = example.KRUISVELD_DAY - timedelta(days=200)
        assert sum(day > middle for day in skewed) > 1.3 * sum(day > middle for day in even)
