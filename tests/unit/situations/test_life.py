# SPDX-License-Identifier: EUPL-1.2
"""The table of the life of a situation, entry by entry."""

from __future__ import annotations

from itertools import product

import pytest

from scharnier.core import situations
from scharnier.core.situations import ENDED, MOVES, Capacity, Guard, Phase, Said, State, Step

LEADING = {Capacity.OWNER, Capacity.COORDINATOR}
WITH_CLOCK = LEADING | {Capacity.CLOCK}
TABLE = {
    (State.SIGNAL_BUNDLE, Step.PROPOSE): (State.PROPOSED, set(Capacity), Guard.NOTHING, Said.NOTHING),
    (State.SIGNAL_BUNDLE, Step.DISMISS): (State.DISMISSED, LEADING, Guard.NOTHING, Said.REASON),
    (State.PROPOSED, Step.ACCEPT): (State.ACCEPTED, LEADING, Guard.COALITION, Said.NOTHING),
    (State.PROPOSED, Step.HAND_OVER): (State.HANDED_OVER, LEADING, Guard.NOTHING, Said.TO_WHOM),
    (State.PROPOSED, Step.DISMISS): (State.DISMISSED, LEADING, Guard.NOTHING, Said.REASON),
    (State.ACCEPTED, Step.PLAN): (State.PLAN, {Capacity.OWNER}, Guard.PLAN, Said.NOTHING),
    (State.ACCEPTED, Step.HAND_OVER): (State.HANDED_OVER, LEADING, Guard.NOTHING, Said.TO_WHOM),
    (State.ACCEPTED, Step.DISMISS): (State.DISMISSED, LEADING, Guard.NOTHING, Said.REASON),
    (State.PLAN, Step.RUN): (State.RUNNING, {Capacity.OWNER}, Guard.PLAN, Said.NOTHING),
    (State.PLAN, Step.HAND_OVER): (State.HANDED_OVER, LEADING, Guard.NOTHING, Said.TO_WHOM),
    (State.PLAN, Step.DISMISS): (State.DISMISSED, LEADING, Guard.NOTHING, Said.REASON),
    (State.RUNNING, Step.EVALUATE): (State.EVALUATING, WITH_CLOCK, Guard.NOTHING, Said.NOTHING),
    (State.RUNNING, Step.HAND_OVER): (State.HANDED_OVER, LEADING, Guard.NOTHING, Said.TO_WHOM),
    (State.EVALUATING, Step.RESUME): (State.RUNNING, {Capacity.OWNER}, Guard.NOTHING, Said.REASON),
    (State.EVALUATING, Step.CLOSE): (State.CLOSED, {Capacity.OWNER}, Guard.EVALUATION, Said.NOTHING),
    (State.EVALUATING, Step.HAND_OVER): (State.HANDED_OVER, LEADING, Guard.NOTHING, Said.TO_WHOM),
    (State.CLOSED, Step.REOPEN): (State.RUNNING, LEADING, Guard.PLAN, Said.REASON),
    (State.HANDED_OVER, Step.REOPEN): (State.PROPOSED, LEADING, Guard.NOTHING, Said.REASON),
    (State.DISMISSED, Step.REOPEN): (State.PROPOSED, LEADING, Guard.NOTHING, Said.REASON),
}
EVERYTHING = tuple(product(State, Step))


