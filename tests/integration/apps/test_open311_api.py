# SPDX-License-Identifier: EUPL-1.2
"""Open311 over HTTP, as another system speaks it: both forms, every answer and every refusal."""

from __future__ import annotations

import pytest
from django.test import Client

from scharnier.apps.open311 import models, services
from scharnier.apps.referral.models import Referral
from scharnier.formats import open311
from scharnier.formats.open311 import Format, Receipt, Status
from tests.integration.apps import open311_scenes as scenes
from tests.integration.apps.open311_scenes import ROOT, WORDS, get, post, the_report, told

pytestmark = pytest.mark.django_db
FORMS = list(Format)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = scenes.DAY


@pytest.fixture
def key():
    scenes.offer()
    return scenes.a_key()


@pytest.fixture
def system():
    """Another system: nobody is signed in, and it brings no token of a form."""
    return Client(enforce_csrf_checks=True)


def problem(answer, form=Format.JSON):
    (found,) = open311.read_problems(answer.content, form=form)
    return found


class TestDiscovery:
    @pytest.mark.parametrize("form", FORMS)
    def test_says_where_everything_is_to_anybody(self, system, form):
        answer = system.get(f"{ROOT}/discovery.{form}")

        assert answer.status_code == 200
        assert answer["Content-Type"] == form.content_type
        (endpoint,) = open311.read_discovery(answer.content, form=form).endpoints
        assert endpoint.url == "http://testserver/open311/v2"
        assert endpoint.specification == open311.SPECIFICATION
        assert endpoint.formats == ("text/xml", "application/json")


@pytest.mark.usefixtures("key")
class TestServices:
    @pytest.mark.parametrize("form", FORMS)
    def test_lists_what_may_be_reported(self, system, form):
        answer = get(system, f"services.{form}")

        assert answer["Content-Type"] == form.content_type
        (found,) = open311.read_services(answer.content, form=form)
        assert (found.code, found.name, found.has_attributes) == ("litter", "zwerfafval", True)

    def test_speaks_the_language_asked_for(self, system):
        answer = system.get(
            f"{ROOT}/services.json", {"jurisdiction_id": "kruisveld"}, headers={"accept-language": "en"}
        )

        assert told(answer)[0]["service_name"] == "litter"
        assert "Accept-Language" in answer["Vary"]

    @pytest.mark.parametrize("form", FORMS)
    def test_asks_whether_everybody_may_read_the_words(self, system, form):
        answer = get(system, f"services/litter.{form}")

        (question,) = open311.read_definition(answer.content, form=form).attributes
        assert question.code == "is_public"
        assert [key for key, _ in question.values] == ["yes", "no"]
        assert not question.is_required

    @pytest.mark.parametrize("code", ["trees", "debt", "ufo", "a.b"])
    def test_knows_no_others(self, system, code):
        answer = get(system, f"services/{code}.json")

        assert answer.status_code == 404
        assert problem(answer).code == "404"


@pytest.mark.usefixtures("key")
class TestJurisdiction:
    @pytest.mark.parametrize(
        "path", ["services.json", "services/litter.json", "requests.json", "requests/1.json"]
    )
    @pytest.mark.parametrize(
        ("asked", "status"),
        [({}, 400), ({"jurisdiction_id": " "}, 400), ({"jurisdiction_id": "elders"}, 404)],
    )
    def test_has_to_be_a_network_that_takes_reports(self, system, path, asked, status):
        answer = system.get(f"{ROOT}/{path}", asked)

        assert answer.status_code == status
        assert problem(answer).code == str(status)
        assert "jurisdiction_id" in problem(answer).description

    def test_is_answered_the_same_when_it_takes_none_as_when_it_is_not_there(self, system):
        services.withdraw("litter", actor=scenes.RIA, at=scenes.NOON)

        there, not_there = (
            system.get(f"{ROOT}/services.json", {"jurisdiction_id": name}) for name in ("kruisveld", "ufo")
        )
        assert (there.status_code, there.content) == (not_there.status_code, not_there.content)

    def test_may_hold_what_no_database_takes(self, system):
        assert system.get(f"{ROOT}/services.json", {"jurisdiction_id": "a\0b"}).status_code == 400


