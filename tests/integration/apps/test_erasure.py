# SPDX-License-Identifier: EUPL-1.2
"""Erasing oneself: everything goes, in the same minute, and nothing but identifiers stays."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from scharnier.apps.audit.selectors import verify_log
from scharnier.apps.mail import services as mail
from scharnier.apps.mail.models import Message
from scharnier.apps.members.models import Invitation, JoinRequest
from scharnier.apps.members.services import LastCoordinator
from scharnier.apps.people import access as people
from scharnier.apps.people import models
from scharnier.apps.rights import services
from scharnier.core.kernel import NetworkId, Role
from tests.factories import DAY, NOON, a_network, a_person, an_actor
from tests.integration.apps import rights_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
ERASE, ASK = reverse("rights:erase"), reverse("overview:ask")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    user = models.User.objects.get(username="samira@kruisveld")
    user.email, user.first_name = scenes.EMAIL, scenes.NAME
    user.save()
    EmailAddress.objects.create(user=user, email=scenes.EMAIL, verified=True, primary=True)


def erase(actor=scenes.SAMIRA):
    services.erase_self(actor=actor, on=DAY, at=NOON)


def in_elders(load):
    """Let Samira act in another network too, with the same login."""
    load(a_network(network_id="elders", persons=(a_person("samira", name="Sam"), a_person("vera"))))
    models.Account.objects.create(
        user=models.User.objects.get(username="samira@kruisveld"),
        network_id="elders",
        person=models.Person.objects.get(network_id="elders", text_id="samira"),
        role="resident",
    )


class TestEraseSelf:
    def test_takes_everything_that_names_the_person(self):
        scenes.invite(scenes.EMAIL)
        scenes.invite("ander@example.org", person_id="samira")
        JoinRequest.objects.create(network_id="kruisveld", name=scenes.NAME, email=scenes.EMAIL, made_at=NOON)
        AccessAttempt.objects.create(username="samira@kruisveld", failures_since_start=1)

        erase()
        Message.objects.all().delete()  # the last mail holds the address until it went

        left = scenes.whole_database()
        for words in (scenes.NAME, scenes.EMAIL, "samira@kruisveld", "Ik help bij schulden."):
            assert words not in left, words

    def test_leaves_a_tombstone_and_an_event_of_identifiers(self):
        erase()

        assert scenes.stones() == [("person", "samira", "right.erasure")]
        event = scenes.last_event()
        assert (event.act, event.actor_id, event.object_id) == ("person.erased", "samira", "samira")

    def test_leaves_the_log_whole(self):
        erase()

        assert verify_log(NetworkId("kruisveld")).broken is None

    def test_leaves_others_and_what_organizations_learned(self):
        erase()

        assert set(models.Person.objects.values_list("text_id", flat=True)) == {
            "karel",
            "ria",
            "joke",
            "stil",
        }
        (outcome,) = models.Outcome.objects.all()
        assert (outcome.person, outcome.organization.text_id) == (None, "schuldhulp")

    def test_is_forgotten_by_who_named_the_person_instead(self):
        desk = models.Organization.objects.get(text_id="schuldhulp")
        for organization in (None, desk):
            scenes.decline("karel", person=scenes.row(), organization=organization)

        erase()

        declined = models.Outcome.objects.filter(person__text_id="karel").order_by("pk")
        assert [(row.rather_person, row.rather_organization) for row in declined] == [
            (None, None),
            (None, desk),
        ]

    def test_leaves_invitations_and_mails_of_others(self):
        scenes.invite("karel@example.org")
        mail.queue_message(to="karel@example.org", template="erased", facts={"network": "x"}, language="nl")

        erase()

        assert Invitation.objects.get().email == "karel@example.org"
        assert Message.objects.filter(to="karel@example.org").exists()

    def test_cancels_what_waits_and_sends_one_last_mail(self):
        mail.queue_message(to=scenes.EMAIL, template="erased", facts={"network": "oud"}, language="nl")

        erase()

        (message,) = Message.objects.all()
        assert message.subject == "Je bent gewist uit Kruisveld"
        assert scenes.NAME not in message.text

    def test_sends_nothing_without_an_address(self):
        models.User.objects.filter(username="samira@kruisveld").update(email="")
        models.Person.objects.filter(text_id="samira").update(email="")

        erase()

        assert not Message.objects.exists()

    def test_is_refused_to_the_last_coordinator_and_changes_nothing(self):
        before = scenes.whole_database()

        with pytest.raises(LastCoordinator):
            erase(scenes.RIA)

        assert scenes.whole_database() == before

    def test_is_open_to_a_coordinator_who_is_not_the_last(self):
        models.Account.objects.filter(person__text_id="karel").update(role="coordinator")

        erase(scenes.RIA)

        assert not models.Person.objects.filter(text_id="ria").exists()

    def test_does_nothing_twice(self):
        erase()

        with pytest.raises(people.PersonNotFound):
            erase()

    def test_does_all_or_nothing(self, monkeypatch):
        def fail(**_facts):
            raise DatabaseError

        before = scenes.whole_database()
        monkeypatch.setattr("scharnier.apps.people.services._revisions.log.record", fail)
        with pytest.raises(DatabaseError):
            erase()

        assert scenes.whole_database() == before

    def test_holds_when_the_network_is_loaded_again(self, load):
        erase()

        load(scenes.kruisveld())

        assert not models.Person.objects.filter(text_id="samira").exists()


class TestOtherNetworks:
    def test_keep_the_person_and_the_login(self, load):
        in_elders(load)

        erase()

        assert models.User.objects.filter(username="samira@kruisveld").exists()
        assert models.Person.objects.filter(network_id="elders", text_id="samira").exists()
        assert people.actor_of_user(
            models.User.objects.get(username="samira@kruisveld").pk, on=DAY
        ) == an_actor(network_id="elders", role=Role.RESIDENT)

    def test_keep_their_mails_and_invitations(self, load):
        in_elders(load)
        scenes.invite(scenes.EMAIL, network_id="elders")
        mail.queue_message(to=scenes.EMAIL, template="erased", facts={"network": "Elders"}, language="nl")

        erase()

        assert Invitation.objects.get().network_id == "elders"
        assert Message.objects.count() == 2

    def test_go_on_in_the_same_session(self, load, sign_in):
        in_elders(load)
        client = sign_in("samira")
        client.post(reverse("members:switch_network"), {"network": "kruisveld"})
        scenes.prove_identity(client)

        answer = client.post(ERASE, follow=True)

        assert answer.status_code == 200
        assert client.get(ASK).wsgi_request.actor.network_id == "elders"


class TestTheSameMinute:
    """What others see of a person is gone as soon as the person is."""

    def seen_by(self, client):
        body = {"text": "Wie helpt bij schulden?", "place": ""}
        pages = [
            client.post(ASK, body),
            client.post("/api/v1/ask", {"text": body["text"]}, content_type="application/json"),
            client.get(reverse("picture:picture")),
            client.get("/api/v1/people"),
            client.get("/api/v1/people/samira"),
            client.get(reverse("people:person", args=["samira"])),
            client.get(reverse("people:organization", args=["schuldhulp"])),
            client.get(reverse("picture:contacts"), {"name": "Samira"}),
            client.get(reverse("members:hand_over")),
            client.get(reverse("rights:own_copy")),
        ]
        return [number for number, page in enumerate(pages) if "Zilverspoor" in page.text]

    def test_gone_from_ask_picture_api_search_and_caches(self, sign_in):
        ria = sign_in("ria", role=Role.COORDINATOR)
        before = self.seen_by(ria)

        erase()

        assert {0, 1, 3, 4, 5} <= set(before)
        assert self.seen_by(ria) == []


class TestPage:
    def test_asks_for_the_password_first(self, sign_in):
        client = sign_in("samira")

        shown, sent = client.get(ERASE), client.post(ERASE)

        assert [answer.status_code for answer in (shown, sent)] == [302, 302]
        assert shown["Location"].startswith(reverse("account_reauthenticate"))
        assert scenes.row()

    def test_goes_on_once_the_password_is_given(self, sign_in):
        client = sign_in("samira")
        asked = client.get(ERASE)

        answer = client.post(asked["Location"], {"password": scenes.PASSWORD}, follow=True)

        assert "Wil je gewist worden?" in answer.text
        assert scenes.row()

    def test_does_not_go_on_with_a_wrong_password(self, sign_in):
        client = sign_in("samira")
        asked = client.get(ERASE)

        client.post(asked["Location"], {"password": "niet dit"}, follow=True)

        assert client.get(ERASE).status_code == 302

    def test_erases_and_logs_out_everywhere(self, sign_in):
        client, phone = sign_in("samira"), Client()
        phone.post("/login/", {"username": "samira@kruisveld", "password": scenes.PASSWORD})
        phone_key = phone.session.session_key
        scenes.prove_identity(client)

        answer = client.post(ERASE, follow=True)

        assert "Je bent gewist" in answer.text
        assert client.get(ASK).status_code == 302
        assert phone.get(ASK).status_code == 302
        assert not Session.objects.filter(session_key=phone_key).exists()

    def test_empties_what_the_browser_kept_and_of_nobody_who_just_looks(self, sign_in):
        client = sign_in("samira")
        scenes.prove_identity(client)

        looked, erased = client.get(ERASE), client.post(ERASE)

        assert "Clear-Site-Data" not in looked
        assert erased["Clear-Site-Data"] == '"storage"'
        assert "Clear-Site-Data" not in Client().get(reverse("rights:erased"))

    def test_lets_nobody_log_in_afterwards(self, sign_in):
        client = sign_in("samira")
        scenes.prove_identity(client)
        client.post(ERASE)

        Client().post("/login/", {"username": "samira@kruisveld", "password": scenes.PASSWORD})

        assert not models.User.objects.filter(username="samira@kruisveld").exists()

    def test_tells_the_last_coordinator_what_to_do_first(self, sign_in):
        client = sign_in("ria", role=Role.COORDINATOR)
        scenes.prove_identity(client)

        shown, sent = client.get(ERASE).text, client.post(ERASE)

        assert "Jij bent hier de enige coördinator" in shown
        assert reverse("members:accounts") in shown
        assert reverse("members:hand_over") in shown
        assert "Ja, wis mij" not in shown
        assert sent.status_code == 409
        assert scenes.row("ria")

    def test_lets_a_coordinator_go_who_is_not_the_last(self, sign_in):
        models.Account.objects.filter(person__text_id="karel").update(role="coordinator")
        client = sign_in("ria", role=Role.COORDINATOR)
        scenes.prove_identity(client)

        assert "Ja, wis mij" in client.get(ERASE).text

    def test_is_not_carried_out_by_looking(self, sign_in):
        client = sign_in("samira")
        scenes.prove_identity(client)

        assert client.get(ERASE).status_code == 200
        assert scenes.row()

    def test_of_the_goodbye_is_there_for_everybody(self):
        assert "Je bent gewist" in Client().get(reverse("rights:erased")).text
