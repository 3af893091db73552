# SPDX-License-Identifier: EUPL-1.2
import json
from dataclasses import replace

import pytest

from scharnier.core import network
from scharnier.core.network import Purpose
from tests.factories import (
    a_network,
    a_person,
    a_service,
    a_topic,
    an_area,
    an_organization,
)

pytestmark = pytest.mark.django_db
PEOPLE = "/api/v1/people"
PATHS = (PEOPLE, "/api/v1/organizations", "/api/v1/services")


@pytest.fixture(scope="module", autouse=True)
def _neighbourhood(_ground, load):
    spreekuur = replace(a_service(topics="debt"), capacity=network.Capacity(available=4))
    load(
        a_network(
            areas=(an_area("noord"),),
            topics=(a_topic("debt"),),
            organizations=(an_organization(topics="debt", areas="noord"),),
            services=(spreekuur,),
            persons=(
                a_person(email="samira@example.org"),
                a_person("noor", email="noor@example.org", purposes=(Purpose.LISTING,)),
                a_person("stil", purposes=()),
            ),
        )
    )
    load(
        a_network(
            network_id="elders",
            organizations=(an_organization("winkeliers"),),
            services=(a_service("loket", organization="winkeliers"),),
            persons=(a_person("ria"),),
        )
    )


def _ids(response):
    return [item["id"] for item in response.json()["items"]]


class TestLists:
    def test_name_what_the_member_may_see(self, sign_in):
        client = sign_in()

        found = [_ids(client.get(path)) for path in PATHS]

        assert found == [["noor", "samira"], ["schuldhulp"], ["spreekuur"]]

    def test_show_how_to_reach_someone_with_their_consent_only(self, sign_in):
        items = sign_in().get(PEOPLE).json()["items"]

        assert {item["id"]: item["email"] for item in items} == {"samira": "samira@example.org", "noor": ""}

    def test_come_in_pages_with_links_to_the_next_and_the_one_before(self, sign_in, load):
        load(a_network(persons=[a_person(name) for name in ("samira", "anna", "bert", "cor", "dien")]))

        response = sign_in().get(PEOPLE, {"page": 2, "pageSize": 2})

        body = response.json()
        assert (_ids(response), body["total"], body["page"], body["pageSize"]) == (["cor", "dien"], 5, 2, 2)
        assert response["Link"] == (
            '<http://testserver/api/v1/people?page=1&pageSize=2>; rel="prev", '
            '<http://testserver/api/v1/people?page=3&pageSize=2>; rel="next"'
        )

    def test_have_no_links_when_there_is_one_page(self, sign_in):
        assert "Link" not in sign_in().get(PEOPLE)

    @pytest.mark.parametrize(
        "query", [{"page": 0}, {"page": "a"}, {"pageSize": 0}, {"pageSize": 201}, {"page": 10**30}]
    )
    def test_refuse_a_page_that_cannot_be(self, sign_in, query):
        response = sign_in().get(PEOPLE, query)

        assert response.status_code == 422
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["errors"][0]["pointer"] == f"#/{next(iter(query))}"

    @pytest.mark.parametrize("n_items", [1, 50])
    @pytest.mark.parametrize("path", PATHS)
    def test_take_the_same_queries_for_few_and_many(
        self, sign_in, load, django_assert_num_queries, path, n_items
    ):
        names = [f"x{number}" for number in range(n_items)]
        load(
            a_network(
                organizations=(an_organization(), *map(an_organization, names)),
                services=list(map(a_service, names)),
                persons=(a_person(), *map(a_person, names)),
            )
        )
        client = sign_in()

        with django_assert_num_queries(6):  # session, user, account, roles; count, rows
            client.get(path)


class TestAnyAddress:
    @pytest.mark.parametrize("address", ["/api/v1/people/a%00b", "/people/a%00b/", "/%00"])
    def test_with_a_zero_byte_is_not_there(self, sign_in, address):
        assert sign_in().get(address).status_code == 404


class TestOne:
    @pytest.mark.parametrize("path", ["people/noor", "organizations/schuldhulp", "services/spreekuur"])
    def test_is_the_one_that_the_list_has(self, sign_in, path):
        client = sign_in()
        kind, item_id = path.split("/")

        one = client.get(f"/api/v1/{path}").json()

        listed = client.get(f"/api/v1/{kind}").json()["items"]
        assert one == next(item for item in listed if item["id"] == item_id)

    @pytest.mark.parametrize(
        "path",
        ["people/stil", "people/ria", "people/niemand", "organizations/winkeliers", "services/loket"],
    )
    def test_is_not_there_when_hidden_elsewhere_or_unknown(self, sign_in, path):
        response = sign_in().get(f"/api/v1/{path}")

        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"
        assert "urn:problem-type:scharnier:people." in response.json()["type"]

    def test_may_have_an_identifier_with_a_stroke(self, sign_in, load):
        load(a_network(persons=(a_person(), a_person("kvk/12"))))

        assert sign_in().get("/api/v1/people/kvk/12").json()["id"] == "kvk/12"


class TestAnyAnswer:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("get", PEOPLE, 200),
            ("get", "/api/v1/people/niemand", 404),
            ("get", "/api/v1/nothing", 404),
            ("get", "/api/v1/people/", 404),
            ("delete", PEOPLE, 405),
            ("get", "/api/v1/openapi.json", 200),
        ],
    )
    def test_carries_the_version(self, sign_in, method, path, status):
        response = getattr(sign_in(), method)(path)

        assert (response.status_code, response["API-Version"]) == (status, "1.0.0")

    @pytest.mark.parametrize("path", [*PATHS, "/api/v1/people/noor"])
    def test_is_a_401_problem_without_a_session(self, client, path):
        response = client.get(path)

        assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")

    def test_says_which_methods_there_are(self, sign_in):
        response = sign_in().delete(PEOPLE)

        assert response["Allow"] == "GET"
        assert response.json() == {"type": "about:blank", "title": "Method Not Allowed", "status": 405}

    def test_is_a_500_problem_without_a_trace_when_we_break(self, sign_in, monkeypatch):
        monkeypatch.setattr("scharnier.apps.people.access.organizations", _break)

        response = sign_in().get("/api/v1/organizations")

        assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
        assert "secret inner words" not in response.text


def _break(_actor):
    raise RuntimeError("secret inner words")


class TestAsk:
    def test_needs_the_token_of_the_session(self, sign_in):
        client = sign_in()
        client.handler.enforce_csrf_checks = True

        response = client.post("/api/v1/ask", {"text": "schulden"}, content_type="application/json")

        assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")

    @pytest.mark.parametrize(
        "body", ["", "{", "[]", '{"text": 3}', '{"place": "noord"}', '{"text": "x", "limit": 0}']
    )
    def test_refuses_what_is_no_question(self, sign_in, body):
        response = sign_in().post("/api/v1/ask", body, content_type="application/json")

        assert response.status_code in {400, 422}
        assert response["Content-Type"] == "application/problem+json"

    def test_names_the_places_when_it_does_not_know_one(self, sign_in):
        question = json.dumps({"text": "schulden", "place": "Atlantis"})

        response = sign_in().post("/api/v1/ask", question, content_type="application/json")

        assert response.status_code == 422
        assert "Noord" in response.json()["detail"]


class TestOpenApi:
    def test_is_public_and_may_be_read_by_any_site(self, client):
        response = client.get("/api/v1/openapi.json")

        assert response.status_code == 200
        assert response.json()["openapi"].startswith("3.1")
        assert response["Access-Control-Allow-Origin"] == "*"
