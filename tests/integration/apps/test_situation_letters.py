# SPDX-License-Identifier: EUPL-1.2
"""Letters about situations: to whom they go, in whose language, with a way in, and without a word of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.urls import resolve
from icalendar import Calendar

from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account, Membership, Network, Organization
from scharnier.apps.situations import doing_night, models, services, telling
from scharnier.core.kernel import InvitationId, MeetingId, NetworkId, OrganizationId
from scharnier.core.situations import InvitationStep, State
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import HANGING, KAREL, NOOR, RIA

pytestmark = pytest.mark.django_db
WORDS = "Zien jullie ook elke avond een zilverspoor?"
SECRET = ("zilverspoor", "onrustig", "schooltijd", "street-hangout", "noord", "Noord")
LINK = re.compile(r"https?://[^/\s]+(/\S*)")
HOUR = timedelta(hours=1)
SUMMER = datetime(2026, 7, 1, 18, 30, tzinfo=UTC)  # half past eight in the evening of the neighbourhood
WINTER = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _running(settings):
    settings.DAY = DAY
    scenes.begin(partners="politie")


def speak(language: str) -> None:
    Network.objects.filter(pk="kruisveld").update(language=language)


def letters(template: str) -> dict[str, Message]:
    return {each.to.partition("@")[0]: each for each in Message.objects.filter(template=template)}


def invite(*names: str, actor=NOOR) -> tuple[InvitationId, ...]:
    ids = list(map(OrganizationId, names))
    return telling.invite(HANGING, ids, words=WORDS, actor=actor, on=DAY, at=NOON)


def answer(invitation_id: InvitationId, step: InvitationStep, *, actor, reason: str = "") -> None:
    reply = services.Reply(step=step, reason=reason)
    telling.answer(HANGING, invitation_id, reply, actor=actor, on=DAY, at=NOON)


def event_of(letter: Message):
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    return event


def move(meeting_id: MeetingId, starts_at: datetime, *, ends_at: datetime | None = None, place="School"):
    appointment = services.Appointment(starts_at=starts_at, ends_at=ends_at or starts_at + HOUR, place=place)
    services.move_meeting(HANGING, meeting_id, appointment, actor=NOOR, on=DAY, at=NOON)


class TestEveryLetter:
    @pytest.fixture(params=["nl", "en"])
    def language(self, request):
        return request.param

    @pytest.fixture
    def all_letters(self, language):
        speak(language)
        (asked,) = invite("gemeente")
        answer(asked, InvitationStep.DECLINE, actor=scenes.BAS, reason="Geen zilverspoor hier.")
        meeting_id = scenes.meet()
        services.call_off_meeting(HANGING, meeting_id, actor=NOOR, on=DAY, at=NOON)
        row = models.Situation.objects.get()
        row.state, row.ended_on = State.CLOSED.value, DAY
        row.save()
        scenes.close(row)
        doing_night.remind_rechecks(NetworkId("kruisveld"), on=DAY + timedelta(days=400), at=NOON)
        return list(Message.objects.all())

    def test_was_written(self, all_letters):
        assert {each.template for each in all_letters} == {
            "situation_invited", "situation_answered", "meeting_planned", "meeting_called_off", "recheck_due",
        }  # fmt: skip

    def test_is_an_open_postcard(self, all_letters):
        for letter in all_letters:
            said = letter.subject + letter.text + letter.calendar
            assert [word for word in SECRET if word in said] == []

    def test_names_no_person(self, all_letters):
        for letter in all_letters:
            said = f"{letter.subject}\n{letter.text}".lower()
            assert [name for name in scenes.ROLES if re.search(rf"\b{name}\b", said)] == []

    def test_is_in_the_language_of_the_network(self, all_letters, language):
        greeting = {"nl": "Dag,", "en": "Hello,"}[language]

        assert {each.language for each in all_letters} == {language}
        assert [each.template for each in all_letters if greeting not in each.text] == []

    def test_has_one_way_in_to_a_page_that_is_there(self, all_letters):
        for letter in all_letters:
            (path,) = LINK.findall(letter.text)
            assert resolve(path).kwargs["situation_id"] == HANGING

    def test_leaves_no_blank_unfilled(self, all_letters):
        for letter in all_letters:
            said = letter.subject + letter.text
            assert not re.search(r"[{}%]|None", said)
            assert letter.subject == letter.subject.strip() != ""

    def test_opens_for_who_gets_it_once_logged_in(self, all_letters, sign_in):
        for letter in all_letters:
            (path,) = LINK.findall(letter.text)
            name = letter.to.partition("@")[0]
            status = sign_in(name, role=scenes.ROLES[name]).get(path).status_code
            is_over = letter.template in {"situation_invited", "meeting_planned"}  # declined, called off
            assert is_over or status == HTTPStatus.OK


class TestInvited:
    def test_goes_to_who_acts_for_who_is_asked(self):
        invite("gemeente", "zorg")

        assert set(letters("situation_invited")) == {"bas", "mo"}

    def test_names_who_asks_and_who_is_asked(self):
        invite("gemeente")

        said = letters("situation_invited")["bas"]
        assert said.subject == "School vraagt of jullie meedoen"
        assert "vraagt Gemeente om mee te doen" in said.text

    @pytest.mark.parametrize(
        ("language", "who"),
        [("nl", "De coördinator van het netwerk"), ("en", "The coordinator of the network")],
    )
    def test_says_who_asks_where_nobody_leads(self, language, who):
        speak(language)
        models.Situation.objects.update(
            owner=None, owner_text_id="", owner_name="", lead=None, lead_text_id="", state="proposed"
        )

        invite("gemeente", actor=RIA)

        assert letters("situation_invited")["bas"].subject.startswith(who)

    def test_goes_to_the_organization_where_nobody_acts_for_it_on_the_site(self):
        Account.objects.filter(person__text_id="bas").delete()
        Organization.objects.filter(network_id="kruisveld", text_id="gemeente").update(
            email="info@gemeente.nl"
        )

        invite("gemeente")

        assert [each.to for each in Message.objects.all()] == ["info@gemeente.nl"]

    @pytest.mark.parametrize("address", ["", "geen adres", "a@b.nl\nBcc: c@d.nl"])
    def test_goes_to_nobody_where_there_is_no_address(self, address):
        Account.objects.filter(person__text_id="bas").delete()
        Organization.objects.filter(network_id="kruisveld", text_id="gemeente").update(email=address)

        (made,) = invite("gemeente")

        assert models.Invitation.objects.get(pk=made).state == "invited"
        assert not Message.objects.exists()

    def test_goes_to_nobody_whose_role_has_ended_or_not_begun(self):
        before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
        Membership.objects.filter(person__text_id="bas").update(end_date=before)
        Membership.objects.filter(person__text_id="mo").update(start_date=after)

        invite("gemeente", "zorg")

        assert letters("situation_invited") == {}

    def test_goes_to_nobody_whose_role_is_not_confirmed(self):
        Membership.objects.filter(person__text_id="bas").update(is_confirmed=False)

        invite("gemeente")

        assert letters("situation_invited") == {}

    @pytest.mark.parametrize("name", ["nergens", "politie"])
    def test_goes_to_nobody_when_one_of_all_cannot_be_asked(self, name):
        with pytest.raises(Exception, match=r"situations\.|people\.|not_found|invited"):
            invite("gemeente", name)

        assert not Message.objects.exists()
        assert not models.Invitation.objects.filter(organization_text_id="gemeente").exists()


class TestAnswered:
    @pytest.mark.parametrize("step", [InvitationStep.ACCEPT, InvitationStep.DECLINE])
    def test_goes_to_who_leads_and_does_not_say_which(self, step):
        (made,) = invite("gemeente")

        answer(made, step, actor=scenes.BAS, reason="" if step is InvitationStep.ACCEPT else "Geen tijd.")

        assert set(letters("situation_answered")) == {"noor"}
        letter = letters("situation_answered")["noor"]
        assert letter.subject == "Er is nieuws van Gemeente"
        assert "Geen tijd" not in letter.text

    def test_says_the_same_whatever_the_answer(self):
        yes, no = invite("gemeente", "zorg")
        answer(yes, InvitationStep.ACCEPT, actor=scenes.BAS)
        answer(no, InvitationStep.DECLINE, actor=scenes.MO, reason="Geen tijd.")

        told = [each.text for each in Message.objects.filter(template="situation_answered")]
        assert len({text.replace("Gemeente", "X").replace("Zorg", "X") for text in told}) == 1

    def test_goes_out_when_a_partner_leaves(self):
        invitation_id = InvitationId(models.Invitation.objects.get().pk)

        answer(invitation_id, InvitationStep.LEAVE, actor=KAREL, reason="Andere taken.")

        assert set(letters("situation_answered")) == {"noor"}

    def test_does_not_go_where_an_answer_is_refused(self):
        (made,) = invite("gemeente")

        with pytest.raises(Exception, match="situations"):
            answer(made, InvitationStep.DECLINE, actor=scenes.BAS)  # without a reason

        assert letters("situation_answered") == {}


class TestCalendar:
    def test_is_the_same_for_all_but_for_the_address_of_each(self):
        scenes.meet()

        told = {name: event_of(each) for name, each in letters("meeting_planned").items()}

        assert len(told) == 3
        assert len({str(event["uid"]) for event in told.values()}) == 1
        for name, event in told.items():
            assert str(event["attendee"]) == f"mailto:{name}@kruisveld.example.org"

    @pytest.mark.parametrize(
        ("starts_at", "said"), [(SUMMER, "20:30"), (WINTER, "19:30")], ids=["summer", "winter"]
    )
    def test_is_in_utc_and_the_letter_in_the_time_of_the_neighbourhood(self, starts_at, said):
        scenes.meet(starts_at)

        letter = letters("meeting_planned")["karel"]
        assert event_of(letter).decoded("dtstart") == starts_at
        assert event_of(letter).decoded("dtend") == starts_at + HOUR
        assert said in letter.subject
        assert b"DTSTART:20" in letter.calendar.encode()

    def test_says_the_day_of_the_neighbourhood_after_midnight(self):
        scenes.meet(datetime(2026, 6, 30, 22, 30, tzinfo=UTC))

        assert "1 juli 2026 om 00:30" in letters("meeting_planned")["karel"].subject

    def test_rises_by_one_with_each_change_and_once_more_when_called_off(self):
        meeting_id = scenes.meet()
        for days in (3, 4, 5):
            move(meeting_id, NOON + timedelta(days=days))
        services.call_off_meeting(HANGING, meeting_id, actor=NOOR, on=DAY, at=NOON)

        sent = [event_of(each) for each in Message.objects.filter(to__startswith="karel@")]

        assert sorted(event["sequence"] for event in sent) == [0, 1, 2, 3, 4]
        assert len({str(event["uid"]) for event in sent}) == 1
        last = max(sent, key=lambda event: event["sequence"])
        assert last["status"] == "CANCELLED"
        assert last.decoded("dtstart") == NOON + timedelta(days=5)

    def test_has_another_number_for_another_meeting(self):
        scenes.meet()
        scenes.meet(NOON + timedelta(days=9))

        sent = [event_of(each) for each in Message.objects.filter(to__startswith="karel@")]
        assert len({str(event["uid"]) for event in sent}) == 2

    @pytest.mark.parametrize(
        "place", ["Zaal 2; achterom, bij de bel", "Café \u2018t Hoekje \\ tuin", "é" * 120]
    )
    def test_keeps_every_letter_of_the_place(self, place):
        scenes.meet(place=place)

        letter = letters("meeting_planned")["karel"]
        assert str(event_of(letter)["location"]) == place
        assert all(len(line) <= 75 for line in letter.calendar.encode().split(b"\r\n"))

    def test_has_no_place_where_none_was_said(self):
        scenes.meet(place="  ")

        letter = letters("meeting_planned")["karel"]
        assert "location" not in event_of(letter)
        assert ", ." not in letter.text
        assert "tot 15:00." in letter.text

    @pytest.mark.parametrize(
        ("language", "title"), [("nl", "Overleg van partners"), ("en", "Meeting of partners")]
    )
    def test_has_a_title_in_the_language_of_the_network(self, language, title):
        speak(language)

        scenes.meet()

        assert str(event_of(letters("meeting_planned")["karel"])["summary"]) == title

    def test_reaches_who_joined_since_when_it_moves(self):
        meeting_id = scenes.meet()
        scenes.ask(models.Situation.objects.get(), "zorg", place=5)

        move(meeting_id, NOON + timedelta(days=3))

        sent = Message.objects.filter(to__startswith="mo@")
        assert [event_of(each)["sequence"] for each in sent] == [1]

    def test_reaches_nobody_who_left_since(self):
        meeting_id = scenes.meet()
        models.Invitation.objects.filter(organization_text_id="politie").update(state="left", reason="Druk.")

        move(meeting_id, NOON + timedelta(days=3))

        assert Message.objects.filter(to__startswith="karel@").count() == 1

    def test_asks_for_no_answer_and_is_private(self):
        scenes.meet()

        event = event_of(letters("meeting_planned")["karel"])
        assert event["attendee"].params["RSVP"] == "FALSE"
        assert event["class"] == "PRIVATE"
        assert event["organizer"] != event["attendee"]

    def test_is_the_same_as_the_file_on_the_page(self, sign_in):
        meeting_id = scenes.meet()
        sent = event_of(letters("meeting_planned")["karel"])

        answer = sign_in("karel").get(f"/situations/{HANGING}/meetings/{meeting_id}/invitation.ics")

        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        for key in ("uid", "sequence", "summary", "location", "url", "status", "attendee"):
            assert str(event[key]) == str(sent[key])
        assert event.decoded("dtstart") == sent.decoded("dtstart")

    def test_is_not_sent_when_the_meeting_could_not_be_planned(self):
        with pytest.raises(Exception, match="situations"):
            scenes.meet(actor=scenes.MO)

        assert not Message.objects.exists()
