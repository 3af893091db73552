# SPDX-License-Identifier: EUPL-1.2
"""Contacts that people enter themselves: what they see, what they may do, and what stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.audit import models as log
from scharnier.apps.people import models
from scharnier.apps.people import selectors as people
from scharnier.apps.people.access import PersonNotFound
from scharnier.apps.picture import access, services
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.network import Purpose, TieKind
from tests.factories import DAY, NOON, a_network, a_person, a_tie, an_actor
from tests.integration.apps.drawn import drawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LISTED = (Purpose.LISTING,)
SAMIRA = an_actor()
KAREL = an_actor("karel")
CONTACTS = "/my/contacts/"
LONG_AGO = DAY - timedelta(days=400)


@pytest.fixture(scope="module", autouse=True)
def _neighbourhood(_ground, load):
    load(
        a_network(
            persons=(
                a_person(name="Samira"),
                a_person("karel", name="Karel Özdemir"),
                a_person("noor", name="Noor", purposes=LISTED),
                a_person("stil", name="Stille Kracht", purposes=()),
                a_person("vreemd", name="Vreemde Onbekend", purposes=()),
            ),
            ties=(
                a_tie(kind=TieKind.WORKS_WITH, observed=LONG_AGO, strength=0.6),
                a_tie("samira", "stil", observed=DAY - timedelta(days=10)),
                a_tie("noor", "samira", kind=TieKind.TRUSTS, observed=DAY - timedelta(days=30)),
                a_tie("vreemd", "samira", observed=DAY - timedelta(days=60)),
                a_tie("karel", "noor"),
            ),
        )
    )
    load(a_network(network_id="elders", persons=(a_person("ria", name="Ria"), a_person("bep", name="Bep"))))


def tie(source, target, **which):
    return models.Tie.objects.get(source__text_id=source, target__text_id=target, **which)


def ties_of(source):
    rows = models.Tie.objects.filter(source__text_id=source).select_related("target")
    return {(row.target.text_id, row.kind, row.observed_date) for row in rows}


def revision():
    return people.revision(NetworkId("kruisveld"))


def last_act():
    event = log.AuditEvent.objects.order_by("number").last()
    return event.act, event.actor_id, event.object_id


def main_of(response):
    return response.text.partition("<main")[2]


class TestDeclareTie:
    def test_enters_a_tie_of_today_and_puts_it_on_record(self):
        before = revision()

        is_new = services.declare_tie(PersonId("noor"), kind=TieKind.KNOWS, actor=SAMIRA, on=DAY, at=NOON)

        row = tie("samira", "noor")
        assert is_new
        assert (row.kind, row.observed_date, row.strength, row.origin) == ("knows", DAY, 1.0, "declared")
        assert revision() != before
        assert last_act() == ("tie.declared", "samira", "samira noor")

    def test_confirms_the_one_that_is_there_already(self):
        is_new = services.declare_tie(
            PersonId("karel"), kind=TieKind.WORKS_WITH, actor=SAMIRA, on=DAY, at=NOON
        )

        row = tie("samira", "karel")
        assert not is_new
        assert (row.observed_date, row.strength) == (DAY, 0.6)
        assert last_act()[0] == "tie.confirmed"

    def test_enters_another_kind_beside_the_first(self):
        services.declare_tie(PersonId("karel"), kind=TieKind.TRUSTS, actor=SAMIRA, on=DAY, at=NOON)

        assert {kind for target, kind, _ in ties_of("samira") if target == "karel"} == {
            "works_with",
            "trusts",
        }

    def test_reaches_somebody_hidden_only_when_tied_already(self):
        services.declare_tie(PersonId("stil"), kind=TieKind.TRUSTS, actor=SAMIRA, on=DAY, at=NOON)

        assert tie("samira", "stil", kind="trusts")
        with pytest.raises(PersonNotFound):
            services.declare_tie(PersonId("stil"), kind=TieKind.KNOWS, actor=KAREL, on=DAY, at=NOON)

    @pytest.mark.parametrize("person_id", ["vreemd", "samira", "niemand", "ria", ""])
    def test_refuses_who_may_not_be_known_in_the_same_words(self, person_id):
        before = revision(), ties_of("samira"), last_act()

        with pytest.raises(PersonNotFound):
            services.declare_tie(PersonId(person_id), kind=TieKind.KNOWS, actor=SAMIRA, on=DAY, at=NOON)

        assert (revision(), ties_of("samira"), last_act()) == before

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_refuses_roles_that_see_nobody(self, role):
        with pytest.raises(PersonNotFound):
            services.declare_tie(
                PersonId("karel"), kind=TieKind.KNOWS, actor=an_actor("noor", role=role), on=DAY, at=NOON
            )

    def test_leaves_everything_as_it_was_when_it_cannot_be_recorded(self, monkeypatch):
        monkeypatch.setattr("scharnier.apps.audit.services.record", _break)
        before = revision(), ties_of("samira")

        with pytest.raises(RuntimeError):
            services.declare_tie(PersonId("noor"), kind=TieKind.KNOWS, actor=SAMIRA, on=DAY, at=NOON)

        assert (revision(), ties_of("samira")) == before


def _break(**_parts):
    raise RuntimeError


class TestConfirmTie:
    def test_says_that_it_holds_today(self):
        services.confirm_tie(tie("samira", "karel").pk, actor=SAMIRA, on=DAY, at=NOON)

        assert tie("samira", "karel").observed_date == DAY
        assert last_act() == ("tie.confirmed", "samira", "samira karel")

    @pytest.mark.parametrize(
        "actor",
        [KAREL, an_actor("noor"), an_actor("ria", network_id="elders")],
        ids=lambda who: who.person_id,
    )
    def test_is_for_who_entered_it(self, actor):
        with pytest.raises(access.TieNotFound):
            services.confirm_tie(tie("samira", "karel").pk, actor=actor, on=DAY, at=NOON)

        assert tie("samira", "karel").observed_date == LONG_AGO

    def test_refuses_what_is_not_there(self):
        with pytest.raises(access.TieNotFound):
            services.confirm_tie(0, actor=SAMIRA, on=DAY, at=NOON)


class TestChangeTie:
    def test_says_what_it_really_is_from_today(self):
        services.change_tie(tie("samira", "karel").pk, kind=TieKind.TRUSTS, actor=SAMIRA, on=DAY, at=NOON)

        assert ("karel", "trusts", DAY) in ties_of("samira")
        assert last_act() == ("tie.changed", "samira", "samira karel")

    def test_to_what_it_is_already_confirms_it(self):
        services.change_tie(tie("samira", "karel").pk, kind=TieKind.WORKS_WITH, actor=SAMIRA, on=DAY, at=NOON)

        assert tie("samira", "karel").observed_date == DAY

    def test_makes_no_second_of_a_kind(self):
        services.declare_tie(PersonId("karel"), kind=TieKind.KNOWS, actor=SAMIRA, on=DAY, at=NOON)
        before = ties_of("samira")

        with pytest.raises(services.TieExists):
            services.change_tie(
                tie("samira", "karel", kind="works_with").pk,
                kind=TieKind.KNOWS,
                actor=SAMIRA,
                on=DAY,
                at=NOON,
            )

        assert ties_of("samira") == before

    def test_is_not_for_who_is_named(self):
        with pytest.raises(access.TieNotFound):
            services.change_tie(tie("samira", "karel").pk, kind=TieKind.KNOWS, actor=KAREL, on=DAY, at=NOON)


class TestRemoveTie:
    @pytest.mark.parametrize("actor", [SAMIRA, KAREL], ids=["who entered it", "who is named"])
    def test_is_for_both_ends(self, actor):
        before = revision()

        services.remove_tie(tie("samira", "karel").pk, actor=actor, at=NOON)

        assert not models.Tie.objects.filter(source__text_id="samira", target__text_id="karel").exists()
        assert revision() != before
        assert last_act() == ("tie.removed", actor.person_id, "samira karel")

    @pytest.mark.parametrize("actor", [an_actor("noor"), an_actor("ria", network_id="elders")])
    def test_is_for_nobody_else(self, actor):
        with pytest.raises(access.TieNotFound):
            services.remove_tie(tie("samira", "karel").pk, actor=actor, at=NOON)

        assert tie("samira", "karel")


class TestRestoreTie:
    def test_puts_it_back_as_it_was(self):
        before = ties_of("samira")
        removed = services.remove_tie(tie("samira", "karel").pk, actor=KAREL, at=NOON)

        services.restore_tie(removed, actor=KAREL, at=NOON)

        assert ties_of("samira") == before
        assert tie("samira", "karel").strength == 0.6
        assert last_act() == ("tie.restored", "karel", "samira karel")

    def test_is_only_for_the_two(self):
        removed = services.remove_tie(tie("samira", "karel").pk, actor=SAMIRA, at=NOON)

        for actor in (an_actor("noor"), an_actor(network_id="elders")):
            with pytest.raises(access.TieNotFound):
                services.restore_tie(removed, actor=actor, at=NOON)

    def test_makes_no_second_of_a_kind(self):
        removed = services.remove_tie(tie("samira", "karel").pk, actor=SAMIRA, at=NOON)
        services.declare_tie(PersonId("karel"), kind=TieKind.WORKS_WITH, actor=SAMIRA, on=DAY, at=NOON)

        with pytest.raises(services.TieExists):
            services.restore_tie(removed, actor=SAMIRA, at=NOON)

    def test_is_too_late_when_one_of_the_two_is_gone(self):
        removed = services.remove_tie(tie("samira", "karel").pk, actor=SAMIRA, at=NOON)
        models.Person.objects.filter(text_id="karel").delete()

        with pytest.raises(access.TieNotFound):
            services.restore_tie(removed, actor=SAMIRA, at=NOON)


class TestContactsPage:
    def test_lists_ones_own_the_last_confirmed_first(self, sign_in):
        text = main_of(sign_in().get(CONTACTS))

        assert text.index("Je kent") < text.index("Je werkt samen met")
        assert "een jaar geleden" in text
        assert f'href="{reverse("people:person", args=["karel"])}"' in text

    def test_names_a_hidden_contact_without_a_way_to_the_card(self, sign_in):
        text = main_of(sign_in().get(CONTACTS))

        assert "Stille Kracht" in text
        assert "De kaart is nu niet te zien." in text
        assert reverse("people:person", args=["stil"]) not in text

    def test_says_who_names_the_reader_and_keeps_the_hidden_nameless(self, sign_in):
        text = main_of(sign_in().get(CONTACTS))

        assert ">Noor</a></strong> vertrouwt jou." in text
        assert "Iemand die niet in beeld wil kent jou." in text
        assert "Vreemde" not in text

    def test_says_the_first_step_when_there_is_nobody(self, sign_in, load):
        load(a_network(persons=(a_person(),)))

        text = main_of(sign_in().get(CONTACTS))

        assert "Je hebt nog niemand genoemd." in text
        assert "Nog niemand noemt jou als contact." in text

    def test_lists_some_at_a_time_each_way(self, sign_in, load):
        others = [a_person(f"p{number:02}") for number in range(41)]
        ties = [a_tie("samira", other.id) for other in others] + [
            a_tie(other.id, "samira") for other in others
        ]
        load(a_network(persons=(a_person(), *others), ties=ties))
        client = sign_in()

        first, second = client.get(CONTACTS).text, client.get(CONTACTS, {"page": "2", "of_me": "1"}).text

        assert (first.count("Je kent"), first.count("kent jou")) == (40, 40)
        assert (second.count("Je kent"), second.count("kent jou")) == (1, 40)
        assert 'href="?of_me=2#of-me-title"' in first
        assert 'href="?page=2&amp;of_me=2#of-me-title"' in second

    def test_has_who_was_just_named_on_the_first_page_of_many(self, sign_in, load):
        others = [a_person(f"p{number:02}") for number in range(41)]
        ties = [a_tie("samira", other.id, observed=DAY - timedelta(days=1)) for other in others]
        load(a_network(persons=(a_person(), a_person("nieuw", name="Nina Nieuw"), *others), ties=ties))
        client = sign_in()

        client.post(reverse("picture:declare"), {"person": "nieuw", "kind": "knows"})

        assert "Nina Nieuw</a>" in main_of(client.get(CONTACTS)).split("<li")[1]

    @pytest.mark.parametrize("name", ["noor", "NOO", " oor "])
    def test_finds_somebody_by_a_part_of_the_name(self, sign_in, name):
        text = main_of(sign_in().get(CONTACTS, {"name": name}))

        assert 'name="person" value="noor"' in text

    @pytest.mark.parametrize("name", ["ozdemir", "ÖZDEMIR", "Karel Ö"])
    def test_finds_a_name_without_its_accents_on_every_database(self, sign_in, name):
        assert 'name="person" value="karel"' in main_of(sign_in().get(CONTACTS, {"name": name}))

    def test_finds_a_hidden_contact_only_for_who_is_tied(self, sign_in):
        query = {"name": "stille"}

        assert 'name="person" value="stil"' in main_of(sign_in().get(CONTACTS, query))
        assert "Stille Kracht" not in main_of(sign_in("karel").get(CONTACTS, query))

    @pytest.mark.parametrize("name", ["vreemd", "samira", "ria", "qqq", "x" * 101])
    def test_does_not_find_hidden_people_the_reader_or_other_networks(self, sign_in, name):
        assert 'name="person"' not in main_of(sign_in().get(CONTACTS, {"name": name}))

    def test_finds_ten_at_most_and_says_there_are_more(self, sign_in, load):
        load(a_network(persons=(a_person(), *(a_person(f"anna{number}") for number in range(11)))))

        text = main_of(sign_in().get(CONTACTS, {"name": "anna"}))

        assert text.count('name="person"') == 10
        assert "Er zijn er meer." in text

    @pytest.mark.parametrize("n_ties", [1, 50])
    def test_takes_the_same_queries_for_few_and_many(self, sign_in, load, django_assert_num_queries, n_ties):
        others = [a_person(f"p{number}") for number in range(n_ties)]
        ties = [pair for other in others for pair in (a_tie(target=other.id), a_tie(other.id, "samira"))]
        load(a_network(persons=(a_person(), *others), ties=ties))
        client = sign_in()

        with django_assert_num_queries(10):  # session, user, account, roles; own, of me, cards, found
            client.get(CONTACTS, {"name": "p"})

    def test_shows_nothing_to_who_is_not_signed_in(self, client):
        assert client.get(CONTACTS).status_code == 302

    def test_stays_in_no_cache(self, sign_in):
        assert "no-store" in sign_in().get(CONTACTS)["Cache-Control"]


class TestActsOnThePage:
    def address(self, act, source="samira", target="karel"):
        return reverse(f"picture:{act}", args=[tie(source, target).pk])

    def test_add_a_contact_and_tell_the_other(self, sign_in):
        client = sign_in()

        response = client.post(
            reverse("picture:declare"), {"person": "noor", "kind": "refers_to"}, follow=True
        )

        assert "Dit contact staat nu in je lijst." in response.text
        assert "Je verwijst mensen naar" in response.text
        assert ">Samira</a></strong> verwijst mensen naar jou." in main_of(sign_in("noor").get(CONTACTS))

    def test_add_one_twice_and_hear_that_it_was_there(self, sign_in):
        response = sign_in().post(
            reverse("picture:declare"), {"person": "karel", "kind": "works_with"}, follow=True
        )

        assert "Dat stond er al." in response.text
        assert len(ties_of("samira")) == 2

    def test_confirm_with_one_button_that_then_goes_away(self, sign_in):
        client, address = sign_in(), self.address("confirm")
        assert address in client.get(CONTACTS).text

        response = client.post(address, follow=True)

        assert "Het geldt vanaf vandaag." in response.text
        assert address not in response.text

    def test_change_a_contact(self, sign_in):
        response = sign_in().post(self.address("change"), {"kind": "trusts"}, follow=True)

        assert "Je vertrouwt" in response.text

    def test_take_one_away_and_put_it_back(self, sign_in):
        client, before = sign_in(), ties_of("samira")

        response = client.post(self.address("remove"), follow=True)

        assert "Het contact met Karel Özdemir is weg." in response.text
        assert ties_of("samira") != before

        response = client.post(reverse("picture:restore"), follow=True)

        assert "Het staat er weer" in response.text
        assert ties_of("samira") == before

    def test_take_away_what_somebody_hidden_said_without_naming_them(self, sign_in):
        response = sign_in().post(self.address("remove", "vreemd", "samira"), follow=True)

        assert "Het contact is weg." in response.text
        assert "Vreemde" not in response.text

    def test_put_back_only_what_was_taken_away_in_the_same_session(self, sign_in):
        response = sign_in().post(reverse("picture:restore"))

        assert response.status_code == 404

    def test_say_nothing_was_taken_away_when_nothing_was(self, sign_in):
        assert "is weg" not in sign_in().get(f"{CONTACTS}?removed=1").text

    @pytest.mark.parametrize("act", ["confirm", "change", "remove"])
    def test_of_others_are_not_there(self, sign_in, act):
        response = sign_in().post(self.address(act, "karel", "noor"), {"kind": "knows"})

        assert response.status_code == 404
        assert "niet van jou" in response.text

    @pytest.mark.parametrize("kind", ["", "loves"])
    def test_refuse_a_kind_that_is_none(self, sign_in, kind):
        client = sign_in()

        for address in (self.address("change"), reverse("picture:declare")):
            assert client.post(address, {"person": "karel", "kind": kind}).status_code == 422

    @pytest.mark.parametrize("act", ["confirm", "change", "remove"])
    def test_are_not_done_by_following_a_link(self, sign_in, act):
        assert sign_in().get(self.address(act)).status_code == 405

    def test_reach_the_picture_at_once(self, sign_in):
        client = sign_in()
        n_before = len(drawn(client)["edges"])

        client.post(reverse("picture:declare"), {"person": "noor", "kind": "knows"})
        client.post(self.address("remove"))

        edges = drawn(client)["edges"]
        assert n_before == 3
        assert {"person:samira", "person:karel"} not in [{edge["source"], edge["target"]} for edge in edges]
