# SPDX-License-Identifier: EUPL-1.2
"""Chains of turns by example, and the state machine: no path loses a referral or ends it in silence."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from scharnier.core.kernel import PersonId, TurnId
from scharnier.core.referral import (
    Awaited,
    BadChain,
    Chain,
    NotOver,
    Part,
    Party,
    State,
    Step,
    StillRunning,
    Turn,
    TurnNotFound,
    begin_round,
    give_up,
    is_over,
    steps_for,
    take_step,
    tell_outcome,
    waits,
)

KAREL, NOOR = (Party(person_id=PersonId(name)) for name in ("karel", "noor"))


def a_chain(*states: State, **facts: object) -> Chain:
    """A referral of which each turn was a round of its own."""
    turns = tuple(
        Turn(id=TurnId(str(number)), candidate=KAREL, round=number, state=state)
        for number, state in enumerate(states, start=1)
    )
    return Chain(turns=turns, **facts)


def _awaited(chain: Chain) -> list[str]:
    return [f"{wait.part} {wait.awaited}" for wait in waits(chain)]


class TestWaits:
    @pytest.mark.parametrize(
        ("states", "expected"),
        [
            ([State.DRAFT], ["sender sending"]),
            ([State.REQUESTED], ["candidate answer"]),
            ([State.ACCEPTED], ["candidate start"]),
            ([State.IN_PROGRESS], ["candidate result"]),
            ([State.ON_HOLD], ["candidate resuming"]),
            ([State.REJECTED], ["sender next_party"]),
            ([State.UNANSWERED], ["sender next_party"]),
            ([State.FAILED], ["sender next_party"]),
            ([State.COMPLETED], ["sender outcome"]),
            ([State.CANCELLED], []),
            ([State.ENTERED_IN_ERROR], []),
            ([State.REJECTED, State.CANCELLED], []),
            ([State.UNANSWERED, State.REQUESTED], ["candidate answer"]),
            ([State.COMPLETED, State.REJECTED], ["sender outcome"]),  # the first answered late, and did it
        ],
    )
    def test_say_whose_turn_it_is(self, states, expected):
        assert _awaited(a_chain(*states)) == expected

    def test_name_each_party_of_a_round(self):
        asked = begin_round(a_chain(State.REJECTED), {TurnId("a"): KAREL, TurnId("b"): NOOR})

        assert [(wait.turn_id, wait.awaited) for wait in waits(asked)] == [
            ("a", Awaited.SENDING),
            ("b", Awaited.SENDING),
        ]

    def test_begin_again_after_it_was_over(self):
        over = a_chain(State.COMPLETED, is_outcome_told=True)
        again = begin_round(over, {TurnId("2"): NOOR})

        declined = a_chain(State.COMPLETED, State.REJECTED, open_since=again.open_since)

        assert is_over(over)
        assert _awaited(declined) == ["sender next_party"]


class TestTakeStep:
    def test_changes_one_turn(self):
        chain = take_step(a_chain(State.UNANSWERED, State.DRAFT), TurnId("2"), Step.SEND, by=Part.SENDER)

        assert [turn.state for turn in chain.turns] == [State.UNANSWERED, State.REQUESTED]

    def test_knows_no_other_turns(self):
        with pytest.raises(TurnNotFound):
            take_step(a_chain(State.DRAFT), TurnId("x"), Step.SEND, by=Part.SENDER)


class TestBeginRound:
    @pytest.mark.parametrize("state", [State.DRAFT, State.REQUESTED, State.ACCEPTED, State.ON_HOLD])
    def test_waits_for_who_still_has_it(self, state):
        with pytest.raises(StillRunning):
            begin_round(a_chain(state), {TurnId("2"): NOOR})

    def test_asks_somebody(self):
        with pytest.raises(BadChain):
            begin_round(a_chain(State.REJECTED), {})

    def test_takes_an_identifier_once(self):
        with pytest.raises(BadChain):
            begin_round(a_chain(State.REJECTED), {TurnId("1"): NOOR})


class TestEnds:
    @pytest.mark.parametrize("state", set(State) - {State.COMPLETED})
    def test_tell_an_outcome_only_of_what_was_done(self, state):
        with pytest.raises(NotOver):
            tell_outcome(a_chain(state))

    @pytest.mark.parametrize("state", [State.DRAFT, State.ACCEPTED, State.COMPLETED, State.CANCELLED])
    def test_give_up_only_what_nobody_has(self, state):
        with pytest.raises(NotOver):
            give_up(a_chain(state))


class TestChain:
    @pytest.mark.parametrize("rounds", [(), (2,), (1, 3), (1, 2, 1)])
    def test_has_rounds_that_follow_each_other(self, rounds):
        turns = tuple(Turn(id=TurnId(str(n)), candidate=KAREL, round=r) for n, r in enumerate(rounds))

        with pytest.raises(BadChain):
            Chain(turns=turns)

    def test_is_open_since_one_of_its_rounds(self):
        with pytest.raises(BadChain):
            a_chain(State.DRAFT, open_since=2)


class Referral(RuleBasedStateMachine):
    """Everybody does whatever they may, in any order."""

    def __init__(self):
        super().__init__()
        self.chain = a_chain(State.DRAFT)

    @rule(data=st.data(), part=st.sampled_from(Part))
    def step(self, data, part):
        turn = data.draw(st.sampled_from(self.chain.turns))
        steps = steps_for(turn.state, part)
        if steps:
            step = data.draw(st.sampled_from(steps))
            self.chain = take_step(self.chain, turn.id, step, by=part, given="omdat")

    @precondition(lambda self: len(self.chain.turns) < 9)
    @rule(parties=st.sampled_from([(KAREL,), (KAREL, NOOR)]))
    def ask_others(self, parties):
        number = len(self.chain.turns)
        try:
            asked = {TurnId(str(number + place)): party for place, party in enumerate(parties, start=1)}
            self.chain = begin_round(self.chain, asked)
        except StillRunning:
            assert {wait.turn_id for wait in waits(self.chain)} != {None}

    @rule()
    def end(self):
        for act, awaited in ((tell_outcome, Awaited.OUTCOME), (give_up, Awaited.NEXT_PARTY)):
            if [wait.awaited for wait in waits(self.chain)] == [awaited]:
                self.chain = act(self.chain)

    @invariant()
    def is_lost_nowhere(self):
        """Over is only what was done and told, given up, or called off: each with its words."""
        if is_over(self.chain):
            now = [turn.state for turn in self.chain.turns if turn.round >= self.chain.open_since]
            last = [turn.state for turn in self.chain.turns if turn.round == self.chain.turns[-1].round]
            is_called_off = set(last) <= {State.CANCELLED, State.ENTERED_IN_ERROR}
            assert self.chain.is_outcome_told or self.chain.is_given_up or is_called_off
            assert State.REQUESTED not in now

    @invariant()
    def silence_reaches_somebody(self):
        for turn in self.chain.turns:
            if turn.state is State.REQUESTED:
                silent = take_step(self.chain, turn.id, Step.LAPSE, by=Part.CLOCK)
                assert waits(silent) or self.chain.is_given_up or self.chain.is_outcome_told

    @invariant()
    def can_always_be_brought_to_an_end(self):
        chain = self.chain
        for _ in range(4 * len(chain.turns) + 2):
            if is_over(chain):
                return
            chain = _do_what_is_awaited(chain)
        assert is_over(chain)


def _do_what_is_awaited(chain: Chain) -> Chain:
    wait = waits(chain)[0]
    if wait.turn_id is None:
        return {Awaited.OUTCOME: tell_outcome, Awaited.NEXT_PARTY: give_up}[wait.awaited](chain)
    steps = {
        Awaited.SENDING: Step.SEND,
        Awaited.ANSWER: Step.ACCEPT,
        Awaited.START: Step.START,
        Awaited.RESULT: Step.COMPLETE,
        Awaited.RESUMING: Step.RESUME,
    }
    return take_step(chain, wait.turn_id, steps[wait.awaited], by=wait.part, given="gedaan")


TestAnyPath = Referral.TestCase
TestAnyPath.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
