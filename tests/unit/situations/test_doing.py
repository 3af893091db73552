# SPDX-License-Identifier: EUPL-1.2
"""Plans, agreements and actions: what was promised, and what became of it."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from scharnier.core import situations, text
from scharnier.core.situations import (
    ActionClosed,
    ActionState,
    ActionUnexplained,
    AgreementState,
    AgreementUnclear,
    Kept,
    Plan,
)
from tests.unit.situations.scenes import LIBRARY, MONDAY, PHONE, SCHOOL, an_action, an_agreement, days

EXPLAINED = {ActionState.NOT_POSSIBLE, ActionState.NOT_DONE}


class TestPlan:
    def test_may_be_empty_at_first(self):
        assert Plan() == Plan(goal="", baseline="", deadline=None)

    @pytest.mark.parametrize("part", ["goal", "baseline"])
    def test_points_at_no_person(self, part):
        with pytest.raises(text.PersonalDataFound):
            Plan(**{part: PHONE})


class TestAgreement:
    def test_is_between_two_and_looked_at_later(self):
        assert an_agreement().state is AgreementState.OPEN

    @pytest.mark.parametrize(
        "changes",
        [
            {"party_ids": frozenset()},
            {"party_ids": frozenset({SCHOOL})},
            {"review_on": MONDAY},
            {"review_on": days(-1)},
        ],
    )
    def test_is_nothing_else(self, changes):
        with pytest.raises(AgreementUnclear):
            an_agreement(**changes)

    @pytest.mark.parametrize("words", ["", "  "])
    def test_says_what_is_promised(self, words):
        with pytest.raises(text.EmptyText):
            an_agreement(text=words)

    def test_points_at_no_person(self):
        with pytest.raises(text.PersonalDataFound):
            an_agreement(text=PHONE)


class TestAction:
    def test_is_of_one_person_for_one_organization(self):
        assert an_action().has_owner

    def test_may_lose_its_person(self):
        assert not an_action(person_id=None).has_owner

    @pytest.mark.parametrize("state", ActionState)
    @pytest.mark.parametrize("reason", ["", "  ", "De monteur kwam niet"])
    def test_is_explained_when_it_did_not_come_about(self, state, reason):
        if state in EXPLAINED and not reason.strip():
            with pytest.raises(ActionUnexplained) as refusal:
                an_action(state=state, reason=reason)
            assert refusal.value.facts == {"state": state.value}
        else:
            assert an_action(state=state, reason=reason).state is state

    @pytest.mark.parametrize("part", ["text", "reason"])
    def test_points_at_no_person(self, part):
        with pytest.raises(text.PersonalDataFound):
            an_action(**{part: PHONE})


class TestEndAction:
    @pytest.mark.parametrize(("old", "new"), tuple(product(ActionState, ActionState)))
    def test_goes_between_open_and_ended_only(self, old, new):
        action = an_action(state=old, reason="Er was geen stroom")
        is_open, ends = old is ActionState.OPEN, new is not ActionState.OPEN

        if is_open is not ends:
            with pytest.raises(ActionClosed) as refusal:
                situations.end_action(action, new, on=days(3), reason="Er was geen stroom")
            assert refusal.value.facts == {"state": old.value}
        else:
            changed = situations.end_action(action, new, on=days(3), reason=" Er was geen stroom ")
            assert (changed.state, changed.reason) == (new, "Er was geen stroom")
            assert changed.ended_on == (days(3) if is_open else None)

    @pytest.mark.parametrize("state", sorted(EXPLAINED))
    def test_tells_apart_what_could_not_be_and_what_was_not_done(self, state):
        with pytest.raises(ActionUnexplained):
            situations.end_action(an_action(), state, on=MONDAY)

        ended = situations.end_action(an_action(), state, on=MONDAY, reason="Geen geld")
        assert ended.state is state


class TestIncompleteActions:
    def test_come_by_what_happened_and_then_the_oldest_promise(self):
        actions = [
            an_action("done", state=ActionState.DONE),
            an_action("due", due=days(30)),
            an_action("late", due=days(5)),
            an_action("later", due=days(6)),
            an_action("impossible", state=ActionState.NOT_POSSIBLE, reason="Geen stroom"),
            an_action("undone", state=ActionState.NOT_DONE, reason="Vergeten", due=days(9)),
            an_action("undone first", state=ActionState.NOT_DONE, reason="Vergeten", due=days(8)),
        ]

        found = situations.incomplete_actions(actions, on=days(10))

        assert [action.id for action in found] == ["undone first", "undone", "impossible", "late", "later"]

    @pytest.mark.parametrize(("n_days", "n_found"), [(13, 0), (14, 0), (15, 1)])
    def test_are_late_on_the_day_after(self, n_days, n_found):
        assert len(situations.incomplete_actions([an_action()], on=days(n_days))) == n_found

    @pytest.mark.parametrize(("n_days", "n_found"), [(8, 0), (9, 1), (10, 1)])
    @pytest.mark.parametrize("state", sorted(EXPLAINED))
    def test_hold_what_ended_undone_from_the_day_on_which_it_did(self, state, n_days, n_found):
        action = an_action(state=state, reason="Geen geld", ended_on=days(9))

        assert len(situations.incomplete_actions([action], on=days(n_days))) == n_found

    @pytest.mark.parametrize(("n_days", "n_found"), [(14, 0), (15, 1)])
    def test_hold_what_was_late_and_ended_undone_afterwards(self, n_days, n_found):
        action = an_action(state=ActionState.NOT_DONE, reason="Vergeten", ended_on=days(40))

        assert len(situations.incomplete_actions([action], on=days(n_days))) == n_found

    def test_do_not_depend_on_the_order(self):
        actions = [an_action(each) for each in "abc"]

        answers = {situations.incomplete_actions(order, on=days(20)) for order in permutations(actions)}

        assert len(answers) == 1


class TestDueAgreements:
    @pytest.mark.parametrize(("n_days", "n_found"), [(29, 0), (30, 1), (31, 1)])
    def test_are_looked_at_from_their_day(self, n_days, n_found):
        assert len(situations.due_agreements([an_agreement()], on=days(n_days))) == n_found

    @pytest.mark.parametrize("state", AgreementState)
    def test_are_open(self, state):
        found = situations.due_agreements([an_agreement(state=state)], on=days(40))

        assert bool(found) is (state is AgreementState.OPEN)

    def test_come_oldest_first(self):
        agreements = [an_agreement("b"), an_agreement("a"), an_agreement("c", review_on=days(2))]

        assert [each.id for each in situations.due_agreements(agreements, on=days(40))] == ["c", "a", "b"]


class TestCountKept:
    def test_counts_what_was_judged(self):
        states = [
            AgreementState.KEPT,
            AgreementState.KEPT,
            AgreementState.NOT_KEPT,
            AgreementState.OPEN,
            AgreementState.DROPPED,
        ]
        agreements = [an_agreement(str(place), state=state) for place, state in enumerate(states)]

        assert situations.count_kept(agreements) == Kept(n_kept=2, n_judged=3)

    @pytest.mark.parametrize("state", [AgreementState.OPEN, AgreementState.DROPPED])
    def test_does_not_count_what_was_not(self, state):
        parties = frozenset({SCHOOL, LIBRARY})

        kept = situations.count_kept([an_agreement(state=state, party_ids=parties)] * 3)

        assert kept == Kept(n_kept=0, n_judged=0)


class TestJudgeAgreement:
    @pytest.mark.parametrize("state", AgreementState)
    def test_keeps_why_of_what_was_not_kept_alone(self, state):
        judged = situations.judge_agreement(an_agreement(), state, reason=" Geen rooster. ")

        has_reason = state in {AgreementState.NOT_KEPT, AgreementState.DROPPED}
        assert (judged.state, judged.reason) == (state, "Geen rooster." if has_reason else "")

    @pytest.mark.parametrize("state", AgreementState)
    def test_lets_go_of_why_once_it_is_judged_anew(self, state):
        before = an_agreement(state=AgreementState.NOT_KEPT, reason="Geen rooster.")

        assert situations.judge_agreement(before, state).reason == ""

    @pytest.mark.parametrize(
        ("reason", "refusal"),
        [("Bel Jan op 06-12345678", text.PersonalDataFound), ("x" * 2001, text.TextTooLong)],
    )
    def test_takes_no_words_that_may_not_be_kept(self, reason, refusal):
        with pytest.raises(refusal):
            situations.judge_agreement(an_agreement(), AgreementState.NOT_KEPT, reason=reason)
