# SPDX-License-Identifier: EUPL-1.2
"""Invitations from asking to leaving, and who makes up the coalition."""

from __future__ import annotations

from itertools import product

import pytest

from scharnier.core import situations
from scharnier.core.situations import (
    INVITATION_DAYS,
    InvitationClosed,
    InvitationOfOthers,
    InvitationPart,
    InvitationState,
    InvitationStep,
    InvitedTwice,
    NoReason,
)
from tests.unit.situations.scenes import LIBRARY, MONDAY, POLICE, an_invitation, days

LATE = days(INVITATION_DAYS + 1)
BY_INVITED, BY_INVITER, BY_CLOCK = InvitationPart.INVITED, InvitationPart.INVITER, InvitationPart.CLOCK
TABLE = {
    (InvitationState.INVITED, InvitationStep.ACCEPT): (InvitationState.ACCEPTED, BY_INVITED),
    (InvitationState.INVITED, InvitationStep.DECLINE): (InvitationState.DECLINED, BY_INVITED),
    (InvitationState.INVITED, InvitationStep.LAPSE): (InvitationState.LAPSED, BY_CLOCK),
    (InvitationState.INVITED, InvitationStep.WITHDRAW): (InvitationState.WITHDRAWN, BY_INVITER),
    (InvitationState.LAPSED, InvitationStep.ACCEPT): (InvitationState.ACCEPTED, BY_INVITED),
    (InvitationState.LAPSED, InvitationStep.DECLINE): (InvitationState.DECLINED, BY_INVITED),
    (InvitationState.LAPSED, InvitationStep.WITHDRAW): (InvitationState.WITHDRAWN, BY_INVITER),
    (InvitationState.ACCEPTED, InvitationStep.LEAVE): (InvitationState.LEFT, BY_INVITED),
}
REASONED = {InvitationStep.DECLINE, InvitationStep.LEAVE}


class TestStepInvitation:
    @pytest.mark.parametrize(
        ("state", "step", "part"), tuple(product(InvitationState, InvitationStep, InvitationPart))
    )
    def test_goes_where_the_table_leads(self, state, step, part):
        invitation = an_invitation(state=state)
        expected = TABLE.get((state, step))

        if expected is None:
            with pytest.raises(InvitationClosed):
                situations.step_invitation(invitation, step, by=part, on=LATE, reason="omdat")
        elif expected[1] is not part:
            with pytest.raises(InvitationOfOthers):
                situations.step_invitation(invitation, step, by=part, on=LATE, reason="omdat")
        else:
            changed = situations.step_invitation(invitation, step, by=part, on=LATE, reason=" omdat ")
            assert (changed.state, changed.reason, changed.changed_on) == (expected[0], "omdat", LATE)

    @pytest.mark.parametrize(("state", "step"), [entry for entry in TABLE if entry[1] in REASONED])
    @pytest.mark.parametrize("reason", ["", "  "])
    def test_asks_why_somebody_declines_or_leaves(self, state, step, reason):
        with pytest.raises(NoReason) as refusal:
            situations.step_invitation(
                an_invitation(state=state), step, by=BY_INVITED, on=MONDAY, reason=reason
            )

        assert refusal.value.facts == {"step": step.value}

    def test_asks_nobody_why_they_accept(self):
        accepted = situations.step_invitation(
            an_invitation(), InvitationStep.ACCEPT, by=BY_INVITED, on=MONDAY
        )

        assert accepted.reason == ""

    @pytest.mark.parametrize(("n_days", "lapses"), [(0, False), (14, False), (15, True), (90, True)])
    def test_lapses_after_the_last_day_to_answer(self, n_days, lapses):
        invitation = an_invitation()
        assert invitation.answer_by == days(14)

        if lapses:
            lapsed = situations.step_invitation(
                invitation, InvitationStep.LAPSE, by=BY_CLOCK, on=days(n_days)
            )
            assert lapsed.state is InvitationState.LAPSED
        else:
            with pytest.raises(InvitationClosed):
                situations.step_invitation(invitation, InvitationStep.LAPSE, by=BY_CLOCK, on=days(n_days))


class TestStepsForInvitation:
    @pytest.mark.parametrize(("state", "part"), tuple(product(InvitationState, InvitationPart)))
    def test_are_those_of_the_table(self, state, part):
        expected = tuple(step for step in InvitationStep if TABLE.get((state, step), (None, None))[1] is part)

        assert situations.steps_for_invitation(state, part) == expected


class TestInvite:
    @pytest.mark.parametrize(
        ("state", "is_open"),
        [
            (InvitationState.INVITED, False),
            (InvitationState.ACCEPTED, False),
            (InvitationState.LAPSED, False),
            (InvitationState.DECLINED, True),
            (InvitationState.WITHDRAWN, True),
            (InvitationState.LEFT, True),
        ],
    )
    def test_asks_again_only_who_said_no_or_left(self, state, is_open):
        earlier, new = an_invitation(state=state), an_invitation(invitation_id="new")

        if is_open:
            assert situations.invite((earlier,), new) == (earlier, new)
        else:
            with pytest.raises(InvitedTwice) as refusal:
                situations.invite((earlier,), new)
            assert refusal.value.facts == {"organization_id": LIBRARY}

    def test_asks_several(self):
        first, second = an_invitation(LIBRARY), an_invitation(POLICE)

        assert situations.invite((first,), second) == (first, second)

    def test_uses_each_identifier_once(self):
        declined = an_invitation(LIBRARY, InvitationState.DECLINED)

        with pytest.raises(InvitedTwice):
            situations.invite((declined,), an_invitation(POLICE, invitation_id=declined.id))


class TestCoalitionOf:
    @pytest.mark.parametrize("state", InvitationState)
    def test_holds_who_accepted(self, state):
        found = situations.coalition_of([an_invitation(state=state)])

        assert found == ({LIBRARY} if state is InvitationState.ACCEPTED else set())

    def test_holds_who_came_back(self):
        left = an_invitation(state=InvitationState.LEFT)
        back = an_invitation(state=InvitationState.ACCEPTED, invitation_id="2")

        assert situations.coalition_of([left, back]) == {LIBRARY}
