# SPDX-License-Identifier: EUPL-1.2
"""One's own account: networks to act in, starting one, leaving, and where one is signed in."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scharnier.apps.http import NETWORK_SESSION_KEY
from scharnier.apps.members import selectors, services
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Network, Person, User
from scharnier.core.kernel import NetworkId, Role
from tests.factories import DAY, NOON
from tests.integration.apps import members_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
OWN, ASK, START = reverse("members:own_account"), reverse("overview:ask"), reverse("members:start_network")


@pytest.fixture(scope="module", autouse=True)
def _networks(_ground):
    scenes.settle()


@pytest.fixture
def samira_in_two(sign_in):
    """Samira's client; she also has an account in the other network."""
    client = sign_in("samira")
    person = Person.objects.get(text_id="samira", network_id="elders")
    Account.objects.create(
        user=User.objects.get(username="samira@kruisveld"),
        network_id="elders",
        person=person,
        role="resident",
    )
    return client


def network_of(client):
    return client.get(OWN).wsgi_request.actor.network_id


class TestSwitchNetwork:
    def test_starts_in_the_first_network(self, samira_in_two):
        assert network_of(samira_in_two) == "elders"

    def test_acts_in_the_chosen_network_with_its_role(self, samira_in_two):
        samira_in_two.post(reverse("members:switch_network"), {"network": "kruisveld"})

        actor = samira_in_two.get(OWN).wsgi_request.actor
        assert (actor.network_id, actor.role) == ("kruisveld", Role.PROFESSIONAL)

    def test_shows_one_network_at_a_time(self, samira_in_two):
        codes = []
        for network_id in ("kruisveld", "elders"):
            samira_in_two.post(reverse("members:switch_network"), {"network": network_id})
            codes.append(
                [
                    samira_in_two.get(reverse("people:person", args=[name])).status_code
                    for name in ("karel", "vera")
                ]
            )

        assert codes == [[200, 404], [404, 200]]

    @pytest.mark.parametrize("network_id", ["", "nergens", "elders"])
    def test_chooses_no_network_one_is_not_in(self, sign_in, network_id):
        client = sign_in("karel")

        client.post(reverse("members:switch_network"), {"network": network_id})

        assert network_of(client) == "kruisveld"

    def test_falls_back_when_the_account_ended(self, samira_in_two):
        samira_in_two.post(reverse("members:switch_network"), {"network": "kruisveld"})

        services.end_account(scenes.account_of("samira").pk, actor=scenes.RIA, at=NOON)

        assert network_of(samira_in_two) == "elders"

    def test_takes_one_query_more_than_none(self, django_assert_num_queries):
        user = scenes.user_of("samira")

        with django_assert_num_queries(2):
            people.actor_of_user(user.pk, on=DAY, network_id=NetworkId("kruisveld"))


class TestStartNetwork:
    def start(self, user, *, name="Nieuwland"):
        return services.start_network(name=name, language="nl", own_name="Samira", user=user, at=NOON)

    @pytest.fixture
    def founder(self):
        user = scenes.user_of("samira")
        user.is_superuser = True
        user.save()
        return user

    def test_makes_its_founder_the_coordinator_whom_nobody_finds(self, founder):
        network_id = self.start(founder)

        account = Account.objects.get(network_id=network_id)
        assert (account.user, account.role) == (founder, "coordinator")
        assert not account.person.consents.exists()
        assert scenes.acts(network_id) == ["network.started"]

    def test_gives_every_network_an_identifier_of_its_own(self, founder):
        assert self.start(founder) != self.start(founder)
        assert self.start(founder, name="!!!") == "network"

    def test_is_for_a_superuser(self):
        with pytest.raises(services.MayNotStart):
            self.start(scenes.user_of("ria"))

    def test_is_for_everyone_where_the_installation_says_so(self, settings):
        settings.ANYONE_STARTS_NETWORKS = True

        assert self.start(scenes.user_of("karel")) == "nieuwland"

    def test_makes_nothing_when_the_log_fails(self, founder, monkeypatch):
        def fail(**_facts):
            raise DatabaseError

        monkeypatch.setattr("scharnier.apps.members.services._networks.log.record", fail)

        with pytest.raises(DatabaseError):
            self.start(founder)

        assert not Network.objects.filter(name="Nieuwland").exists()

    def test_page_goes_on_to_inviting(self, client, settings):
        settings.ANYONE_STARTS_NETWORKS = True
        settings.DEMO = True  # no second step
        client.force_login(
            User.objects.create_user("noor"), backend="django.contrib.auth.backends.ModelBackend"
        )

        answer = client.post(START, {"name": "Nieuwland", "language": "nl", "own_name": "Noor"}, follow=True)

        assert answer.redirect_chain == [(reverse("members:invite"), 302)]
        assert answer.wsgi_request.actor.network_id == "nieuwland"
        assert answer.wsgi_request.actor.role is Role.COORDINATOR

    def test_page_says_what_is_missing(self, sign_in, settings):
        settings.ANYONE_STARTS_NETWORKS = True

        said = sign_in("karel").post(START, {"name": "", "language": "nl", "own_name": ""}).text

        assert "Geef het netwerk een naam." in said
        assert "Vul je naam in." in said

    def test_page_is_not_for_everyone(self, sign_in):
        client = sign_in("ria", role=Role.COORDINATOR)

        assert client.get(START).status_code == 403
        assert START not in client.get(OWN).text


