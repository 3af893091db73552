# SPDX-License-Identifier: EUPL-1.2
"""What a situation waits for, and who sees that it waits for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.core import situations
from scharnier.core.kernel import PersonId, Role, SituationId
from scharnier.core.situations import (
    ENDED,
    ActionState,
    Awaited,
    Capacity,
    GoalScore,
    InvitationState,
    Lasting,
    State,
)
from tests.factories import an_actor
from tests.unit.situations.scenes import (
    FULL_PLAN,
    HEARD,
    KAREL,
    LIBRARY,
    MONDAY,
    POLICE,
    SCHOOL,
    a_situation,
    an_action,
    an_agreement,
    an_invitation,
    days,
)


def waits(situation, n_days=0):
    return [(each.awaited, each.due) for each in situations.what_waits(situation, on=days(n_days))]


def kinds(situation, n_days=0):
    return {each.awaited for each in situations.what_waits(situation, on=days(n_days))}


class TestWhatWaits:
    @pytest.mark.parametrize(
        ("state", "awaited"),
        [
            (State.SIGNAL_BUNDLE, Awaited.PROPOSING),
            (State.PROPOSED, Awaited.ACCEPTING),
            (State.ACCEPTED, Awaited.PLANNING),
            (State.PLAN, Awaited.STARTING),
            (State.RUNNING, Awaited.EVALUATING),
            (State.EVALUATING, Awaited.CLOSING),
        ],
    )
    def test_is_the_next_step_of_who_leads(self, state, awaited):
        (found,) = (
            each for each in situations.what_waits(a_situation(state), on=MONDAY) if each.awaited is awaited
        )

        assert found.capacity is Capacity.OWNER

    @pytest.mark.parametrize("state", ENDED)
    def test_is_nothing_once_it_ended(self, state):
        ended = a_situation(state, invitations=(an_invitation(),), agreements=(an_agreement(),))

        assert waits(ended, 60) == []

    @pytest.mark.parametrize("state", [State.SIGNAL_BUNDLE, State.PROPOSED])
    def test_is_for_the_coordinator_where_nobody_leads(self, state):
        found = situations.what_waits(a_situation(state, owner_id=None, invitations=()), on=MONDAY)

        assert {each.capacity for each in found} == {Capacity.COORDINATOR}

    def test_is_somebody_to_lead_it(self):
        assert Awaited.OWNER in kinds(a_situation(State.PROPOSED, owner_id=None))
        assert Awaited.OWNER not in kinds(a_situation(State.PROPOSED))

    def test_is_an_evaluation_by_the_deadline(self):
        running = a_situation(State.RUNNING, actions=())

        assert waits(running) == [(Awaited.EVALUATING, FULL_PLAN.deadline)]

    @pytest.mark.parametrize("state", InvitationState)
    def test_is_an_answer_while_it_can_be_given(self, state):
        found = kinds(a_situation(State.PROPOSED, invitations=(an_invitation(POLICE, state),)))

        is_open = state in {InvitationState.INVITED, InvitationState.LAPSED}
        assert (Awaited.ANSWER in found) is is_open

    @pytest.mark.parametrize("state", ActionState)
    def test_is_an_action_that_is_open(self, state):
        action = an_action(state=state, reason="Er was geen stroom")

        assert (Awaited.ACTION in kinds(a_situation(State.RUNNING, actions=(action,)))) is (
            state is ActionState.OPEN
        )

    @pytest.mark.parametrize("state", [State.SIGNAL_BUNDLE, State.PROPOSED])
    def test_is_no_action_before_the_situation_is_accepted(self, state):
        assert Awaited.ACTION not in kinds(a_situation(state))

    def test_is_somebody_for_an_action_without_one(self):
        situation = a_situation(State.RUNNING, actions=(an_action(person_id=None),))

        (found,) = (
            each
            for each in situations.what_waits(situation, on=MONDAY)
            if each.awaited is Awaited.ACTION_OWNER
        )

        assert (found.organization_id, found.person_id, found.due) == (LIBRARY, None, days(14))

    @pytest.mark.parametrize(("n_days", "expected"), [(29, False), (30, True), (60, True)])
    def test_is_an_agreement_to_look_at(self, n_days, expected):
        situation = a_situation(State.RUNNING, agreements=(an_agreement(),))

        assert (Awaited.AGREEMENT in kinds(situation, n_days)) is expected

    def test_is_a_score_of_each_who_gave_none(self):
        scores = (GoalScore(organization_id=SCHOOL, score=4),)
        evaluating = a_situation(State.EVALUATING, scores=scores)

        found = [
            each.organization_id
            for each in situations.what_waits(evaluating, on=MONDAY)
            if each.awaited is Awaited.SCORE
        ]

        assert found == [LIBRARY]

    def test_is_no_score_once_all_answered(self):
        scores = tuple(GoalScore(organization_id=each, score=4) for each in (SCHOOL, LIBRARY))

        assert Awaited.SCORE not in kinds(a_situation(State.EVALUATING, scores=scores))

    @pytest.mark.parametrize(("n_days", "expected"), [(91, False), (92, True), (400, True)])
    def test_is_a_recheck_when_it_is_due(self, n_days, expected):
        assert (kinds(a_situation(State.CLOSED), n_days) == {Awaited.RECHECK}) is expected

    def test_is_one_recheck_at_a_time(self):
        closed = a_situation(State.CLOSED)
        assert len(waits(closed, 400)) == 1

        first = situations.do_recheck(closed.rechecks, Lasting.HOLDS, on=days(400))
        second = situations.do_recheck(first, Lasting.HOLDS, on=days(400))

        assert len(waits(replace(closed, rechecks=first), 400)) == 1
        assert waits(replace(closed, rechecks=second), 400) == []

    def test_comes_by_day_and_what_has_none_last(self):
        situation = a_situation(
            State.ACCEPTED,
            invitations=(*HEARD, an_invitation(POLICE)),
            actions=(an_action("2", due=days(9)), an_action("1", due=days(20))),
        )

        assert waits(situation) == [
            (Awaited.ACTION, days(9)),
            (Awaited.ANSWER, days(14)),
            (Awaited.ACTION, days(20)),
            (Awaited.PLANNING, None),
        ]


class TestWaitingFor:
    SITUATION = a_situation(
        State.EVALUATING,
        invitations=(*HEARD, an_invitation(POLICE)),
        agreements=(an_agreement(),),
    )

    @pytest.mark.parametrize(
        ("person_id", "role", "acts_for", "expected"),
        [
            ("samira", Role.PROFESSIONAL, SCHOOL, {Awaited.AGREEMENT, Awaited.CLOSING, Awaited.SCORE}),
            ("karel", Role.PROFESSIONAL, LIBRARY, {Awaited.ACTION, Awaited.SCORE}),
            ("els", Role.PROFESSIONAL, LIBRARY, {Awaited.SCORE}),
            ("mo", Role.PROFESSIONAL, POLICE, {Awaited.ANSWER}),
            ("noor", Role.COORDINATOR, "", set()),
            ("bas", Role.RESIDENT, "", set()),
        ],
    )
    def test_is_what_each_can_do(self, person_id, role, acts_for, expected):
        actor = an_actor(person_id, role=role, acts_for=acts_for)

        found = situations.waiting_for(actor, [self.SITUATION], on=days(40))

        assert {each.awaited for each in found} == expected

    def test_is_for_the_person_by_name_and_nobody_else(self):
        running = a_situation(State.RUNNING, actions=(an_action(person_id=PersonId("els")),))

        els = situations.waiting_for(an_actor("els", acts_for=LIBRARY), [running], on=MONDAY)
        karel = situations.waiting_for(an_actor("karel", acts_for=LIBRARY), [running], on=MONDAY)

        assert [each.awaited for each in els] == [Awaited.ACTION]
        assert karel == ()

    def test_is_for_the_organization_when_its_person_has_gone(self):
        running = a_situation(State.RUNNING, actions=(an_action(person_id=None),))

        found = situations.waiting_for(an_actor("els", acts_for=LIBRARY), [running], on=MONDAY)

        assert [each.awaited for each in found] == [Awaited.ACTION_OWNER]

    def test_is_nothing_of_another_network(self):
        stranger = an_actor("karel", network_id="elders", acts_for=LIBRARY)

        assert situations.waiting_for(stranger, [self.SITUATION], on=MONDAY) == ()

    def test_is_for_the_coordinator_where_nobody_leads(self):
        bundle = a_situation(owner_id=None, invitations=())

        found = situations.waiting_for(an_actor(role=Role.COORDINATOR), [bundle], on=MONDAY)

        assert [each.awaited for each in found] == [Awaited.PROPOSING]

    def test_comes_oldest_promise_first_over_situations(self):
        first = a_situation(State.RUNNING, actions=(an_action(due=days(20)),))
        second = a_situation(State.RUNNING, id=SituationId("t"), actions=(an_action(due=days(3)),))

        found = situations.waiting_for(an_actor(KAREL, acts_for=LIBRARY), [first, second], on=MONDAY)

        assert [each.situation_id for each in found] == ["t", "s"]
