# SPDX-License-Identifier: EUPL-1.2
"""Until when something can wait: the same days as the ladder of silence and the way in keep."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.digest import answer_due, introduction_due
from scharnier.core.kernel import PersonId
from scharnier.core.referral import Introduction, Ladder, Progress, Rung, progress_for_asker, rungs_due

DAY = timedelta(days=1)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
frees = st.lists(days, max_size=20)
ladders = st.integers(2, 40).map(lambda n: Ladder(rungs=((Rung.CANDIDATE, n - 1), (Rung.LAPSE, n))))


class TestAnswerDue:
    @given(asked_on=days, free=frees, ladder=ladders)
    def test_is_the_first_day_on_which_the_ladder_ends_the_wait(self, asked_on, free, ladder):
        due = answer_due(asked_on, ladder=ladder, free_days=free)

        assert Rung.LAPSE in rungs_due(asked_on, on=due, ladder=ladder, free_days=free)
        assert Rung.LAPSE not in rungs_due(asked_on, on=due - DAY, ladder=ladder, free_days=free)

    @given(asked_on=days)
    def test_takes_the_ladder_of_most(self, asked_on):
        assert answer_due(asked_on) == answer_due(asked_on, ladder=Ladder())


class TestIntroductionDue:
    @given(asked_on=days, free=frees)
    def test_is_the_first_day_on_which_the_asker_is_shown_another_way(self, asked_on, free):
        asked = Introduction(
            asker_id=PersonId("a"), party_id=PersonId("b"), introducer_ids=(PersonId("c"),), asked_on=asked_on
        )

        due = introduction_due(asked_on, free_days=free)

        assert progress_for_asker(asked, on=due, free_days=free) is Progress.OTHER_WAY
        assert progress_for_asker(asked, on=due - DAY, free_days=free) is Progress.WAITING
