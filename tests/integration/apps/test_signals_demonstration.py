# SPDX-License-Identifier: EUPL-1.2
"""The signals of the example are told by the act that everybody uses, once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.signals import models, selectors
from scharnier.core.kernel import NetworkId, Role
from tests.factories import an_actor
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]
KRUISVELD = NetworkId("kruisveld")
TWO_YEARS = timedelta(days=731)


@pytest.fixture
def _loaded():
    call_command("load_example", language="nl", stdout=io.StringIO())
    call_command("load_signals")


@pytest.mark.usefixtures("_loaded")
class TestLoadSignals:
    @wall.in_network(KRUISVELD)
    def test_tells_each_on_its_day_with_a_line_in_the_log(self):
        told = example.load_told()

        rows = models.Signal.objects.all()
        assert sorted((row.text, row.happened_on) for row in rows) == sorted(
            (each.text, each.date) for each in told
        )
        assert all(row.told_at.date() == row.happened_on for row in rows)
        assert AuditEvent.objects.filter(act="signal.told").count() == len(told)

    @wall.in_network(KRUISVELD)
    def test_lets_each_of_them_count_somewhere(self):
        today = example.KRUISVELD_DAY
        found = selectors.read_sightings(KRUISVELD, today=today, since=today - TWO_YEARS)

        assert found.n_left_out == 0
        assert len(found.sightings) == len(example.load_told())

    def test_opens_the_form_for_who_has_no_account(self, client):
        answer = client.get("/tell/kruisveld/", headers={"accept-language": "nl"})

        assert answer.status_code == 200
        assert "Sociaal Wijkteam Kruisveld" in answer.text

    @wall.in_network(KRUISVELD)
    def test_keeps_the_words_with_their_owner(self):
        samira = an_actor("samira", acts_for="jongerenwerk")
        researcher = an_actor("nadia", role=Role.RESEARCHER)

        own = selectors.read_signals(samira, most=1000)

        assert own.n_signals >= 4
        assert {each.value.owner_id for each in own.signals} == {"jongerenwerk"}
        assert selectors.read_signals(researcher).n_signals == 0

    def test_does_so_once(self):
        with wall.in_network(KRUISVELD):
            before = models.Signal.objects.count(), AuditEvent.objects.count()

        call_command("load_signals")

        with wall.in_network(KRUISVELD):
            assert (models.Signal.objects.count(), AuditEvent.objects.count()) == before
