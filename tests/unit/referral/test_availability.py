# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from scharnier.core.referral._availability import (
    ROOM_HALF_LIFE_DAYS,
    SILENCE_HALF_LIFE_DAYS,
    Availability,
)
from tests.factories import DAY

HALF_LIFE_DAYS = 30


def on(days):
    return DAY + timedelta(days=days)


@pytest.fixture
def known():
    return Availability(np.zeros(2), on=DAY, half_life_days=HALF_LIFE_DAYS)


class TestRecency:
    def test_prefers_who_took_something_lately(self, known):
        known.note_taken({0: 1.0}, on=on(0))
        known.note_taken({1: 1.0}, on=on(20))

        assert known.recency(on(20)).argmax() == 1

    def test_fades_as_the_sum_by_hand(self, known):
        for days, column in ((0, 0), (30, 0), (60, 1)):
            known.note_taken({column: 1.0}, on=on(days))

        assert known._faded(on(90))[0] == pytest.approx([1 / 8 + 1 / 4, 1 / 2])

    def test_continues_what_was_known_before(self):
        known = Availability(np.array([2.0, 1.0]), on=DAY, half_life_days=HALF_LIFE_DAYS)

        assert known.recency(on(5)) == pytest.approx([1, -1])


class TestRoom:
    def test_is_less_by_half_as_much_after_a_fortnight(self, known):
        known.note_full(0, on=on(0))

        assert known.room(on(0)).tolist() == pytest.approx([-np.log(2), 0])
        assert known.room(on(ROOM_HALF_LIFE_DAYS)).tolist() == pytest.approx([-np.log(1.5), 0])

    def test_is_whole_again_with_the_next_that_is_taken(self, known):
        known.note_full(0, on=on(0))
        known.note_taken({0: 1.0}, on=on(1))

        assert known.room(on(1)).tolist() == [0, 0]

    def test_has_nothing_to_do_with_silence(self, known):
        known.note_silence(0, on=on(0))

        assert known.room(on(0)).tolist() == [0, 0]


class TestPresence:
    def test_is_doubted_longer(self, known):
        known.note_silence(0, on=on(0))

        assert known.presence(on(SILENCE_HALF_LIFE_DAYS)).tolist() == pytest.approx([-np.log(1.5), 0])

    def test_is_certain_with_any_answer(self, known):
        known.note_silence(0, on=on(0))
        known.note_answer(0, on=on(1))

        assert known.presence(on(1)).tolist() == [0, 0]

    def test_does_not_grow_by_what_is_told_of_an_earlier_day(self, known):
        known.note_silence(0, on=on(10))
        known.note_silence(1, on=on(5))

        assert known.presence(on(10)).tolist() == pytest.approx([-np.log(2), -np.log(2)])