class TestMoves:
    @pytest.mark.parametrize(("state", "step"), EVERYTHING)
    def test_are_these_and_no_others(self, state, step):
        expected = TABLE.get((state, step))

        if expected is None:
            with pytest.raises(situations.StepClosed) as refusal:
                situations.find_move(state, step)
            assert refusal.value.facts == {"state": state.value, "step": step.value}
        else:
            move = situations.find_move(state, step)
            assert (move.to, set(move.by), move.guard, move.said) == expected

    def test_know_every_state(self):
        assert set(MOVES) == set(State)

    @pytest.mark.parametrize("state", State)
    def test_lead_from_every_state_to_an_end(self, state):
        reached, ahead = set(), {state}
        while ahead:
            reached |= ahead
            ahead = {move.to for each in ahead for move in MOVES[each].values()} - reached

        assert reached & ENDED

    @pytest.mark.parametrize("state", set(State) - {State.SIGNAL_BUNDLE})
    def test_lead_to_every_state_from_a_bundle(self, state):
        reached, ahead = set(), {State.SIGNAL_BUNDLE}
        while ahead:
            reached |= ahead
            ahead = {move.to for each in ahead for move in MOVES[each].values()} - reached

        assert state in reached

    def test_dismiss_nothing_that_was_begun(self):
        begun = {State.RUNNING, State.EVALUATING, State.CLOSED}

        assert not any(Step.DISMISS in MOVES[state] for state in begun)

    def test_close_only_what_is_evaluated(self):
        closing = {
            (state, move.guard)
            for state in State
            for move in MOVES[state].values()
            if move.to is State.CLOSED
        }

        assert closing == {(State.EVALUATING, Guard.EVALUATION)}

    @pytest.mark.parametrize(
        ("to", "said"), [(State.DISMISSED, Said.REASON), (State.HANDED_OVER, Said.TO_WHOM)]
    )
    def test_end_otherwise_only_with_words(self, to, said):
        found = {move.said for moves in MOVES.values() for move in moves.values() if move.to is to}

        assert found == {said}

    def test_leave_to_the_clock_only_what_it_can_know(self):
        by_clock = {
            step for moves in MOVES.values() for step, move in moves.items() if Capacity.CLOCK in move.by
        }

        assert by_clock == {Step.PROPOSE, Step.EVALUATE}


class TestPhaseOf:
    @pytest.mark.parametrize(
        ("state", "phase"),
        [
            (State.SIGNAL_BUNDLE, Phase.SCANNING),
            (State.PROPOSED, Phase.SCANNING),
            (State.ACCEPTED, Phase.ANALYSIS),
            (State.PLAN, Phase.ANALYSIS),
            (State.RUNNING, Phase.RESPONSE),
            (State.EVALUATING, Phase.ASSESSMENT),
            (State.CLOSED, Phase.ASSESSMENT),
            (State.HANDED_OVER, Phase.ASSESSMENT),
            (State.DISMISSED, Phase.SCANNING),
        ],
    )
    def test_is_one_of_sara(self, state, phase):
        assert situations.phase_of(state) is phase


class TestStepsFor:
    @pytest.mark.parametrize(("state", "capacity"), tuple(product(State, Capacity)))
    def test_are_those_of_the_table_in_order(self, state, capacity):
        expected = [step for step in Step if (state, step) in TABLE and capacity in TABLE[state, step][1]]

        assert list(situations.steps_for(state, capacity)) == expected


class TestCheckMove:
    @pytest.mark.parametrize(("entry", "capacity"), tuple(product(TABLE, Capacity)))
    def test_lets_in_whom_the_table_names(self, entry, capacity):
        state, step = entry
        to, by, _, _ = TABLE[entry]

        if capacity in by:
            assert situations.check_move(state, step, by=capacity, said="omdat").to is to
        else:
            with pytest.raises(situations.StepOfOthers) as refusal:
                situations.check_move(state, step, by=capacity, said="omdat")
            assert refusal.value.facts["capacity"] == capacity.value

    @pytest.mark.parametrize("entry", TABLE)
    @pytest.mark.parametrize("said", ["", "  ", "\n"])
    def test_asks_for_words_where_the_table_does(self, entry, said):
        needed = TABLE[entry][3]

        if needed is Said.NOTHING:
            assert situations.check_move(*entry, by=Capacity.OWNER, said=said)
        else:
            with pytest.raises(situations.NothingSaid) as refusal:
                situations.check_move(*entry, by=Capacity.OWNER, said=said)
            assert refusal.value.facts == {"step": entry[1].value, "said": needed.value}
