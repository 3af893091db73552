# SPDX-License-Identifier: EUPL-1.2
"""Meetings, and an agenda made from what is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from scharnier.core import situations, text
from scharnier.core.situations import (
    ActionState,
    AgendaPoint,
    InvitationState,
    MeetingToCome,
    MeetingUnclear,
    Topical,
)
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

    def test_has_minutes_once_it_says_who_was_there_or_could_not_come(self):
        assert not a_meeting().is_recorded
        assert a_meeting(present_ids=frozenset({SCHOOL})).is_recorded
        assert a_meeting(apologies_ids=frozenset({SCHOOL})).is_recorded


class TestWriteMinutes:
    def write(self, *, on):
        return situations.write_minutes(
            a_meeting(), present_ids=frozenset({SCHOOL}), decisions=(" De lamp komt er ",), on=on
        )

    @pytest.mark.parametrize("n_days", [0, 1, 400])
    def test_are_written_from_the_day_itself_on(self, n_days):
        held = self.write(on=NOON.date() + timedelta(days=n_days))

        assert held == a_meeting(present_ids=frozenset({SCHOOL}), decisions=("De lamp komt er",))

    @pytest.mark.parametrize("n_days", [1, 400])
    def test_are_not_written_before_that(self, n_days):
        with pytest.raises(MeetingToCome):
            self.write(on=NOON.date() - timedelta(days=n_days))

    def test_take_the_day_as_it_is_where_partners_meet(self):
        night = datetime.fromisoformat("2026-03-03T00:30+01:00")  # still the second in London
        meeting = a_meeting(starts_at=night, ends_at=night + timedelta(hours=1))

        assert meeting.is_to_come(on=days(0))
        assert not meeting.is_to_come(on=days(1))

    def test_replace_what_was_written_before(self):
        point = AgendaPoint(about=Topical.INDICATOR, subject_id="1")
        before = a_meeting(present_ids=frozenset({POLICE}), decisions=("Niets",), agenda=(point,))

        held = situations.write_minutes(
            before, present_ids=frozenset({SCHOOL}), apologies_ids=frozenset({POLICE}), on=NOON.date()
        )

        assert (held.present_ids, held.apologies_ids) == ({SCHOOL}, {POLICE})
        assert (held.decisions, held.agenda, held.starts_at) == ((), (), before.starts_at)

    def test_cannot_contradict_themselves(self):
        both = frozenset({SCHOOL})

        with pytest.raises(MeetingUnclear):
            situations.write_minutes(a_meeting(), present_ids=both, apologies_ids=both, on=NOON.date())


def held(n_days: int = 10, *subjects: str, **changes):
    """Return a meeting with minutes that had actions on its agenda."""
    return a_meeting(
        starts_at=NOON + timedelta(days=n_days),
        ends_at=NOON + timedelta(days=n_days, hours=1),
        agenda=tuple(AgendaPoint(about=Topical.INCOMPLETE_ACTION, subject_id=each) for each in subjects),
        **{"present_ids": frozenset({SCHOOL})} | changes,
    )


class TestTalkedOut:
    def ended(self, n_days: int = 8, **changes):
        values = {"state": ActionState.NOT_POSSIBLE, "reason": "Geen stroom", "ended_on": days(n_days)}
        return an_action(**values | changes)

    def out(self, action, *meetings, n_days=60):
        return bool(situations.talked_out([action], meetings, on=days(n_days)))

    @pytest.mark.parametrize("state", [ActionState.NOT_POSSIBLE, ActionState.NOT_DONE])
    def test_is_what_a_meeting_with_minutes_had_on_its_agenda(self, state):
        assert self.out(self.ended(state=state), held(10, "1"))
        assert not self.out(self.ended(state=state))
        assert not self.out(self.ended(state=state), held(10, "2"))
        assert not self.out(self.ended(state=state), held(10, "1", present_ids=frozenset()))

    @pytest.mark.parametrize(("n_days", "is_out"), [(7, False), (8, True), (9, True)])
    def test_was_talked_of_when_it_had_ended(self, n_days, is_out):
        assert self.out(self.ended(8), held(n_days, "1")) is is_out

    @pytest.mark.parametrize(("n_days", "is_out"), [(9, False), (10, True)])
    def test_waits_for_the_meeting(self, n_days, is_out):
        assert self.out(self.ended(8), held(10, "1"), n_days=n_days) is is_out

    def test_is_never_open_or_done(self):
        assert not self.out(an_action(), held(20, "1"))
        assert not self.out(an_action(state=ActionState.DONE, ended_on=days(8)), held(20, "1"))

    def test_is_talked_of_anew_when_it_ends_undone_once_more(self):
        again = self.ended(30)

        assert not self.out(again, held(10, "1"))
        assert self.out(again, held(40, "1"), held(10, "1"))


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

    def test_speaks_once_of_what_ended_undone(self):
        ended = an_action(state=ActionState.NOT_POSSIBLE, reason="Geen stroom", ended_on=days(8))

        assert [point.subject_id for point in self.make(actions=[ended])] == ["1"]
        assert self.make(actions=[ended], meetings=[held(10, "1")]) == ()

    def test_goes_on_speaking_of_what_is_late(self):
        assert len(self.make(actions=[an_action()], meetings=[held(20, "1"), held(30, "1")])) == 1

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
