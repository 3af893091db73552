# SPDX-License-Identifier: EUPL-1.2
"""The form for residents: open where somebody reads, dull for machines, and blind to who it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.http import now
from scharnier.apps.members.access import NotForThisRole
from scharnier.apps.members.forms import stamp
from scharnier.apps.people import access as people
from scharnier.apps.signals import models, selectors, services
from scharnier.core.kernel import NetworkId, OrganizationId, Role
from tests.factories import NOON, an_actor
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import KRUISVELD, LIES, SAMIRA, SCHOOL, tell_by_resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
FORM, RECEPTION = reverse("signals:open_form", args=["kruisveld"]), reverse("signals:reception")
COORDINATOR = an_actor("anneke", role=Role.COORDINATOR)
WORDS = "Overal zwerfafval bij de bankjes"
PHONE_NUMBER = "06 12345678"
THANKS = "De Regenboog leest wat je doorgaf."


@pytest.fixture
def _open():
    here.receive_by("school")


@pytest.fixture
def anybody():
    return Client(raise_request_exception=False)


def filled(**changes):
    values = {
        "text": WORDS,
        "place": "noord",
        "area_id": "",
        "when": "today",
        "on": "",
        "seriousness": "annoying",
        "website": "",
        "started": stamp(now() - timedelta(minutes=1)),
    }
    return values | changes


def n_told():
    return models.Signal.objects.count()


def choose(organization_id, *, actor=COORDINATOR):
    services.choose_reception(
        None if organization_id is None else OrganizationId(organization_id), actor=actor, at=NOON
    )


class TestOpenForm:
    @pytest.mark.usefixtures("_open")
    def test_opens_without_an_account_and_says_who_reads(self, anybody):
        page = anybody.get(FORM)

        assert page.status_code == 200
        assert "De Regenboog leest het. We vragen niet wie je bent" in page.text
        assert "Bel 112" in page.text
        assert "<script" not in page.text

    @pytest.mark.usefixtures("_open")
    @pytest.mark.parametrize(
        ("language", "words"), [("nl", "Wat kom je tegen?"), ("en", "What do you meet?")]
    )
    def test_speaks_the_language_of_who_comes(self, anybody, language, words):
        assert words in anybody.get(FORM, headers={"Accept-Language": language}).text

    @pytest.mark.parametrize("network_id", ["kruisveld", "nergens", "kruisveld/x"])
    def test_is_not_there_where_nobody_reads(self, anybody, network_id):
        address = reverse("signals:open_form", args=[network_id])

        answers = [anybody.get(address), anybody.post(address, filled())]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert n_told() == 0

    @pytest.mark.usefixtures("_open")
    def test_asks_no_more_than_what_is_met(self, anybody):
        names = set(re.findall(r'name="(\w+)"', anybody.get(FORM).text))

        asked = {"text", "place", "area_id", "when", "on", "seriousness", "website", "started"}
        assert asked <= names
        assert not names & {"key", "topics", "owner_id", "group_ids", "longitude", "email", "name"}

    @pytest.mark.usefixtures("_open")
    def test_keeps_what_was_told_with_what_it_is_about(self, anybody):
        answer = anybody.post(FORM, filled())

        row = models.Signal.objects.get()
        assert THANKS in answer.text
        assert "Je krijgt geen antwoord" in answer.text
        assert (row.source, row.organization.text_id, row.author, row.text) == (
            "resident",
            "school",
            None,
            WORDS,
        )
        assert "litter" in row.topic_ids

    @pytest.mark.usefixtures("_open")
    def test_keeps_nothing_of_who_told_it(self, anybody):
        anybody.post(FORM, filled(), REMOTE_ADDR="192.0.2.7", headers={"User-Agent": "Telefoon van Vera"})

        event = AuditEvent.objects.get(act="signal.told")
        kept = (
            str(models.Signal.objects.values().get()) + str(event.__dict__) + str(models.Count.objects.all())
        )
        assert not any(words in kept for words in ("192.0.2.7", "Telefoon"))
        assert event.actor_id == ""

    @pytest.mark.usefixtures("_open")
    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"text": ""}, "Schrijf in een paar woorden wat je tegenkomt."),
            ({"text": f"Bel Karel op {PHONE_NUMBER}"}, "een telefoonnummer"),
            ({"text": "a" * 2001}, "2001"),
            ({"place": "", "area_id": ""}, "Zeg waar het was"),
            ({"place": "Nergenshuizen"}, "Kies erbij in welke buurt het is"),
            ({"when": "day", "on": "2031-01-01"}, "niet later dan vandaag"),
            ({"started": "geraden"}, "Deze pagina stond te lang open. Verstuur hem nog een keer."),
            ({"started": ""}, "Deze pagina stond te lang open. Verstuur hem nog een keer."),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_says_what_to_mend_and_loses_nothing(self, anybody, changes, said):
        answer = anybody.post(FORM, filled(**changes))

        assert answer.status_code == 422
        assert said in answer.text
        assert changes.get("text", WORDS) in answer.text
        assert n_told() == 0

    @pytest.mark.usefixtures("_open")
    @pytest.mark.parametrize(
        "changes",
        [{"website": "https://example.org"}, {"started": "now"}],
        ids=["filled in what nobody sees", "within a blink"],
    )
    def test_thanks_a_machine_and_keeps_nothing(self, anybody, changes):
        if changes.get("started") == "now":
            changes = {"started": stamp(now())}

        answer = anybody.post(FORM, filled(**changes))

        assert answer.status_code == 200
        assert THANKS in answer.text
        assert n_told() == 0

    @pytest.mark.usefixtures("_open")
    def test_takes_a_page_that_was_open_too_long_no_more_but_its_words(self, anybody):
        answer = anybody.post(FORM, filled(started=stamp(now() - timedelta(days=2))))

        assert answer.status_code == 422
        assert WORDS in answer.text

    @pytest.mark.usefixtures("_open")
    def test_closes_for_an_hour_when_too_much_comes_in(self, anybody):
        at = now()
        for _ in range(services.MOST_AN_HOUR):
            tell_by_resident(at=at)

        answer = anybody.post(FORM, filled())

        assert "probeer het over een uur nog eens" in answer.text
        assert WORDS in answer.text
        assert n_told() == services.MOST_AN_HOUR

    @pytest.mark.usefixtures("_open")
    def test_needs_the_token_of_its_own_page(self):
        careful = Client(enforce_csrf_checks=True)

        assert careful.post(FORM, filled()).status_code == 403

    @pytest.mark.usefixtures("_open")
    def test_offers_areas_and_nobody_s_address(self, anybody):
        page = anybody.get(FORM).text

        assert '<option value="Noord">' in page
        assert '<option value="Marsstraat">' in page

    @pytest.mark.usefixtures("_open")
    def test_is_read_by_that_organization_only(self, anybody, sign_in):
        anybody.post(FORM, filled())
        row = models.Signal.objects.get()
        page = reverse("signals:signal", args=[row.pk])

        assert WORDS in sign_in("samira").get(page).text
        assert sign_in("lies").get(page).status_code == 404
        assert sign_in("anneke", role=Role.COORDINATOR).get(page).status_code == 404


class TestChooseReception:
    def test_opens_and_closes_the_form_and_says_so_in_the_log(self):
        choose("school")
        chosen = selectors.read_reception(COORDINATOR).organization_id
        choose("politie")
        choose(None)

        acts = AuditEvent.objects.filter(act__startswith="network.signals").order_by("number")
        assert chosen == "school"
        assert selectors.read_reception(COORDINATOR).organization_id == ""
        assert [event.act for event in acts] == [
            "network.signals_opened",
            "network.signals_opened",
            "network.signals_closed",
        ]

    def test_leaves_what_was_told_with_who_read_it(self):
        choose("school")
        tell_by_resident()
        choose("bibliotheek")
        tell_by_resident()

        assert [selectors.read_signals(actor).n_signals for actor in (SAMIRA, LIES)] == [1, 1]

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
    def test_is_for_the_coordinator(self, role):
        with pytest.raises(NotForThisRole):
            choose("school", actor=an_actor(role=role))
        with pytest.raises(NotForThisRole):
            selectors.read_reception(an_actor(role=role))

    def test_takes_no_organization_of_elsewhere(self):
        with pytest.raises(people.OrganizationNotFound):
            choose("nergens")

        assert not models.Reception.objects.exists()

    def test_is_of_one_network(self):
        choose("school")

        assert not models.Reception.objects.exclude(network_id=KRUISVELD).exists()
        assert models.Reception.objects.get().organization.text_id == SCHOOL


class TestReceptionPage:
    @pytest.fixture
    def anneke(self, sign_in):
        return sign_in("anneke", role=Role.COORDINATOR)

    def test_says_that_the_form_is_closed(self, anneke):
        page = anneke.get(RECEPTION).text

        assert "Het formulier is dicht." in page
        assert FORM not in page

    def test_opens_the_form_and_shows_its_address(self, anneke):
        page = anneke.post(RECEPTION, {"organization_id": "school"}, follow=True).text

        assert "Bewaard. Het formulier is open." in page
        assert f"http://testserver{FORM}" in page

    def test_closes_it_again(self, anneke):
        choose("school")

        page = anneke.post(RECEPTION, {"organization_id": ""}, follow=True).text

        assert "Bewaard. Het formulier is dicht." in page
        assert not models.Reception.objects.exists()

    def test_takes_no_organization_of_elsewhere(self, anneke):
        answer = anneke.post(RECEPTION, {"organization_id": "nergens"})

        assert answer.status_code == 422
        assert "Kies er een uit de lijst." in answer.text

    @pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.BOARD, Role.ADMINISTRATOR])
    def test_stays_closed_for_others(self, sign_in, role):
        assert sign_in("anneke", role=role).get(RECEPTION).status_code == 403


class TestRecogniseTopics:
    @pytest.mark.parametrize(
        ("said", "language", "topic_id"),
        [(WORDS, "nl", "litter"), ("Litter everywhere", "en", "litter")],
    )
    def test_reads_what_it_is_about_in_either_language(self, said, language, topic_id):
        assert topic_id in selectors.recognise_topics(said, network_id=KRUISVELD, language=language)

    def test_reads_nothing_in_nothing(self):
        assert selectors.recognise_topics("", network_id=NetworkId("nergens"), language="nl") == frozenset()
