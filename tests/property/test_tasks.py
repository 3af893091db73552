# SPDX-License-Identifier: EUPL-1.2
"""Laws of trying again: never too soon for ever, never too late, and the same for the same task."""

from __future__ import annotations

from datetime import timedelta
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.tasks.decisions import Pace, Status, backoff_seconds, next_status, next_time
from tests.factories import NOON

attempts = st.integers(1, 10_000)
seconds = st.floats(0.001, 1e6)
paces = st.builds(Pace, lease_seconds=seconds, pause_seconds=seconds, longest_pause_seconds=seconds)
times = st.integers(-(10**7), 10**7).map(lambda moved: NOON + timedelta(seconds=moved))
everies = st.integers(1, 10**6)


class TestBackoffSeconds:
    @given(attempt=attempts, seed=st.text(), pace=paces)
    def test_lies_between_nothing_and_the_doubled_pause_and_the_cap(self, attempt, seed, pace):
        pause = backoff_seconds(attempt, seed=seed, pace=pace)

        assert 0 <= pause < pace.longest_pause_seconds
        assert attempt > 500 or pause < pace.pause_seconds * 2.0 ** (attempt - 1)

    @given(attempt=attempts, seed=st.text(), pace=paces)
    def test_is_the_same_for_the_same_task_and_attempt(self, attempt, seed, pace):
        once = backoff_seconds(attempt, seed=seed, pace=pace)

        assert once == backoff_seconds(attempt, seed=seed, pace=pace)

    @given(attempt=attempts, seed=st.text(), pace=paces, times=st.integers(2, 9))
    def test_scales_with_the_pace(self, attempt, seed, pace, times):
        slower = Pace(
            pause_seconds=pace.pause_seconds * times, longest_pause_seconds=pace.longest_pause_seconds * times
        )

        once = backoff_seconds(attempt, seed=seed, pace=pace)

        assert abs(backoff_seconds(attempt, seed=seed, pace=slower) - once * times) <= 1e-9 * once * times

    def test_spreads_tasks_over_the_whole_pause(self):
        pace = Pace(pause_seconds=100)

        pauses = [backoff_seconds(1, seed=str(number), pace=pace) for number in range(2000)]

        assert 47 < mean(pauses) < 53
        assert (min(pauses) < 1, max(pauses) > 99) == (True, True)


class TestPace:
    @given(pace=paces)
    def test_lets_two_beats_be_missed_and_rests_less_than_a_lease(self, pace):
        assert pace.beat_seconds * 3 <= pace.lease_seconds * (1 + 1e-9)
        assert 0 < pace.poll_seconds <= min(1, pace.lease_seconds)


class TestNextStatus:
    @given(attempt=attempts, max_attempts=attempts)
    def test_is_ready_exactly_while_attempts_are_left(self, attempt, max_attempts):
        status = next_status(attempts=attempt, max_attempts=max_attempts, is_final=False)

        assert (status is Status.READY) == (attempt < max_attempts)
        assert status in {Status.READY, Status.DEAD}

    @given(attempt=attempts, max_attempts=attempts)
    def test_is_failed_when_another_try_would_not_help(self, attempt, max_attempts):
        assert next_status(attempts=attempt, max_attempts=max_attempts, is_final=True) is Status.FAILED


class TestNextTime:
    @given(due_at=times, every=everies, at=times)
    def test_is_the_first_turn_after_now_and_after_the_last_one(self, due_at, every, at):
        following = next_time(due_at, every_seconds=every, at=at)

        assert following > max(at, due_at)
        assert following - timedelta(seconds=every) <= max(at, due_at)

    @given(due_at=times, every=everies, at=times)
    def test_keeps_the_rhythm(self, due_at, every, at):
        following = next_time(due_at, every_seconds=every, at=at)

        assert (following - due_at) % timedelta(seconds=every) == timedelta(0)
