# SPDX-License-Identifier: EUPL-1.2
"""How an organization answers, counted; and nothing of fewer than five."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.kernel import OrganizationId, TurnId
from scharnier.core.referral import Handling, Party, State, Turn, measure_answering

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
DESK = Party(organization_id=OrganizationId("schuldhulp"))
STATES = st.sampled_from(list(State))


def handling(state, *, after_days=None, asked=True):
    return Handling(
        turn=Turn(id=TurnId("1"), candidate=DESK, round=1, state=state),
        requested_at=MONDAY if asked else None,
        answered_at=None if after_days is None else MONDAY + timedelta(days=after_days),
    )


def answered(*days):
    return [handling(State.ACCEPTED, after_days=each) for each in days]


SILENT = handling(State.UNANSWERED)


class TestMeasureAnswering:
    def test_counts_working_days_and_silence(self):
        found = measure_answering([*answered(0, 1, 4, 7, 7), SILENT])

        assert found is not None
        assert (found.n_asks, found.median_days, found.unanswered_share) == (6, 4.0, 1 / 6)

    def test_passes_over_free_days(self):
        free = [MONDAY.date() + timedelta(days=number) for number in range(3)]

        found = measure_answering(answered(*[4] * 5), free_days=free)

        assert found is not None
        assert found.median_days == 1.0

    def test_says_nothing_of_the_days_of_fewer_than_five(self):
        found = measure_answering([*answered(1, 1, 1, 1), SILENT])

        assert found is not None
        assert (found.median_days, found.unanswered_share) == (None, 0.2)

    @pytest.mark.parametrize(
        "other",
        [
            handling(State.DRAFT, asked=False),
            handling(State.REQUESTED),
            handling(State.CANCELLED),
            handling(State.ENTERED_IN_ERROR, after_days=1),
        ],
    )
    def test_leaves_out_what_nobody_could_answer_yet_or_should(self, other):
        assert measure_answering([*answered(1, 1, 1, 1), other]) is None

    @given(st.lists(st.builds(handling, STATES, after_days=st.none() | st.integers(0, 30)), max_size=12))
    def test_tells_nothing_of_fewer_than_five_and_keeps_within_bounds(self, handlings):
        found = measure_answering(handlings)

        counted = [
            each
            for each in handlings
            if each.is_asked and (each.answered_at or each.turn.state is State.UNANSWERED)
        ]
        assert (found is None) == (len(counted) < 5)
        assert found is None or (0 <= found.unanswered_share <= 1 and found.n_asks == len(counted))

    @given(st.permutations([*answered(0, 1, 2, 3, 4), SILENT]))
    def test_does_not_depend_on_the_order(self, handlings):
        assert measure_answering(handlings) == measure_answering([*answered(0, 1, 2, 3, 4), SILENT])