class TestLeave:
    def test_ends_the_access_and_says_so(self, sign_in):
        client = sign_in("karel")

        answer = client.post(reverse("members:leave"), {"hide_card": "no"}, follow=True)

        assert "Je hebt het netwerk verlaten." in answer.text
        assert "Je zit nog in geen netwerk." in answer.text
        assert client.get(ASK).status_code == 403
        assert people.persons(scenes.RIA, on=DAY).filter(text_id="karel").exists()

    def test_hides_the_card_when_asked(self, sign_in):
        sign_in("karel").post(reverse("members:leave"), {"hide_card": "yes"})

        assert not people.persons(scenes.RIA, on=DAY).filter(text_id="karel").exists()

    def test_keeps_the_last_coordinator(self, sign_in):
        answer = sign_in("ria", role=Role.COORDINATOR).post(reverse("members:leave"), {"hide_card": "no"})

        assert answer.status_code == 409
        assert scenes.account_of("ria")


class TestSessions:
    @pytest.fixture
    def two(self):
        """Two browsers of Samira."""
        clients = [
            Client(headers={"user-agent": name})
            for name in ("Firefox (Android 14)", "Chrome (Windows NT 10)")
        ]
        for client in clients:
            scenes.log_in(client, "samira@kruisveld")
        return clients

    def test_stand_on_the_own_page(self, two):
        said = two[0].get(OWN).text

        assert "Firefox op Android" in said
        assert "Chrome op Windows" in said
        assert said.count("Log daar uit") == 1

    def test_end_elsewhere_at_once(self, two):
        phone, laptop = two
        lines = selectors.session_lines(
            scenes.user_of("samira"), current_key=phone.session.session_key, at=timezone.now()
        )
        other = next(line for line in lines if not line.is_current)

        phone.post(reverse("members:end_sessions"), {"session": other.pk})

        assert laptop.get(ASK).status_code == 302
        assert phone.get(ASK).status_code == 200

    def test_end_everywhere_else(self, two):
        third = Client()
        scenes.log_in(third, "samira@kruisveld")

        third.post(reverse("members:end_sessions"), {"session": "others"})

        assert [client.get(ASK).status_code for client in (*two, third)] == [302, 302, 200]

    def test_of_somebody_else_stay(self, two):
        karel = Client()
        scenes.log_in(karel, "karel@kruisveld")
        lines = selectors.session_lines(scenes.user_of("samira"), current_key=None, at=timezone.now())

        for line in lines:
            karel.post(reverse("members:end_sessions"), {"session": line.pk})

        assert [client.get(ASK).status_code for client in two] == [200, 200]

    def test_are_gone_from_the_page_after_logging_out(self, two):
        two[1].post(reverse("logout"))

        assert "Laptop" not in two[0].get(OWN).text


class TestOwnAccount:
    def test_is_there_for_who_is_in_no_network(self, client):
        client.force_login(
            User.objects.create_user("los"), backend="django.contrib.auth.backends.ModelBackend"
        )

        answer = client.get(OWN)

        assert answer.status_code == 200
        assert "Dit netwerk verlaten" not in answer.text

    def test_tells_a_demonstration_from_the_real_thing(self, sign_in, settings):
        settings.DEMO = True

        notices = [
            "In een echt netwerk hoort bij jouw rol een tweede stap" in sign_in(name, role=role).get(OWN).text
            for name, role in (("ria", Role.COORDINATOR), ("karel", Role.RESIDENT))
        ]

        assert notices == [True, False]

    def test_takes_as_many_queries_for_fifty_networks_as_for_one(self, sign_in, django_assert_num_queries):
        client, user = sign_in("karel"), scenes.user_of("karel")
        client.get(OWN)
        with django_assert_num_queries(7) as counted:
            client.get(OWN)
        for number in range(50):
            network = Network.objects.create(id=f"net-{number}", name=f"Netwerk {number}")
            person = Person.objects.create(network=network, text_id="karel", name="Karel")
            Account.objects.create(user=user, network=network, person=person, role="resident")
        session = client.session
        session[NETWORK_SESSION_KEY] = "kruisveld"
        session.save()

        with django_assert_num_queries(len(counted.captured_queries)):
            assert "Netwerk 49" in client.get(OWN).text
