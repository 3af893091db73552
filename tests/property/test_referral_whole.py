# SPDX-License-Identifier: EUPL-1.2
"""Laws of whole referrals: what holds whatever was asked, answered and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import referral
from scharnier.core.kernel import NetworkId, PersonId, ReferralId, ResidentGroupId, TurnId
from scharnier.core.referral import About, Handling, Helped, Reason, State, Teller

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOOR = referral.Party(person_id=PersonId("noor"))
NAMES = ("karel", "bas", "mo", "els")
GROUP = ResidentGroupId("jongeren")
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
hours = st.integers(0, 400).map(lambda n: timedelta(hours=n))
told = st.builds(
    referral.Feedback,
    by=st.sampled_from(Teller),
    helped=st.sampled_from(Helped),
    told_at=hours.map(lambda after: MONDAY + after),
)
parties = st.lists(st.sampled_from(NAMES), max_size=4).map(
    lambda names: [referral.Party(person_id=PersonId(name)) for name in names]
)


@st.composite
def handlings(draw, number):
    """A turn in any state, with the moments that belong to it."""
    state = draw(st.sampled_from(State))
    asked = MONDAY + draw(hours)
    answered = asked + draw(hours)
    is_asked = state is not State.DRAFT
    is_answered = state not in {State.DRAFT, State.REQUESTED, State.UNANSWERED, State.CANCELLED}
    return Handling(
        turn=referral.Turn(
            id=TurnId(str(number)),
            candidate=referral.Party(person_id=PersonId(draw(st.sampled_from(NAMES)))),
            round=number,
            state=state,
        ),
        requested_at=asked if is_asked else None,
        answered_at=answered if is_answered else None,
        reason=draw(st.sampled_from(Reason)) if state is State.REJECTED else None,
    )


@st.composite
def referrals(draw):
    n_turns = draw(st.integers(1, 5))
    return referral.Referral(
        id=ReferralId("r"),
        network_id=NetworkId("n"),
        text="lawaai op het plein",
        language="nl",
        sender=NOOR,
        made_at=MONDAY,
        handlings=tuple(draw(handlings(number)) for number in range(1, n_turns + 1)),
        feedback=tuple(draw(st.lists(told, max_size=4))),
    )


class TestCourseOf:
    @given(whole=referrals(), free_days=st.frozensets(days, max_size=5))
    def test_counts_each_party_asked_once(self, whole, free_days):
        course = referral.course_of(whole, free_days=free_days)
        asked = [handling for handling in whole.handlings if handling.is_asked]

        assert (course is None) is (not asked)
        if course is not None:
            assert course.n_asks == len(asked)
            assert 0 <= course.n_unanswered <= course.n_asks

    @given(whole=referrals(), free_days=st.frozensets(days, max_size=5))
    def test_has_days_exactly_when_somebody_accepted(self, whole, free_days):
        course = referral.course_of(whole, free_days=free_days)

        if course is not None:
            accepted = [each for each in whole.handlings if each.is_asked and each.is_accepted]
            assert (course.days_to_accept is None) is (not accepted)

    @given(whole=referrals(), free_days=st.frozensets(days, max_size=5))
    def test_takes_no_longer_with_more_holidays(self, whole, free_days):
        plain, fewer = referral.course_of(whole), referral.course_of(whole, free_days=free_days)

        if plain is not None and plain.days_to_accept is not None:
            assert fewer.days_to_accept <= plain.days_to_accept

    @given(whole=referrals())
    def test_is_blind_to_what_is_a_draft_or_a_mistake(self, whole):
        number = len(whole.handlings) + 1
        turn = referral.Turn(id=TurnId("new"), candidate=NOOR, round=number)
        void = replace(turn, state=State.ENTERED_IN_ERROR)
        more = [replace(whole, handlings=(*whole.handlings, Handling(turn=each))) for each in (turn, void)]

        assert {referral.course_of(each) for each in more} == {referral.course_of(whole)}

    @given(whole=referrals(), said=told)
    def test_believes_the_one_it_was_for(self, whole, said):
        concerned = replace(said, by=Teller.CONCERNED)
        heard = replace(whole, feedback=(*whole.feedback, concerned))

        course = referral.course_of(heard)

        if course is not None:
            assert course.has_helped is (concerned.helped is not Helped.NO)

    @given(wholes=st.lists(referrals(), min_size=5, max_size=8))
    def test_is_what_adequacy_is_made_of(self, wholes):
        courses = [course for course in map(referral.course_of, wholes) if course is not None]

        found = referral.measure_adequacy(courses)

        assert (found is None) is (len(courses) < 5)
        if found is not None:
            assert 0 <= found.right_at_once_share <= found.accepted_share <= 1 <= found.mean_asks


class TestReferral:
    @given(whole=referrals())
    def test_finds_each_of_its_turns(self, whole):
        found = tuple(referral.handling_of(whole, handling.turn.id) for handling in whole.handlings)

        assert found == whole.handlings
        assert whole.chain.turns == tuple(handling.turn for handling in whole.handlings)

    @given(whole=referrals())
    def test_waits_for_nobody_once_it_was_told_or_given_up_and_nobody_has_it(self, whole):
        ended = replace(whole, outcome_told_at=MONDAY, given_up_at=MONDAY)

        waits = referral.waits(ended.chain)

        assert {wait.turn_id for wait in waits} <= {handling.turn.id for handling in whole.handlings}


class TestCheckAbout:
    @given(
        about=st.sampled_from(About),
        group=st.none() | st.just(GROUP),
        purpose=st.sampled_from(("", "  ", "hulp")),
        since=st.none() | days,
    )
    def test_takes_exactly_what_belongs_to_each(self, about, group, purpose, since):
        says = (group is not None, bool(purpose.strip()), since is not None)
        belongs = {About.GROUP: (True, False, False), About.RESIDENT: (False, True, True)}

        if says == belongs.get(about, (False, False, False)):
            referral.check_about(about, resident_group_id=group, purpose=purpose, consented_on=since)
        else:
            with pytest.raises(referral.BadReferral):
                referral.check_about(about, resident_group_id=group, purpose=purpose, consented_on=since)


class TestCheckParties:
    @given(asked=parties, data=st.data())
    def test_does_not_depend_on_their_order(self, asked, data):
        shuffled = data.draw(st.permutations(asked))

        assert _is_taken(asked) is _is_taken(shuffled)

    @given(asked=parties)
    def test_takes_each_once(self, asked):
        assert _is_taken(asked) is (bool(asked) and len({party.person_id for party in asked}) == len(asked))

    @given(asked=parties, place=st.integers(0, 4))
    def test_never_takes_who_asks(self, asked, place):
        assert not _is_taken([*asked[:place], NOOR, *asked[place:]])


def _is_taken(asked):
    try:
        referral.check_parties(asked, sender=NOOR)
    except referral.BadParties:
        return False
    return True


class TestCountWorkingDays:
    @given(first=days, n_days=st.integers(0, 60), free_days=st.frozensets(days, max_size=9))
    def test_undoes_adding_them(self, first, n_days, free_days):
        last = referral.add_working_days(first, n_days, free_days=free_days)

        assert referral.count_working_days(first, last, free_days=free_days) == n_days

    @given(first=days, middle=days, last=days, free_days=st.frozensets(days, max_size=9))
    def test_adds_up(self, first, middle, last, free_days):
        first, middle, last = sorted((first, middle, last))

        parts = [
            referral.count_working_days(*each, free_days=free_days)
            for each in ((first, middle), (middle, last), (first, last))
        ]

        assert parts[0] + parts[1] == parts[2]
