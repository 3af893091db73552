# SPDX-License-Identifier: EUPL-1.2
"""Who can sign in and in which role: a coordinator or administrator changes it, and a coordinator remains."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.urls import reverse

from scharnier.apps.members import access, selectors, services
from scharnier.apps.people import access as people
from scharnier.apps.people import models
from scharnier.core.kernel import Role
from scharnier.core.network import Purpose
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import members_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
ACCOUNTS = reverse("members:accounts")


@pytest.fixture(scope="module", autouse=True)
def _networks(_ground):
    scenes.settle()


def _break_the_log(monkeypatch):
    def fail(**_facts):
        raise DatabaseError

    for part in ("_accounts", "_invitations", "_networks", "_requests", "_hand_over"):
        monkeypatch.setattr(f"scharnier.apps.members.services.{part}.log.record", fail)


class TestChangeRole:
    def test_gives_another_role_and_is_in_the_log(self):
        services.change_role(scenes.account_of("samira").pk, role=Role.BOARD, actor=scenes.RIA, at=NOON)

        assert scenes.account_of("samira").role == "board"
        assert scenes.acts() == ["account.role_changed"]

    def test_works_at_once(self):
        user = scenes.user_of("samira")

        services.change_role(scenes.account_of("samira").pk, role=Role.RESEARCHER, actor=scenes.OMAR, at=NOON)

        assert people.actor_of_user(user.pk, on=DAY).role is Role.RESEARCHER

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR})
    def test_is_not_for_who_keeps_no_accounts(self, role):
        pk = scenes.account_of("karel").pk

        with pytest.raises(access.AccountNotFound):
            services.change_role(pk, role=Role.BOARD, actor=an_actor("samira", role=role), at=NOON)

        assert scenes.account_of("karel").role == "resident"

    def test_stops_at_the_border_of_the_network(self):
        pk = scenes.account_of("samira").pk

        with pytest.raises(access.AccountNotFound):
            services.change_role(pk, role=Role.BOARD, actor=scenes.STRANGER, at=NOON)

    @pytest.mark.parametrize("actor", [scenes.RIA, scenes.OMAR])
    def test_leaves_a_coordinator(self, actor):
        pk = scenes.account_of("ria").pk

        with pytest.raises(services.LastCoordinator):
            services.change_role(pk, role=Role.RESIDENT, actor=actor, at=NOON)

        assert scenes.account_of("ria").role == "coordinator"
        assert scenes.acts() == []

    def test_lets_a_coordinator_step_back_when_there_is_another(self):
        services.change_role(scenes.account_of("samira").pk, role=Role.COORDINATOR, actor=scenes.RIA, at=NOON)

        services.change_role(scenes.account_of("ria").pk, role=Role.RESIDENT, actor=scenes.RIA, at=NOON)

        assert scenes.account_of("ria").role == "resident"

    def test_counts_no_coordinator_of_another_network(self):
        pk = scenes.account_of("vera", network_id="elders").pk

        with pytest.raises(services.LastCoordinator):
            services.change_role(pk, role=Role.RESIDENT, actor=scenes.STRANGER, at=NOON)

    def test_gives_an_administrator_no_content_by_their_own_hand(self):
        pk = scenes.account_of("omar").pk

        with pytest.raises(services.OwnRole):
            services.change_role(pk, role=Role.COORDINATOR, actor=scenes.OMAR, at=NOON)

    def test_changes_nothing_when_the_log_fails(self, monkeypatch):
        _break_the_log(monkeypatch)

        with pytest.raises(DatabaseError):
            services.change_role(scenes.account_of("samira").pk, role=Role.BOARD, actor=scenes.RIA, at=NOON)

        assert scenes.account_of("samira").role == "professional"


class TestEndAccount:
    def test_ends_the_access_at_once(self):
        user = scenes.user_of("samira")

        services.end_account(scenes.account_of("samira").pk, actor=scenes.RIA, at=NOON)

        assert people.actor_of_user(user.pk, on=DAY) is None
        assert scenes.acts() == ["account.ended"]

    def test_leaves_the_card_of_who_agreed_to_be_found(self):
        services.end_account(scenes.account_of("samira").pk, actor=scenes.RIA, at=NOON)

        assert people.persons(scenes.RIA, on=DAY).filter(text_id="samira").exists()

    def test_leaves_the_card_of_who_did_not_agree_out_of_sight(self):
        models.Consent.objects.filter(person__text_id="samira").delete()

        services.end_account(scenes.account_of("samira").pk, actor=scenes.RIA, at=NOON)

        assert not people.persons(scenes.RIA, on=DAY).filter(text_id="samira").exists()

    def test_leaves_a_coordinator(self):
        with pytest.raises(services.LastCoordinator):
            services.end_account(scenes.account_of("ria").pk, actor=scenes.OMAR, at=NOON)

        assert scenes.account_of("ria")

    def test_is_not_for_who_keeps_no_accounts(self):
        with pytest.raises(access.AccountNotFound):
            services.end_account(scenes.account_of("karel").pk, actor=scenes.SAMIRA, at=NOON)

    def test_stops_at_the_border_of_the_network(self):
        with pytest.raises(access.AccountNotFound):
            services.end_account(scenes.account_of("karel").pk, actor=scenes.STRANGER, at=NOON)

    def test_ends_nothing_when_the_log_fails(self, monkeypatch):
        _break_the_log(monkeypatch)

        with pytest.raises(DatabaseError):
            services.end_account(scenes.account_of("samira").pk, actor=scenes.RIA, at=NOON)

        assert scenes.account_of("samira")


class TestLeaveNetwork:
    def test_ends_the_own_access_and_leaves_the_card_as_agreed(self):
        user = scenes.user_of("samira")

        services.leave_network(hide_card=False, actor=scenes.SAMIRA, on=DAY, at=NOON)

        assert people.actor_of_user(user.pk, on=DAY) is None
        assert people.persons(scenes.RIA, on=DAY).filter(text_id="samira").exists()

    def test_takes_the_card_out_of_sight_when_asked(self):
        services.leave_network(hide_card=True, actor=scenes.SAMIRA, on=DAY, at=NOON)

        assert not people.persons(scenes.RIA, on=DAY).filter(text_id="samira").exists()
        held = models.Consent.objects.filter(person__text_id="samira", end_date__isnull=True)
        assert {consent.person.network_id for consent in held} == {"elders"}
        assert scenes.acts() == [*["consent.withdrawn"] * len(Purpose), "account.ended"]

    def test_leaves_a_coordinator_and_every_consent(self):
        with pytest.raises(services.LastCoordinator):
            services.leave_network(hide_card=True, actor=scenes.RIA, on=DAY, at=NOON)

        assert people.persons(scenes.SAMIRA, on=DAY).filter(text_id="ria").exists()


class TestAccounts:
    @pytest.mark.parametrize("role", Role)
    def test_are_listed_for_who_keeps_them_only(self, sign_in, role):
        answer = sign_in("samira", role=role).get(ACCOUNTS)

        keeps = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
        assert answer.status_code == (200 if keeps else 403)
        assert ("Karel" in answer.text) is keeps

    def test_are_those_of_the_own_network(self, sign_in):
        said = sign_in("ria", role=Role.COORDINATOR).get(ACCOUNTS).text

        assert "Samira" in said
        assert "Vera" not in said

    def test_take_as_many_queries_for_fifty_as_for_four(self, sign_in, django_assert_num_queries):
        client = sign_in("ria", role=Role.COORDINATOR)
        client.get(ACCOUNTS)
        with django_assert_num_queries(6) as counted:
            client.get(ACCOUNTS)
        for number in range(50):
            person = models.Person.objects.create(
                network_id="kruisveld", text_id=f"p-{number}", name=f"Persoon {number}"
            )
            user = models.User.objects.create(username=f"user-{number}")
            models.Account.objects.create(user=user, network_id="kruisveld", person=person, role="resident")

        with django_assert_num_queries(len(counted.captured_queries)):
            said = client.get(ACCOUNTS).text

        assert "Persoon 49" in said


class TestAccount:
    def test_page_changes_the_role(self, sign_in):
        client, pk = sign_in("ria", role=Role.COORDINATOR), scenes.account_of("samira").pk

        answer = client.post(reverse("members:account", args=[pk]), {"role": "board"}, follow=True)

        assert scenes.account_of("samira").role == "board"
        assert "De rol is veranderd." in answer.text

    def test_page_refuses_a_role_that_is_none(self, sign_in):
        client, pk = sign_in("ria", role=Role.COORDINATOR), scenes.account_of("samira").pk

        answer = client.post(reverse("members:account", args=[pk]), {"role": "king"})

        assert answer.status_code == 200
        assert scenes.account_of("samira").role == "professional"

    def test_page_says_why_the_last_coordinator_stays(self, sign_in):
        client, pk = sign_in("ria", role=Role.COORDINATOR), scenes.account_of("ria").pk

        answer = client.post(reverse("members:account", args=[pk]), {"role": "resident"})

        assert answer.status_code == 409
        assert "Maak eerst iemand anders coördinator" in answer.text

    def test_page_ends_the_account(self, sign_in):
        client, pk = sign_in("ria", role=Role.COORDINATOR), scenes.account_of("karel").pk

        answer = client.post(reverse("members:end_account", args=[pk]), follow=True)

        assert not models.Account.objects.filter(pk=pk).exists()
        assert "Karel kan niet meer inloggen" in answer.text

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR})
    def test_page_is_not_there_for_others(self, sign_in, role):
        client, pk = sign_in("samira", role=role), scenes.account_of("karel").pk

        answers = [
            client.get(reverse("members:account", args=[pk])),
            client.post(reverse("members:account", args=[pk]), {"role": "board"}),
            client.post(reverse("members:end_account", args=[pk])),
        ]

        assert [answer.status_code for answer in answers] == [404, 404, 404]

    def test_page_is_not_there_for_another_network(self, sign_in):
        client = sign_in("vera", network_id="elders", role=Role.COORDINATOR)

        answer = client.get(reverse("members:account", args=[scenes.account_of("karel").pk]))

        assert answer.status_code == 404


class TestAccess:
    @pytest.mark.parametrize("role", Role)
    def test_gives_the_accounts_that_the_policy_allows(self, role):
        found = {row.person.text_id for row in access.accounts(an_actor("samira", role=role))}

        keeps = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
        assert found == (set(scenes.ROLES) if keeps else {"samira"})

    def test_knows_no_way_to_another_network(self):
        assert access.accounts(scenes.STRANGER).get().person.text_id == "vera"

    def test_shows_a_member_nothing_to_keep(self):
        assert not selectors.may_keep_members(scenes.SAMIRA)
        assert selectors.may_keep_members(scenes.RIA)
        assert not selectors.may_open_the_door(scenes.OMAR)
