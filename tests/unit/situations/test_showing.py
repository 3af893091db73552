# SPDX-License-Identifier: EUPL-1.2
"""What pages say of a situation: what waits and where, steps, partners and the story in sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import resolve
from django.utils import translation

from scharnier.apps.situations import labels, showing
from scharnier.apps.situations.selectors import Moment, PartnerLine, StepLine, WaitLine
from scharnier.core.kernel import InvitationId, OrganizationId, SituationId
from scharnier.core.situations import (
    Audience,
    Awaited,
    Awaiting,
    Capacity,
    Event,
    InvitationState,
    InvitationStep,
    Lack,
    PartnerState,
    PartnerStatus,
    Readers,
    Said,
    Step,
)

DAY = date(2026, 3, 29)
AT = datetime(2026, 3, 29, 12, tzinfo=UTC)
LANGUAGES = ("nl", "en")
READERS = Readers(audience=Audience.COALITION, source_id=OrganizationId("school"))


@pytest.fixture(autouse=True)
def _in_dutch():
    with translation.override("nl"):
        yield


def awaiting(awaited: Awaited, *, capacity: Capacity = Capacity.PARTNER, **parts) -> Awaiting:
    return Awaiting(situation_id=SituationId("plein"), awaited=awaited, capacity=capacity, **parts)


def a_moment(event: Event, *, what: str = "", who: str = "School", whom: str = "", is_clock: bool = False):
    return Moment(at=AT, event=event, what=what, who=who, is_clock=is_clock, whom=whom)


def told(*moments: Moment) -> list[str]:
    return [each.said for each in showing.show_story(moments)]


def a_partner(state: InvitationState = InvitationState.ACCEPTED, **parts) -> PartnerLine:
    return PartnerLine(**{"name": "School", "is_owner": False, "state": state, "status": None, **parts})


def shown(line: PartnerLine) -> showing.PartnerShown:
    (found,) = showing.show_partners("plein", [line])
    return found


class TestPageOf:
    def test_is_the_address_of_a_page(self):
        assert showing.page_of("overview", "plein") == "/situations/plein/"

    @pytest.mark.parametrize("parts", [("nowhere",), ("overview",), ("overview", "a b/c")])
    def test_is_empty_for_what_is_no_page(self, parts):
        assert showing.page_of(*parts) == ""


class TestPlaceOf:
    @pytest.mark.parametrize("awaited", Awaited)
    def test_leads_to_a_page_that_is_there_whatever_is_awaited(self, awaited):
        address = showing.place_of(awaiting(awaited, subject_id="i1"))

        assert resolve(address).kwargs["situation_id"] == "plein"

    @pytest.mark.parametrize("awaited", set(Awaited) - {Awaited.ANSWER})
    def test_leads_to_where_it_is_done_and_not_just_to_the_overview(self, awaited):
        assert resolve(showing.place_of(awaiting(awaited))).url_name != "overview"

    def test_leads_who_is_asked_to_their_own_invitation(self):
        address = showing.place_of(awaiting(Awaited.ANSWER, subject_id="i1"))

        assert address == "/situations/plein/invitations/i1/"

    @pytest.mark.parametrize(("awaited", "step"), showing.STEP_OF.items())
    def test_leads_to_the_step_that_is_awaited(self, awaited, step):
        assert resolve(showing.place_of(awaiting(awaited))).kwargs["move"] == step.value


class TestShowWaiting:
    def show(self, due: date | None) -> showing.Waiting:
        line = WaitLine(awaiting=awaiting(Awaited.ACTION, due=due), text="Lawaai op het plein")
        (found,) = showing.show_waiting([line], on=DAY)
        return found

    @pytest.mark.parametrize(
        ("due", "is_late"),
        [(DAY - timedelta(days=1), True), (DAY, False), (DAY + timedelta(days=1), False), (None, False)],
        ids=["yesterday", "today", "tomorrow", "no day"],
    )
    def test_is_late_from_the_day_after_what_was_promised(self, due, is_late):
        assert self.show(due).is_late is is_late

    def test_says_what_and_about_what(self):
        found = self.show(DAY)

        assert (found.said, found.text, found.due) == ("Je hebt iets te doen.", "Lawaai op het plein", DAY)

    def test_keeps_the_order(self):
        lines = [WaitLine(awaiting=awaiting(each), text=each.value) for each in Awaited]

        assert [each.text for each in showing.show_waiting(lines, on=DAY)] == [e.value for e in Awaited]


class TestShowOthers:
    def test_says_each_once(self):
        waits = [(awaiting(Awaited.ACTION, subject_id=str(n)), "Politie") for n in range(3)]

        assert len(list(showing.show_others(waits))) == 1

    def test_says_of_two_partners_two_things(self):
        waits = [(awaiting(Awaited.SCORE), name) for name in ("Politie", "School")]

        assert [said.split()[0] for said in showing.show_others(waits)] == ["Politie", "School"]

    @pytest.mark.parametrize(
        ("capacity", "who"),
        [
            (Capacity.COORDINATOR, "The coordinator"),
            (Capacity.OWNER, "Who leads"),
            (Capacity.PARTNER, "A partner"),
        ],
    )
    def test_says_in_which_capacity_where_there_is_no_name(self, capacity, who):
        with translation.override("en"):
            (said,) = showing.show_others([(awaiting(Awaited.PLANNING, capacity=capacity), "")])

        assert said == f"{who} makes the plan"


class TestShowSteps:
    def test_says_each_step_and_where_it_is_taken(self):
        lines = [StepLine(step=step, lacks=(), said=Said.NOTHING, is_way_out=False) for step in Step]

        ways = showing.show_steps("plein", lines)

        assert [resolve(way.address).kwargs["move"] for way in ways] == [step.value for step in Step]
        assert len({way.said for way in ways}) == len(Step)

    @pytest.mark.parametrize("lack", Lack)
    def test_says_of_what_is_missing_where_to_mend_it(self, lack):
        line = StepLine(step=Step.ACCEPT, lacks=(lack,), said=Said.NOTHING, is_way_out=False)

        (way,) = showing.show_steps("plein", [line])

        (missing,) = way.missing
        assert missing.said == labels.LACKS[lack]
        assert resolve(missing.address).kwargs == {"situation_id": "plein"}

    @pytest.mark.parametrize("is_way_out", [True, False])
    def test_tells_ways_out_from_steps_on(self, is_way_out):
        line = StepLine(step=Step.DISMISS, lacks=(), said=Said.REASON, is_way_out=is_way_out)

        assert showing.show_steps("plein", [line])[0].is_way_out is is_way_out


class TestShowPartners:
    def test_says_of_who_leads_no_state_of_an_invitation(self):
        assert shown(a_partner(is_owner=True)).state == ""

    @pytest.mark.parametrize("state", InvitationState)
    def test_says_the_state_of_others(self, state):
        assert shown(a_partner(state)).state == labels.INVITATION_STATES[state]

    def test_tells_the_reason_of_who_declined(self):
        assert shown(a_partner(InvitationState.DECLINED, reason="Geen tijd.")).reason == "Geen tijd."

    def test_tells_no_reason_of_what_was_taken_back(self):
        assert shown(a_partner(InvitationState.WITHDRAWN, reason="Vergissing.")).reason == ""

    @pytest.mark.parametrize(
        ("step", "way", "address"),
        [
            (InvitationStep.ACCEPT, "answer", "/situations/plein/invitations/i1/"),
            (InvitationStep.LEAVE, "leave", "/situations/plein/invitations/i1/"),
            (InvitationStep.WITHDRAW, "withdraw", "/situations/plein/invitations/i1/withdraw/"),
        ],
    )
    def test_leads_to_what_the_reader_may_do_and_to_nothing_else(self, step, way, address):
        found = shown(a_partner(invitation_id=InvitationId("i1"), steps=(step,)))

        ways = {"leave": found.leave, "answer": found.answer, "withdraw": found.withdraw}
        assert ways == {"leave": "", "answer": "", "withdraw": "", way: address}

    def test_leads_nowhere_who_may_do_nothing(self):
        found = shown(a_partner(invitation_id=InvitationId("i1")))

        assert (found.leave, found.answer, found.withdraw) == ("", "", "")

    @pytest.mark.parametrize("state", PartnerState)
    def test_says_how_a_partner_stands(self, state):
        status = PartnerStatus(readers=READERS, state=state, words="We zijn er.", told_on=DAY)

        standing = shown(a_partner(status=status)).standing

        assert standing is not None
        assert (standing.said, standing.words) == (labels.PARTNER_STATES[state], "We zijn er.")
        assert standing.told_on == DAY

    def test_says_nothing_of_who_told_nothing(self):
        assert shown(a_partner()).standing is None


class TestShowStory:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("event", set(Event) - {Event.ANSWERED})
    def test_has_a_sentence_for_every_event(self, event, language):
        with translation.override(language):
            (said,) = told(a_moment(event))

        assert said.startswith("School ")
        assert len(said) > len("School ")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("what", sorted(labels.ANSWERS))
    def test_has_a_sentence_for_every_answer(self, what, language):
        with translation.override(language):
            (said,) = told(a_moment(Event.ANSWERED, what=what, who="School", whom="Politie"))

        assert "School" in said or "Politie" in said
        assert "%" not in said

    def test_says_who_invited_whom(self):
        with translation.override("en"):
            assert told(a_moment(Event.INVITED, whom="Politie")) == ["School invited Politie"]

    @pytest.mark.parametrize(("is_clock", "who"), [(True, "Scharnier"), (False, "The coordinator")])
    def test_says_who_it_was_where_it_was_no_organization(self, is_clock, who):
        with translation.override("en"):
            (said,) = told(a_moment(Event.STEP, what="begun", who="", is_clock=is_clock))

        assert said == f"{who} began this"

    def test_says_of_an_invitation_to_who_has_gone_that_it_was_a_partner(self):
        with translation.override("en"):
            (said,) = told(a_moment(Event.ANSWERED, what="lapse", who="", whom="", is_clock=True))

        assert said == "No answer came from a partner in time"

    @pytest.mark.parametrize("step", Step)
    def test_says_every_step_in_its_own_words(self, step):
        (said,) = told(a_moment(Event.STEP, what=step.value))

        assert said == f"School {labels.STEP_DONE[step.value]}"

    @pytest.mark.parametrize("event", sorted(showing.MADE_TOGETHER))
    def test_says_what_was_made_together_and_falls_back_on_the_event(self, event):
        known, unknown = told(a_moment(event, what="planned"), a_moment(event, what="of_another_version"))

        assert known == f"School {labels.DONE_TOGETHER['planned']}"
        assert unknown == f"School {labels.EVENTS[event]}"

    @pytest.mark.parametrize("state", PartnerState)
    def test_says_how_somebody_stands(self, state):
        assert told(a_moment(Event.STATUS, what=state.value)) == [f"School: {labels.PARTNER_STATES[state]}"]

    def test_goes_in_the_order_in_which_it_happened(self):
        moments = [
            Moment(at=AT + timedelta(days=n), event=Event.MET, what="", who="S", is_clock=False, whom="")
            for n in range(5)
        ]

        assert [each.at for each in showing.show_story(moments)] == [each.at for each in moments]
