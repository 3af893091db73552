# SPDX-License-Identifier: EUPL-1.2
"""A report of an organization's system as a signal: what place it gets, what is refused, who counts it."""

from __future__ import annotations

import pytest
from django.test import Client

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.open311 import services
from scharnier.apps.open311.models import Key, Report
from scharnier.apps.signals import selectors
from scharnier.apps.signals.models import Signal
from scharnier.core.kernel import OrganizationId
from scharnier.core.signals import Precision
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import open311_scenes as scenes
from tests.integration.apps.open311_scenes import KRUISVELD, RIA, WORDS, get, post, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
KAREL = an_actor("karel", acts_for="schuldhulp")
INSIDE, OUTSIDE = {"lat": "52.1", "long": "5.1"}, {"lat": "48.85", "long": "2.35"}
PERSONAL = {
    "Bel mevrouw op 06-12345678": "12345678",
    "Mail jan@example.org maar": "jan@example.org",
    "Storten op NL91 ABNA 0417 1643 00": "0417",
}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def key():
    scenes.offer(to="jongerenwerk")
    return services.make_key("Schuldhulp", organization_id=OrganizationId("schuldhulp"), actor=RIA, at=NOON)


@pytest.fixture
def system():
    return Client(raise_request_exception=False)


def only():
    (own,) = selectors.read_signals(KAREL).signals
    return own.value


def nothing_kept():
    return not Signal.objects.exists() and not Report.objects.exists()


class TestPlace:
    @pytest.mark.parametrize("decimals", [0, 1, 5])
    def test_is_no_finer_than_a_metre(self, system, key, decimals):
        fine = {"lat": f"52.1{'1' * decimals}999999", "long": f"5.1{'1' * decimals}999999"}

        post(system, key, address_string="", **fine)

        spot = only().place.spot
        assert (spot.longitude, spot.latitude) == (
            round(float(fine["long"]), 5),
            round(float(fine["lat"]), 5),
        )

    @pytest.mark.parametrize(
        ("fields", "precision", "words"),
        [
            ({"address_string": "Plein"} | INSIDE, Precision.POINT, "Plein"),
            ({"address_string": "Plein 4"} | INSIDE, Precision.ADDRESS, "Plein 4"),
            ({"address_string": ""} | INSIDE, Precision.POINT, ""),
            ({"address_string": "  Lange   Plein "} | INSIDE, Precision.POINT, "Lange Plein"),
            ({"address_string": "noord"}, Precision.AREA, ""),
            ({"address_string": "NOORD"}, Precision.AREA, ""),
            ({"address_string": "", "address_id": "noord"}, Precision.AREA, ""),
        ],
        ids=str,
    )
    def test_is_told_as_exactly_as_it_is_known(self, system, key, fields, precision, words):
        answer = post(system, key, **fields)

        place = only().place
        assert answer.status_code == 200
        assert (place.precision, place.words, place.area_id) == (precision, words, "noord")

    def test_outside_all_areas_is_a_point_of_none(self, system, key):
        post(system, key, **OUTSIDE)

        assert only().place.area_id is None

    @pytest.mark.parametrize(
        "fields",
        [
            {"address_string": "Nergens"},
            {"address_string": "Nergens 12"},
            {"address_string": ""},
            {"address_string": "", "lat": "52.1"},
            {"address_string": "", "long": "5.1"},
            {"lat": "86", "long": "5"},
            {"lat": "91", "long": "5"},
            {"lat": "52", "long": "181"},
            {"lat": "nan", "long": "nan"},
            {"lat": "noord", "long": "oost"},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("form", ["json", "xml"])
    def test_that_is_none_is_refused_and_keeps_nothing(self, system, key, fields, form):
        answer = post(system, key, form=form, **fields)

        assert answer.status_code == 400
        assert nothing_kept()


class TestWords:
    @pytest.mark.parametrize("form", ["json", "xml"])
    @pytest.mark.parametrize(("text", "secret"), PERSONAL.items(), ids=["phone", "mail", "account"])
    def test_that_point_at_a_person_are_refused_and_not_repeated(self, system, key, text, secret, form):
        answer = post(system, key, form=form, description=text, **INSIDE)

        assert answer.status_code == 400
        assert secret not in answer.text
        assert nothing_kept()
        assert not AuditEvent.objects.filter(act="signal.told").exists()

    @pytest.mark.parametrize(("text", "secret"), PERSONAL.items(), ids=["phone", "mail", "account"])
    def test_of_a_place_are_looked_at_too(self, system, key, text, secret):
        for beside in ({}, INSIDE):
            answer = post(system, key, address_string=text, **beside)

            assert answer.status_code == 400
            assert secret not in answer.text
        assert nothing_kept()

    @pytest.mark.parametrize("text", ["Blikjes & flessen <overal>", "Regel één\nRegel twee", "Glas 🪟"])
    def test_are_kept_as_they_were_sent(self, system, key, text):
        post(system, key, description=text, **INSIDE)

        assert only().text == text

    @pytest.mark.parametrize("text", ["", "   "])
    def test_that_lack_are_the_name_of_the_topic(self, system, key, text):
        post(system, key, description=text, **INSIDE)

        assert only().text == "zwerfafval"

    def test_are_in_no_answer_to_anybody(self, system, key):
        (receipt,) = told(post(system, key, **INSIDE))

        answers = [
            get(system, "requests.json"),
            get(system, "requests.xml"),
            get(system, f"requests/{receipt['service_request_id']}.json"),
            get(system, "services.json"),
        ]

        assert [answer.status_code for answer in answers] == [200] * 4
        assert [answer for answer in answers if WORDS in answer.text or "52.1" in answer.text] == []


class TestKey:
    @pytest.mark.usefixtures("key")
    @pytest.mark.parametrize("wrong", ["", "x", "é", "x" * 500, None])
    def test_that_is_none_keeps_nothing(self, system, wrong):
        answer = post(system, wrong, **INSIDE)

        assert answer.status_code in {400, 401, 403}
        assert nothing_kept()

    def test_does_not_count_where_a_service_is_not_offered(self, system, key):
        assert post(system, key, service_code="trees", **INSIDE).status_code in {400, 404}
        assert post(system, key, service_code="draken", **INSIDE).status_code in {400, 404}
        assert nothing_kept()

    def test_makes_one_signal_for_each_report(self, system, key):
        numbers = {told(post(system, key, **INSIDE))[0]["service_request_id"] for _ in range(3)}

        assert len(numbers) == Signal.objects.count() == Report.objects.count() == 3

    def test_counts_for_its_own_organization_and_of_nobody_in_person(self, system, key):
        post(system, key, **INSIDE)

        (trace,) = selectors.read_traces(KRUISVELD, since=DAY)
        assert trace.partner_id == "schuldhulp"
        assert Signal.objects.get().author is None

    def test_taken_back_leaves_what_it_told(self, system, key):
        post(system, key, **INSIDE)

        services.revoke_key(Key.objects.get().pk, actor=RIA, at=NOON)
        answer = post(system, key, **INSIDE)

        assert answer.status_code in {401, 403}
        assert only().text == WORDS
