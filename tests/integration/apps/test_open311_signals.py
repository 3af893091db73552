# SPDX-License-Identifier: EUPL-1.2
"""What the system of an organization reports is its signal: its words go nowhere else, and no list has it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.http import now
from scharnier.apps.open311 import selectors as reported
from scharnier.apps.open311 import services
from scharnier.apps.open311.models import Key, Report
from scharnier.apps.people.models import Organization
from scharnier.apps.referral.models import Referral
from scharnier.apps.signals import selectors
from scharnier.apps.signals import services as signals
from scharnier.apps.signals.models import Signal
from scharnier.core.kernel import NotFound, OrganizationId, Role, SignalId
from scharnier.core.signals import Precision, SignalStep, Source, Spot
from scharnier.formats import open311
from scharnier.formats.open311 import Format
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import open311_scenes as scenes
from tests.integration.apps.open311_scenes import KRUISVELD, RIA, WORDS, get, post, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
DESK = OrganizationId("schuldhulp")
KAREL = an_actor("karel", acts_for="schuldhulp")
POINT = {"lat": "52.123456", "long": "5.123456"}
REPORTING, ADD_KEY = reverse("open311:reporting"), reverse("open311:add_key")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def key():
    """Of the system of the debt desk."""
    scenes.offer(to="jongerenwerk")
    return services.make_key("Schuldhulp", organization_id=DESK, actor=RIA, at=NOON)


@pytest.fixture
def system():
    return Client(enforce_csrf_checks=True)


def own(actor=KAREL):
    return selectors.read_signals(actor).signals


def number_of(answer):
    (receipt,) = told(answer)
    return receipt["service_request_id"]


class TestReceive:
    @pytest.mark.parametrize("form", list(Format))
    def test_makes_a_signal_of_the_organization_of_the_key(self, system, key, form):
        answer = post(system, key, form=form.value, address_string="Zijstraat 3", **POINT)

        (signal,) = own()
        place = signal.value.place
        assert answer.status_code == 200
        assert open311.read_receipt(answer.content, form=form).request_id
        assert signal.value.text == WORDS
        assert signal.value.owner_id == DESK
        assert signal.value.source is Source.OPEN311
        assert signal.value.topics == {"litter"}
        assert signal.value.happened.on == DAY
        assert (place.precision, place.words, place.area_id) == (Precision.ADDRESS, "Zijstraat 3", "noord")
        assert place.spot == Spot(longitude=5.12346, latitude=52.12346)

    def test_asks_nobody_and_lets_no_coordinator_look(self, system, key):
        post(system, key, **POINT)

        page = reported.page(RIA, language="nl")
        assert not Referral.objects.exists()
        assert (page.reports, page.n_reports) == ((), 0)
        assert own(RIA) == ()

    def test_keeps_of_the_report_itself_its_number_only(self, system, key):
        post(system, key, **POINT)

        row = Report.objects.get()
        assert (row.text, row.address, row.latitude, row.longitude, row.area) == ("", "", None, None, None)
        assert row.signal_id == own()[0].value.id

    def test_is_told_by_the_system_in_the_log(self, system, key):
        post(system, key, **POINT)

        acts = AuditEvent.objects.filter(act__in=("signal.told", "report.received"))
        assert [(event.act, event.object_id) for event in acts] == [("signal.told", own()[0].value.id)]

    def test_takes_an_area_that_the_network_knows(self, system, key):
        post(system, key, address_string="noord")

        assert own()[0].value.place.precision is Precision.AREA

    def test_says_the_topic_where_there_are_no_words(self, system, key):
        post(system, key, description="", **POINT)

        assert own()[0].value.text == "zwerfafval"

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"description": "Bel mevrouw op 06-12345678"}, "06…"),
            ({"address_string": "bij jan@example.org"} | POINT, "ja…"),
            ({"address_string": "Saturnuslaan 3"}, "weten we niet"),
            ({"lat": "89", "long": "5"}, "weten we niet"),
            ({"description": "x" * 2001} | POINT, "2000"),
        ],
    )
    def test_refuses_what_can_be_no_signal_with_the_reason_and_keeps_nothing(self, system, key, fields, said):
        answer = post(system, key, **fields)

        assert answer.status_code == 400
        assert said in told(answer)[0]["description"]
        assert "12345678" not in answer.text
        assert "jan@" not in answer.text
        assert not Signal.objects.exists()
        assert not Report.objects.exists()

    @pytest.mark.usefixtures("key")
    def test_stays_a_report_by_a_key_of_no_organization(self, system):
        other = scenes.a_key("Gemeente")

        post(system, other, **POINT)

        assert own() == ()
        assert Referral.objects.count() == 1

    def test_pauses_after_sixty_in_an_hour(self, system, key):
        for _ in range(services.MOST_AN_HOUR):
            scenes.receive(key, address="noord", at=now())  # at whatever hour it is

        answer = post(system, key, **POINT)

        assert answer.status_code == 429
        assert Signal.objects.count() == services.MOST_AN_HOUR

    def test_needs_a_topic_that_may_be_reported(self, system, key):
        assert post(system, key, service_code="trees", **POINT).status_code == 404
        assert not Signal.objects.exists()


class TestWhatIsPublished:
    def test_has_no_signal_in_any_list(self, system, key):
        post(system, key, **POINT, **{"attribute[is_public]": "yes"})

        assert told(get(system, "requests.json")) == []
        assert WORDS not in get(system, "requests.xml").text

    def test_says_by_its_number_where_it_stands_and_nothing_else(self, system, key):
        number = number_of(post(system, key, address_string="Zijstraat 3", **POINT))

        answer = get(system, f"requests/{number}.json")

        (request,) = told(answer)
        assert (request["status"], request["service_code"]) == ("open", "litter")
        assert WORDS not in answer.text
        assert "Zijstraat" not in answer.text
        assert "52.1" not in answer.text

    @pytest.mark.parametrize(
        ("step", "said"), [(SignalStep.HANDLE, "Gedaan."), (SignalStep.WITHDRAW, "ingetrokken")]
    )
    def test_closes_when_the_signal_is_handled_or_withdrawn(self, system, key, step, said):
        number = number_of(post(system, key, **POINT))
        signals.step_signal(SignalId(Signal.objects.get().pk), step, actor=KAREL, at=NOON)

        answer = get(system, f"requests/{number}.json")

        (request,) = told(answer)
        assert request["status"] == "closed"
        assert said in request["status_notes"]

    def test_knows_the_number_no_more_when_the_signal_is_gone(self, system, key):
        number = number_of(post(system, key, **POINT))
        Signal.objects.all().delete()

        assert get(system, f"requests/{number}.json").status_code == 404


class TestKey:
    def test_names_an_organization_of_the_network(self):
        with pytest.raises(NotFound):
            services.make_key("X", organization_id=OrganizationId("atlantis"), actor=RIA, at=NOON)

        assert not Key.objects.exists()

    def test_goes_with_its_organization(self, system, key):
        Organization.objects.get(text_id=DESK).delete()

        assert post(system, key, **POINT).status_code == 403

    def test_is_made_for_an_organization_on_the_page_that_then_says_so(self, sign_in):
        client = sign_in("ria", role=Role.COORDINATOR)

        page = client.post(
            ADD_KEY,
            {"name": "Ons systeem", "organization": DESK},
            follow=True,
            headers={"accept-language": "nl"},
        )

        name = Organization.objects.get(text_id=DESK).name
        assert Key.objects.get().organization.text_id == DESK
        assert f"Wat het doorgeeft, is een signaal van {name}." in page.text

    def test_is_made_for_none_unless_chosen(self, sign_in):
        client = sign_in("ria", role=Role.COORDINATOR)

        refused = client.post(ADD_KEY, {"name": "Ons systeem", "organization": "atlantis"})
        client.post(ADD_KEY, {"name": "Ons systeem", "organization": ""})

        assert refused.status_code == 422
        assert Key.objects.get().organization is None
        assert "is een signaal van" not in client.get(REPORTING).text


class TestRows:
    @pytest.mark.parametrize("content", [{"text": WORDS}, {"address": "Plein"}, {"is_public": True}])
    def test_of_a_signal_hold_nothing_of_it(self, system, key, content):
        post(system, key, **POINT)

        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(network_id=KRUISVELD).update(**content)
