# SPDX-License-Identifier: EUPL-1.2
"""Every step from every state by everybody, with words or without, with all there or nothing: one oracle."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from scharnier.core import situations
from scharnier.core.kernel import Conflict, Invalid, NotAllowed
from scharnier.core.situations import Capacity, InvitationState, Lack, Plan, State, Step
from tests.unit.situations.scenes import (
    FULL_PLAN,
    HEARD,
    HOUSING,
    LIBRARY,
    MONDAY,
    POLICE,
    SAMIRA,
    SCHOOL,
    a_situation,
    an_action,
    an_evaluation,
    an_invitation,
    days,
)

OPENS = """
signal_bundle  propose    proposed     owner partner coordinator clock
signal_bundle  dismiss    dismissed    owner coordinator
proposed       accept     accepted     owner coordinator
proposed       hand_over  handed_over  owner coordinator
proposed       dismiss    dismissed    owner coordinator
accepted       plan       plan         owner
accepted       hand_over  handed_over  owner coordinator
accepted       dismiss    dismissed    owner coordinator
plan           run        running      owner
plan           hand_over  handed_over  owner coordinator
plan           dismiss    dismissed    owner coordinator
running        evaluate   evaluating   owner coordinator clock
running        hand_over  handed_over  owner coordinator
evaluating     resume     running      owner
evaluating     close      closed       owner
evaluating     hand_over  handed_over  owner coordinator
closed         reopen     running      owner coordinator
handed_over    reopen     proposed     owner coordinator
dismissed      reopen     proposed     owner coordinator
"""
ENTRIES = {
    (State(state), Step(step)): (State(to), {Capacity(name) for name in by})
    for state, step, to, *by in map(str.split, OPENS.strip().splitlines())
}
WITH_WORDS = {Step.DISMISS, Step.HAND_OVER, Step.RESUME, Step.REOPEN}
NEEDS_COALITION = {(State.PROPOSED, Step.ACCEPT)}
NEEDS_PLAN = {(State.ACCEPTED, Step.PLAN), (State.PLAN, Step.RUN), (State.CLOSED, Step.REOPEN)}
NEEDS_EVALUATION = {(State.EVALUATING, Step.CLOSE)}
NOTHING_THERE = {"plan": Plan(), "actions": (), "invitations": ()}
LED = {"owner_id": SCHOOL, "lead_id": SAMIRA}
WORDS = "Het komt terug"


def expected_refusal(entry, capacity, *, said, is_complete):
    """Return which failure is due first, or None."""
    if entry not in ENTRIES:
        return situations.StepClosed
    if capacity not in ENTRIES[entry][1]:
        return situations.StepOfOthers
    if entry[1] in WITH_WORDS and not said.strip():
        return situations.NothingSaid
    if not is_complete and entry in NEEDS_COALITION | NEEDS_PLAN | NEEDS_EVALUATION:
        return situations.NotReady
    return None


def stand(state, *, is_complete):
    if not is_complete:
        return a_situation(state, **NOTHING_THERE)
    is_judged = state in {State.EVALUATING, State.CLOSED}
    return a_situation(state, evaluation=an_evaluation() if is_judged else None)


CASES = tuple(product(Capacity, ("", " \t", WORDS), (True, False)))


def outcome_of(state, step, capacity, said, is_complete):
    """Return the state after a step, or the kind of failure."""
    situation = stand(state, is_complete=is_complete)
    try:
        after = situations.take_step(situation, step, by=capacity, on=days(1), said=said)
    except (Conflict, Invalid, NotAllowed) as refusal:
        return type(refusal)
    assert after.since == days(1)
    return after.state


class TestTakeStep:
    @pytest.mark.parametrize(("state", "step"), tuple(product(State, Step)))
    def test_is_allowed_or_refused_as_the_oracle_says(self, state, step):
        found = {case: outcome_of(state, step, *case) for case in CASES}

        assert found == {
            (capacity, said, is_complete): expected_refusal(
                (state, step), capacity, said=said, is_complete=is_complete
            )
            or ENTRIES[state, step][0]
            for capacity, said, is_complete in CASES
        }

    @pytest.mark.parametrize("capacity", Capacity)
    @pytest.mark.parametrize("state", State)
    def test_is_offered_only_where_the_oracle_opens_it(self, state, capacity):
        offered = situations.steps_for(state, capacity)

        assert set(offered) == {
            step for (at, step), (_, by) in ENTRIES.items() if at is state and capacity in by
        }

    @pytest.mark.parametrize("entry", ENTRIES)
    def test_keeps_the_words_that_were_said_and_no_older_ones(self, entry):
        state, step = entry
        before = stand(state, is_complete=True)

        after = situations.take_step(before, step, by=Capacity.OWNER, on=days(1), said=f"  {WORDS} ")

        is_handed = step is Step.HAND_OVER
        assert after.handed_to == (WORDS if is_handed else "")
        assert after.reason == (WORDS if step in WITH_WORDS and not is_handed else "")

    @pytest.mark.parametrize("entry", ENTRIES)
    def test_loses_nothing_that_partners_entered(self, entry):
        state, step = entry
        before = stand(state, is_complete=True)

        after = situations.take_step(before, step, by=Capacity.OWNER, on=days(1), said=WORDS)

        for name in ("question", "invitations", "plan", "agreements", "actions", "indicators", "meetings"):
            assert getattr(after, name) == getattr(before, name)
        assert (after.owner_id, after.lead_id) == (before.owner_id, before.lead_id)
        evaluations = {*before.earlier_evaluations, before.evaluation} - {None}
        assert {*after.earlier_evaluations, after.evaluation} - {None} == evaluations

    @pytest.mark.parametrize("entry", ENTRIES)
    def test_plans_to_look_again_only_on_closing(self, entry):
        state, step = entry

        after = situations.take_step(
            stand(state, is_complete=True), step, by=Capacity.OWNER, on=days(1), said=WORDS
        )

        assert bool(after.rechecks) is (step is Step.CLOSE)


ANSWERS = tuple(product([None, *InvitationState], repeat=2))


def invitations_of(answers):
    return tuple(
        an_invitation(organization_id, state)
        for organization_id, state in zip((LIBRARY, POLICE), answers, strict=True)
        if state is not None
    )


class TestWhatIsMissing:
    @pytest.mark.parametrize("is_led", [True, False])
    @pytest.mark.parametrize("answers", ANSWERS)
    def test_counts_yes_and_no_and_nothing_else_as_heard(self, answers, is_led):
        owner = LED if is_led else {"owner_id": None, "lead_id": None}
        situation = a_situation(State.PROPOSED, **owner, invitations=invitations_of(answers))

        found = situations.what_is_missing(situation, Step.ACCEPT)

        n_yes = answers.count(InvitationState.ACCEPTED) + is_led
        n_no = answers.count(InvitationState.DECLINED)
        is_heard = n_yes >= 1 and n_yes + n_no >= 2
        assert (Lack.OWNER in found) is not is_led
        assert (Lack.HEARD in found) is not is_heard

    def test_hears_an_organization_once_however_often_it_was_asked(self):
        asked = tuple(
            an_invitation(LIBRARY, InvitationState.DECLINED, invitation_id=str(number)) for number in range(3)
        )
        alone = a_situation(State.PROPOSED, owner_id=None, lead_id=None, invitations=asked)

        assert Lack.HEARD in situations.what_is_missing(alone, Step.ACCEPT)

    def test_does_not_hear_the_owner_twice(self):
        own = (an_invitation(SCHOOL, InvitationState.ACCEPTED),)

        assert situations.what_is_missing(a_situation(State.PROPOSED, invitations=own), Step.ACCEPT) == (
            Lack.HEARD,
        )

    @pytest.mark.parametrize("present", tuple(product([True, False], repeat=4)))
    @pytest.mark.parametrize(("state", "step"), sorted(NEEDS_PLAN))
    def test_names_exactly_the_parts_of_a_plan_that_lack(self, state, step, present):
        has_goal, has_baseline, has_deadline, has_action = present
        plan = Plan(
            goal=FULL_PLAN.goal if has_goal else "  ",
            baseline=FULL_PLAN.baseline if has_baseline else "",
            deadline=FULL_PLAN.deadline if has_deadline else None,
        )
        actions = (an_action("0", person_id=None), *([an_action()] if has_action else []))

        found = situations.what_is_missing(a_situation(state, plan=plan, actions=actions), step)

        parts = (Lack.GOAL, Lack.BASELINE, Lack.DEADLINE, Lack.ACTION)
        assert found == tuple(part for part, is_there in zip(parts, present, strict=True) if not is_there)

    @pytest.mark.parametrize("entry", ENTRIES)
    def test_is_nothing_when_all_is_there(self, entry):
        state, step = entry

        assert situations.what_is_missing(stand(state, is_complete=True), step) == ()


class TestPassLead:
    @pytest.mark.parametrize("state", State)
    def test_leaves_nobody_outside_who_was_inside(self, state):
        before = a_situation(state, invitations=(*HEARD, an_invitation(HOUSING, InvitationState.LEFT)))
        lead = situations.Lead(organization_id=LIBRARY, person_id=SAMIRA)

        after = situations.pass_lead(before, lead, invitation_id=an_invitation(SCHOOL).id, on=MONDAY)

        assert after.owner_id == LIBRARY
        assert after.coalition == before.coalition == {SCHOOL, LIBRARY}
        assert after.state is state

    @pytest.mark.parametrize("n_times", [2, 3, 6])
    def test_goes_back_and_forth_without_gathering_partners(self, n_times):
        situation = a_situation(State.RUNNING)
        for turn in range(n_times):
            lead = situations.Lead(organization_id=(LIBRARY, SCHOOL)[turn % 2], person_id=SAMIRA)
            name = an_invitation(SCHOOL, invitation_id=f"turn {turn}").id
            situation = situations.pass_lead(
                situation, lead, invitation_id=name, on=MONDAY + timedelta(days=turn)
            )

        assert situation.coalition == {SCHOOL, LIBRARY}
        assert len(situation.invitations) == 2
