# SPDX-License-Identifier: EUPL-1.2
"""People without an account ask what is held, or to be erased; the coordinator answers within a month."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from scharnier.apps.mail.models import Message
from scharnier.apps.people import access as people
from scharnier.apps.people import models
from scharnier.apps.rights import access, selectors, services
from scharnier.apps.rights.models import DataRequest, RetentionReport
from scharnier.core.kernel import Role
from tests.factories import DAY, NOON, a_network, a_person, an_actor
from tests.integration.apps import rights_scenes as scenes
from tests.integration.apps.members_scenes import let_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
REQUESTS, RETENTION = reverse("rights:data_requests"), reverse("rights:retention")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')  # another each time
OTHERS = sorted(set(Role) - {Role.COORDINATOR})
STRANGER = an_actor("vera", network_id="elders", role=Role.COORDINATOR)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def note(*, name="Joke de Wit", email="", what="erasure", received=DAY, actor=scenes.RIA):
    return services.note_request(name=name, email=email, what=what, received=received, actor=actor, at=NOON)


def erase(row, *, actor=scenes.RIA):
    services.erase_for_request(row.pk, actor=actor, on=DAY, at=NOON)


def copy(row, *, actor=scenes.RIA):
    return services.copy_for_request(row.pk, form="json", actor=actor, on=DAY, at=NOON)


class TestNoteRequest:
    def test_keeps_when_it_came_in_and_by_when_it_is_answered(self):
        row = note(received=DAY - timedelta(days=1))

        assert (row.person_text_id, row.received_date.isoformat(), row.answer_by.isoformat()) == (
            "joke",
            "2026-03-28",
            "2026-04-28",
        )

    def test_is_on_record_on_whose_behalf(self):
        row = note()

        event = scenes.last_event()
        assert (event.act, event.actor_id, event.object_id) == ("data_request.noted", "ria", "joke")
        assert event.on_behalf_of == "joke"
        assert event.facts == f'{{"request":"{row.pk}","what":"erasure"}}'

    def test_finds_who_is_hidden_by_name_however_it_is_written(self):
        assert note(name="stil VAN veen").person_text_id == "stil"

    @pytest.mark.parametrize("name", ["Niemand", scenes.NAME, "Joke"])
    def test_finds_nobody_else_and_no_one_who_can_log_in(self, name):
        with pytest.raises(services.NobodyOfThatName):
            note(name=name)

    def test_asks_for_the_address_when_several_have_the_name(self):
        for number in "12":
            models.Person.objects.create(
                network_id="kruisveld", text_id=number, name="Jan Bos", email=f"{number}@example.org"
            )

        with pytest.raises(services.SeveralOfThatName):
            note(name="Jan Bos")
        assert note(name="Jan Bos", email="2@EXAMPLE.org").person_text_id == "2"

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_for_the_coordinator(self, role):
        with pytest.raises(access.NotForCoordinator):
            note(actor=an_actor("karel", role=role))

    def test_finds_nobody_of_another_network(self, load):
        load(a_network(network_id="elders", persons=(a_person("vera"),)))

        with pytest.raises(services.NobodyOfThatName):
            note(actor=STRANGER)


class TestCopyForRequest:
    def test_holds_what_is_held_and_names_nobody_who_is_hidden(self):
        found = copy(note(what="copy"))

        assert (found.card.name, found.account) == ("Joke de Wit", None)
        assert [each.role for each in found.roles] == ["alt"]
        assert [(each.other, each.said_by) for each in found.ties] == [(scenes.NAME, "other")]
        assert [each.what for each in found.requests] == ["copy"]

    def test_settles_the_request_and_is_on_record(self):
        row = note(what="copy")

        copy(row)
        copy(row)

        row.refresh_from_db()
        event = scenes.last_event()
        assert row.done_at == NOON
        assert (event.act, event.actor_id, event.on_behalf_of) == ("data.copied", "ria", "joke")

    def test_is_not_made_for_who_asked_something_else(self):
        with pytest.raises(services.RequestDone):
            copy(note(what="erasure"))

    def test_is_not_made_for_who_can_log_in_meanwhile(self):
        row = note(what="copy")
        let_in("kruisveld", {"joke": Role.RESIDENT})

        with pytest.raises(people.PersonNotFound):
            copy(row)

    @pytest.mark.parametrize("actor", [STRANGER, *(an_actor("karel", role=role) for role in OTHERS)])
    def test_is_for_the_coordinator_of_the_network(self, actor):
        row = note(what="copy")

        with pytest.raises(access.DataRequestNotFound):
            copy(row, actor=actor)


class TestEraseForRequest:
    def test_takes_everything_and_leaves_identifiers(self):
        row = note()

        erase(row)
        Message.objects.all().delete()

        assert "Joke de Wit" not in scenes.whole_database()
        assert scenes.stones() == [("person", "joke", "right.erasure")]
        row.refresh_from_db()
        assert row.done_at == NOON

    def test_is_on_record_on_whose_behalf(self):
        erase(note())

        event = scenes.last_event()
        assert (event.act, event.actor_id, event.object_id, event.on_behalf_of) == (
            "person.erased",
            "ria",
            "joke",
            "joke",
        )

    def test_tells_the_person(self):
        erase(note())

        assert Message.objects.get().to == "joke@example.org"

    def test_does_nothing_twice(self):
        row = note()
        erase(row)

        with pytest.raises(services.RequestDone):
            erase(row)

    def test_is_not_done_for_who_asked_for_a_copy(self):
        with pytest.raises(services.RequestDone):
            erase(note(what="copy"))

    def test_is_not_done_to_who_can_log_in_meanwhile(self):
        row = note()
        let_in("kruisveld", {"joke": Role.RESIDENT})

        with pytest.raises(people.PersonNotFound):
            erase(row)

        assert scenes.row("joke")

    @pytest.mark.parametrize("actor", [STRANGER, *(an_actor("karel", role=role) for role in OTHERS)])
    def test_is_for_the_coordinator_of_the_network(self, actor):
        row = note()

        with pytest.raises(access.DataRequestNotFound):
            erase(row, actor=actor)


class TestRows:
    @pytest.mark.parametrize("wrong", [{"what": "praise"}, {"answer_by": DAY - timedelta(days=1)}])
    def test_cannot_hold_what_cannot_be(self, wrong):
        row = note()

        with pytest.raises(IntegrityError), transaction.atomic():
            DataRequest.objects.filter(pk=row.pk).update(**wrong)


class TestRequestLines:
    def test_put_what_waits_first_and_say_what_is_late(self):
        late = note(received=DAY - timedelta(days=40))
        soon, done = note(name="Stil van Veen"), note(what="copy")
        copy(done)

        lines = selectors.request_lines(scenes.RIA, on=DAY)

        assert [(line.pk, line.is_late) for line in lines] == [
            (late.pk, True),
            (soon.pk, False),
            (done.pk, False),
        ]

    def test_take_as_many_queries_for_fifty_as_for_one(self, django_assert_num_queries):
        note()
        with django_assert_num_queries(2) as counted:
            selectors.request_lines(scenes.RIA, on=DAY)
        for _ in range(49):
            note()

        with django_assert_num_queries(len(counted.captured_queries)):
            assert len(selectors.request_lines(scenes.RIA, on=DAY)) == 50


class TestPages:
    @pytest.fixture
    def ria(self, sign_in):
        return sign_in("ria", role=Role.COORDINATOR)

    def test_go_from_noting_to_erasing(self, ria):
        form = {"name": "joke de wit", "email": "", "what": "erasure", "received": DAY.isoformat()}

        noted = ria.post(REQUESTS, form, follow=True)
        row = DataRequest.objects.get()
        done = ria.post(reverse("rights:erase_for_request", args=[row.pk]), follow=True)

        assert "Joke de Wit wil gewist worden" in noted.text
        assert "Je antwoordt uiterlijk op 29 april 2026." in noted.text
        assert "Deze persoon is gewist." in done.text
        assert "Iemand die gewist is" in done.text
        assert "Joke" not in ria.get(reverse("rights:data_request", args=[row.pk])).text

    def test_give_the_copy_for_programs_and_readers(self, ria):
        row = note(what="copy")

        told = ria.post(reverse("rights:request_copy", args=[row.pk]))
        read = ria.post(reverse("rights:request_document", args=[row.pk]))

        assert told.json()["card"]["name"] == "Joke de Wit"
        assert "Joke de Wit" in PdfReader(io.BytesIO(read.content)).pages[0].extract_text()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"name": ""}, "Vul de naam in die op de kaart staat."),
            ({"name": "Niemand"}, "Er is geen kaart zonder account met de naam Niemand."),
            ({"email": "joke"}, "Vul een heel e-mailadres in"),
            ({"what": "praise"}, "Kies wat er gevraagd wordt."),
            ({"received": "31-31"}, "Vul de dag in waarop het verzoek binnenkwam."),
            ({"received": (DAY + timedelta(days=1)).isoformat()}, "Die dag moet nog komen."),
        ],
    )
    def test_say_what_is_wrong_and_lose_nothing(self, ria, wrong, said):
        form = {"name": "Joke de Wit", "email": "", "what": "copy", "received": DAY.isoformat()}

        answer = ria.post(REQUESTS, form | wrong)

        assert answer.status_code == 422
        assert said in answer.text
        assert all(value in answer.text for value in (form | wrong).values() if value != "praise")
        assert not DataRequest.objects.exists()

    @pytest.mark.parametrize("role", OTHERS)
    def test_are_for_the_coordinator(self, sign_in, role):
        client = sign_in("karel", role=role)

        assert [client.get(page).status_code for page in (REQUESTS, RETENTION)] == [403, 403]

    def test_answer_a_request_of_another_network_as_none(self, sign_in, load):
        row = note()
        load(a_network(network_id="elders", persons=(a_person("vera"),)))
        vera = sign_in("vera", network_id="elders", role=Role.COORDINATOR)
        there = reverse("rights:data_request", args=[row.pk])
        nowhere = reverse("rights:data_request", args=[row.pk + 1000])

        answers = [vera.get(address) for address in (there, nowhere)]

        assert [answer.status_code for answer in answers] == [404, 404]
        one, other = (TOKEN.sub("", answer.text) for answer in answers)
        assert one.replace(there, nowhere) == other


class TestRetentionPage:
    def test_says_the_rules_in_words(self, sign_in):
        said = sign_in("ria", role=Role.COORDINATOR).get(RETENTION).text

        assert "Rollen die zijn afgelopen" in said
        assert "na 5 jaar" in said
        assert "gerekend vanaf de laatste dag van de rol." in said
        assert "Er is nog niet opgeruimd." in said

    def test_says_what_the_last_night_did_here_and_in_the_installation(self, sign_in):
        lines = [
            {"rule": rule, "network_id": network_id, "n_over": n, "n_done": n, "n_warned": warned}
            for rule, network_id, n, warned in (
                ("tie", "kruisveld", 3, 0),
                ("mail", "", 1, 0),
                ("person", "kruisveld", 0, 2),
                ("membership", "elders", 77, 0),
            )
        ]
        RetentionReport.objects.create(made_at=NOON - timedelta(days=1), lines=[])
        RetentionReport.objects.create(made_at=NOON, lines=lines)

        said = sign_in("ria", role=Role.COORDINATOR).get(RETENTION).text

        assert "29 maart 2026" in said
        assert "Laatste keer: 3 opgeruimd." in said
        assert "Laatste keer: één opgeruimd." in said
        assert "Laatste keer: 2 mensen kregen bericht" in said
        assert "77" not in re.sub(r"<[^>]+>", "", said)  # a form holds a token that may have any number

    def test_follows_the_days_that_the_installation_chose(self, sign_in, settings):
        settings.RETENTION = {"tie": 730}

        assert "na 2 jaar" in sign_in("ria", role=Role.COORDINATOR).get(RETENTION).text
