# SPDX-License-Identifier: EUPL-1.2
"""How well referrals went, counted; and nothing of fewer than five."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.kernel import AreaId, TopicId
from scharnier.core.referral import BadCourse, Course, adequacy_by, measure_adequacy

TOPICS = st.frozensets(st.sampled_from([TopicId("noise"), TopicId("debt"), TopicId("litter")]))


@st.composite
def courses(draw):
    n_asks = draw(st.integers(1, 6))
    return Course(
        n_asks=n_asks,
        n_unanswered=draw(st.integers(0, n_asks)),
        days_to_accept=draw(st.none() | st.integers(0, 40)),
        has_helped=draw(st.none() | st.booleans()),
        topics=draw(TOPICS),
        area_id=draw(st.none() | st.just(AreaId("noord"))),
    )


class TestMeasureAdequacy:
    def test_counts_what_came_of_referrals(self):
        went = [
            Course(n_asks=1, days_to_accept=0, has_helped=True),
            Course(n_asks=1, days_to_accept=1, has_helped=True),
            Course(n_asks=2, n_unanswered=1, days_to_accept=7, has_helped=False),
            Course(n_asks=3, n_unanswered=2, has_helped=False),
            Course(n_asks=1, days_to_accept=3, has_helped=True),
        ]

        found = measure_adequacy(went)

        assert found is not None
        assert (found.n_referrals, found.right_at_once_share, found.accepted_share) == (5, 0.6, 0.8)
        assert (found.mean_asks, found.unanswered_share) == (1.6, 3 / 8)
        assert (found.median_days_to_accept, found.helped_share) == (2.0, 0.6)

    def test_says_nothing_of_the_days_when_nobody_accepted(self):
        found = measure_adequacy([Course(n_asks=1)] * 5)

        assert found is not None
        assert (found.median_days_to_accept, found.helped_share) == (None, None)

    @given(st.lists(courses(), max_size=12))
    def test_tells_nothing_of_fewer_than_five_and_keeps_within_bounds(self, went):
        found = measure_adequacy(went)

        assert (found is None) == (len(went) < 5)
        if found is not None:
            shares = (found.right_at_once_share, found.accepted_share, found.unanswered_share)
            assert all(0 <= share <= 1 for share in shares)
            assert found.right_at_once_share <= found.accepted_share
            assert found.mean_asks >= 1

    @given(st.lists(courses(), min_size=5, max_size=12), st.randoms())
    def test_does_not_depend_on_the_order(self, went, chance):
        shuffled = chance.sample(went, len(went))

        assert measure_adequacy(went) == measure_adequacy(shuffled)


class TestAdequacyBy:
    @given(st.lists(courses(), max_size=20))
    def test_is_of_each_topic_what_it_is_of_its_referrals(self, went):
        found = adequacy_by(went, lambda course: course.topics)

        for topic in ("noise", "debt", "litter"):
            own = [course for course in went if topic in course.topics]
            assert found.get(topic) == measure_adequacy(own)


class TestCourse:
    @pytest.mark.parametrize(
        "facts",
        [
            {"n_asks": 0},
            {"n_asks": 1, "n_unanswered": 2},
            {"n_asks": 1, "n_unanswered": -1},
            {"n_asks": 1, "days_to_accept": -1},
        ],
    )
    def test_cannot_be_impossible(self, facts):
        with pytest.raises(BadCourse):
            Course(**facts)
