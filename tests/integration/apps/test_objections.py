# SPDX-License-Identifier: EUPL-1.2
"""Objecting to what others say: it goes at once, and comes back only when the person lets it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.urls import reverse

from scharnier.apps.members import services as members
from scharnier.apps.people import access as people
from scharnier.apps.people import models
from scharnier.apps.people import services as cards
from scharnier.apps.picture import services as picture
from scharnier.apps.picture.access import TieNotFound
from scharnier.apps.rights import access, selectors, services
from scharnier.core.kernel import PersonId, Role
from scharnier.core.network import TieKind
from tests.factories import DAY, NOON, a_membership
from tests.integration.apps import rights_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
OWN = reverse("rights:own_data")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def a_tie_from(person_id):
    return scenes.row().ties_to.filter(source__text_id=person_id).order_by("pk").first()


def the_role(where="schuldhulp"):
    return scenes.row().memberships.get(organization__text_id=where)


def object_to(tie):
    services.object_to_tie(tie.pk, actor=scenes.SAMIRA, on=DAY, at=NOON)


def declare(kind=TieKind.KNOWS):
    return picture.declare_tie(PersonId("samira"), kind=kind, actor=scenes.KAREL, on=DAY, at=NOON)


class TestObjectToTie:
    def test_takes_away_all_that_somebody_says_and_nothing_else(self):
        object_to(a_tie_from("karel"))

        assert [tie.source.text_id for tie in scenes.row().ties_to.all()] == ["stil"]
        assert scenes.row().ties_from.count() == 2

    def test_leaves_a_tombstone_and_an_event_without_words(self):
        object_to(a_tie_from("karel"))

        assert scenes.stones() == [("tie", "karel samira", "right.objection")]
        event = scenes.last_event()
        assert (event.act, event.kind, event.object_id) == ("objection.made", "tie", "karel samira")
        assert event.facts == ""

    def test_makes_the_network_be_read_anew(self):
        before = models.Network.objects.get().revision

        object_to(a_tie_from("karel"))

        assert models.Network.objects.get().revision != before

    @pytest.mark.parametrize("kind", [TieKind.KNOWS, TieKind.TRUSTS])
    def test_keeps_them_from_saying_it_again(self, kind):
        object_to(a_tie_from("karel"))

        with pytest.raises(picture.TieObjected):
            declare(kind)

    def test_keeps_them_from_putting_it_back(self):
        tie = a_tie_from("karel")
        removed = picture.remove_tie(tie.pk, actor=scenes.KAREL, at=NOON)
        object_to(a_tie_from("karel"))

        with pytest.raises(picture.TieObjected):
            picture.restore_tie(removed, actor=scenes.KAREL, at=NOON)

    def test_leaves_others_free_to_say_it(self):
        object_to(a_tie_from("karel"))

        assert picture.declare_tie(PersonId("samira"), kind=TieKind.KNOWS, actor=scenes.RIA, on=DAY, at=NOON)

    def test_holds_when_the_network_is_loaded_again(self, load):
        object_to(a_tie_from("karel"))

        load(scenes.kruisveld())

        assert [tie.source.text_id for tie in scenes.row().ties_to.all()] == ["stil"]

    def test_works_for_whom_one_may_not_know(self):
        object_to(a_tie_from("stil"))

        assert scenes.stones() == [("tie", "stil samira", "right.objection")]

    @pytest.mark.parametrize("whose", ["own", "others"])
    def test_is_for_what_others_say_about_oneself_only(self, whose):
        actor = scenes.SAMIRA if whose == "own" else scenes.RIA
        tie = models.Tie.objects.get(source__text_id="samira", target__text_id="karel")

        with pytest.raises(TieNotFound):
            services.object_to_tie(tie.pk, actor=actor, on=DAY, at=NOON)

    def test_does_all_or_nothing(self, monkeypatch):
        def fail(**_facts):
            raise DatabaseError

        tie = a_tie_from("karel")
        monkeypatch.setattr("scharnier.apps.people.services._revisions.log.record", fail)
        with pytest.raises(DatabaseError):
            object_to(tie)

        assert scenes.row().ties_to.count() == 3
        assert scenes.stones() == []


class TestObjectToRole:
    def object(self, row, actor=scenes.SAMIRA):
        services.object_to_role(row.pk, actor=actor, on=DAY, at=NOON)

    def test_takes_away_every_role_there(self):
        scenes.row().memberships.create(
            network_id="kruisveld", organization=the_role().organization, role="oud", end_date=DAY
        )

        self.object(the_role_named("adviseur"))

        assert [row.community.text_id for row in scenes.row().memberships.all()] == ["koor"]
        assert scenes.stones() == [("membership", "samira organization schuldhulp", "right.objection")]

    def test_ends_that_one_acts_for_the_organization(self):
        user = scenes.row().account.user

        self.object(the_role())

        assert people.actor_of_user(user.pk, on=DAY).acts_for == frozenset()

    def test_holds_when_the_network_is_loaded_again(self, load):
        self.object(the_role())

        load(scenes.kruisveld())

        assert [row.community.text_id for row in scenes.row().memberships.all()] == ["koor"]

    def test_ends_when_the_person_says_it(self):
        self.object(the_role())

        cards.start_role(
            a_membership("samira", organization="schuldhulp", start=DAY), actor=scenes.SAMIRA, at=NOON
        )

        assert scenes.stones() == []
        assert the_role()

    def hand_over_to_samira(self, organization_id):
        models.Membership.objects.create(
            network_id="kruisveld",
            person=scenes.row("ria"),
            organization=models.Organization.objects.get(text_id=organization_id),
        )
        ria, samira = PersonId("ria"), PersonId("samira")
        members.hand_over(from_person=ria, to_person=samira, actor=scenes.RIA, on=DAY, today=DAY, at=NOON)

    def test_keeps_others_from_handing_such_a_role_over(self):
        self.object(the_role())

        with pytest.raises(members.UnwantedRole):
            self.hand_over_to_samira("schuldhulp")

    def test_lets_other_roles_be_handed_over(self):
        self.object(the_role())

        self.hand_over_to_samira("jongerenwerk")

        assert the_role("jongerenwerk")

    @pytest.mark.parametrize("actor", [scenes.KAREL, scenes.RIA])
    def test_is_for_the_own_roles_only(self, actor):
        with pytest.raises(people.MembershipNotFound):
            self.object(the_role(), actor=actor)


def the_role_named(role):
    return scenes.row().memberships.get(role=role)


class TestWithdrawObjection:
    def objection(self):
        object_to(a_tie_from("karel"))
        return access.objections(scenes.SAMIRA).get()

    def test_lets_it_be_said_again(self):
        services.withdraw_objection(self.objection().pk, actor=scenes.SAMIRA, at=NOON)

        assert declare()
        assert scenes.stones() == []

    def test_brings_nothing_back_by_itself(self):
        services.withdraw_objection(self.objection().pk, actor=scenes.SAMIRA, at=NOON)

        assert [tie.source.text_id for tie in scenes.row().ties_to.all()] == ["stil"]
        assert scenes.last_event().act == "objection.withdrawn"

    @pytest.mark.parametrize("actor", [scenes.KAREL, scenes.RIA])
    def test_is_for_who_objected_only(self, actor):
        objection = self.objection()

        with pytest.raises(access.ObjectionNotFound):
            services.withdraw_objection(objection.pk, actor=actor, at=NOON)


class TestOwnData:
    def test_shows_what_others_say_and_names_nobody_who_is_hidden(self):
        data = selectors.own_data(scenes.SAMIRA, on=DAY)

        assert sorted((line.who, line.what) for line in data.ties) == [
            ("", "kent jou"),
            ("Karel", "vertrouwt jou"),
            ("Karel", "werkt met je samen"),
        ]
        assert {(line.who, line.what) for line in data.roles} == {("Schuldhulp", "adviseur"), ("Koor", "")}

    def test_shows_objections_by_name_where_one_may_know_it(self):
        for name in ("karel", "stil"):
            object_to(a_tie_from(name))
        for row in access.own_roles(scenes.SAMIRA):
            services.object_to_role(row.pk, actor=scenes.SAMIRA, on=DAY, at=NOON)

        data = selectors.own_data(scenes.SAMIRA, on=DAY)

        assert {(line.about, line.is_role) for line in data.objections} == {
            ("Karel", False),
            ("", False),
            ("Schuldhulp", True),
            ("Koor", True),
        }


class TestPage:
    def test_takes_away_and_lets_back_with_buttons(self, sign_in):
        client = sign_in("samira")

        gone = client.post(reverse("rights:object_to_tie", args=[a_tie_from("karel").pk]), follow=True).text
        (objection,) = access.objections(scenes.SAMIRA)
        back = client.post(reverse("rights:withdraw_objection", args=[objection.pk]), follow=True).text

        assert "Het is weg, en die persoon kan je niet opnieuw noemen." in gone
        assert "Genoemd worden door Karel" in gone
        assert "Je bezwaar is van de baan." in back
        assert "Genoemd worden door Karel" not in back

    def test_says_to_who_named_them_that_it_is_not_wanted(self, sign_in):
        object_to(a_tie_from("karel"))

        answer = sign_in("karel", role=Role.RESIDENT).post(
            reverse("picture:declare"), {"person": "samira", "kind": "knows"}
        )

        assert answer.status_code == 409
        assert "Deze persoon wil niet zo in jouw lijst staan." in answer.text

    def test_stops_a_use_at_once(self, sign_in):
        client = sign_in("samira")
        before = client.get(OWN).text

        after = client.post(reverse("rights:stop_use", args=["listing"]), follow=True).text

        assert "Je bent te vinden" in before
        assert "Je bent te vinden" not in after
        assert "Gestopt." in after
        answer = sign_in("karel", role=Role.RESIDENT).get(reverse("people:person", args=["samira"]))
        assert answer.status_code == 404

    def test_stops_nothing_that_is_no_use(self, sign_in):
        assert sign_in("samira").post(reverse("rights:stop_use", args=["selling"])).status_code == 404

    def test_of_somebody_without_anything_says_so(self, sign_in):
        scenes.row("karel").consents.all().delete()
        models.Tie.objects.all().delete()

        said = sign_in("karel", role=Role.RESIDENT).get(OWN).text

        assert "Niemand zegt iets over jou." in said
        assert "Nergens voor." in said

    def test_reads_as_often_for_fifty_contacts_as_for_some(self, sign_in, django_assert_num_queries):
        client = sign_in("samira")
        with django_assert_num_queries(25, exact=False) as counted:
            client.get(OWN)
        for number in range(50):
            other = models.Person.objects.create(network_id="kruisveld", text_id=f"p{number}", name="Iemand")
            other.ties_from.create(
                network_id="kruisveld", target=scenes.row(), kind="knows", strength=1, observed_date=DAY,
                origin="declared",
            )  # fmt: skip

        with django_assert_num_queries(len(counted.captured_queries)):
            client.get(OWN)
