# SPDX-License-Identifier: EUPL-1.2
"""A whole referral: what it cannot be, and what came of it, as far as counting goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scharnier.core import referral
from scharnier.core.kernel import (
    AreaId,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    ResidentGroupId,
    TopicId,
    TurnId,
)
from scharnier.core.referral import About, Feedback, Handling, Helped, Proposal, ProposedBy, State, Teller

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
KAREL, NOOR = (referral.Party(person_id=PersonId(name)) for name in ("karel", "noor"))
DESK = referral.Party(organization_id=OrganizationId("schuldhulp"))


def a_handling(state=State.DRAFT, *, number=1, **parts):
    turn = referral.Turn(id=TurnId(str(number)), candidate=KAREL, round=number, state=state)
    return Handling(turn=turn, **parts)


def accepted(*, number=1, after_days=0):
    return a_handling(
        State.ACCEPTED,
        number=number,
        requested_at=MONDAY,
        answered_at=MONDAY + timedelta(days=after_days),
    )


def declined(*, number=1, reason=referral.Reason.CONFLICT):
    return a_handling(
        State.REJECTED, number=number, requested_at=MONDAY, answered_at=MONDAY, ended_at=MONDAY, reason=reason
    )


def silent(*, number=1):
    return a_handling(State.UNANSWERED, number=number, requested_at=MONDAY)


def a_referral(*handlings, **parts):
    return referral.Referral(
        **{
            "id": ReferralId("r"),
            "network_id": NetworkId("kruisveld"),
            "text": "lawaai op het plein",
            "language": "nl",
            "sender": NOOR,
            "made_at": MONDAY,
            "handlings": handlings or (a_handling(),),
            **parts,
        }
    )


def said(by, helped):
    return Feedback(by=by, helped=helped, told_at=MONDAY)


class TestReferral:
    @pytest.mark.parametrize(
        "parts",
        [
            {},
            {"about": About.SITUATION},
            {"about": About.GROUP, "resident_group_id": ResidentGroupId("jongeren")},
            {"about": About.RESIDENT, "purpose": "hulp bij brieven", "consented_on": date(2026, 3, 1)},
        ],
        ids=str,
    )
    def test_says_what_it_is_about(self, parts):
        assert a_referral(**parts).about is parts.get("about", About.PROBLEM)

    @pytest.mark.parametrize(
        "parts",
        [
            {"about": About.GROUP},
            {"resident_group_id": ResidentGroupId("jongeren")},
            {"about": About.RESIDENT},
            {"about": About.RESIDENT, "purpose": "hulp bij brieven"},
            {"about": About.RESIDENT, "purpose": "  ", "consented_on": date(2026, 3, 1)},
            {"about": About.RESIDENT, "consented_on": date(2026, 3, 1)},
            {"purpose": "hulp bij brieven", "consented_on": date(2026, 3, 1)},
        ],
        ids=str,
    )
    def test_is_about_nothing_else(self, parts):
        with pytest.raises(referral.BadReferral):
            a_referral(**parts)

    def test_hangs_together_as_a_chain(self):
        with pytest.raises(referral.BadChain):
            a_referral(a_handling(number=2))

    def test_knows_its_chain(self):
        whole = a_referral(declined(), declined(number=2), open_since=2, given_up_at=MONDAY, cause="niemand")

        assert whole.chain == referral.Chain(
            turns=tuple(handling.turn for handling in whole.handlings), open_since=2, is_given_up=True
        )
        assert referral.is_over(whole.chain)
        assert not referral.is_over(replace(whole, given_up_at=None).chain)

    def test_is_over_once_it_was_told(self):
        done = a_referral(a_handling(State.COMPLETED))

        assert not referral.is_over(done.chain)
        assert referral.is_over(replace(done, outcome_told_at=MONDAY).chain)


class TestHandling:
    @pytest.mark.parametrize(
        "parts",
        [
            {"answered_at": MONDAY},
            {"requested_at": MONDAY, "answered_at": MONDAY - timedelta(seconds=1)},
            {"requested_at": MONDAY, "ended_at": MONDAY - timedelta(seconds=1)},
            {"hours": -1.0},
        ],
        ids=str,
    )
    def test_takes_no_impossible_time(self, parts):
        with pytest.raises(referral.BadHandling):
            a_handling(**parts)

    def test_may_end_before_it_is_asked_or_answered(self):
        assert a_handling(State.ENTERED_IN_ERROR, ended_at=MONDAY).ended_at == MONDAY
        assert a_handling(State.CANCELLED, requested_at=MONDAY, ended_at=MONDAY, hours=0).hours == 0

    def test_is_accepted_with_an_answer_that_is_no_decline(self):
        assert [each.is_accepted for each in (accepted(), declined(), silent(), a_handling())] == [
            True,
            False,
            False,
            False,
        ]


class TestProposal:
    @pytest.mark.parametrize(
        "parts",
        [
            {"place": 1},
            {"by": ProposedBy.RATHER, "propensity": 0.5},
            {"by": ProposedBy.SUGGESTION, "place": 0},
            {"by": ProposedBy.SUGGESTION, "propensity": 0.0},
            {"by": ProposedBy.SUGGESTION, "propensity": 1.1},
        ],
        ids=str,
    )
    def test_has_a_place_and_a_chance_among_suggestions_only(self, parts):
        with pytest.raises(referral.BadHandling):
            Proposal(**parts)

    def test_keeps_both(self):
        suggested = Proposal(by=ProposedBy.SUGGESTION, place=2, propensity=1.0)

        assert (suggested.place, suggested.propensity) == (2, 1.0)


class TestCheckParties:
    @pytest.mark.parametrize("parties", [[], [NOOR], [KAREL, KAREL], [DESK, DESK]], ids=str)
    def test_refuses_nobody_oneself_and_who_is_named_twice(self, parties):
        with pytest.raises(referral.BadParties):
            referral.check_parties(parties, sender=NOOR)

    def test_knows_a_person_again_behind_another_organization(self):
        for_desk = replace(KAREL, organization_id=OrganizationId("schuldhulp"))

        with pytest.raises(referral.BadParties):
            referral.check_parties([KAREL, for_desk], sender=NOOR)

    def test_lets_a_person_be_asked_beside_their_organization(self):
        referral.check_parties([KAREL, DESK], sender=NOOR)


class TestHandlingOf:
    def test_finds_a_turn(self):
        whole = a_referral(declined(), accepted(number=2))

        assert referral.handling_of(whole, TurnId("2")) == whole.handlings[1]

    def test_knows_no_other(self):
        with pytest.raises(referral.TurnNotFound):
            referral.handling_of(a_referral(), TurnId("2"))


class TestCourseOf:
    def test_is_none_when_nobody_was_asked(self):
        void = a_handling(State.ENTERED_IN_ERROR, number=2, requested_at=MONDAY, ended_at=MONDAY)

        assert referral.course_of(a_referral(a_handling(), void)) is None

    def test_counts_parties_silence_and_days(self):
        whole = a_referral(
            silent(),
            declined(number=2),
            accepted(number=3, after_days=9),
            topics=frozenset({TopicId("noise")}),
            area_id=AreaId("noord"),
        )

        course = referral.course_of(whole, free_days=[date(2026, 3, 4)])

        assert course == referral.Course(
            n_asks=3,
            n_unanswered=1,
            days_to_accept=6,
            topics=frozenset({TopicId("noise")}),
            area_id=AreaId("noord"),
        )

    def test_has_no_days_when_nobody_accepted(self):
        assert referral.course_of(a_referral(declined())).days_to_accept is None

    @pytest.mark.parametrize(
        ("feedback", "has_helped"),
        [
            ((), None),
            ((said(Teller.RECEIVER, Helped.YES),), True),
            ((said(Teller.RECEIVER, Helped.YES), said(Teller.SENDER, Helped.NO)), False),
            ((said(Teller.CONCERNED, Helped.PARTLY), said(Teller.SENDER, Helped.NO)), True),
            ((said(Teller.SENDER, Helped.YES), said(Teller.SENDER, Helped.NO)), False),
        ],
        ids=str,
    )
    def test_believes_the_one_it_was_for_before_others(self, feedback, has_helped):
        course = referral.course_of(a_referral(accepted(), feedback=feedback))

        assert course.has_helped is has_helped


class TestResponseOf:
    def test_is_an_answer_for_four_steps(self):
        answers = {step: referral.response_of(step) for step in referral.Step}

        assert {step.value: answer.value for step, answer in answers.items() if answer} == {
            "accept": "accepted",
            "decline": "declined",
            "lapse": "unanswered",
            "complete": "completed",
        }


class TestCountWorkingDays:
    @pytest.mark.parametrize(
        ("last", "n_days"), [(date(2026, 3, 1), 0), (date(2026, 3, 2), 0), (date(2026, 3, 9), 5)]
    )
    def test_leaves_out_weekends_and_never_runs_backwards(self, last, n_days):
        assert referral.count_working_days(MONDAY.date(), last) == n_days

    def test_undoes_adding_them(self):
        for n_days in range(30):
            last = referral.add_working_days(MONDAY.date(), n_days, free_days=[date(2026, 3, 17)])

            found = referral.count_working_days(MONDAY.date(), last, free_days=[date(2026, 3, 17)])
            assert found == n_days
