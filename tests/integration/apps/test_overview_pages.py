# SPDX-License-Identifier: EUPL-1.2
import re
from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import reverse

from scharnier.apps.people import services
from scharnier.core.kernel import Role
from scharnier.site import menu
from tests.factories import (
    NOON,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_tie,
    a_topic,
    an_actor,
    an_area,
    an_organization,
)
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]  # its queries are those of people, tested on both
DEBTS = "Mijn buurvrouw heeft schulden en krijgt elke dag brieven van de deurwaarder."
HEADINGS = 6
OTHERS = tuple(
    a_person(f"sport{number}", summary=f"Ik geef voetbal op veld {number}.") for number in range(5)
)


def _kruisveld():
    return a_network(
        areas=(an_area("noord"), an_area("zuid")),
        topics=(a_topic("debt", nl="schulden", en="debts"), a_topic("youth", nl="jongeren")),
        organizations=(
            an_organization(remit="Hulp bij schulden en brieven van de deurwaarder", topics="debt"),
            an_organization("jongerenwerk", remit="Jongeren op straat en op school", topics="youth"),
        ),
        services=(a_service(description="Samen je brieven openen en je schulden regelen", topics="debt"),),
        persons=(
            a_person("vraag", name="Vera Vraag", purposes=()),
            a_person("karel", name="Karel Krediet", summary="Ik help bij schulden.", topics="debt"),
            a_person("stil", name="Stille Kracht", summary="Ik help ook bij schulden.", purposes=()),
            a_person("joy", name="Joy Jong", summary="Ik ken de jongeren op straat.", topics="youth"),
        ),
        memberships=(
            a_membership("karel", organization="schuldhulp", role="adviseur"),
            a_membership("stil", organization="schuldhulp", role="adviseur"),
            a_membership("joy", organization="jongerenwerk", role="jongerenwerker"),
        ),
        ties=(a_tie("vraag", "karel"),),
    )


@pytest.fixture(scope="module", autouse=True)
def _neighbourhood(database, django_db_blocker):
    """Load once and take it back after the module, so that the matcher is fitted once as well."""
    assert database == "sqlite"
    with django_db_blocker.unblock(), transaction.atomic():
        services.load_network(_kruisveld(), at=NOON)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client(sign_in):
    return sign_in("vraag")


def _ask(client, text=DEBTS, **more):
    return client.post(reverse("overview:ask"), {"text": text, **more})


class TestAskPage:
    def test_is_one_box_that_posts_and_a_place_to_choose(self, client):
        text = client.get(reverse("overview:ask")).text

        assert re.search(r'<form[^>]*method="post"[^>]*action="/"', text)
        assert "<textarea" in text
        assert '<option value="Noord">' in text

    def test_takes_few_queries(self, client, django_assert_num_queries):
        with django_assert_num_queries(6):  # session, user, account, roles; places; notes
            client.get(reverse("overview:ask"))

    @pytest.mark.parametrize(
        ("question", "field", "said"),
        [
            ({"text": ""}, "text", "Schrijf in een paar woorden"),
            ({"text": "  \n "}, "text", "Schrijf in een paar woorden"),
            ({"text": "?!"}, "text", "woord"),
            ({"text": "a" * 100_000}, "text", "5000"),
            ({"text": "Bel hem op 06-12345678 over zijn schulden"}, "text", "06"),
            ({"text": "Mail sam@voorbeeld.nl over de schulden"}, "text", "mail"),
            (
                {"text": "Minha vizinha não consegue pagar a renda da casa dela"},
                "text",
                "",
            ),
            ({"text": DEBTS, "place": "Atlantis"}, "place", "Atlantis"),
        ],
    )
    def test_says_at_the_field_what_it_cannot_take(self, client, question, field, said):
        response = client.post(reverse("overview:ask"), question)

        errors = response.context["form"].errors
        assert (response.status_code, list(errors)) == (422, [field])
        assert said.lower() in errors[field][0].lower()

    def test_keeps_what_was_typed_when_it_cannot_take_it(self, client):
        response = _ask(client, DEBTS, place="Atlantis")

        assert DEBTS in response.text


class TestFirstPage:
    """Of a role that asks no questions: what it can do, and no box that refuses it."""

    ROLES = (Role.RESEARCHER, Role.ADMINISTRATOR)

    @pytest.mark.parametrize("role", Role)
    def test_offers_the_box_to_who_may_ask_and_to_nobody_else(self, sign_in, role):
        client = sign_in("vraag", role=role)

        page = client.get(reverse("overview:ask")).text
        answer = _ask(client)

        may_ask = role not in self.ROLES
        assert ("<textarea" in page, answer.status_code) == ((True, 200) if may_ask else (False, 403))
        assert ('id="six-title"' in page) is may_ask

    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize(
        ("language", "title"), [("nl", "Wat je hier kunt doen"), ("en", "What you can do here")]
    )
    def test_leads_to_every_page_of_the_menu_and_each_opens(self, sign_in, role, language, title):
        client = sign_in("vraag", role=role)

        page = client.get(reverse("overview:ask"), headers={"accept-language": language}).text

        ways = re.findall(r'<a class="reach" href="([^"]+)"', page.partition("<main")[2])
        groups = menu.menu_for(an_actor("vraag", role=role), path="/")
        assert ways == [line.address for _, lines in groups for line in lines]
        assert {client.get(way, follow=True).status_code for way in ways} == {200}
        assert f"<h1>{title}</h1>" in page


