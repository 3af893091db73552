# SPDX-License-Identifier: EUPL-1.2
"""Pages for coordinators: topics, keys that are seen once, and reports that wait."""

from __future__ import annotations

import pytest
from django.urls import reverse

from scharnier.apps.open311 import models
from scharnier.apps.referral.models import Referral, Turn
from scharnier.core.kernel import Role
from tests.integration.apps import open311_scenes as scenes
from tests.integration.apps.open311_scenes import WORDS, the_report

pytestmark = pytest.mark.django_db
PAGE, ADD_OFFER, ADD_KEY = (reverse(f"open311:{name}") for name in ("reporting", "add_offer", "add_key"))


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = scenes.DAY


@pytest.fixture
def client(sign_in):
    return sign_in("ria", role=Role.COORDINATOR)


@pytest.fixture
def report():
    scenes.offer()
    scenes.receive(scenes.a_key())
    return the_report()


def page_of(report):
    return reverse("open311:report", args=[report.id])


class TestReportingPage:
    def test_says_the_first_steps_where_there_is_nothing(self, client):
        page = client.get(PAGE).text

        assert "Er wacht niets." in page
        assert ADD_OFFER in page
        assert ADD_KEY in page

    def test_shows_what_waits_and_where_it_came_from(self, client, report):
        page = client.get(PAGE).text

        assert page_of(report) in page
        assert "zwerfafval" in page
        assert "Gemeente" in page

    def test_says_who_is_asked(self, client):
        scenes.offer(to="schuldhulp")
        assert "Schuldhulp wordt meteen gevraagd" in client.get(PAGE).text

        models.Offer.objects.update(keeper=None)
        assert "is geen coördinator meer" in client.get(PAGE).text

    def test_says_how_many_there_are_when_not_all_are_shown(self, client, report):
        for number in range(60):
            copy = models.Report.objects.get(pk=report.pk)
            copy.pk = f"kopie{number}"
            copy.save(force_insert=True)

        page = client.get(PAGE)
        assert "de oudste van 61" in page.text
        assert page.text.count("/network/open311/reports/") == 50

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
    def test_is_for_coordinators(self, sign_in, role):
        client = sign_in("noor", role=role)

        for address in (PAGE, ADD_OFFER, ADD_KEY):
            assert client.get(address).status_code in {403, 404}


class TestAddOffer:
    def test_lets_other_systems_report_and_says_so(self, client):
        page = client.post(ADD_OFFER, {"topic": "litter", "organization": "schuldhulp"}, follow=True)

        assert models.Offer.objects.get().organization.text_id == "schuldhulp"
        assert "Andere systemen kunnen dit nu melden." in page.text

    def test_offers_topics_of_public_space_only(self, client):
        page = client.get(ADD_OFFER).text

        assert 'value="litter"' in page
        assert 'value="debt"' not in page

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"topic": ""}, "Kies een onderwerp."),
            ({"topic": "debt"}, "Kies uit de lijst."),
            ({"topic": "litter", "organization": "weg"}, "Kies uit de lijst."),
        ],
    )
    def test_says_what_is_wrong(self, client, sent, said):
        page = client.post(ADD_OFFER, sent)

        assert page.status_code == 422
        assert said in page.text
        assert not models.Offer.objects.exists()

    def test_is_undone_with_a_button(self, client):
        scenes.offer()

        client.post(reverse("open311:withdraw_offer", args=["litter"]))
        assert not models.Offer.objects.exists()


class TestAddKey:
    def test_shows_the_key_once(self, client):
        page = client.post(ADD_KEY, {"name": "Gemeente"}, follow=True)

        shown = page.context["key"]
        assert len(shown) > 40
        assert shown in page.text
        assert shown not in client.get(PAGE).text

    def test_keeps_the_key_until_somebody_looks(self, client):
        client.post(ADD_KEY, {"name": "Gemeente"})
        client.head(PAGE)

        assert client.get(PAGE).context["key"]

    @pytest.mark.parametrize(
        ("name", "said"), [("", "Vul een naam in."), ("Gemeente", "al een sleutel met de naam")]
    )
    def test_says_what_is_wrong(self, client, name, said):
        scenes.a_key()

        page = client.post(ADD_KEY, {"name": name})
        assert page.status_code == 422
        assert said in page.text
        assert models.Key.objects.count() == 1

    def test_is_undone_with_a_button(self, client):
        scenes.a_key()

        client.post(reverse("open311:revoke_key", args=[models.Key.objects.get().pk]))
        assert models.Key.objects.get().revoked_at


class TestReportPage:
    def test_asks_an_organization_with_the_words_of_the_report(self, client, report):
        page = client.get(page_of(report))
        text = page.context["form"]["text"].value()
        assert WORDS in text

        client.post(page_of(report), {"text": text, "organization": "jongerenwerk"})
        assert Referral.objects.get().text == text
        assert Turn.objects.get().organization.text_id == "jongerenwerk"

    @pytest.mark.parametrize(
        ("sent", "field", "said"),
        [
            ({"text": "", "organization": "jongerenwerk"}, "text", "Zeg wat er aan de hand is."),
            ({"text": WORDS, "organization": ""}, "organization", "Kies wie je vraagt."),
            ({"text": "bel 06-12345678", "organization": "jongerenwerk"}, "text", "06…"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(self, client, report, sent, field, said):
        page = client.post(page_of(report), sent)

        assert page.status_code == 422
        assert said in page.text
        assert list(page.context["form"].errors) == [field]
        assert the_report().referral is None
        assert the_report().text == WORDS

    def test_closes_what_is_nothing_for_the_network(self, client, report):
        client.post(reverse("open311:lay_aside", args=[report.id]))

        assert the_report().dropped_at
        assert client.get(page_of(report)).status_code == 404
