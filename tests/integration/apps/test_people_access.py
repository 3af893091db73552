# SPDX-License-Identifier: EUPL-1.2
"""Who may see whom: nothing of another network, and no person who did not agree."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.people import access, models, selectors, services
from scharnier.core import network
from scharnier.core.kernel import NetworkId, OrganizationId, PersonId, Role, ServiceId
from tests.factories import (
    DAY,
    NOON,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_service,
    an_actor,
    an_organization,
)

pytestmark = pytest.mark.django_db
FIRST, CHOSEN = "van het begin", "zelf gekozen"
LISTING = network.Purpose.LISTING


def a_listed(person_id: str, *purposes: network.Purpose) -> network.Person:
    return a_person(person_id, email=f"{person_id}@example.org", purposes=(LISTING, *purposes))


@pytest.fixture(scope="module", autouse=True)
def _networks(_ground, load):
    load(
        a_network(
            organizations=(an_organization(),),
            services=(a_service(),),
            persons=(
                a_listed("samira"),
                a_listed("karel", network.Purpose.CONTACT),
                a_listed("noor"),
                a_person("stil", purposes=()),
            ),
            memberships=(
                a_membership("karel", organization="schuldhulp"),
                a_membership("stil", organization="schuldhulp"),
            ),
        )
    )
    load(
        a_network(
            network_id="elders",
            organizations=(an_organization("winkeliers"),),
            services=(a_service("loket", organization="winkeliers"),),
            persons=(a_listed("ria"),),
        )
    )


def _names(actor, *, on=DAY):
    return [row.text_id for row in access.persons(actor, on=on)]


class TestPersons:
    def test_are_those_of_the_own_network_who_agreed(self):
        assert _names(an_actor()) == ["karel", "noor", "samira"]

    def test_include_oneself_without_any_consent(self):
        assert _names(an_actor("stil")) == ["karel", "noor", "samira", "stil"]

    @pytest.mark.parametrize(
        ("given", "ends", "is_seen"),
        [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False)],
    )
    def test_are_seen_from_the_first_day_of_consent_to_the_last(self, load, given, ends, is_seen):
        days = [None if number is None else DAY + timedelta(days=number) for number in (given, ends)]
        lien = replace(a_person("lien"), consents=(a_consent(given=days[0], ends=days[1]),))
        load(a_network(persons=(a_person(), lien)))

        assert ("lien" in _names(an_actor())) is is_seen

    def test_show_how_to_reach_them_with_consent_or_to_themselves_only(self):
        may_contact = {row.text_id: row.may_contact for row in access.persons(an_actor(), on=DAY)}

        assert may_contact == {"samira": True, "karel": True, "noor": False}

    @pytest.mark.parametrize("person_id", ["stil", "ria", "niemand"])
    def test_answer_alike_for_who_is_hidden_elsewhere_or_nowhere(self, person_id):
        with pytest.raises(access.PersonNotFound) as raised:
            access.person(PersonId(person_id), actor=an_actor(), on=DAY)

        assert raised.value.facts == {"person_id": person_id}


class TestMemberships:
    def test_leave_out_who_does_not_want_to_be_found(self):
        found = access.memberships(an_actor(), on=DAY)

        assert [row.person.text_id for row in found] == ["karel"]

    def test_show_oneself(self):
        found = access.memberships(an_actor("stil"), on=DAY)

        assert [row.person.text_id for row in found] == ["karel", "stil"]


class TestOrganizationsAndServices:
    def test_are_those_of_the_own_network(self):
        assert [row.text_id for row in access.organizations(an_actor())] == ["schuldhulp"]
        assert [row.text_id for row in access.services(an_actor())] == ["spreekuur"]

    def test_of_another_network_are_not_there(self):
        with pytest.raises(access.OrganizationNotFound):
            access.organization(OrganizationId("winkeliers"), actor=an_actor())
        with pytest.raises(access.ServiceNotFound):
            access.service(ServiceId("loket"), actor=an_actor())


class TestActorOfUser:
    def test_is_the_person_of_the_account(self, sign_in):
        sign_in("karel")

        assert access.actor_of_user(models.User.objects.get().pk, on=DAY) == an_actor(
            "karel", acts_for="schuldhulp"
        )

    def test_is_nobody_without_an_account(self):
        user = models.User.objects.create_user("los")

        assert access.actor_of_user(user.pk, on=DAY) is None


class TestWithdrawConsent:
    def test_hides_the_person_from_others_the_same_day(self):
        services.withdraw_consent(LISTING, actor=an_actor("karel"), on=DAY, at=NOON)

        assert _names(an_actor()) == ["noor", "samira"]
        assert "karel" in _names(an_actor("karel"))

    def test_leaves_other_purposes_and_other_people_alone(self):
        services.withdraw_consent(LISTING, actor=an_actor("karel"), on=DAY, at=NOON)

        karel = models.Person.objects.get(text_id="karel")
        assert set(karel.consents.filter(end_date__isnull=True).values_list("purpose", flat=True)) == {
            "contact"
        }
        assert models.Consent.objects.filter(end_date__isnull=False).count() == 1

    def test_forgets_a_consent_of_the_same_day_or_later(self, load):
        load(a_network(persons=[replace(a_person(), consents=(a_consent(given=DAY),))]))

        services.withdraw_consent(LISTING, actor=an_actor(), on=DAY, at=NOON)

        assert not models.Consent.objects.filter(person__text_id="samira").exists()

    def test_makes_a_new_revision_of_that_network_only(self):
        before = [selectors.revision(NetworkId(name)) for name in ("kruisveld", "elders")]

        services.withdraw_consent(LISTING, actor=an_actor(), on=DAY, at=NOON)

        after = [selectors.revision(NetworkId(name)) for name in ("kruisveld", "elders")]
        assert [now == then for now, then in zip(after, before, strict=True)] == [False, True]

    def test_says_so_when_the_card_is_gone(self):
        with pytest.raises(access.PersonNotFound):
            services.withdraw_consent(LISTING, actor=an_actor("niemand"), on=DAY, at=NOON)


class TestLoadLogins:
    def test_lets_a_person_sign_in_and_keeps_a_changed_password(self, client):
        login = services.Login(name="karel", password=FIRST, person_id=PersonId("karel"), role=Role.RESIDENT)
        services.load_logins(NetworkId("kruisveld"), logins=[login])
        user = models.User.objects.get()
        user.set_password(CHOSEN)
        user.save()

        services.load_logins(NetworkId("kruisveld"), logins=[login])

        client.post(reverse("login"), {"username": "karel", "password": CHOSEN})

        assert client.session["_auth_user_id"] == str(user.pk)
        assert models.Account.objects.get().role == Role.RESIDENT

    def test_hashes_a_password_that_several_share_once(self):
        told = {"karel": FIRST, "samira": FIRST, "noor": CHOSEN}
        logins = [
            services.Login(name=name, password=password, person_id=PersonId(name), role=Role.RESIDENT)
            for name, password in told.items()
        ]

        services.load_logins(NetworkId("kruisveld"), logins=logins)

        users = {user.username: user for user in models.User.objects.all()}
        assert all(users[name].check_password(password) for name, password in told.items())
        assert users["karel"].password == users["samira"].password != users["noor"].password
