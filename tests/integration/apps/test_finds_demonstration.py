# SPDX-License-Identifier: EUPL-1.2
"""The demonstration starts with a find of its first scan and with maps of the months before."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.situations import models, selectors
from scharnier.core.kernel import NetworkId, Role
from scharnier.core.situations import FigureSource, State
from tests.factories import an_actor
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]
KRUISVELD = NetworkId("kruisveld")


@pytest.fixture
def _loaded():
    call_command("load_example", language="nl", stdout=io.StringIO())
    for command in ("load_signals", "load_situations", "load_finds"):
        call_command(command)


@pytest.mark.usefixtures("_loaded")
class TestLoadFinds:
    def test_finds_what_partners_meet_in_the_park_and_shows_months_once(self):
        with wall.in_network(KRUISVELD):
            before = models.ScanAnswer.objects.count()
            (found,) = models.Situation.objects.filter(state=State.SIGNAL_BUNDLE.value)
            on_map = selectors.read_on_map(an_actor("samira", acts_for="jongerenwerk"))
            for_resident = selectors.read_on_map(an_actor("wilma", role=Role.RESIDENT))

        assert "fireworks" in found.topic_ids
        assert [line.is_drawn for line in on_map.finds] == [True]
        assert on_map.month.month == example.KRUISVELD_DAY.replace(month=9)
        assert on_map.month.squares
        assert (for_resident.month, for_resident.finds) == (on_map.month, ())

        call_command("load_finds")

        with wall.in_network(KRUISVELD):
            assert models.ScanAnswer.objects.count() == before

    def test_tells_a_figure_from_the_months(self):
        with wall.in_network(KRUISVELD):
            running = models.Situation.objects.get(state=State.RUNNING.value)
            indicator = running.indicators.get(source=FigureSource.SIGNALS.value)
            months = models.MapMonth.objects.count()
            ends = list(indicator.readings.order_by("on").values_list("on", "low"))

        assert 5 < len(ends) < months  # of some months the map shows nothing
        assert ends[-1][0] == example.KRUISVELD_DAY.replace(month=9, day=30)
        assert all(low >= 5 for _on, low in ends)
