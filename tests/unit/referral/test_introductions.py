# SPDX-License-Identifier: EUPL-1.2
"""Introductions: who is asked, in which order, and that a no looks like nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.kernel import PersonId
from scharnier.core.referral import (
    BadIntroduction,
    Introduction,
    IntroductionOver,
    NotYourStep,
    Progress,
    Reply,
    asked_now,
    progress_for_asker,
    reply_to_introduction,
)

KAREL, NOOR, SAMIRA, BAS = map(PersonId, ("karel", "noor", "samira", "bas"))
MONDAY = date(2026, 3, 2)
FREE_DAYS = st.lists(st.dates(MONDAY, MONDAY + timedelta(days=20)), max_size=5)
ASKED = Introduction(asker_id=KAREL, party_id=BAS, introducer_ids=(NOOR, SAMIRA), asked_on=MONDAY)


def after(*replies: Reply) -> Introduction:
    introduction = ASKED
    for reply in replies:
        by = asked_now(introduction)
        assert by is not None
        introduction = reply_to_introduction(introduction, reply, by=by)
    return introduction


class TestReplyToIntroduction:
    @pytest.mark.parametrize(
        ("replies", "now"),
        [
            ([], NOOR),
            ([Reply.LATER], NOOR),
            ([Reply.YES], SAMIRA),
            ([Reply.YES, Reply.LATER], SAMIRA),
            ([Reply.YES, Reply.YES], None),
            ([Reply.NO], None),
            ([Reply.YES, Reply.NO], None),
        ],
    )
    def test_asks_one_after_the_other(self, replies, now):
        assert asked_now(after(*replies)) == now

    def test_is_for_who_is_asked_now(self):
        with pytest.raises(NotYourStep):
            reply_to_introduction(ASKED, Reply.YES, by=SAMIRA)

    @pytest.mark.parametrize("replies", [[Reply.NO], [Reply.YES, Reply.YES]])
    def test_is_given_once(self, replies):
        with pytest.raises(IntroductionOver):
            reply_to_introduction(after(*replies), Reply.YES, by=NOOR)


class TestProgressForAsker:
    def test_tells_at_once_that_it_was_made(self):
        assert progress_for_asker(after(Reply.YES, Reply.YES), on=MONDAY) is Progress.MADE

    @given(
        n_days=st.integers(0, 30), free=st.lists(st.dates(MONDAY, MONDAY + timedelta(days=20)), max_size=5)
    )
    def test_makes_no_difference_between_a_no_later_and_silence(self, n_days, free):
        on = MONDAY + timedelta(days=n_days)

        told = {
            progress_for_asker(after(*replies), on=on, free_days=free)
            for replies in ([], [Reply.NO], [Reply.LATER], [Reply.YES], [Reply.YES, Reply.NO])
        }

        assert len(told) == 1
        assert Progress.MADE not in told

    def test_shows_another_way_after_five_working_days(self):
        shown = [progress_for_asker(ASKED, on=MONDAY + timedelta(days=n)) for n in range(9)]

        assert shown == [Progress.WAITING] * 7 + [Progress.OTHER_WAY] * 2


class TestIntroduction:
    @pytest.mark.parametrize(
        "facts",
        [
            {"introducer_ids": ()},
            {"introducer_ids": (NOOR, SAMIRA, PersonId("els"))},
            {"introducer_ids": (NOOR, NOOR)},
            {"introducer_ids": (KAREL,)},
            {"introducer_ids": (BAS,)},
            {"party_id": KAREL},
            {"n_yes": 3},
            {"n_yes": -1},
        ],
    )
    def test_goes_over_others(self, facts):
        with pytest.raises(BadIntroduction):
            replace(ASKED, **facts)
