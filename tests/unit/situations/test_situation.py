# SPDX-License-Identifier: EUPL-1.2
"""A whole situation through its life: what each step asks for and leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scharnier.core import situations, text
from scharnier.core.kernel import InvitationId, PersonId, Role
from scharnier.core.situations import (
    ENDED,
    MOVES,
    Capacity,
    InvitationState,
    Lack,
    Lead,
    NotInCoalition,
    NotReady,
    Plan,
    PlanEmptied,
    SituationUnclear,
    State,
    Step,
)
from tests.factories import an_actor
from tests.unit.situations.scenes import (
    FULL_PLAN,
    HOUSING,
    KAREL,
    LIBRARY,
    MONDAY,
    PHONE,
    POLICE,
    SAMIRA,
    SCHOOL,
    a_situation,
    an_action,
    an_evaluation,
    an_invitation,
    days,
)

WHY = "Het komt terug"
OWNED = {State.ACCEPTED, State.PLAN, State.RUNNING, State.EVALUATING, State.CLOSED}
YES, NO = InvitationState.ACCEPTED, InvitationState.DECLINED


def take(situation, *steps, by=Capacity.OWNER, said=""):
    for step in steps:
        situation = situations.take_step(situation, step, by=by, on=days(1), said=said)
    return situation


class TestSituation:
    def test_begins_as_a_bundle_with_a_question(self):
        bundle = a_situation(owner_id=None, lead_id=None, invitations=(), plan=Plan(), actions=())

        assert bundle.coalition == set()

    @pytest.mark.parametrize("state", State)
    def test_stands_in_every_state_when_all_is_there(self, state):
        assert a_situation(state).state is state

    @pytest.mark.parametrize("state", State)
    def test_is_led_once_it_is_accepted(self, state):
        if state in OWNED:
            with pytest.raises(SituationUnclear) as refusal:
                a_situation(state, owner_id=None)
            assert refusal.value.facts == {"lack": "owner", "state": state.value}
        else:
            assert a_situation(state, owner_id=None).owner_id is None

    @pytest.mark.parametrize(
        ("state", "changes", "lack"),
        [
            (State.CLOSED, {"evaluation": None}, "evaluation"),
            (State.DISMISSED, {"reason": ""}, "reason"),
            (State.DISMISSED, {"reason": "  "}, "reason"),
            (State.HANDED_OVER, {"handed_to": ""}, "to_whom"),
            (State.HANDED_OVER, {"handed_to": "\n"}, "to_whom"),
        ],
    )
    def test_does_not_end_without_what_its_end_needs(self, state, changes, lack):
        with pytest.raises(SituationUnclear) as refusal:
            a_situation(state, **changes)

        assert refusal.value.facts["lack"] == lack

    @pytest.mark.parametrize("part", ["question", "reason", "handed_to"])
    def test_points_at_no_person(self, part):
        with pytest.raises(text.PersonalDataFound):
            a_situation(**{part: PHONE})

    def test_asks_something(self):
        with pytest.raises(text.EmptyText):
            a_situation(question=" ")

    def test_has_who_leads_and_who_accepted_in_its_coalition(self):
        invitations = tuple(an_invitation(each, state) for each, state in ((LIBRARY, YES), (POLICE, NO)))

        assert a_situation(invitations=invitations).coalition == {SCHOOL, LIBRARY}


class TestCapacitiesOf:
    @pytest.mark.parametrize(
        ("role", "acts_for", "expected"),
        [
            (Role.PROFESSIONAL, SCHOOL, {Capacity.OWNER, Capacity.PARTNER}),
            (Role.PROFESSIONAL, LIBRARY, {Capacity.PARTNER}),
            (Role.PROFESSIONAL, POLICE, set()),
            (Role.PROFESSIONAL, "", set()),
            (Role.COORDINATOR, "", {Capacity.COORDINATOR}),
            (Role.COORDINATOR, SCHOOL, {Capacity.OWNER, Capacity.PARTNER, Capacity.COORDINATOR}),
            (Role.ADMINISTRATOR, "", set()),
            (Role.BOARD, "", set()),
            (Role.RESEARCHER, "", set()),
        ],
    )
    def test_follow_from_organization_and_role(self, role, acts_for, expected):
        actor = an_actor(role=role, acts_for=acts_for)

        assert situations.capacities_of(a_situation(State.RUNNING), actor) == expected

    @pytest.mark.parametrize("state", State)
    def test_are_a_partners_in_a_bundle_for_who_has_signals_in_it(self, state):
        situation = a_situation(state, signal_partner_ids=frozenset({POLICE}))

        found = situations.capacities_of(situation, an_actor(acts_for=POLICE))

        assert found == ({Capacity.PARTNER} if state is State.SIGNAL_BUNDLE else set())

    def test_are_none_in_another_network(self):
        stranger = an_actor(network_id="elders", role=Role.COORDINATOR, acts_for=SCHOOL)

        assert situations.capacities_of(a_situation(), stranger) == set()

    def test_are_no_owners_where_nobody_leads(self):
        assert situations.capacities_of(a_situation(owner_id=None, invitations=()), an_actor()) == set()


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("owner_id", "answers", "lacks"),
        [
            (SCHOOL, {LIBRARY: YES}, ()),
            (SCHOOL, {LIBRARY: NO}, ()),
            (SCHOOL, {LIBRARY: YES, POLICE: NO}, ()),
            (SCHOOL, {}, (Lack.HEARD,)),
            (SCHOOL, {LIBRARY: InvitationState.INVITED}, (Lack.HEARD,)),
            (SCHOOL, {LIBRARY: InvitationState.LAPSED}, (Lack.HEARD,)),
            (SCHOOL, {LIBRARY: InvitationState.WITHDRAWN}, (Lack.HEARD,)),
            (SCHOOL, {LIBRARY: InvitationState.LEFT}, (Lack.HEARD,)),
            (SCHOOL, {SCHOOL: YES}, (Lack.HEARD,)),
            (None, {LIBRARY: YES, POLICE: YES}, (Lack.OWNER,)),
            (None, {LIBRARY: YES, POLICE: NO}, (Lack.OWNER,)),
            (None, {LIBRARY: NO, POLICE: NO}, (Lack.OWNER, Lack.HEARD)),
            (None, {}, (Lack.OWNER, Lack.HEARD)),
        ],
    )
    def test_is_an_owner_and_two_partners_heard(self, owner_id, answers, lacks):
        invitations = tuple(an_invitation(each, state) for each, state in answers.items())
        proposed = a_situation(State.PROPOSED, owner_id=owner_id, invitations=invitations)

        assert situations.what_is_missing(proposed, Step.ACCEPT) == lacks

    @pytest.mark.parametrize(
        ("changes", "lacks"),
        [
            ({}, ()),
            ({"plan": replace(FULL_PLAN, goal="  ")}, (Lack.GOAL,)),
            ({"plan": replace(FULL_PLAN, baseline="")}, (Lack.BASELINE,)),
            ({"plan": replace(FULL_PLAN, deadline=None)}, (Lack.DEADLINE,)),
            ({"actions": ()}, (Lack.ACTION,)),
            ({"actions": (an_action(person_id=None),)}, (Lack.ACTION,)),
            ({"actions": (an_action(person_id=None), an_action("2"))}, ()),
            ({"plan": Plan(), "actions": ()}, (Lack.GOAL, Lack.BASELINE, Lack.DEADLINE, Lack.ACTION)),
        ],
    )
    @pytest.mark.parametrize(("state", "step"), [(State.ACCEPTED, Step.PLAN), (State.PLAN, Step.RUN)])
    def test_is_every_part_of_a_plan(self, state, step, changes, lacks):
        assert situations.what_is_missing(a_situation(state, **changes), step) == lacks

    def test_is_an_evaluation(self):
        evaluating = a_situation(State.EVALUATING)

        assert situations.what_is_missing(evaluating, Step.CLOSE) == (Lack.EVALUATION,)
        evaluated = replace(evaluating, evaluation=an_evaluation())
        assert situations.what_is_missing(evaluated, Step.CLOSE) == ()

    def test_is_not_asked_of_a_step_that_is_closed(self):
        with pytest.raises(situations.StepClosed):
            situations.what_is_missing(a_situation(), Step.CLOSE)


class TestTakeStep:
    def test_goes_from_a_bundle_to_an_evaluation_and_an_end(self):
        running = take(a_situation(), Step.PROPOSE, Step.ACCEPT, Step.PLAN, Step.RUN)
        evaluated = replace(take(running, Step.EVALUATE), evaluation=an_evaluation())

        closed = take(evaluated, Step.CLOSE)

        assert closed.state is State.CLOSED
        assert closed.since == days(1)
        assert [recheck.due for recheck in closed.rechecks] == [date(2026, 6, 3), date(2026, 9, 3)]

    @pytest.mark.parametrize(
        ("state", "step", "changes", "lack"),
        [
            (State.PROPOSED, Step.ACCEPT, {"invitations": ()}, "heard"),
            (State.ACCEPTED, Step.PLAN, {"actions": ()}, "action"),
            (State.PLAN, Step.RUN, {"plan": replace(FULL_PLAN, goal="")}, "goal"),
            (State.EVALUATING, Step.CLOSE, {}, "evaluation"),
            (State.CLOSED, Step.REOPEN, {"actions": ()}, "action"),
        ],
    )
    def test_waits_for_what_is_missing_and_names_it(self, state, step, changes, lack):
        with pytest.raises(NotReady) as refusal:
            take(a_situation(state, **changes), step, said=WHY)

        assert refusal.value.facts == {"step": step.value, "lacks": (lack,)}

    @pytest.mark.parametrize("state", [State.SIGNAL_BUNDLE, State.PROPOSED, State.ACCEPTED, State.PLAN])
    def test_dismisses_with_the_reason_on_record(self, state):
        dismissed = take(a_situation(state), Step.DISMISS, said=f" {WHY} ")

        assert (dismissed.state, dismissed.reason, dismissed.since) == (State.DISMISSED, WHY, days(1))

    @pytest.mark.parametrize("state", set(State) - ENDED - {State.SIGNAL_BUNDLE})
    def test_hands_over_to_somebody(self, state):
        handed = take(a_situation(state), Step.HAND_OVER, said="Het wijkteam")

        assert (handed.state, handed.handed_to, handed.reason) == (State.HANDED_OVER, "Het wijkteam", "")

    @pytest.mark.parametrize(("state", "step"), [(State.PLAN, Step.DISMISS), (State.RUNNING, Step.HAND_OVER)])
    def test_takes_no_personal_data_with_its_words(self, state, step):
        with pytest.raises(text.PersonalDataFound):
            take(a_situation(state), step, said=PHONE)

    @pytest.mark.parametrize("step", Step)
    @pytest.mark.parametrize("state", State)
    def test_is_never_taken_by_a_partner_alone_but_to_propose(self, state, step):
        if step not in MOVES[state] or step is Step.PROPOSE:
            return

        with pytest.raises(situations.StepOfOthers):
            take(a_situation(state), step, by=Capacity.PARTNER, said=WHY)

    def test_keeps_an_evaluation_when_it_goes_on(self):
        first = an_evaluation(lesson="Te vroeg gejuicht")
        scores = (situations.GoalScore(organization_id=SCHOOL, score=2),)
        evaluating = a_situation(State.EVALUATING, evaluation=first, scores=scores)

        resumed = take(evaluating, Step.RESUME, said=WHY)

        assert resumed.evaluation is None
        assert resumed.earlier_evaluations == (first,)
        assert resumed.scores == ()
        assert resumed.reason == WHY

    def test_goes_on_without_an_evaluation_too(self):
        assert take(a_situation(State.EVALUATING), Step.RESUME, said=WHY).earlier_evaluations == ()

    @pytest.mark.parametrize(
        ("state", "to"),
        [
            (State.CLOSED, State.RUNNING),
            (State.HANDED_OVER, State.PROPOSED),
            (State.DISMISSED, State.PROPOSED),
        ],
    )
    def test_opens_again_what_came_back(self, state, to):
        reopened = take(a_situation(state), Step.REOPEN, by=Capacity.COORDINATOR, said=WHY)

        assert reopened.state is to
        assert reopened.rechecks == ()
        assert reopened.handed_to == ""

    def test_asks_for_a_new_evaluation_after_opening_again(self):
        again = take(take(a_situation(State.CLOSED), Step.REOPEN, said=WHY), Step.EVALUATE)

        with pytest.raises(NotReady):
            take(again, Step.CLOSE)
        assert len(again.earlier_evaluations) == 1

    @pytest.mark.parametrize(
        ("state", "step"), [(State.SIGNAL_BUNDLE, Step.PROPOSE), (State.RUNNING, Step.EVALUATE)]
    )
    def test_is_taken_by_the_clock_where_a_day_decides(self, state, step):
        assert take(a_situation(state), step, by=Capacity.CLOCK).state is not state

    def test_leaves_the_rest_as_it_was(self):
        running = a_situation(State.RUNNING)

        assert take(running, Step.EVALUATE) == replace(running, state=State.EVALUATING, since=days(1))


class TestChangePlan:
    @pytest.mark.parametrize("state", State)
    def test_takes_another_plan_in_any_state(self, state):
        other = Plan(goal="Rust", baseline="Drie op een dag", deadline=days(30))

        assert situations.change_plan(a_situation(state), other).plan == other

    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize(
        ("changes", "lacks"),
        [
            ({"goal": " "}, ("goal",)),
            ({"baseline": ""}, ("baseline",)),
            ({"goal": "", "deadline": None}, ("goal", "deadline")),
        ],
    )
    def test_empties_nothing_that_partners_work_by(self, state, changes, lacks):
        situation, emptied = a_situation(state), replace(FULL_PLAN, **changes)

        if state in {State.PLAN, State.RUNNING, State.EVALUATING}:
            with pytest.raises(PlanEmptied) as refusal:
                situations.change_plan(situation, emptied)
            assert refusal.value.facts == {"lacks": lacks}
        else:
            assert situations.change_plan(situation, emptied).plan == emptied

    def test_may_leave_open_what_was_never_filled_in(self):
        begun = a_situation(State.RUNNING, plan=Plan(goal="Rust"))

        assert situations.change_plan(begun, Plan(goal="Stilte")).plan.goal == "Stilte"


class TestPassLead:
    NEXT = Lead(organization_id=LIBRARY, person_id=KAREL)

    def passed(self, situation, lead=NEXT):
        return situations.pass_lead(situation, lead, invitation_id=InvitationId("new"), on=days(2))

    @pytest.mark.parametrize("state", State)
    def test_goes_to_a_partner_and_the_former_owner_stays(self, state):
        passed = self.passed(a_situation(state))

        assert (passed.owner_id, passed.lead_id) == (LIBRARY, KAREL)
        assert passed.coalition == {SCHOOL, LIBRARY}

    def test_lets_the_former_owner_leave_like_any_other(self):
        passed = self.passed(a_situation(State.RUNNING))
        (stays,) = (each for each in passed.invitations if each.organization_id == SCHOOL)

        left = situations.step_invitation(
            stays,
            situations.InvitationStep.LEAVE,
            by=situations.InvitationPart.INVITED,
            on=days(3),
            reason="De school sluit",
        )

        assert situations.coalition_of([left]) == set()

    @pytest.mark.parametrize("state", State)
    def test_goes_outside_the_coalition_only_before_it_is_accepted(self, state):
        outside = Lead(organization_id=HOUSING, person_id=KAREL)

        if state in OWNED:
            with pytest.raises(NotInCoalition):
                self.passed(a_situation(state), outside)
        else:
            assert self.passed(a_situation(state), outside).owner_id == HOUSING

    def test_goes_to_another_person_of_the_same_organization(self):
        situation = a_situation(State.RUNNING)

        passed = self.passed(situation, Lead(organization_id=SCHOOL, person_id=PersonId("mo")))

        assert passed == replace(situation, lead_id=PersonId("mo"))

    def test_adds_no_second_invitation(self):
        both = (an_invitation(LIBRARY, YES), an_invitation(SCHOOL, YES))

        assert self.passed(a_situation(State.RUNNING, invitations=both)).invitations == both

    def test_is_taken_up_by_the_first(self):
        bundle = a_situation(owner_id=None, lead_id=None, invitations=())

        taken = self.passed(bundle, Lead(organization_id=SCHOOL, person_id=SAMIRA))

        assert (taken.owner_id, taken.invitations) == (SCHOOL, ())
        assert taken.since == MONDAY
