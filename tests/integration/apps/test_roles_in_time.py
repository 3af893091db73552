# SPDX-License-Identifier: EUPL-1.2
"""People say where they belong and when they stop; an organization says so too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from scharnier.apps.people import access, models, selectors, services
from scharnier.core import network
from scharnier.core.kernel import CommunityId, OrganizationId, PersonId, ResidentGroupId, Role
from tests.factories import DAY, NOON, a_membership, an_actor
from tests.integration import neighbourhood
from tests.integration.neighbourhood import KRUISVELD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
AT = {"on": DAY, "at": NOON}
DEBT, CHOIR = OrganizationId("schuldhulp"), CommunityId("koor")
KAREL = an_actor("karel", acts_for="schuldhulp")
ANNEKE = an_actor("anneke", role=Role.COORDINATOR)
STIL = an_actor("stil")


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    load(neighbourhood.a_neighbourhood())


def start(actor=STIL, **parts):
    parts = parts or {"community": "koor"}
    value = a_membership(actor.person_id, **{"role": "tenor", "start": DAY, **parts})
    services.start_role(value, actor=actor, at=NOON)
    return models.Membership.objects.order_by("pk").last()


def end(row, *, actor=STIL, last_day=DAY, successor=None):
    services.end_role(
        row.pk,
        last_day=last_day,
        successor_id=PersonId(successor) if successor else None,
        actor=actor,
        **AT,
    )


def answer(row, *, is_right=True, actor=KAREL, organization=DEBT):
    services.answer_claim(row.pk, organization_id=organization, is_right=is_right, actor=actor, at=NOON)


class TestStartRole:
    @pytest.mark.parametrize(
        ("kind", "party_id"),
        [("community", CHOIR), ("resident_group", ResidentGroupId("jongeren"))],
    )
    def test_adds_a_role_in_a_community_or_group_at_once(self, kind, party_id):
        row = start(**{kind: party_id})

        assert (row.person.text_id, getattr(row, kind).text_id, row.role) == ("stil", party_id, "tenor")
        assert row.is_confirmed

    def test_in_an_organization_waits_for_it_to_say_so_too(self):
        row = start(organization="schuldhulp")

        assert not row.is_confirmed

    def test_in_an_organization_one_acts_for_does_not_wait(self):
        assert start(KAREL, organization="schuldhulp").is_confirmed

    def test_is_of_oneself_only(self):
        with pytest.raises(access.PersonNotFound):
            services.start_role(a_membership("karel"), actor=STIL, at=NOON)

        assert neighbourhood.acts() == []

    @pytest.mark.parametrize("kind", ["organization", "community", "resident_group"])
    def test_is_refused_where_there_is_nothing(self, kind):
        with pytest.raises(services.UnknownParty):
            start(**{kind: "nergens"})

        assert not models.Membership.objects.filter(person__text_id="stil").exists()

    def test_is_put_on_record_and_read_again(self):
        before = neighbourhood.revision()

        row = start()

        event = neighbourhood.last_event()
        assert (event.act, event.kind, event.object_id) == ("membership.started", "membership", str(row.pk))
        assert neighbourhood.revision() != before

    def test_leaves_nothing_behind_when_it_fails(self, monkeypatch):
        def fail(**_event):
            raise IntegrityError

        monkeypatch.setattr("scharnier.apps.audit.services.record", fail)
        before = models.Membership.objects.count()

        with pytest.raises(IntegrityError):
            start()

        assert models.Membership.objects.count() == before

    def test_takes_few_queries(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(11):  # savepoints, card, party, row, revision, log; the row again
            start()


class TestAClaim:
    """A role in an organization that it did not confirm yet."""

    def test_lets_nobody_act_for_the_organization(self, sign_in):
        sign_in("stil")
        start(organization="schuldhulp")

        user = models.User.objects.get(username="stil@kruisveld")
        actor = access.actor_of_user(user.pk, on=DAY)

        assert actor is not None
        assert actor.acts_for == frozenset()

    def test_is_seen_by_oneself_and_not_by_others(self):
        services.start_role(
            a_membership("anneke", organization="schuldhulp"), actor=an_actor("anneke"), at=NOON
        )

        def seen(actor):
            found = access.memberships(actor, on=DAY).filter(organization__text_id="schuldhulp")
            return [row.person.text_id for row in found]

        assert seen(an_actor("anneke")) == ["karel", "anneke"]
        assert seen(an_actor()) == ["karel"]

    def test_is_not_in_the_network_that_answers_are_made_of(self):
        start(organization="schuldhulp")

        roles = selectors.read_snapshot(KRUISVELD).network.memberships
        assert ("stil", "schuldhulp") not in {(role.person_id, role.organization_id) for role in roles}

    def test_is_asked_of_who_acts_for_the_organization(self, sign_in):
        row = start(organization="schuldhulp")
        address = reverse("people:answer_claim", args=[row.pk, "schuldhulp"])

        assert address in sign_in("karel").get("/organizations/schuldhulp/").text
        assert address not in sign_in().get("/organizations/schuldhulp/").text
        assert address not in sign_in("stil").get("/organizations/schuldhulp/").text

    @pytest.mark.parametrize("actor", [KAREL, ANNEKE], ids=["who acts for it", "coordinator"])
    def test_counts_once_it_is_confirmed(self, actor):
        row = start(organization="schuldhulp")

        answer(row, actor=actor)

        row.refresh_from_db()
        assert row.is_confirmed
        assert neighbourhood.last_event().act == "membership.confirmed"

    def test_goes_when_it_is_not_so(self):
        row = start(organization="schuldhulp")

        answer(row, is_right=False)

        assert not models.Membership.objects.filter(pk=row.pk).exists()
        assert neighbourhood.last_event().act == "membership.refused"

    @pytest.mark.parametrize(
        "actor",
        [
            STIL,
            an_actor("samira", acts_for="jongerenwerk"),
            an_actor("karel", network_id="elders", acts_for="schuldhulp"),
            an_actor("x", role=Role.ADMINISTRATOR),
        ],
        ids=["oneself", "who acts for another", "another network", "administrator"],
    )
    @pytest.mark.parametrize("is_right", [True, False])
    def test_is_answered_by_nobody_else(self, actor, is_right):
        row = start(organization="schuldhulp")

        with pytest.raises(access.MembershipNotFound):
            answer(row, is_right=is_right, actor=actor)

        row.refresh_from_db()
        assert not row.is_confirmed

    def test_of_a_coordinator_is_answered_by_somebody_else(self):
        row = start(ANNEKE, organization="schuldhulp")

        with pytest.raises(access.MembershipNotFound):
            answer(row, actor=ANNEKE)

    def test_is_answered_once(self):
        row = start(organization="schuldhulp")
        answer(row)

        with pytest.raises(access.MembershipNotFound):
            answer(row, is_right=False)

    def test_is_answered_on_the_page(self, sign_in):
        row = start(organization="schuldhulp")
        address = reverse("people:answer_claim", args=[row.pk, "schuldhulp"])

        page = sign_in("karel").post(address, {"answer": "yes"}, follow=True)

        row.refresh_from_db()
        assert row.is_confirmed
        assert "Bevestigd" in page.text


class TestEndRole:
    def test_sets_the_last_day_and_who_takes_over(self):
        row = start()

        end(row, last_day=DAY + timedelta(days=9), successor="karel")

        row.refresh_from_db()
        assert (row.end_date, row.successor.text_id) == (DAY + timedelta(days=9), "karel")
        assert neighbourhood.last_event().act == "membership.ended"

    def test_is_told_in_the_story(self, sign_in):
        row = models.Membership.objects.get(person__text_id="samira", role="jongerenwerker")
        end(row, actor=an_actor(), last_day=date(2026, 2, 1), successor="karel")

        text = sign_in("anneke").get("/people/samira/").text

        assert "stopte bij Jongerenwerk" in text
        assert "Overgenomen door" in text
        assert "Karel de Bruin" in text

    def test_names_no_successor_who_is_out_of_sight(self, sign_in):
        row = models.Membership.objects.get(person__text_id="samira", role="jongerenwerker")
        end(row, actor=an_actor(), last_day=date(2026, 2, 1), successor="karel")
        services.leave_sight(actor=KAREL, **AT)

        text = sign_in("anneke").get("/people/samira/").text

        assert "stopte bij Jongerenwerk" in text
        assert "Karel" not in text

    @pytest.mark.parametrize("successor", ["niemand", "stil"])
    def test_refuses_a_successor_whom_one_may_not_know_of_or_oneself(self, successor):
        row = start()

        with pytest.raises(services.UnknownParty):
            end(row, successor=successor)

        row.refresh_from_db()
        assert row.end_date is None

    def test_refuses_a_day_before_the_first(self):
        row = start()

        with pytest.raises(network.InvalidRelation):
            end(row, last_day=DAY - timedelta(days=1))

    def test_refuses_what_has_ended(self):
        row = start(community="koor", start=date(2020, 1, 1), end=date(2021, 1, 1))

        with pytest.raises(services.RoleEnded):
            end(row)

    @pytest.mark.parametrize(
        "actor",
        [an_actor(), an_actor("stil", network_id="elders"), KAREL],
        ids=["other", "elsewhere", "karel"],
    )
    def test_is_for_oneself(self, actor):
        row = start()

        with pytest.raises(access.MembershipNotFound):
            end(row, actor=actor)

        row.refresh_from_db()
        assert row.end_date is None

    def test_is_for_the_coordinator_too(self):
        row = start()

        end(row, actor=ANNEKE)

        row.refresh_from_db()
        assert row.end_date == DAY

    def test_ends_what_one_does_for_an_organization(self, sign_in):
        sign_in("karel")
        user = models.User.objects.get(username="karel@kruisveld")
        row = models.Membership.objects.get(person__text_id="karel")

        end(row, actor=KAREL, last_day=DAY)

        days = {DAY: {"schuldhulp"}, DAY + timedelta(days=1): set()}
        assert {day: set(access.actor_of_user(user.pk, on=day).acts_for) for day in days} == days

    def test_takes_few_queries(self, django_assert_max_num_queries):
        row = start()

        with django_assert_max_num_queries(12):
            end(row, successor="karel")


class TestPages:
    def test_of_a_new_role_offer_every_place_by_kind(self, sign_in):
        text = sign_in("stil").get(reverse("people:start_role")).text

        for expected in ("organization:schuldhulp", "community:koor", "resident_group:jongeren"):
            assert f'value="{expected}"' in text

    def test_of_a_new_role_save_it(self, sign_in):
        data = {"where": "community:koor", "role": "tenor", "start_date": "2026-03-01", "end_date": ""}

        page = sign_in("stil").post(reverse("people:start_role"), data, follow=True)

        assert page.redirect_chain[-1][0] == reverse("people:own_card")
        assert "Koor: tenor" in page.text
        assert "sinds maart 2026" in page.text

    def test_of_a_claim_say_that_it_waits(self, sign_in):
        data = {"where": "organization:schuldhulp", "role": "vrijwilliger"}

        page = sign_in("stil").post(reverse("people:start_role"), data, follow=True)

        assert "wacht op de organisatie" in page.text

    @pytest.mark.parametrize(
        ("data", "field", "sentence"),
        [
            ({"where": ""}, "where", "Kies waar je dit doet."),
            ({"where": "community:nergens"}, "where", "Kies er een uit de lijst."),
            ({"role": " "}, "role", "Zeg in een paar woorden wat je daar doet."),
            ({"role": "x" * 201}, "role", "Hou het korter dan 200 tekens."),
            ({"start_date": "gisteren"}, "start_date", "Dit is geen dag. Schrijf het als 31-12-2026."),
            ({"end_date": "2020-01-01"}, "end_date", "Deze dag ligt voor de eerste dag. Kies een latere."),
        ],
    )
    def test_of_a_new_role_say_at_each_field_what_is_wrong(self, sign_in, data, field, sentence):
        right = {"where": "community:koor", "role": "tenor", "start_date": "2026-03-01"}

        page = sign_in("stil").post(reverse("people:start_role"), right | data)

        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
        assert sentence in page.text
        assert not models.Membership.objects.filter(person__text_id="stil").exists()

    def test_of_ending_a_role_do_so(self, sign_in):
        row = start()

        page = sign_in("stil").post(
            reverse("people:end_role", args=[row.pk]),
            {"last_day": DAY.isoformat(), "successor": "karel"},
            follow=True,
        )

        row.refresh_from_db()
        assert (row.end_date, row.successor.text_id) == (DAY, "karel")
        assert "tot en met 29 maart 2026" in page.text

    def test_of_ending_a_role_say_what_is_wrong_with_the_day(self, sign_in):
        row = start()

        page = sign_in("stil").post(
            reverse("people:end_role", args=[row.pk]), {"last_day": "2020-01-01", "successor": ""}
        )

        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["last_day"]

    def test_of_ending_somebody_elses_role_are_not_there(self, sign_in):
        row = start()

        for client in (sign_in(), sign_in("karel")):
            assert client.get(reverse("people:end_role", args=[row.pk])).status_code == 404
            assert (
                client.post(reverse("people:end_role", args=[row.pk]), {"last_day": "2026-03-29"}).status_code
                == 404
            )

        row.refresh_from_db()
        assert row.end_date is None

    def test_are_equal_for_what_belongs_to_nobody(self, sign_in):
        assert sign_in().get(reverse("people:end_role", args=[99999])).status_code == 404


def test_a_role_keeps_its_confirmation_when_it_is_read_as_a_value():
    whole = selectors.read_snapshot(KRUISVELD).network

    assert replace(whole) == neighbourhood.a_neighbourhood()
