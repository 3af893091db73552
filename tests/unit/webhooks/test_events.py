# SPDX-License-Identifier: EUPL-1.2
"""What can be announced: a closed list, identifiers only; and when trying ends."""

from __future__ import annotations

from datetime import timedelta
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.tasks.decisions import Pace, backoff_seconds
from scharnier.core import webhooks
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import FACTS, OFFERED, Announcement, Event, InvalidAnnouncement
from tests.factories import NOON

DAY_SECONDS = 24 * 3600


def announce(**parts):
    usual = {
        "event": Event.REFERRAL_ACCEPTED,
        "network_id": NetworkId("kruisveld"),
        "object_id": "referral-7",
        "happened_at": NOON,
    }
    return Announcement(**usual | parts)


class TestAnnouncement:
    def test_takes_identifiers_and_codes(self):
        said = announce(facts={"turn": "turn-1", "reason": "no_capacity"})

        assert said.facts == {"turn": "turn-1", "reason": "no_capacity"}

    @pytest.mark.parametrize("text", ["Samira de Vries", "samira@example.org", "", "a b", "a\nb", "x" * 500])
    def test_takes_no_words_and_no_address(self, text):
        for parts in ({"object_id": text}, {"network_id": text}, {"facts": {"turn": text}}):
            with pytest.raises(InvalidAnnouncement):
                announce(**parts)

    @pytest.mark.parametrize("name", ["person", "name", "text", "email", "person_id"])
    def test_takes_no_fact_about_a_person(self, name):
        with pytest.raises(InvalidAnnouncement) as caught:
            announce(facts={name: "samira"})

        assert caught.value.facts["unknown"] == (name,)
        assert name not in FACTS

    def test_wants_to_know_where_the_clock_stands(self):
        with pytest.raises(InvalidAnnouncement):
            announce(happened_at=NOON.replace(tzinfo=None))


class TestEvents:
    def test_are_all_offered_but_the_test(self):
        assert set(Event) - set(OFFERED) == {Event.TEST}


class TestIsTaken:
    @given(status=st.integers(100, 599))
    def test_means_an_answer_in_the_two_hundreds(self, status):
        assert webhooks.is_taken(status) is (status // 100 == 2)

    def test_does_not_mean_silence(self):
        assert not webhooks.is_taken(None)


class TestIsGivenUp:
    @given(attempt=st.integers(1, 200))
    def test_means_the_last_attempt_or_a_later_one(self, attempt):
        expected = attempt >= webhooks.MOST_ATTEMPTS

        assert webhooks.is_given_up(attempt=attempt, is_test=False) is expected
        assert webhooks.is_given_up(attempt=attempt, is_test=True)

    def test_comes_after_about_a_day_at_the_usual_pace(self):
        pace = Pace()
        waited = [
            sum(
                backoff_seconds(attempt, seed=f"task {number}", pace=pace)
                for attempt in range(1, webhooks.MOST_ATTEMPTS)
            )
            for number in range(200)
        ]

        assert mean(waited) == pytest.approx(DAY_SECONDS, rel=0.05)
        assert min(waited) > 0.6 * DAY_SECONDS
        assert max(waited) < 1.4 * DAY_SECONDS


class TestIsSwitchedOff:
    @given(status=st.none() | st.integers(100, 599), hours=st.integers(0, 300))
    def test_means_gone_or_five_days_of_failing(self, status, hours):
        is_off = webhooks.is_switched_off(status=status, failing_since=NOON, at=NOON + timedelta(hours=hours))

        assert is_off is (status == 410 or hours >= 5 * 24)
