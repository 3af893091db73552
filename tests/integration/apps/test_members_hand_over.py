# SPDX-License-Identifier: EUPL-1.2
"""Handing roles over: they end for one, begin for the other the day after, and go back the same day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from scharnier.apps.members import access, models, selectors, services
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Consent, Membership, Person
from scharnier.core.kernel import Role
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import members_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
PAGE = reverse("members:hand_over")
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def _networks(_ground):
    scenes.settle()


def hand_over(from_person="samira", to_person="karel", *, actor=scenes.RIA, on=DAY):
    return services.hand_over(
        from_person=from_person, to_person=to_person, actor=actor, on=on, today=DAY, at=NOON
    )


def undo(row, *, actor=scenes.RIA, today=DAY):
    services.undo_hand_over(row.pk, actor=actor, today=today, at=NOON)


def roles(person_id):
    """Return the roles of a person as party, role, first and last day, and who comes after."""
    rows = Membership.objects.filter(person__text_id=person_id, person__network_id="kruisveld").order_by("pk")
    return [
        (
            (row.organization or row.community).text_id,
            row.role,
            row.start_date,
            row.end_date,
            row.successor and row.successor.text_id,
        )
        for row in rows
    ]


BEFORE = [("schuldhulp", "adviseur", None, None, None), ("koor", "", None, None, None)]
AFTER = [("schuldhulp", "adviseur", None, DAY, "karel"), ("koor", "", None, DAY, "karel")]
TAKEN = [("schuldhulp", "adviseur", TOMORROW, None, None), ("koor", "", TOMORROW, None, None)]


class TestHandOver:
    def test_ends_the_roles_of_one_and_begins_those_of_the_other(self):
        hand_over()

        assert roles("samira") == AFTER
        assert roles("karel") == TAKEN
        assert scenes.acts() == ["roles.handed_over"]

    def test_lets_nobody_act_for_the_organization_twice(self):
        hand_over()

        days = {
            day: people.actor_of_user(scenes.user_of("karel").pk, on=day).acts_for for day in (DAY, TOMORROW)
        }
        assert days == {DAY: frozenset(), TOMORROW: {"schuldhulp"}}

    def test_happens_by_oneself(self):
        hand_over(actor=scenes.SAMIRA)

        assert roles("samira") == AFTER

    def test_leaves_roles_that_ended_or_are_yet_to_come(self):
        row = Membership.objects.filter(person__text_id="samira").order_by("pk").first()
        Membership.objects.filter(pk=row.pk).update(end_date=DAY - timedelta(days=9))
        Membership.objects.exclude(pk=row.pk).update(start_date=TOMORROW)

        with pytest.raises(services.NothingToHandOver):
            hand_over()

    def test_keeps_the_end_of_a_role_that_ends_later(self):
        later = DAY + timedelta(days=90)
        Membership.objects.filter(organization__isnull=False).update(end_date=later)

        hand_over()

        assert roles("karel")[0] == ("schuldhulp", "adviseur", TOMORROW, later, None)

    def test_gives_no_role_twice(self):
        samira, karel = (
            Person.objects.get(text_id=name, network_id="kruisveld") for name in ("samira", "karel")
        )
        choir = Membership.objects.get(person=samira, community__isnull=False).community
        Membership.objects.create(network_id="kruisveld", person=karel, community=choir)

        hand_over()

        assert roles("karel") == [("koor", "", None, None, None), TAKEN[0]]

    def test_gives_nothing_to_the_same_person(self):
        with pytest.raises(services.SamePerson):
            hand_over(to_person="samira")

    @pytest.mark.parametrize("to_person", ["vera", "nobody"])
    def test_gives_nothing_to_another_network(self, to_person):
        with pytest.raises(services.UnknownSuccessor):
            hand_over(to_person=to_person)

    def test_gives_nothing_to_somebody_who_wants_not_to_be_found(self):
        Consent.objects.filter(person__text_id="karel").delete()

        with pytest.raises(services.UnknownSuccessor):
            hand_over()

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR})
    def test_is_for_oneself_and_the_coordinator(self, role):
        with pytest.raises(people.PersonNotFound):
            hand_over(actor=an_actor("joke", role=role))

        assert roles("samira") == BEFORE

    def test_stops_at_the_border_of_the_network(self):
        with pytest.raises((people.PersonNotFound, services.UnknownSuccessor)):
            hand_over(actor=scenes.STRANGER)

    def test_gives_the_network_a_new_revision(self):
        before = Person.objects.get(text_id="karel").network.revision

        hand_over()

        assert Person.objects.get(text_id="karel").network.revision != before

    def test_moves_nothing_when_the_log_fails(self, monkeypatch):
        def fail(**_facts):
            raise DatabaseError

        monkeypatch.setattr("scharnier.apps.members.services._hand_over.log.record", fail)

        with pytest.raises(DatabaseError):
            hand_over()

        assert roles("samira") == BEFORE
        assert roles("karel") == []

    def test_takes_a_fixed_number_of_queries_for_a_role(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(20):
            hand_over()


class TestUndoHandOver:
    def test_puts_everything_back(self):
        undo(hand_over())

        assert roles("samira") == BEFORE
        assert roles("karel") == []
        assert scenes.acts() == ["roles.handed_over", "roles.hand_over_undone"]

    def test_puts_back_what_stood_there_before(self):
        later = DAY + timedelta(days=90)
        joke = Person.objects.get(text_id="joke")
        Membership.objects.filter(organization__isnull=False).update(end_date=later, successor=joke)

        undo(hand_over())

        assert roles("samira")[0] == ("schuldhulp", "adviseur", None, later, "joke")

    def test_comes_too_late_on_another_day(self):
        row = hand_over()

        with pytest.raises(services.HandOverTooLate):
            undo(row, today=TOMORROW)

        assert roles("samira") == AFTER

    def test_happens_once(self):
        row = hand_over()
        undo(row)

        with pytest.raises(services.HandOverTooLate):
            undo(row)

    def test_comes_too_late_when_somebody_changed_a_role_since(self):
        row = hand_over()
        Membership.objects.filter(person__text_id="samira", community__isnull=False).update(end_date=None)

        with pytest.raises(services.HandOverTooLate):
            undo(row)

        assert roles("karel") == TAKEN

    def test_is_for_oneself_and_the_coordinator(self):
        row = hand_over()

        for actor in (scenes.OMAR, an_actor("karel", role=Role.RESIDENT), scenes.STRANGER):
            with pytest.raises(access.HandOverNotFound):
                undo(row, actor=actor)

    def test_happens_by_oneself(self):
        undo(hand_over(), actor=scenes.SAMIRA)

        assert roles("samira") == BEFORE


class TestHandOverRows:
    def test_name_two_persons(self):
        row = hand_over()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.HandOver.objects.filter(pk=row.pk).update(to_person=row.from_person)


class TestHandOverPage:
    def test_shows_first_what_goes_over(self, sign_in):
        client = sign_in("samira")

        said = client.get(PAGE, {"from_person": "samira", "to_person": "karel", "on": DAY.isoformat()}).text

        assert "Schuldhulp: adviseur" in said
        assert "Draag deze rollen over" in said
        assert roles("samira") == BEFORE

    def test_hands_over_and_undoes(self, sign_in):
        client = sign_in("samira")
        given = {"from_person": "samira", "to_person": "karel", "on": DAY.isoformat()}

        shown = client.post(PAGE, given, follow=True).text
        handed = roles("samira")
        undone = client.post(
            reverse("members:undo_hand_over", args=[models.HandOver.objects.get().pk]), follow=True
        ).text

        assert "Van Samira naar Karel." in shown
        assert handed == AFTER
        assert "Teruggedraaid" in undone
        assert roles("samira") == BEFORE

    def test_offers_a_member_only_the_own_roles(self, sign_in):
        said = sign_in("samira").get(PAGE).text.partition('id="id_to_person"')[0]

        assert '<option value="samira" selected>' in said
        assert '<option value="karel"' not in said

    def test_offers_a_coordinator_those_of_everyone_who_can_sign_in(self, sign_in):
        Consent.objects.filter(person__text_id="karel").delete()

        said = sign_in("ria", role=Role.COORDINATOR).get(PAGE, {"from_person": "karel"}).text

        assert '<option value="karel" selected>' in said.partition('id="id_to_person"')[0]
        assert '<option value="karel"' not in said.partition('id="id_to_person"')[2]

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"to_person": ""}, "Kies wie de rollen overneemt."),
            ({"on": ""}, "Vul de laatste dag in."),
            ({"on": "gisteren"}, "Vul een datum in."),
        ],
    )
    def test_says_what_is_missing(self, sign_in, given, sentence):
        asked = {"from_person": "samira", "to_person": "karel", "on": DAY.isoformat(), **given}

        assert sentence in sign_in("samira").get(PAGE, asked).text

    def test_says_that_there_is_nothing_to_hand_over(self, sign_in):
        asked = {"from_person": "karel", "to_person": "samira", "on": DAY.isoformat()}

        assert "heeft op die dag geen rol" in sign_in("karel").get(PAGE, asked).text

    def test_takes_as_many_queries_for_fifty_roles_as_for_two(self, sign_in, django_assert_num_queries):
        client = sign_in("samira")
        asked = {"from_person": "samira", "to_person": "karel", "on": DAY.isoformat()}
        client.get(PAGE, asked)
        with django_assert_num_queries(8) as counted:
            client.get(PAGE, asked)
        first = Membership.objects.filter(person__text_id="samira", organization__isnull=False).get()
        Membership.objects.bulk_create(
            Membership(
                network_id="kruisveld",
                person=first.person,
                organization=first.organization,
                role=f"rol {number}",
            )
            for number in range(50)
        )

        with django_assert_num_queries(len(counted.captured_queries)):
            assert "rol 49" in client.get(PAGE, asked).text


class TestSelectors:
    def test_name_whom_the_actor_knows_of(self):
        Consent.objects.filter(person__text_id="joke").delete()

        found = {person_id for person_id, _name in selectors.successors(scenes.RIA, on=DAY).choices}

        assert found == {"ria", "omar", "samira", "karel"}