class TestAnswerPage:
    def test_names_first_who_can_take_it_with_a_way_to_the_card(self, client):
        response = _ask(client)

        first = response.context["answer"].suggestions[0]
        assert (response.status_code, first.link.id) == (200, "karel")
        assert f'href="{reverse("people:person", args=["karel"])}"' in response.text

    def test_says_why_in_a_sentence_and_in_reasons_that_unfold(self, client):
        response = _ask(client)

        first = response.context["answer"].suggestions[0]
        assert "Karel" in first.sentence
        assert first.reasons
        assert "<details" in response.text

    def test_asks_all_six_questions(self, client):
        text = _ask(client).text

        assert len(re.findall(r"<h2", text)) >= HEADINGS

    def test_shows_nobody_who_does_not_want_to_be_found(self, client):
        assert "Stille" not in _ask(client, more="1").text

    def test_is_never_kept_and_never_in_an_address(self, client):
        response = _ask(client)

        assert "no-store" in response["Cache-Control"]
        assert "Location" not in response
        assert not re.search(r'(href|action)="[^"]*(deurwaarder|schulden)', response.text)

    def test_speaks_the_language_of_the_asker(self, client):
        response = client.post(reverse("overview:ask"), {"text": DEBTS}, headers={"accept-language": "en"})

        assert "debts" in response.context["answer"].topics or "because" in response.text.lower()

    def test_knows_a_place_by_any_of_its_names(self, client):
        assert _ask(client, place=" noord ").status_code == 200

    def test_leaves_out_who_works_elsewhere(self, sign_in, load):
        load(
            a_network(
                areas=(an_area("noord"), an_area("zuid")),
                persons=(
                    a_person("vraag", purposes=()),
                    a_person("karel", summary="Ik help bij schulden.", areas="zuid"),
                    a_person("noor", summary="Ik help bij schulden.", areas="noord"),
                    *OTHERS,
                ),
            )
        )

        found = _ask(sign_in("vraag"), place="Noord").context["answer"].suggestions

        assert [line.link.id for line in found] == ["noor"]

    def test_says_so_when_nobody_can_be_found(self, sign_in, load):
        load(a_network(network_id="leeg", persons=(a_person("ria", purposes=()),)))

        response = _ask(sign_in("ria", network_id="leeg"))

        assert response.context["answer"].confidence == "none"
        assert response.status_code == 200

    def test_shows_three_at_first_and_more_when_asked(self, sign_in, load):
        helpers = [a_person(f"p{number}", summary="Ik help bij schulden.") for number in range(6)]
        load(a_network(persons=(a_person("vraag", purposes=()), *helpers, *OTHERS)))
        client = sign_in("vraag")

        few, many = _ask(client), _ask(client, more="1")

        assert len(few.context["answer"].suggestions) == 3
        assert 'name="more"' in few.text
        assert len(many.context["answer"].suggestions) == 6

    def test_takes_few_queries_once_the_network_was_read(self, client, django_assert_num_queries):
        _ask(client)

        with django_assert_num_queries(13):  # session, user, account, roles; revision, lessons; places; log
            _ask(client)

    def test_gives_the_same_asker_the_same_answer_all_day(self, client):
        answers = [_ask(client).context["answer"].suggestions for _ in range(2)]
        first, again = ([replace(each, sealed="") for each in shown] for shown in answers)  # sealed just now

        assert first == again


class TestOptingOut:
    def test_takes_someone_out_of_the_next_answer_at_once(self, client, sign_in):
        before = _ask(client).text

        sign_in("karel").post(reverse("people:stop_listing"))

        assert "Karel" in before
        assert "Karel" not in _ask(client, more="1").text

    def test_takes_someone_out_of_the_api_at_once(self, client, sign_in):
        sign_in("karel").post(reverse("people:stop_listing"))

        ids = [item["id"] for item in client.get("/api/v1/people").json()["items"]]
        answer = client.post("/api/v1/ask", {"text": DEBTS}, content_type="application/json").json()
        assert "karel" not in ids
        assert "karel" not in [line["id"] for line in answer["suggestions"]]


class TestAskApi:
    def test_gives_the_answer_of_the_page(self, client):
        page = _ask(client).context["answer"]

        body = client.post("/api/v1/ask", {"text": DEBTS}, content_type="application/json").json()

        assert [line["id"] for line in body["suggestions"]] == [line.link.id for line in page.suggestions]
        assert body["suggestions"][0]["sentence"] == page.suggestions[0].sentence
        assert body["confidence"] == page.confidence

    def test_refuses_personal_data_with_the_reason(self, client):
        question = {"text": "Bel hem op 06-12345678 over zijn schulden"}

        response = client.post("/api/v1/ask", question, content_type="application/json")

        assert response.status_code == 422
        assert response.json()["type"] == "urn:problem-type:scharnier:text.personal_data"
        assert "12345678" not in response.text
