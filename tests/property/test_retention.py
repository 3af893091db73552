# SPDX-License-Identifier: EUPL-1.2
"""Laws of retention: a query and a question agree, and what is over stays over."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.retention import Fate, RetentionRule, adapt, answer_by, is_over, limit

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
RULES = st.builds(
    lambda fate, least, more, most: RetentionRule(
        id="rule", fate=fate, kept_days=least + more, least_days=least, most_days=least + more + most
    ),
    st.sampled_from(Fate),
    st.integers(0, 400),
    st.integers(0, 4000),
    st.integers(0, 400),
)


class TestIsOver:
    @given(rule=RULES, since=DAYS, on=DAYS)
    def test_is_what_the_limit_says(self, rule, since, on):
        assert is_over(rule, since=since, on=on) is (since < limit(rule, on=on))

    @given(rule=RULES, since=DAYS, on=DAYS, later=st.integers(0, 4000))
    def test_never_ends_once_begun(self, rule, since, on, later):
        if is_over(rule, since=since, on=on):
            assert is_over(rule, since=since, on=on + timedelta(days=later))

    @given(rule=RULES, since=DAYS, on=DAYS)
    def test_comes_no_sooner_when_kept_longer(self, rule, since, on):
        longest = adapt(rule, kept_days=rule.most_days)

        assert is_over(rule, since=since, on=on) or not is_over(longest, since=since, on=on)


class TestAnswerBy:
    @given(received=DAYS)
    def test_is_four_weeks_to_a_month_later(self, received):
        assert 28 <= (answer_by(received) - received).days <= 31

    @given(received=DAYS, later=st.integers(0, 400))
    def test_never_comes_sooner_for_who_asked_later(self, received, later):
        assert answer_by(received + timedelta(days=later)) >= answer_by(received)
