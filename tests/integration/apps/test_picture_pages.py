# SPDX-License-Identifier: EUPL-1.2
"""The network in a picture: what stands on the page, in the data and in the API, and for whom."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise, product

import pytest
from django.urls import reverse

from scharnier.core import network, policy
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.network import Purpose
from tests.factories import (
    DAY,
    a_community,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_tie,
    a_topic,
    an_actor,
    an_area,
    an_organization,
)
from tests.integration.apps.drawn import drawn as data

pytestmark = pytest.mark.django_db
LISTED = (Purpose.LISTING,)
TIES = "/api/v1/network/ties"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.DAY = DAY


@pytest.fixture
def neighbourhood(load):
    return load(
        a_network(
            areas=(an_area("noord"), an_area("zuid")),
            topics=(a_topic("debt", nl="schulden", en="debts"), a_topic("sport")),
            organizations=(an_organization(name="Schuldhulp"),),
            communities=(a_community(),),
            persons=(
                a_person(name="Samira", topics="debt", areas="noord"),
                a_person("karel", name="Karel", topics="sport", areas="zuid"),
                a_person("noor", name="Noor", topics="debt", areas="noord", purposes=LISTED),
                a_person("stil", name="Stille Kracht", topics="debt", purposes=()),
                a_person("los", name="Los Zand", purposes=LISTED),
            ),
            memberships=(
                a_membership(organization="schuldhulp", role="adviseur"),
                a_membership("karel", start=DAY - timedelta(days=800)),
                a_membership("stil", organization="schuldhulp"),
            ),
            ties=(
                a_tie(kind=network.TieKind.WORKS_WITH, observed=DAY - timedelta(days=70)),
                a_tie("karel", "noor", observed=DAY - timedelta(days=500)),
                a_tie("noor", "samira", kind=network.TieKind.TRUSTS, observed=DAY - timedelta(days=1200)),
                a_tie("samira", "stil"),
                a_tie("karel", "stil"),
            ),
        )
    )


def page(client, **query):
    return client.get(reverse("picture:picture"), query)


def names(found):
    return {node["name"] for node in found["nodes"]}


@pytest.mark.usefixtures("neighbourhood")
class TestPicturePage:
    def test_says_how_many_there_are_and_hides_a_small_count(self, sign_in):
        text = page(sign_in()).text

        assert "4 mensen, 3 contacten" in text
        assert "minder dan 5 mensen niet in beeld" in text

    def test_tells_a_count_of_five_unseen(self, sign_in, load):
        load(a_network(persons=(a_person(), *(a_person(f"p{number}", purposes=()) for number in range(5)))))

        assert "In het hele netwerk willen 5 mensen niet in beeld." in page(sign_in()).text

    def test_says_nothing_of_the_unseen_when_there_are_none(self, sign_in, load):
        load(a_network(persons=(a_person(),)))

        assert "niet in beeld" not in page(sign_in()).text.partition("<noscript>")[0]

    def test_says_each_contact_in_words(self, sign_in):
        text = page(sign_in()).text

        for expected in (
            "werkt samen met",
            "2 maanden geleden",
            "sterk",
            "vertrouwt",
            "3 jaar geleden",
            "zwak",
        ):
            assert expected in text
        assert "een jaar geleden" in text
        assert "gewoon" in text
        assert f'datetime="{(DAY - timedelta(days=70)).isoformat()}"' in text

    def test_links_to_the_cards(self, sign_in):
        text = page(sign_in()).text

        assert f'href="{reverse("people:person", args=["karel"])}"' in text

    def test_names_who_has_no_contact(self, sign_in):
        text = page(sign_in()).text

        row = text.partition("Los Zand</a>")[2].partition("</tr>")[0]
        assert "geen contacten in dit beeld" in row

    def test_shows_who_belongs_where_when_asked(self, sign_in):
        client = sign_in()

        assert "adviseur" not in page(client).text
        text = page(client, show="groups").text
        assert "adviseur" in text
        assert "hoort bij" in text
        assert "2 jaar geleden" in text
        assert "2 organisaties en groepen" in text

    @pytest.mark.parametrize(
        ("query", "n_people", "n_ties"),
        [
            ({"community": "koor"}, "1 mens", "0 contacten"),
            ({"organization": "schuldhulp"}, "1 mens", "0 contacten"),
            ({"topic": "debt"}, "2 mensen", "1 contact"),
            ({"area": "zuid"}, "2 mensen", "0 contacten"),
            ({"age": "year"}, "4 mensen", "1 contact"),
            ({"age": "half_year"}, "4 mensen", "1 contact"),
            ({"topic": "debt", "area": "noord", "age": "year"}, "2 mensen", "0 contacten"),
        ],
    )
    def test_is_narrowed_by_its_address(self, sign_in, query, n_people, n_ties):
        text = page(sign_in(), **query).text

        assert f"{n_people}, {n_ties}." in text
        assert '<details class="reasons" open>' in text

    def test_keeps_what_was_chosen_in_the_form(self, sign_in):
        assert '<option value="debt" selected>schulden</option>' in page(sign_in(), topic="debt").text

    @pytest.mark.parametrize(
        "query", [{"topic": "nothing"}, {"age": "month"}, {"show": "all"}, {"area": "'"}]
    )
    def test_refuses_what_is_no_choice_and_says_so(self, sign_in, query):
        client = sign_in()

        for address in ("picture:picture", "picture:data"):
            response = client.get(reverse(address), query)
            assert response.status_code == 422
            assert "kies opnieuw" in response.text

    def test_speaks_english_to_who_asks_so(self, sign_in):
        response = sign_in().get(reverse("picture:picture"), headers={"accept-language": "en"})

        for expected in ("4 people, 3 contacts.", "works with", "2 months ago", "strong", "debts"):
            assert expected in response.text

    def test_says_so_when_there_is_nobody(self, sign_in):
        text = page(sign_in(), community="koor", topic="debt").text

        assert "Hier is niemand te zien." in text
        assert "<figure" not in text

    @pytest.mark.parametrize("number", ["1", "0", "a", "-3", "999999999999999999999"])
    def test_always_has_a_page_of_the_table(self, sign_in, number):
        assert page(sign_in(), page=number).status_code == 200

    def test_comes_in_pages_of_fifty_that_keep_the_choice(self, sign_in, load):
        people = [a_person(f"p{number:03}", topics="debt") for number in range(60)]
        ties = [a_tie(one.id, other.id) for one, other in pairwise(people)]
        load(a_network(topics=(a_topic("debt"),), persons=(a_person(), *people), ties=ties))
        client = sign_in()

        first, second = (page(client, topic="debt", page=number).text for number in (1, 2))

        assert (first.count('<th scope="row"'), second.count('<th scope="row"')) == (50, 9)
        assert 'href="?topic=debt&amp;page=2#table"' in first
        assert "Pagina 1 van 2" in first

    @pytest.mark.parametrize("n_people", [2, 51])
    @pytest.mark.parametrize("address", ["picture:picture", "picture:data"])
    def test_takes_the_same_queries_for_few_and_many(
        self, sign_in, load, django_assert_num_queries, address, n_people
    ):
        people = [a_person(f"p{number}") for number in range(n_people)]
        load(
            a_network(
                communities=(a_community(),),
                persons=(a_person(), *people),
                memberships=[a_membership(person.id) for person in people],
                ties=[a_tie(one.id, other.id) for one, other in pairwise(people)],
            )
        )
        client = sign_in()
        client.get(reverse(address), {"show": "groups"})  # sets the scene

        with django_assert_num_queries(
            6
        ):  # session, user, account, roles; the revision, for form and picture
            client.get(reverse(address), {"show": "groups"})

    @pytest.mark.parametrize("address", ["picture:picture", "picture:data"])
    def test_asks_to_sign_in_and_stays_in_no_cache(self, client, sign_in, address):
        assert client.get(reverse(address)).status_code == 302
        assert "no-store" in sign_in().get(reverse(address))["Cache-Control"]

    def test_carries_no_script_or_style_of_its_own(self, sign_in):
        response = page(sign_in())

        assert "style=" not in response.text
        assert response.text.count("<script") == 3
        assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.usefixtures("neighbourhood")
class TestPictureData:
    def test_carries_identifiers_names_kinds_and_places_only(self, sign_in):
        found = sign_in().get(reverse("picture:data"), {"show": "groups"}).json()

        assert set(found) == {"nodes", "edges"}
        kinds = {tuple(map(type, node)) for node in found["nodes"]}
        assert kinds == {(str, str, str, float, float)}
        assert {tuple(map(type, edge)) for edge in found["edges"]} == {(int, int, str)}

    def test_holds_the_same_as_the_table(self, sign_in):
        found = data(sign_in())

        assert names(found) == {"Samira", "Karel", "Noor", "Los Zand"}
        assert {(edge["source"], edge["target"], edge["kind"]) for edge in found["edges"]} == {
            ("person:samira", "person:karel", "strong"),
            ("person:karel", "person:noor", "normal"),
            ("person:noor", "person:samira", "weak"),
        }

    def test_draws_one_edge_between_two_as_strong_as_the_strongest_tie(self, sign_in, load):
        ties = (
            a_tie(observed=DAY - timedelta(days=900)),
            a_tie("karel", "samira", observed=DAY),
            a_tie(kind=network.TieKind.TRUSTS, observed=DAY - timedelta(days=500)),
        )
        load(a_network(persons=(a_person(), a_person("karel")), ties=ties))

        assert [edge["kind"] for edge in data(sign_in())["edges"]] == ["strong"]

    def test_joins_people_to_their_groups(self, sign_in):
        edges = data(sign_in(), show="groups")["edges"]

        assert {(edge["source"], edge["target"]) for edge in edges if edge["kind"] == "membership"} == {
            ("person:samira", "organization:schuldhulp"),
            ("person:karel", "community:koor"),
        }

    def test_keeps_everyone_in_place_whatever_is_chosen(self, sign_in):
        client = sign_in()
        places = {node["id"]: (node["x"], node["y"]) for node in data(client, show="groups")["nodes"]}

        narrowed = data(client, topic="debt")["nodes"]

        assert narrowed
        assert all(places[node["id"]] == (node["x"], node["y"]) for node in narrowed)

    def test_lets_somebody_go_in_the_same_minute(self, sign_in):
        noor, samira = sign_in("noor"), sign_in()
        assert "Noor" in names(data(samira))

        noor.post(reverse("people:stop_listing"))

        assert "Noor" not in names(data(samira))
        assert "Noor</a>" not in page(samira).text
        assert "noor" not in samira.get(TIES).text


CONSENTS = {
    "niets": (),
    "vindbaar": (a_consent(),),
    "voorbij": (a_consent(given=DAY - timedelta(days=9), ends=DAY - timedelta(days=1)),),
    "vandaag": (a_consent(given=DAY, ends=DAY),),
    "morgen": (a_consent(given=DAY + timedelta(days=1)),),
    "samira": (),
}
PERSONS = {
    name: network.Person(id=PersonId(name), name=f"Naam {name}", consents=consents)
    for name, consents in CONSENTS.items()
}
ALL_TIES = [a_tie(source, target) for source, target in product(PERSONS, PERSONS) if source < target]


@pytest.mark.parametrize("role", Role)
class TestPolicy:
    @pytest.fixture(autouse=True)
    def _kruisveld(self, load):
        load(
            a_network(
                organizations=(an_organization(),),
                communities=(a_community(),),
                persons=tuple(PERSONS.values()),
                memberships=[a_membership(name, organization="schuldhulp") for name in PERSONS],
                ties=ALL_TIES,
            )
        )
        load(a_network(network_id="elders", persons=(a_person("ria", name="Naam elders"),)))

    def allowed(self, role, kind, *about):
        thing = policy.Thing(
            kind=kind,
            network_id=NetworkId("kruisveld"),
            about=frozenset(map(PersonId, about)),
            consents=tuple(CONSENTS[name] for name in about),
        )
        return policy.allow(an_actor(role=role), policy.Act.SEE, thing, at=DAY)

    def persons(self, role):
        return {name for name in PERSONS if self.allowed(role, policy.Kind.PERSON, name)}

    def ties(self, role):
        seen = self.persons(role)
        return {
            (tie.source_id, tie.target_id)
            for tie in ALL_TIES
            if {tie.source_id, tie.target_id} <= seen
            and self.allowed(role, policy.Kind.TIE, tie.source_id, tie.target_id)
        }

    def test_decides_who_is_in_the_data(self, sign_in, role):
        nodes = data(sign_in(role=role), show="groups")["nodes"]

        found = {node["id"].partition(":")[2] for node in nodes if node["kind"] == "person"}
        assert found == self.persons(role)

    def test_decides_which_organizations_and_communities_are(self, sign_in, role):
        nodes = data(sign_in(role=role), show="groups")["nodes"]

        kinds = {node["kind"] for node in nodes} - {"person"}
        assert kinds == {
            kind.value
            for kind in (policy.Kind.ORGANIZATION, policy.Kind.COMMUNITY)
            if self.allowed(role, kind)
        }

    def test_decides_which_ties_are(self, sign_in, role):
        edges = data(sign_in(role=role))["edges"]

        found = {tuple(sorted(edge[end].partition(":")[2] for end in ("source", "target"))) for edge in edges}
        assert found == self.ties(role)

    def test_decides_which_ties_the_api_gives(self, sign_in, role):
        items = sign_in(role=role).get(TIES, {"pageSize": 200}).json()["items"]

        assert {(item["source"], item["target"]) for item in items} == self.ties(role)

    def test_keeps_the_others_out_of_the_page_and_the_choices(self, sign_in, role):
        client = sign_in(role=role)

        text = page(client).text + page(client, show="groups").text

        refused = set(PERSONS) - self.persons(role)
        assert [name for name in refused if f"Naam {name}" in text] == []
        assert "Naam elders" not in text

    def test_tells_the_number_of_unseen_to_those_who_see_others(self, sign_in, role):
        text = page(sign_in(role=role)).text

        sees_others = "vindbaar" in self.persons(role)
        assert ("minder dan 5 mensen" in text) is sees_others

    def test_lets_nobody_see_another_network(self, sign_in, role):
        client = sign_in("ria", network_id="elders", role=role)

        text = page(client, show="groups").text + client.get(TIES).text

        assert "Naam elders" in text
        assert [name for name in PERSONS if f"Naam {name}" in text] == []
        assert names(data(client)) == {"Naam elders"}
        assert client.get(TIES).json()["total"] == 0


@pytest.mark.usefixtures("neighbourhood")
class TestTiesOfTheApi:
    def test_say_who_how_and_how_strong_today(self, sign_in):
        items = sign_in().get(TIES).json()["items"]

        assert items[0] == {
            "source": "samira",
            "target": "karel",
            "kind": "works_with",
            "observed_date": (DAY - timedelta(days=70)).isoformat(),
            "strength": 0.876,
            "origin": "declared",
        }

    def test_come_in_pages(self, sign_in):
        response = sign_in().get(TIES, {"page": 2, "pageSize": 1})

        body = response.json()
        assert (len(body["items"]), body["total"], body["page"], body["pageSize"]) == (1, 3, 2, 1)
        assert 'rel="prev"' in response["Link"]
        assert 'rel="next"' in response["Link"]

    def test_need_a_session(self, client):
        assert client.get(TIES).status_code == 401

    @pytest.mark.parametrize("n_ties", [1, 50])
    def test_take_the_same_queries_for_few_and_many(self, sign_in, load, django_assert_num_queries, n_ties):
        people = [a_person(f"p{number}") for number in range(n_ties + 1)]
        ties = [a_tie(one.id, other.id) for one, other in pairwise(people)]
        load(a_network(persons=(a_person(), *people), ties=ties))
        client = sign_in()

        with django_assert_num_queries(6):  # session, user, account, roles; count, rows
            client.get(TIES)
