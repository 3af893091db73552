# SPDX-License-Identifier: EUPL-1.2
"""Asking to join: where a coordinator opened that door, by people and not by machines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from scharnier.apps.members import access, forms, limits, models, services
from scharnier.apps.people.models import Network, User
from scharnier.core.kernel import NetworkId, Role
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import members_scenes as scenes

pytestmark = pytest.mark.django_db
JOIN, LIST = reverse("members:join", args=["kruisveld"]), reverse("members:requests")
WISH = services.Wish(name="Noor de Wit", email="Noor@example.org", why="Ik wil meehelpen.")
GIVEN = {"name": WISH.name, "email": WISH.email, "why": WISH.why}


@pytest.fixture(scope="module", autouse=True)
def _networks(_ground):
    scenes.settle()
    Network.objects.filter(id="kruisveld").update(takes_requests=True)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = DAY
    cache.clear()


def ask(network_id="kruisveld", *, wish=WISH):
    services.ask_to_join(NetworkId(network_id), wish=wish, at=NOON, link="https://scharnier.test/members/")
    return models.JoinRequest.objects.order_by("-pk").first()


def fill_in(client, *, seconds=30, address="192.0.2.1", **given):
    started = forms.stamp(timezone.now() - timedelta(seconds=seconds))
    return client.post(JOIN, {**GIVEN, "started": started, **given}, REMOTE_ADDR=address)


class TestAskToJoin:
    def test_keeps_the_request_and_tells_the_coordinators(self):
        User.objects.filter(username="ria@kruisveld").update(email="ria@example.org")

        row = ask()

        assert (row.name, row.email, row.why) == ("Noor de Wit", "noor@example.org", "Ik wil meehelpen.")
        assert [(letter.to, letter.template) for letter in scenes.letters()] == [
            ("ria@example.org", "join_request")
        ]
        assert scenes.acts() == ["join_request.made"]

    def test_keeps_one_of_an_address(self):
        ask()
        ask()

        assert models.JoinRequest.objects.count() == 1

    @pytest.mark.parametrize("network_id", ["elders", "nergens"])
    def test_finds_no_door_that_is_closed(self, network_id):
        with pytest.raises(access.RequestsClosed):
            ask(network_id)

    def test_keeps_nothing_when_the_log_fails(self, monkeypatch):
        monkeypatch.setattr("scharnier.apps.members.services._requests.log.record", _fail)

        with pytest.raises(DatabaseError):
            ask()

        assert not models.JoinRequest.objects.exists()


def _fail(**_facts):
    raise DatabaseError


class TestAcceptRequest:
    def test_sends_an_invitation_and_keeps_no_words(self):
        row = ask()

        services.accept_request(
            row.pk, role=Role.ENTREPRENEUR, actor=scenes.RIA, at=NOON, link_to=scenes.link_to
        )

        row.refresh_from_db()
        assert models.Invitation.objects.get().role == "entrepreneur"
        assert scenes.letters()[-1].to == "noor@example.org"
        assert (row.is_accepted, row.name, row.email, row.why) == (True, "", "", "")
        assert scenes.acts() == ["join_request.made", "invitation.sent", "join_request.accepted"]

    def test_lets_an_invitation_that_is_there_be(self):
        services.invite(email=WISH.email, role=Role.BOARD, actor=scenes.RIA, at=NOON, link_to=scenes.link_to)
        row = ask()

        services.accept_request(row.pk, role=Role.RESIDENT, actor=scenes.RIA, at=NOON, link_to=scenes.link_to)

        assert models.Invitation.objects.get().role == "board"
        assert models.JoinRequest.objects.get().is_accepted

    @pytest.mark.parametrize("actor", [scenes.SAMIRA, scenes.STRANGER])
    def test_is_for_who_keeps_this_network(self, actor):
        row = ask()

        with pytest.raises(access.RequestNotFound):
            services.accept_request(row.pk, role=Role.RESIDENT, actor=actor, at=NOON, link_to=scenes.link_to)

        assert scenes.letters() == []

    def test_happens_once(self):
        row = ask()
        services.decline_request(row.pk, actor=scenes.RIA, at=NOON)

        with pytest.raises(access.RequestNotFound):
            services.accept_request(
                row.pk, role=Role.RESIDENT, actor=scenes.RIA, at=NOON, link_to=scenes.link_to
            )

    def test_invites_nobody_when_the_log_fails(self, monkeypatch):
        row = ask()
        monkeypatch.setattr("scharnier.apps.members.services._requests.log.record", _fail)

        with pytest.raises(DatabaseError):
            services.accept_request(
                row.pk, role=Role.RESIDENT, actor=scenes.RIA, at=NOON, link_to=scenes.link_to
            )

        assert not models.Invitation.objects.exists()


class TestDeclineRequest:
    def test_mails_nobody_and_keeps_no_words(self):
        row = ask()

        services.decline_request(row.pk, actor=scenes.OMAR, at=NOON)

        row.refresh_from_db()
        assert scenes.letters() == []
        assert (row.is_accepted, row.name, row.email, row.why) == (False, "", "", "")
        assert scenes.acts() == ["join_request.made", "join_request.declined"]

    def test_lets_the_address_ask_again(self):
        services.decline_request(ask().pk, actor=scenes.RIA, at=NOON)

        assert ask().decided_at is None

    def test_stops_at_the_border_of_the_network(self):
        with pytest.raises(access.RequestNotFound):
            services.decline_request(ask().pk, actor=scenes.STRANGER, at=NOON)


class TestOpenOrCloseRequests:
    def test_closes_the_page_at_once(self, client):
        services.open_or_close_requests(is_open=False, actor=scenes.RIA, at=NOON)

        assert client.get(JOIN).status_code == 404
        assert scenes.acts() == ["network.requests_closed"]

    def test_opens_the_own_page_only(self):
        services.open_or_close_requests(is_open=True, actor=scenes.STRANGER, at=NOON)

        assert Network.objects.get(id="elders").takes_requests
        assert scenes.acts("elders") == ["network.requests_opened"]

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
    def test_is_for_the_coordinator(self, role):
        with pytest.raises(access.NotForThisRole):
            services.open_or_close_requests(is_open=False, actor=an_actor("samira", role=role), at=NOON)


class TestRequestRows:
    def test_hold_no_words_once_decided(self):
        row = ask()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.JoinRequest.objects.filter(pk=row.pk).update(decided_at=NOON)

    @pytest.mark.parametrize("role", Role)
    def test_are_given_as_the_policy_allows(self, role):
        ask()

        found = access.join_requests(an_actor("samira", role=role))

        assert found.exists() is (role in {Role.COORDINATOR, Role.ADMINISTRATOR})
        assert not access.join_requests(scenes.STRANGER).exists()


class TestJoinPage:
    def test_asks_who_you_are(self, client):
        assert "Meedoen met Kruisveld" in client.get(JOIN).text

    def test_is_not_there_where_the_door_is_closed(self, client):
        answers = [client.get(reverse("members:join", args=[name])) for name in ("elders", "nergens")]

        assert [answer.status_code for answer in answers] == [404, 404]

    def test_thanks_and_keeps_the_request(self, client):
        answer = fill_in(client)

        assert "Dank je wel" in answer.text
        assert models.JoinRequest.objects.get().email == "noor@example.org"

    @pytest.mark.parametrize(("given", "seconds"), [({"website": "https://spam.test"}, 30), ({}, 1)])
    def test_thanks_a_machine_too_and_keeps_nothing(self, client, given, seconds):
        answer = fill_in(client, seconds=seconds, **given)

        assert "Dank je wel" in answer.text
        assert not models.JoinRequest.objects.exists()

    @pytest.mark.parametrize(
        "started",
        ["", "1774778400", signing.dumps("1", salt="another")],
        ids=["none", "a bare moment", "signed for something else"],
    )
    def test_takes_no_stamp_that_is_not_ours(self, client, started):
        answer = fill_in(client, started=started)

        assert "te lang open" in answer.text
        assert not models.JoinRequest.objects.exists()

    def test_takes_no_form_of_the_day_before(self, client):
        answer = fill_in(client, seconds=25 * 3600)

        assert "te lang open" in answer.text

    def test_says_what_is_missing(self, client):
        said = client.post(JOIN, {"email": "noor"}).text

        assert "Vul je naam in." in said
        assert "Dit is geen e-mailadres" in said
        assert "waarom je mee wilt doen" in said

    def test_listens_to_an_address_five_times_an_hour(self, client):
        answers = [fill_in(client, email=f"a{number}@example.org") for number in range(6)]

        assert [answer.status_code for answer in answers] == [200] * limits.MOST_REQUESTS + [403]
        assert "te veel aanvragen" in answers[-1].text
        assert fill_in(client, address="192.0.2.2").status_code == 200

    def test_keeps_no_address_of_who_asks(self, client):
        fill_in(client, address="192.0.2.7")

        assert not any("192.0.2.7" in key for key in cache._cache)


class TestRequests:
    def test_stand_in_a_list_with_two_ways_to_answer(self, sign_in):
        row, client = ask(), sign_in("ria", role=Role.COORDINATOR)

        said = client.get(LIST).text

        assert "Noor de Wit" in said
        assert reverse("members:accept_request", args=[row.pk]) in said
        assert reverse("members:decline_request", args=[row.pk]) in said

    def test_are_accepted_by_a_button(self, sign_in):
        row, client = ask(), sign_in("ria", role=Role.COORDINATOR)

        answer = client.post(
            reverse("members:accept_request", args=[row.pk]), {"role": "professional"}, follow=True
        )

        assert "Er is een uitnodiging onderweg." in answer.text
        assert models.Invitation.objects.get().role == "professional"

    def test_are_declined_by_a_button(self, sign_in):
        row, client = ask(), sign_in("ria", role=Role.COORDINATOR)

        answer = client.post(reverse("members:decline_request", args=[row.pk]), follow=True)

        assert "Afgewezen." in answer.text

    def test_are_let_in_by_the_coordinator_only(self, sign_in):
        door = reverse("members:open_or_close")

        answers = [
            sign_in("samira", role=role).post(door, {"is_open": "no"}).status_code
            for role in (Role.ADMINISTRATOR, Role.RESIDENT, Role.COORDINATOR)
        ]

        assert answers == [403, 403, 302]

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR}))
    def test_are_not_for_every_role(self, sign_in, role):
        assert sign_in("samira", role=role).get(LIST).status_code == 403

    def test_take_as_many_queries_for_fifty_as_for_one(self, sign_in, django_assert_num_queries):
        client = sign_in("ria", role=Role.COORDINATOR)
        ask()
        client.get(LIST)
        with django_assert_num_queries(7) as counted:
            client.get(LIST)
        models.JoinRequest.objects.bulk_create(
            models.JoinRequest(
                network_id="kruisveld", name=f"Naam {number}", email=f"a{number}@example.org", made_at=NOON
            )
            for number in range(50)
        )

        with django_assert_num_queries(len(counted.captured_queries)):
            assert "Naam 48" in client.get(LIST).text
