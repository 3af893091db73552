# SPDX-License-Identifier: EUPL-1.2
"""Meetings: an agenda made of what is due, invitations in calendars, and minutes that everyone can read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.utils import timezone
from icalendar import Calendar

from scharnier.apps.http import now, today
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Membership
from scharnier.apps.situations import access, models, services
from scharnier.core import situations
from scharnier.core.kernel import MeetingId, OrganizationId
from scharnier.core.situations import ActionState, AgreementState, State, Topical
from scharnier.core.text import PersonalDataFound, TextTooLong
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import (
    HANGING,
    KAREL,
    MO,
    NOOR,
    PERSONAL,
    POLICE,
    RIA,
    SCHOOL,
    VERA,
    address,
)
from tests.integration.apps.members_scenes import acts
from tests.integration.apps.reading import paper_of, words_on

pytestmark = pytest.mark.django_db
DECISION = "We lopen elke vrijdag samen langs het plein."
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _running():
    scenes.begin()


def invitations(template: str = "meeting_planned") -> dict[str, Message]:
    return {each.to: each for each in Message.objects.filter(template=template).order_by("queued_at", "id")}


def event_in(message: Message):
    (event,) = Calendar.from_ical(message.calendar).walk("VEVENT")
    return event


def an_appointment(starts_at: datetime = NOON + timedelta(days=3), **parts) -> services.Appointment:
    return services.Appointment(
        **{"starts_at": starts_at, "ends_at": starts_at + HOUR, "place": "School"} | parts
    )


def move(meeting_id: MeetingId, *, actor=NOOR, **parts) -> None:
    services.move_meeting(HANGING, meeting_id, an_appointment(**parts), actor=actor, on=DAY, at=NOON)


def call_off(meeting_id: MeetingId, *, actor=NOOR) -> None:
    services.call_off_meeting(HANGING, meeting_id, actor=actor, on=DAY, at=NOON)


def record(
    meeting_id: MeetingId,
    *,
    present="school politie",
    apologies="gemeente",
    actor=NOOR,
    decisions=(DECISION,),
    on=DAY + timedelta(days=2),
):
    minutes = services.Minutes(
        present_ids=frozenset(map(OrganizationId, present.split())),
        apologies_ids=frozenset(map(OrganizationId, apologies.split())),
        decisions=decisions,
    )
    services.record_meeting(HANGING, meeting_id, minutes, actor=actor, on=on, at=NOON)


class TestPlanMeeting:
    def test_puts_on_the_agenda_what_is_due_on_its_day(self):
        action_id = scenes.make_action(due=DAY + timedelta(days=1))
        agreement_id = scenes.agree(review_on=DAY + timedelta(days=2))
        scenes.agree("Veel later", review_on=DAY + timedelta(days=90))
        scenes.ask(models.Situation.objects.get(), "zorg", place=9, state=situations.InvitationState.INVITED)

        scenes.meet()

        agenda = scenes.whole().meetings[0].agenda
        assert [(each.about, each.subject_id) for each in agenda] == [
            (Topical.INCOMPLETE_ACTION, action_id),
            (Topical.AGREEMENT, agreement_id),
            (Topical.INVITATION, "plein-zorg"),
        ]
        assert scenes.story()[-1] == ("met", "planned")
        assert acts()[-1] == "situation.meeting_planned"

    def test_invites_who_acts_for_the_partners_and_nobody_else(self):
        scenes.meet()

        assert set(invitations()) == {
            f"{name}@kruisveld.example.org" for name in ("noor", "karel", "joke", "bas")
        }

    def test_invites_nobody_who_has_left_the_organization(self):
        Membership.objects.filter(person__text_id="joke").update(end_date=DAY - timedelta(days=1))

        scenes.meet()

        assert "joke@kruisveld.example.org" not in invitations()

    def test_writes_no_word_of_what_it_is_about(self):
        scenes.make_action("Bankje weghalen", due=DAY)

        scenes.meet()

        for letter in invitations().values():
            said = letter.subject + letter.text + letter.calendar
            assert [each for each in ("plein na", "Bankje", "onrustig") if each in said] == []
            assert "Buurthuis, zaal 2" in letter.text

    def test_sends_an_invitation_that_a_calendar_understands(self):
        meeting_id = scenes.meet()

        letter = invitations()["karel@kruisveld.example.org"]
        event = event_in(letter)
        assert letter.calendar_method == "REQUEST"
        assert str(event["uid"]).startswith(f"meeting.{meeting_id}@")
        assert event.decoded("dtstart") == NOON + timedelta(days=2)
        assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
        assert event["attendee"] == "mailto:karel@kruisveld.example.org"
        assert str(event["url"]).endswith(address("meeting", meeting_id))

    @pytest.mark.parametrize("place", [PERSONAL, "x" * 3000])
    def test_takes_no_place_that_points_at_somebody(self, place):
        with pytest.raises((PersonalDataFound, TextTooLong)):
            scenes.meet(place=place)

        assert not Message.objects.exists()

    def test_ends_after_it_begins(self):
        appointment = an_appointment(ends_at=NOON)

        with pytest.raises(situations.MeetingUnclear):
            services.plan_meeting(HANGING, appointment, actor=NOOR, on=DAY, at=NOON)

    @pytest.mark.parametrize(
        ("actor", "refusal"),
        [
            (MO, access.SituationNotFound),
            (VERA, access.SituationNotFound),
            (RIA, situations.NotInCoalition),
        ],
        ids=["no_partner", "other_network", "coordinator"],
    )
    def test_is_for_who_takes_part(self, actor, refusal):
        with pytest.raises(refusal):
            scenes.meet(actor=actor)

        assert not models.Meeting.objects.exists()

    def test_is_too_late_once_it_has_ended(self):
        models.Situation.objects.update(state="handed_over", handed_to="Wijkagent", ended_on=DAY)

        with pytest.raises(situations.StepClosed):
            scenes.meet()


class TestMoveMeeting:
    def test_keeps_the_same_meeting_in_calendars_with_a_higher_number(self):
        meeting_id = scenes.meet()
        move(meeting_id)
        move(meeting_id, starts_at=NOON + timedelta(days=5))

        sent = [
            event_in(each)
            for each in Message.objects.filter(to="bas@kruisveld.example.org").order_by("queued_at")
        ]
        assert len({str(event["uid"]) for event in sent}) == 1
        assert sorted(event["sequence"] for event in sent) == [0, 1, 2]
        assert acts()[-1] == "situation.meeting_moved"

    def test_makes_the_agenda_anew(self):
        scenes.make_action(due=DAY + timedelta(days=3))
        meeting_id = scenes.meet()
        assert scenes.whole().meetings[0].agenda == ()

        move(meeting_id, starts_at=NOON + timedelta(days=4))

        assert len(scenes.whole().meetings[0].agenda) == 1

    def test_leaves_alone_what_was_held(self):
        meeting_id = scenes.meet()
        record(meeting_id)

        with pytest.raises(services.MeetingHeld):
            move(meeting_id)

        meeting = scenes.whole().meetings[0]
        assert (meeting.starts_at, meeting.is_recorded) == (NOON + timedelta(days=2), True)
        assert len(invitations()) == 4

    def test_moves_none_that_is_not_there(self):
        with pytest.raises(services.PieceNotFound):
            move(MeetingId("nergens"))


class TestCallOffMeeting:
    def test_takes_it_out_of_calendars(self):
        meeting_id = scenes.meet()
        move(meeting_id)

        call_off(meeting_id)

        event = event_in(invitations("meeting_called_off")["karel@kruisveld.example.org"])
        assert (event["status"], event["sequence"]) == ("CANCELLED", 2)
        assert str(event["uid"]).startswith(f"meeting.{meeting_id}@")
        assert str(event["url"]).endswith(address("overview"))
        assert scenes.whole().meetings == ()
        assert scenes.story()[-1] == ("met", "called_off")

    def test_leaves_alone_what_was_held(self):
        meeting_id = scenes.meet()
        record(meeting_id)

        with pytest.raises(services.MeetingHeld):
            call_off(meeting_id)

        assert not invitations("meeting_called_off")


class TestRecordMeeting:
    def test_notes_who_was_there_and_what_was_decided(self):
        meeting_id = scenes.meet()

        record(meeting_id)

        meeting = scenes.whole().meetings[0]
        assert (meeting.present_ids, meeting.apologies_ids) == ({"school", "politie"}, {"gemeente"})
        assert meeting.decisions == (DECISION,)
        assert scenes.story()[-1] == ("met", "recorded")

    def test_names_no_person_in_decisions(self):
        meeting_id = scenes.meet()

        with pytest.raises(PersonalDataFound):
            record(meeting_id, decisions=(DECISION, PERSONAL))

        assert scenes.whole().meetings[0].decisions == ()

    @pytest.mark.parametrize(
        "parts",
        [{"present": "school", "apologies": "school"}, {"present": "", "apologies": "school"}],
        ids=["there_and_not", "nobody_decides"],
    )
    def test_does_not_contradict_itself(self, parts):
        meeting_id = scenes.meet()

        with pytest.raises(situations.MeetingUnclear):
            record(meeting_id, **parts)

    def test_waits_for_its_day(self):
        meeting_id = scenes.meet()

        with pytest.raises(situations.MeetingToCome):
            record(meeting_id, on=DAY + timedelta(days=1))

        assert not scenes.whole().meetings[0].is_recorded
        assert scenes.story()[-1] == ("met", "planned")

    def test_takes_for_its_day_the_day_of_the_network(self):
        midnight = datetime(2026, 3, 30, 22, 30, tzinfo=UTC)  # the last of March, half past twelve at night
        meeting_id = scenes.meet(midnight)

        with pytest.raises(situations.MeetingToCome):
            record(meeting_id, on=midnight.date())
        record(meeting_id, on=midnight.date() + timedelta(days=1))

        assert scenes.whole().meetings[0].is_recorded

    def test_names_partners_only(self):
        meeting_id = scenes.meet()

        with pytest.raises(situations.NotInCoalition):
            record(meeting_id, present="school zorg")

    def test_keeps_who_was_there_and_left_since(self):
        meeting_id = scenes.meet()
        record(meeting_id, present="school politie", apologies="")
        models.Invitation.objects.filter(organization_text_id="politie").update(state="left", reason="Druk.")

        record(meeting_id, present="school politie", apologies="", decisions=("Eerder bellen.",))

        assert scenes.whole().meetings[0].present_ids == {SCHOOL, POLICE}

    def test_is_written_by_any_partner(self):
        meeting_id = scenes.meet()

        record(meeting_id, actor=KAREL)

        assert acts()[-1] == "situation.meeting_recorded"


class TestPages:
    def said(self, **parts):
        day = (today() + timedelta(days=4)).isoformat()
        return {"on": day, "starts": "10:00", "ends": "11:30", "place": "Buurthuis"} | parts

    def plan(self, client, **parts) -> str:
        client.post(address("plan_meeting"), self.said(**parts))
        return models.Meeting.objects.get().pk

    def held(self) -> MeetingId:
        scenes.make_action("Lamp maken", due=DAY - timedelta(days=3))
        meeting_id = scenes.meet()
        record(meeting_id)
        return meeting_id

    def test_plan_one_and_show_it(self, noor):
        page = noor.post(address("plan_meeting"), self.said(), follow=True).content.decode()

        row = models.Meeting.objects.get()
        assert "Gepland. Iedereen die meedoet krijgt een mail" in page
        assert address("meeting", row.pk) in page
        assert timezone.localtime(row.starts_at).strftime("%H:%M") == "10:00"

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"on": ""}, "Kies een dag."),
            ({"starts": ""}, "Vul een tijd in, zoals 09:30."),
            ({"starts": "vroeg"}, "Dit is geen tijd."),
            ({"ends": "09:00"}, "Dit is niet later dan het begin."),
            ({"place": PERSONAL}, "telefoonnummer"),
        ],
    )
    def test_say_what_is_wrong_and_lose_nothing(self, noor, parts, said):
        answer = noor.post(address("plan_meeting"), self.said(**parts))

        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in page
        assert parts.get("place", "Buurthuis") in page
        assert not Message.objects.exists()

    def test_list_what_is_to_come_and_what_there_is_to_talk_of(self, noor):
        scenes.make_action("Lamp maken", due=today() - timedelta(days=3))
        self.plan(noor)

        page = noor.get(address("meetings")).content.decode()

        places = [page.index(each) for each in ("Binnenkort", "Waar het vandaag over zou gaan", "Lamp maken")]
        assert places == sorted(places)

    def test_lead_from_each_point_to_what_it_is_about(self, noor):
        action_id = scenes.make_action("Lamp maken", due=today() - timedelta(days=3))
        agreement_id = scenes.agree("Elkaar bellen", review_on=today())
        meeting_id = self.plan(noor)

        page = noor.get(address("meeting", meeting_id)).content.decode()

        assert f'href="{address("action", action_id)}">Lamp maken</a>' in page
        assert f'href="{address("agreement", agreement_id)}">Elkaar bellen</a>' in page
        assert "Een actie die aandacht vraagt" in page

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            (ActionState.NOT_DONE, "Niet gedaan: “Er was geen rooster.”"),
            (ActionState.NOT_POSSIBLE, "Kon niet: “Er was geen rooster.”"),
        ],
    )
    def test_say_why_an_action_was_not_done(self, noor, state, said):
        action_id = scenes.make_action("Lamp maken", due=today() - timedelta(days=3))
        meeting_id = self.plan(noor)
        before = noor.get(address("meeting", meeting_id)).content.decode()
        services.end_action(
            HANGING, action_id, state, reason="Er was geen rooster.", actor=KAREL, on=DAY, at=NOON
        )

        pages = [
            noor.get(where).content.decode()
            for where in (address("meeting", meeting_id), address("meetings"))
        ]

        assert "rooster" not in before
        assert all(said in page for page in pages)

    def test_say_why_an_agreement_was_not_kept(self, noor):
        agreement_id = scenes.agree("Elkaar bellen", review_on=today())
        meeting_id = self.plan(noor)
        services.judge_agreement(
            HANGING,
            agreement_id,
            AgreementState.NOT_KEPT,
            reason="Er was geen rooster.",
            actor=KAREL,
            at=NOON,
        )

        page = noor.get(address("meeting", meeting_id)).content.decode()

        assert "Niet nagekomen: “Er was geen rooster.”" in page

    def test_say_it_in_the_minutes_to_print(self, noor):
        action_id = scenes.make_action("Lamp maken", due=DAY)
        meeting_id = scenes.meet()
        record(meeting_id)
        why = {"reason": "Er was geen rooster.", "actor": KAREL, "on": DAY, "at": NOON}
        services.end_action(HANGING, action_id, ActionState.NOT_POSSIBLE, **why)

        answer = noor.get(address("minutes_pdf", meeting_id))

        said = words_on(paper_of(answer))
        assert "Lamp maken Kon niet: “Er was geen rooster.”" in said

    def test_keep_silent_of_why_once_it_is_taken_up_again(self, noor):
        action_id = scenes.make_action("Lamp maken", due=today() - timedelta(days=3))
        meeting_id = self.plan(noor)
        why = {"reason": "Er was geen rooster.", "actor": KAREL, "on": DAY, "at": NOON}
        services.end_action(HANGING, action_id, ActionState.NOT_DONE, **why)
        services.end_action(HANGING, action_id, ActionState.OPEN, actor=KAREL, on=DAY, at=NOON)

        page = noor.get(address("meeting", meeting_id)).content.decode()

        assert "Lamp maken" in page
        assert "rooster" not in page

    def test_move_it_and_call_it_off(self, noor):
        meeting_id = self.plan(noor)
        assert 'value="10:00' in noor.get(address("move_meeting", meeting_id)).content.decode()

        moved = noor.post(address("move_meeting", meeting_id), self.said(starts="10:30"), follow=True)
        gone = noor.post(address("call_off_meeting", meeting_id), follow=True)

        assert "10:30" in moved.content.decode()
        assert "Afgezegd." in gone.content.decode()
        assert not models.Meeting.objects.exists()

    def test_hold_a_meeting_that_was_held(self, noor):
        answer = noor.post(address("call_off_meeting", self.held()), follow=True)

        assert "Dit overleg is al geweest." in answer.content.decode()

    def test_have_on_their_agenda_what_came_up_since_until_there_are_minutes(self, noor):
        scenes.make_action("Lamp maken", due=DAY + timedelta(days=1))
        meeting_id = scenes.meet()
        scenes.make_action("Hek maken", due=DAY + timedelta(days=1))
        scenes.make_action("Veel later", due=DAY + timedelta(days=90))

        page = noor.get(address("meeting", meeting_id)).content.decode()
        assert "Lamp maken" in page
        assert "Hek maken" in page
        assert "Veel later" not in page

        record(meeting_id)
        scenes.make_action("Te laat bedacht", due=DAY + timedelta(days=1))

        page = noor.get(address("meeting", meeting_id)).content.decode()
        assert "Hek maken" in page
        assert "Te laat bedacht" not in page

    def test_keep_on_their_agenda_what_was_done_before_the_minutes(self, noor):
        scenes.make_action("Lamp maken", due=DAY + timedelta(days=1))
        meeting_id = scenes.meet()
        models.Action.objects.update(state="done", ended_on=DAY)

        assert "Lamp maken" in noor.get(address("meeting", meeting_id)).content.decode()

    def test_offer_the_minutes_from_the_day_itself(self, noor, settings):
        meeting_id = self.plan(noor)
        way = address("record_meeting", meeting_id)

        before = noor.get(address("meeting", meeting_id)).content.decode()
        settings.DAY = today() + timedelta(days=4)
        page = noor.get(address("meeting", meeting_id)).content.decode()

        assert f'href="{way}"' not in before
        assert f'href="{way}"' in page

    def test_take_no_minutes_before_the_day_and_lose_nothing(self, noor):
        way = address("record_meeting", self.plan(noor))

        answer = noor.post(way, {"present": ["school"], "decision_1": DECISION})

        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Dit overleg is nog niet geweest. Het verslag schrijf je op de dag zelf, of daarna." in page
        assert DECISION in page
        assert not scenes.whole().meetings[0].is_recorded

    def test_talk_once_of_what_could_not_be_done(self, noor):
        action_id = scenes.make_action("Lamp maken", due=DAY)
        earlier, later = scenes.meet(), scenes.meet(NOON + timedelta(days=30))
        why = {"reason": "Geen stroom.", "actor": KAREL, "on": DAY, "at": NOON}
        services.end_action(HANGING, action_id, ActionState.NOT_POSSIBLE, **why)
        before = [noor.get(address("meeting", each)).text for each in (earlier, later)]

        record(earlier)

        after = [noor.get(address("meeting", each)).text for each in (earlier, later)]
        assert ["Lamp maken" in page for page in before + after] == [True, True, True, False]

    def test_talk_again_of_what_was_taken_up_again(self, noor):
        action_id = scenes.make_action("Lamp maken", due=DAY)
        earlier, later = scenes.meet(), scenes.meet(NOON + timedelta(days=30))
        why = {"reason": "Geen stroom.", "actor": KAREL, "on": DAY, "at": NOON}
        services.end_action(HANGING, action_id, ActionState.NOT_POSSIBLE, **why)
        record(earlier)

        services.end_action(HANGING, action_id, ActionState.OPEN, actor=KAREL, on=DAY, at=NOON)

        assert "Lamp maken" in noor.get(address("meeting", later)).text

    def test_write_the_minutes(self, noor):
        meeting_id = self.plan(noor, on=today().isoformat())
        said = {
            "present": ["school", "politie"],
            "apologies": ["gemeente"],
            "decision_1": DECISION,
            "decision_2": "",
        }

        page = noor.post(address("record_meeting", meeting_id), said, follow=True).content.decode()

        assert DECISION in page
        assert "Politie, School" in page
        assert DECISION in noor.get(address("record_meeting", meeting_id)).content.decode()

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"decision_1": PERSONAL}, "telefoonnummer"),
            ({"present": [], "decision_1": DECISION}, "Kruis aan wie er was."),
            ({"present": ["gemeente"], "apologies": ["gemeente"]}, "Twee keer aangekruist: "),
            ({"present": ["zorg"]}, "Kies uit de lijst."),
        ],
    )
    def test_refuse_minutes_that_cannot_be(self, noor, parts, said):
        answer = noor.post(address("record_meeting", self.plan(noor)), {"present": ["school"]} | parts)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in answer.content.decode()

    def test_offer_a_box_more_than_there_are_decisions(self, noor):
        meeting_id = scenes.meet()
        record(meeting_id, decisions=tuple(f"Besluit nummer {n}" for n in range(7)))

        page = noor.get(address("record_meeting", meeting_id)).content.decode()

        assert "decision_8" in page
        assert "decision_9" not in page

    def test_give_the_minutes_as_a_pdf_for_everyone(self, noor):
        answer = noor.get(address("minutes_pdf", self.held()))

        reader = paper_of(answer)
        root = reader.trailer["/Root"]
        said = words_on(reader)
        assert answer["Content-Type"] == "application/pdf"
        assert b"pdfuaid:part" in root["/Metadata"].get_data()
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "nl"
        assert reader.metadata.title == "Verslag van 31 maart 2026"
        places = [
            said.index(each) for each in ("Aanwezig: Politie, School", "Afgemeld: Gemeente", DECISION, "Lamp")
        ]
        assert all(one < other for one, other in pairwise(places))

    def test_give_minutes_of_nothing_too(self, noor):
        meeting_id = scenes.meet()

        answer = noor.get(address("minutes_pdf", meeting_id))

        said = words_on(paper_of(answer))
        assert "Er is geen besluit genoteerd." in said
        assert "Er was niets aan de orde." in said

    def test_give_the_invitation_as_a_file(self, noor):
        meeting_id = self.plan(noor)

        answer = noor.get(address("meeting_calendar", meeting_id))

        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert answer["Content-Type"].startswith("text/calendar")
        assert event["attendee"] == "mailto:noor@kruisveld.example.org"
        assert event.decoded("dtstart") > now()

    @pytest.mark.parametrize(
        "part",
        ["meeting", "move_meeting", "call_off_meeting", "record_meeting", "minutes_pdf", "meeting_calendar"],
    )
    def test_are_not_there_for_who_takes_no_part(self, noor, sign_in, part):
        meeting_id = self.plan(noor)
        stranger = sign_in("mo")

        assert stranger.get(address(part, meeting_id)).status_code == HTTPStatus.NOT_FOUND
        assert noor.get(address(part, "nergens")).status_code == HTTPStatus.NOT_FOUND

    def test_tell_points_without_a_way_once_it_has_ended(self, noor):
        scenes.make_action("Lamp maken", due=DAY)
        meeting_id = scenes.meet()
        models.Situation.objects.update(state=State.HANDED_OVER.value, handed_to="Wijkagent", ended_on=DAY)

        page = noor.get(address("meeting", meeting_id)).content.decode()

        assert "Lamp maken" in page
        assert "/actions/" not in page
