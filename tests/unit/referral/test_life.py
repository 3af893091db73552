# SPDX-License-Identifier: EUPL-1.2
"""The life of a turn: the table in words, and what no step may do."""

from __future__ import annotations

import itertools

import pytest

from scharnier.core.referral import (
    TRANSITIONS,
    Given,
    IllegalStep,
    NothingGiven,
    NotYourStep,
    Part,
    State,
    Step,
    next_state,
    steps_for,
    what_to_give,
)

GIVEN = {Given.NOTHING: None}  # all else: words
ENDED = {State.REJECTED, State.COMPLETED, State.FAILED, State.CANCELLED}
OF_FHIR = {  # Task.status of R4 that the practice guides use
    "draft requested accepted rejected in-progress on-hold completed cancelled failed entered-in-error"
}
EVERY = list(itertools.product(State, Step, Part))


def _goes_to(state, step, part, given="omdat"):
    return next_state(state, step, by=part, given=given)


class TestNextState:
    @pytest.mark.parametrize(
        ("walk", "end"),
        [
            ("sender send, candidate accept, candidate start, candidate complete", State.COMPLETED),
            ("sender send, candidate decline", State.REJECTED),
            ("clock send, candidate accept", State.ACCEPTED),
            ("sender send, clock lapse, candidate accept", State.ACCEPTED),
            ("sender send, candidate accept, candidate pause, clock resume", State.IN_PROGRESS),
            ("sender send, candidate accept, candidate complete", State.COMPLETED),
            ("sender send, candidate accept, sender fail", State.FAILED),
            ("sender send, coordinator cancel", State.CANCELLED),
            ("sender void", State.ENTERED_IN_ERROR),
        ],
    )
    def test_follows_the_table(self, walk, end):
        state = State.DRAFT

        for word in walk.split(", "):
            part, step = word.split()
            state = _goes_to(state, Step(step), Part(part))

        assert state is end

    @pytest.mark.parametrize(("state", "step", "part"), EVERY)
    def test_goes_nowhere_the_table_does_not_go(self, state, step, part):
        found = TRANSITIONS[state].get(step)

        if found is None:
            with pytest.raises(IllegalStep):
                _goes_to(state, step, part)
        elif part not in found.by:
            with pytest.raises(NotYourStep):
                _goes_to(state, step, part)
        else:
            assert _goes_to(state, step, part) is found.to

    @pytest.mark.parametrize("given", [None, "", "  \n"])
    @pytest.mark.parametrize(
        ("state", "step", "part"),
        [
            (State.REQUESTED, Step.DECLINE, Part.CANDIDATE),
            (State.REQUESTED, Step.CANCEL, Part.SENDER),
            (State.ACCEPTED, Step.FAIL, Part.CANDIDATE),
            (State.IN_PROGRESS, Step.PAUSE, Part.CANDIDATE),
            (State.IN_PROGRESS, Step.COMPLETE, Part.CANDIDATE),
            (State.COMPLETED, Step.VOID, Part.SENDER),
        ],
    )
    def test_wants_to_know_why(self, state, step, part, given):
        with pytest.raises(NothingGiven) as refused:
            _goes_to(state, step, part, given=given)

        assert refused.value.facts == {"step": step.value, "given": what_to_give(state, step).value}


class TestStepsFor:
    def test_are_those_that_next_state_lets_pass(self):
        for state, part in itertools.product(State, Part):
            passed = []
            for step in Step:
                try:
                    _goes_to(state, step, part)
                except (IllegalStep, NotYourStep):
                    continue
                passed.append(step)
            assert steps_for(state, part) == tuple(passed)

    def test_leave_the_clock_only_silence_waking_and_what_waited_for_an_introduction(self):
        of_clock = {state: steps_for(state, Part.CLOCK) for state in State}

        assert {state: steps for state, steps in of_clock.items() if steps} == {
            State.DRAFT: (Step.SEND,),
            State.REQUESTED: (Step.LAPSE,),
            State.ON_HOLD: (Step.RESUME,),
        }


class TestWhatToGive:
    def test_knows_only_open_steps(self):
        with pytest.raises(IllegalStep):
            what_to_give(State.CANCELLED, Step.ACCEPT)


class TestTable:
    def test_speaks_of_every_state_and_uses_every_step(self):
        assert set(TRANSITIONS) == set(State)
        assert {step for found in TRANSITIONS.values() for step in found} == set(Step)

    def test_has_the_states_of_the_standard_and_silence(self):
        names = {name for line in OF_FHIR for name in line.split()}

        assert {state.value for state in State} == names | {"unanswered"}

    def test_never_ends_without_a_cause_or_a_result(self):
        for state, found in TRANSITIONS.items():
            for transition in found.values():
                if transition.to in ENDED:
                    assert transition.given is not Given.NOTHING, state

    def test_lets_nobody_close_for_passing_on(self):
        assert all(Part.SENDER not in found.by for found in _leading_to(State.COMPLETED))

    def test_reaches_every_state(self):
        assert {found.to for steps in TRANSITIONS.values() for found in steps.values()} == set(State) - {
            State.DRAFT
        }


def _leading_to(state):
    return [found for steps in TRANSITIONS.values() for found in steps.values() if found.to is state]