class TestPost:
    @pytest.mark.parametrize("form", FORMS)
    def test_takes_a_report_and_gives_its_number(self, system, key, form):
        answer = post(system, key, form)

        assert answer.status_code == 200
        assert answer["Content-Type"] == form.content_type
        receipt = open311.read_receipt(answer.content, form=form)
        assert receipt == Receipt(request_id=the_report().id, service_notice=receipt.service_notice)
        assert receipt.service_notice
        assert the_report().text == WORDS

    def test_asks_the_organization_that_is_chosen(self, system, key):
        scenes.offer(to="schuldhulp")
        post(system, key)

        (shown,) = told(get(system, "requests.json"))
        assert Referral.objects.count() == 1
        assert shown["status"] == "open"
        assert "wachten op antwoord" in shown["status_notes"]
        assert shown["description"] is None

    @pytest.mark.parametrize(
        ("said", "is_public"), [("yes", True), ("no", False), ("", False), (None, False)]
    )
    def test_keeps_words_to_itself_unless_told_that_they_are_public(self, system, key, said, is_public):
        post(system, key, **{"attribute[is_public]": said})

        assert the_report().is_public is is_public
        assert (told(get(system, "requests.json"))[0]["description"] == WORDS) is is_public

    def test_does_not_keep_who_reported(self, system, key):
        post(system, key, first_name="Jan", last_name="Jansen", email="jan@voorbeeld.nl", phone="0612345678")

        assert "Jan" not in str(the_report().__dict__)
        assert "jan@" not in str(the_report().__dict__)
        assert "0612345678" not in str(the_report().__dict__)

    @pytest.mark.parametrize("wrong", [None, "", "geraden"])
    @pytest.mark.parametrize("form", FORMS)
    def test_is_forbidden_without_a_key(self, system, key, wrong, form):
        answer = post(system, key, form, api_key=wrong)

        assert answer.status_code == 403
        assert problem(answer, form).code == "403"
        assert not models.Report.objects.exists()

    def test_is_forbidden_by_a_key_of_another_network(self, system, key):
        with scenes.wall.in_network("elders"):
            scenes.people.load_network(scenes.referral_scenes.a_network(network_id="elders"), at=scenes.NOON)
            row = models.Key.objects.get()
            row.network_id = "elders"
            row.save()

        assert post(system, key).status_code == 403

    @pytest.mark.parametrize(
        ("fields", "status", "said"),
        [
            ({"service_code": "ufo"}, 404, "services"),
            ({"service_code": None}, 400, "service_code"),
            ({"address_string": None}, 400, "lat en long"),
            ({"lat": "x", "long": "5"}, 400, "lat"),
            ({"description": "x" * 4001}, 400, "description"),
            ({"description": "bel 06-12345678"}, 400, "persoon"),
            ({"jurisdiction_id": None}, 400, "jurisdiction_id"),
            ({"jurisdiction_id": "ufo"}, 404, "jurisdiction_id"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, system, key, fields, status, said):
        answer = post(system, key, **fields)

        assert answer.status_code == status
        assert said in problem(answer).description
        assert not models.Report.objects.exists()

    def test_does_not_repeat_what_points_at_a_person(self, system, key):
        assert b"12345678" not in post(system, key, description="bel 06-12345678").content

    def test_takes_what_no_database_takes_without_it(self, system, key):
        post(system, key, description="Er ligt\0 afval op het plein.")

        assert the_report().text == "Er ligt afval op het plein."

    def test_pauses_after_sixty_in_an_hour(self, system, key):
        for _ in range(services.MOST_AN_HOUR):
            post(system, key)

        answer = post(system, key)
        assert answer.status_code == 429
        assert models.Report.objects.count() == services.MOST_AN_HOUR

    @pytest.mark.usefixtures("key")
    def test_is_the_same_for_who_is_signed_in(self, sign_in):
        assert post(sign_in("noor"), "geraden").status_code == 403


class TestRequests:
    @pytest.mark.parametrize("form", FORMS)
    def test_lists_what_was_reported(self, system, key, form):
        post(system, key)

        answer = get(system, f"requests.{form}")
        (shown,) = open311.read_requests(answer.content, form=form)
        assert (shown.id, shown.status, shown.service_code) == (the_report().id, Status.OPEN, "litter")

    @pytest.mark.parametrize("form", FORMS)
    def test_shows_one_by_its_number(self, system, key, form):
        post(system, key)

        answer = get(system, f"requests/{the_report().id}.{form}")
        assert [one.id for one in open311.read_requests(answer.content, form=form)] == [the_report().id]

    @pytest.mark.usefixtures("key")
    def test_knows_no_other_numbers(self, system):
        answer = get(system, "requests/geraden.json")

        assert answer.status_code == 404

    @pytest.mark.parametrize(
        ("asked", "n"),
        [
            ({"status": "closed"}, 0),
            ({"status": "open,closed"}, 1),
            ({"service_code": "trees"}, 0),
            ({"start_date": "2020-01-01T00:00:00Z"}, 0),
            ({"service_request_id": "geraden"}, 0),
        ],
    )
    def test_lists_what_was_asked_for(self, system, key, asked, n):
        post(system, key)

        assert len(told(get(system, "requests.json", **asked))) == n

    @pytest.mark.usefixtures("key")
    @pytest.mark.parametrize(
        "asked",
        [
            {"status": "asleep"},
            {"start_date": "gisteren"},
            {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        ],
    )
    def test_refuses_what_it_cannot_answer(self, system, asked):
        assert get(system, "requests.json", **asked).status_code == 400

    @pytest.mark.usefixtures("key")
    @pytest.mark.parametrize(
        "path", ["requests.csv", "requests", "services.", "discovery.html", "services/.xml"]
    )
    def test_has_no_other_forms(self, system, path):
        assert get(system, path).status_code == 404

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_takes_no_other_methods(self, system, key, method):
        assert getattr(system, method)(f"{ROOT}/requests.json").status_code == 405
        assert not models.Report.objects.exists()
        assert key
