# SPDX-License-Identifier: EUPL-1.2
"""What a link opens, and when it opens nothing any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.referral import (
    LINK_LASTS,
    Link,
    LinkPurpose,
    Part,
    Standing,
    State,
    Step,
    standing_of,
    steps_for,
    steps_of_link,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), 2 * LINK_LASTS).map(lambda passed: NOON + passed)
STATE_OF = {
    LinkPurpose.ANSWER: State.REQUESTED,
    LinkPurpose.FINISH: State.ACCEPTED,
    LinkPurpose.OUTCOME: None,
    LinkPurpose.INTRODUCE: State.DRAFT,
}


def a_link(purpose=LinkPurpose.ANSWER, **parts):
    return Link(purpose=purpose, expires_at=NOON + LINK_LASTS, **parts)


links = st.builds(
    Link,
    purpose=st.sampled_from(LinkPurpose),
    expires_at=st.just(NOON + LINK_LASTS),
    used_at=st.none() | st.just(NOON),
    revoked_at=st.none() | st.just(NOON),
)


class TestStandingOf:
    @pytest.mark.parametrize("state", [State.DRAFT, State.REQUESTED, State.ACCEPTED])
    def test_of_who_introduces_is_done_once_they_answered_whatever_the_turn_is(self, state):
        link = a_link(LinkPurpose.INTRODUCE)

        found = [standing_of(link, state=state, is_asked=asked, at=NOON) for asked in (True, False)]

        assert found == [Standing.OPEN, Standing.DONE]

    @pytest.mark.parametrize("purpose", LinkPurpose)
    def test_is_open_for_fourteen_days_and_not_a_moment_longer(self, purpose):
        link, state = a_link(purpose), STATE_OF[purpose]
        last = NOON + timedelta(days=14)

        assert standing_of(link, state=state, at=last - timedelta(microseconds=1)) is Standing.OPEN
        assert standing_of(link, state=state, at=last) is Standing.EXPIRED

    @pytest.mark.parametrize(
        ("purpose", "state", "expected"),
        [
            (LinkPurpose.ANSWER, State.UNANSWERED, Standing.OPEN),  # late is better than never
            (LinkPurpose.ANSWER, State.ACCEPTED, Standing.DONE),
            (LinkPurpose.ANSWER, State.REJECTED, Standing.DONE),
            (LinkPurpose.ANSWER, State.CANCELLED, Standing.CALLED_OFF),
            (LinkPurpose.ANSWER, State.ENTERED_IN_ERROR, Standing.CALLED_OFF),
            (LinkPurpose.FINISH, State.IN_PROGRESS, Standing.OPEN),
            (LinkPurpose.FINISH, State.ON_HOLD, Standing.OPEN),
            (LinkPurpose.FINISH, State.COMPLETED, Standing.DONE),
            (LinkPurpose.FINISH, State.FAILED, Standing.DONE),
            (LinkPurpose.FINISH, State.REQUESTED, Standing.DONE),
        ],
    )
    def test_follows_its_turn(self, purpose, state, expected):
        assert standing_of(a_link(purpose), state=state, at=NOON) is expected

    def test_says_that_it_is_over_before_it_says_that_it_ran_out(self):
        old = NOON + 2 * LINK_LASTS

        assert standing_of(a_link(), state=State.ACCEPTED, at=old) is Standing.DONE
        assert standing_of(a_link(), state=State.CANCELLED, at=old) is Standing.CALLED_OFF
        assert standing_of(a_link(revoked_at=NOON), state=State.REQUESTED, at=old) is Standing.REVOKED
        assert standing_of(a_link(), state=State.REQUESTED, has_account=True, at=old) is Standing.HAS_ACCOUNT

    @given(link=links, state=st.sampled_from(State), has_account=st.booleans(), at=MOMENTS)
    def test_opens_nothing_that_was_used_revoked_or_can_be_done_signed_in(self, link, state, has_account, at):
        if standing_of(link, state=state, has_account=has_account, at=at) is Standing.OPEN:
            assert (link.used_at, link.revoked_at, has_account) == (None, None, False)
            assert at < link.expires_at

    @given(link=links, state=st.sampled_from(State), at=MOMENTS)
    def test_opens_only_steps_that_who_is_asked_may_take(self, link, state, at):
        opened = steps_of_link(link.purpose)

        if opened and standing_of(link, state=state, at=at) is Standing.OPEN:
            able = set(steps_for(state, Part.CANDIDATE))
            assert set(opened) - {Step.PAUSE} <= able  # what waits already cannot be put to wait


class TestStepsOfLink:
    def test_share_no_step(self):
        steps = [step for purpose in LinkPurpose for step in steps_of_link(purpose)]

        assert len(steps) == len(set(steps))
