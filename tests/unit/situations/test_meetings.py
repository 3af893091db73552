# SPDX-License-Identifier: EUPL-1.2
"""Meetings, and an agenda made from what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.core import situations, text
from scharnier.core.situations import ActionState, AgendaPoint, InvitationState, MeetingUnclear, Topical
from tests.unit.situations.scenes import (
    HOUSING,
    LIBRARY,
    MONDAY,
    NOON,
    PHONE,
    POLICE,
    SCHOOL,
    a_meeting,
    an_action,
    an_agreement,
    an_indicator,
    an_invitation,
    days,
)

NAIVE = NOON.replace(tzinfo=None)


class TestMeeting:
    def test_is_planned_with_nothing_but_a_moment(self):
        assert a_meeting().decisions == ()

    def test_is_held_with_who_was_there(self):
        held = a_meeting(
            present_ids=frozenset({SCHOOL, LIBRARY}),
            apologies_ids=frozenset({POLICE}),
            decisions=("De lamp komt er",),
            place="Buurthuis",
        )

        assert held.decisions == ("De lamp komt er",)

    @pytest.mark.parametrize(
        "changes",
        [
            {"ends_at": NOON},
            {"ends_at": NOON - timedelta(hours=1)},
            {"starts_at": NAIVE, "ends_at": NAIVE + timedelta(hours=1)},
            {"present_ids": frozenset({SCHOOL}), "apologies_ids": frozenset({SCHOOL, POLICE})},
            {"decisions": ("De lamp komt er",)},
        ],
    )
    def test_is_refused_when_it_cannot_have_been(self, changes):
        with pytest.raises(MeetingUnclear):
            a_meeting(**changes)

    @pytest.mark.parametrize(
        "changes", [{"place": PHONE}, {"present_ids": frozenset({SCHOOL}), "decisions": ("Goed", PHONE)}]
    )
    def test_points_at_no_person(self, changes):
        with pytest.raises(text.PersonalDataFound):
            a_meeting(**changes)

    def test_decides_in_words(self):
        with pytest.raises(text.EmptyText):
            a_meeting(present_ids=frozenset({SCHOOL}), decisions=("",))


class TestMakeAgenda:
    def make(self, **parts):
        nothing = {"actions": [], "agreements": [], "invitations": [], "indicators": []}
        return situations.make_agenda(**nothing | parts, on=days(60))

    def test_of_nothing_is_empty(self):
        assert self.make() == ()

    def test_begins_with_what_was_not_done(self):
        agenda = self.make(
            indicators=[an_indicator("i")],
            invitations=[an_invitation(HOUSING)],
            agreements=[an_agreement("g")],
            actions=[
                an_action("late"),
                an_action("undone", state=ActionState.NOT_DONE, reason="Vergeten"),
            ],
        )

        assert [(point.about, point.subject_id) for point in agenda] == [
            (Topical.INCOMPLETE_ACTION, "undone"),
            (Topical.INCOMPLETE_ACTION, "late"),
            (Topical.AGREEMENT, "g"),
            (Topical.INVITATION, HOUSING),
            (Topical.INDICATOR, "i"),
        ]

    def test_leaves_out_what_is_done_and_what_can_wait(self):
        agenda = self.make(
            actions=[an_action(state=ActionState.DONE), an_action("2", due=days(90))],
            agreements=[an_agreement(review_on=days(90))],
        )

        assert agenda == ()

    @pytest.mark.parametrize("state", InvitationState)
    def test_names_invitations_that_can_still_be_answered(self, state):
        agenda = self.make(invitations=[an_invitation(state=state)])

        assert bool(agenda) is (state in {InvitationState.INVITED, InvitationState.LAPSED})

    def test_names_the_oldest_invitation_first(self):
        invitations = [an_invitation(LIBRARY, invited_on=days(3)), an_invitation(POLICE, invited_on=MONDAY)]

        assert [point.subject_id for point in self.make(invitations=invitations)] == [POLICE, LIBRARY]

    def test_names_indicators_by_name(self):
        indicators = [an_indicator("1", name="Overlast"), an_indicator("2", name="Bezoekers")]

        assert self.make(indicators=indicators) == (
            AgendaPoint(about=Topical.INDICATOR, subject_id="2"),
            AgendaPoint(about=Topical.INDICATOR, subject_id="1"),
        )
