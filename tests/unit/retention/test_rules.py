# SPDX-License-Identifier: EUPL-1.2
"""How long something is kept, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.core.retention import Fate, OutOfBounds, RetentionRule, adapt, is_over, limit
from tests.factories import DAY


def a_rule(*, fate=Fate.DELETE, kept_days=30, least_days=7, most_days=90, **parts):
    return RetentionRule(
        id="mail", fate=fate, kept_days=kept_days, least_days=least_days, most_days=most_days, **parts
    )


class TestRetentionRule:
    @pytest.mark.parametrize("kept_days", [7, 30, 90])
    def test_keeps_within_its_bounds(self, kept_days):
        assert a_rule(kept_days=kept_days).kept_days == kept_days

    @pytest.mark.parametrize("kept_days", [-1, 6, 91])
    def test_takes_no_time_outside_its_bounds(self, kept_days):
        with pytest.raises(OutOfBounds) as caught:
            a_rule(kept_days=kept_days)

        assert caught.value.facts == {"rule": "mail", "days": kept_days, "least": 7, "most": 90}

    @pytest.mark.parametrize("parts", [{"least_days": -1}, {"warned_days": 8}, {"warned_days": -1}])
    def test_takes_no_bounds_or_warning_that_cannot_be(self, parts):
        with pytest.raises(OutOfBounds):
            a_rule(**parts)


class TestIsOver:
    @pytest.mark.parametrize(("days", "expected"), [(0, False), (29, False), (30, False), (31, True)])
    def test_begins_on_the_day_after_the_last(self, days, expected):
        assert is_over(a_rule(), since=DAY - timedelta(days=days), on=DAY) is expected

    def test_never_begins_for_what_stays(self):
        assert not is_over(a_rule(fate=Fate.KEEP), since=date.min, on=DAY)

    def test_does_not_begin_for_what_is_still_to_come(self):
        assert not is_over(a_rule(kept_days=7), since=DAY + timedelta(days=1), on=DAY)


class TestLimit:
    def test_is_the_first_day_still_kept(self):
        assert limit(a_rule(), on=DAY) == DAY - timedelta(days=30)

    def test_stays_within_the_calendar(self):
        assert limit(a_rule(kept_days=90), on=date(1, 1, 5)) == date.min

    def test_lets_everything_stay_that_stays(self):
        assert limit(a_rule(fate=Fate.KEEP), on=DAY) == date.min


class TestAdapt:
    def test_changes_the_time_and_nothing_else(self):
        assert adapt(a_rule(), kept_days=60) == a_rule(kept_days=60)

    def test_stays_within_the_bounds(self):
        with pytest.raises(OutOfBounds):
            adapt(a_rule(), kept_days=91)
