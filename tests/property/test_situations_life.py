# SPDX-License-Identifier: EUPL-1.2
"""Laws of shared situations: none is lost, none closes unjudged, none is dismissed mutely."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scharnier.core import situations
from scharnier.core.kernel import (
    ActionId,
    Conflict,
    Invalid,
    InvitationId,
    NotAllowed,
    OrganizationId,
    PartId,
    PersonId,
)
from scharnier.core.situations import (
    ENDED,
    Action,
    ActionState,
    Audience,
    Awaited,
    Capacity,
    Evaluation,
    GoalScore,
    Invitation,
    InvitationPart,
    InvitationStep,
    Kept,
    Lead,
    Part,
    Plan,
    Readers,
    State,
    Step,
)
from tests.unit.situations.scenes import a_situation

MONDAY = date(2026, 3, 2)
ORGANIZATIONS = tuple(map(OrganizationId, ("bibliotheek", "corporatie", "politie", "school")))
REFUSALS = (Conflict, Invalid, NotAllowed)
FULL = Plan(
    goal="Rust op het plein", baseline="Vijf signalen in de week", deadline=MONDAY + timedelta(days=90)
)
BARE = {"owner_id": None, "lead_id": None, "invitations": (), "plan": Plan(), "actions": ()}
FORWARD = {Step.PROPOSE, Step.ACCEPT, Step.PLAN, Step.RUN, Step.EVALUATE, Step.CLOSE}
organizations = st.sampled_from(ORGANIZATIONS)
capacities = st.sampled_from(Capacity)
words = st.sampled_from(("", "  ", "Het komt terug"))


class SituationLife(RuleBasedStateMachine):
    """Anybody does anything in any order, with or without words."""

    @initialize(state=st.sampled_from(State), is_bare=st.booleans())
    def begin(self, state, is_bare):
        self.day = MONDAY
        self.n_made = 0
        self.situation = a_situation(State.SIGNAL_BUNDLE, **BARE) if is_bare else a_situation(state)
        self.n_evaluations = 0 if self.situation.evaluation is None else 1

    def attempt(self, change):
        """Do something, or leave everything as it was."""
        try:
            self.situation = change(self.situation)
        except REFUSALS:
            return False
        return True

    @rule(step=st.sampled_from(Step), by=capacities, said=words)
    def take_a_step(self, step, by, said):
        before = self.situation
        if self.attempt(lambda now: situations.take_step(now, step, by=by, on=self.day, said=said)):
            assert step in situations.steps_for(before.state, by)
            assert situations.what_is_missing(before, step) == ()

    @rule()
    def go_on(self):
        """Take the step forward of who leads, when it is ready."""
        for step in situations.steps_for(self.situation.state, Capacity.OWNER):
            if step in FORWARD:
                self.attempt(
                    lambda now, step=step: situations.take_step(now, step, by=Capacity.OWNER, on=self.day)
                )

    @rule(organization_id=organizations)
    def lead_it(self, organization_id):
        self.n_made += 1
        lead = Lead(organization_id=organization_id, person_id=PersonId("samira"))
        invitation_id = InvitationId(f"lead {self.n_made}")
        before = self.situation.coalition
        if self.attempt(
            lambda now: situations.pass_lead(now, lead, invitation_id=invitation_id, on=self.day)
        ):
            assert before <= self.situation.coalition

    @rule(organization_id=organizations)
    def invite(self, organization_id):
        self.n_made += 1
        new = Invitation(
            id=InvitationId(str(self.n_made)), organization_id=organization_id, invited_on=self.day
        )
        self.attempt(lambda now: replace(now, invitations=situations.invite(now.invitations, new)))

    @rule(
        place=st.integers(0, 9),
        step=st.sampled_from(InvitationStep),
        by=st.sampled_from(InvitationPart),
        reason=words,
    )
    def answer(self, place, step, by, reason):
        if not self.situation.invitations:
            return
        at = place % len(self.situation.invitations)

        def change(now):
            changed = situations.step_invitation(now.invitations[at], step, by=by, on=self.day, reason=reason)
            return replace(now, invitations=(*now.invitations[:at], changed, *now.invitations[at + 1 :]))

        self.attempt(change)

    @rule(organization_id=organizations, is_owned=st.booleans())
    def plan(self, organization_id, is_owned):
        self.n_made += 1
        action = Action(
            id=ActionId(str(self.n_made)),
            text="De lamp maken",
            person_id=PersonId("karel") if is_owned else None,
            organization_id=organization_id,
            due=self.day + timedelta(days=14),
        )
        self.attempt(lambda now: replace(now, plan=FULL, actions=(*now.actions, action)))

    @rule(state=st.sampled_from(ActionState), reason=words)
    def end_the_last_action(self, state, reason):
        if self.situation.actions:
            *others, last = self.situation.actions
            self.attempt(
                lambda now: replace(
                    now, actions=(*others, situations.end_action(last, state, on=self.day, reason=reason))
                )
            )

    @rule()
    def evaluate(self):
        if self.situation.state is State.EVALUATING and self.situation.evaluation is None:
            self.n_evaluations += 1
            evaluation = Evaluation(lesson="Eerst praten", kept=Kept(n_kept=0, n_judged=0), made_on=self.day)
            self.attempt(lambda now: replace(now, evaluation=evaluation))

    @rule(organization_id=organizations, score=st.integers(1, 5))
    def score(self, organization_id, score):
        given_score = GoalScore(organization_id=organization_id, score=score)
        self.attempt(
            lambda now: replace(
                now, scores=situations.give_score(now.scores, given_score, coalition=now.coalition)
            )
        )

    @rule(n_days=st.integers(1, 60))
    def let_days_pass(self, n_days):
        self.day += timedelta(days=n_days)

    @invariant()
    def it_is_not_lost(self):
        waits = situations.what_waits(self.situation, on=self.day)

        if self.situation.state not in ENDED:
            assert waits
            assert any(each.capacity in {Capacity.OWNER, Capacity.COORDINATOR} for each in waits)
        elif self.situation.state is not State.CLOSED:
            assert waits == ()
        else:
            assert {each.awaited for each in waits} <= {Awaited.RECHECK}

    @invariant()
    def somebody_can_always_go_on(self):
        leading = (Capacity.OWNER, Capacity.COORDINATOR)

        assert any(situations.steps_for(self.situation.state, each) for each in leading)

    @invariant()
    def it_ends_only_with_what_its_end_needs(self):
        situation = self.situation
        if situation.state is State.CLOSED:
            assert situation.evaluation is not None
            assert len(situation.rechecks) == 2
        if situation.state is State.DISMISSED:
            assert situation.reason.strip()
        if situation.state is State.HANDED_OVER:
            assert situation.handed_to.strip()

    @invariant()
    def no_evaluation_gets_lost(self):
        present = 0 if self.situation.evaluation is None else 1

        assert len(self.situation.earlier_evaluations) + present == self.n_evaluations

    @invariant()
    def scores_are_hidden_until_all_have_answered(self):
        situation = self.situation
        shown = situations.shown_goals(situation.scores, coalition=situation.coalition)
        answered = {each.organization_id for each in situation.scores}

        assert bool(shown.scores) is (bool(situation.coalition) and situation.coalition <= answered)
        assert bool(shown.n_missing) is not (situation.coalition <= answered)


TestSituationLife = SituationLife.TestCase


class TestShownGoals:
    @given(
        scores=st.dictionaries(organizations, st.integers(1, 5)),
        others=st.dictionaries(organizations, st.integers(1, 5)),
    )
    def test_tell_nothing_of_a_score_while_one_is_missing(self, scores, others):
        missing = ORGANIZATIONS[0]
        alike = {key: others.get(key, value) for key, value in scores.items() if key != missing}
        told = [GoalScore(organization_id=key, score=scores[key]) for key in alike]
        changed = [GoalScore(organization_id=key, score=value) for key, value in alike.items()]

        first, second = (situations.shown_goals(each, coalition=ORGANIZATIONS) for each in (told, changed))

        assert first == second
        assert first.scores == ()


class TestMayRead:
    @given(
        source=organizations,
        named=st.frozensets(organizations, min_size=1),
        coalition=st.frozensets(organizations),
        audience=st.sampled_from(Audience),
        n_days=st.integers(-3, 10),
    )
    def test_is_never_for_somebody_outside_the_coalition(self, source, named, coalition, audience, n_days):
        readers = Readers(
            source_id=source,
            audience=audience,
            named_ids=named if audience is Audience.NAMED else frozenset(),
        )
        part = Part(
            id=PartId("p"),
            title="Roosters",
            text="De pauze is om tien uur",
            readers=readers,
            opens_on=MONDAY,
            closes_on=MONDAY + timedelta(days=7),
        )
        on = MONDAY + timedelta(days=n_days)

        found = {
            each for each in ORGANIZATIONS if situations.may_read(part, each, coalition=coalition, on=on)
        }

        assert source in found
        assert found - {source} <= coalition
        if audience is Audience.OWN or not 0 <= n_days <= 7:
            assert found == {source}


class TestPlanRechecks:
    @given(closed_on=st.dates(date(2000, 1, 1), date(2090, 12, 31)))
    def test_lie_three_and_six_months_on(self, closed_on):
        first, second = (each.due for each in situations.plan_rechecks(closed_on))

        assert 89 <= (first - closed_on).days <= 92
        assert 180 <= (second - closed_on).days <= 184


class TestMoves:
    @pytest.mark.parametrize("state", State)
    def test_need_more_than_a_partner_to_end(self, state):
        partner = situations.steps_for(state, Capacity.PARTNER)

        assert not any(situations.find_move(state, step).to in ENDED for step in partner)
