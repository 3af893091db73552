# SPDX-License-Identifier: EUPL-1.2
"""Figures and comparison from the maps of months: what those told, said as such, with no signal read."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scharnier.apps.people.models import Area
from scharnier.apps.signals.models import Signal
from scharnier.apps.situations import counting, doing_night, models, services, templates_of
from scharnier.core.kernel import AreaId, IndicatorId, NetworkId, SituationId
from scharnier.core.situations import FigureSource, State, Zone
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps import month_scenes
from tests.integration.apps.doing_scenes import HANGING, NOOR, draw_month

pytestmark = pytest.mark.django_db
HERE = NetworkId("kruisveld")
FROM_SIGNALS = services.Aim(name="Signalen", source=FigureSource.SIGNALS)
ENTERED = services.Aim(name="Signalen")
LESSON = "Eerder bellen helpt."


class TestFromSignalsToFigures:
    """From what partners tell, by the map of the month, to a figure of a situation."""

    @pytest.fixture(autouse=True)
    def _neighbourhood(self, load):
        load(month_scenes.a_neighbourhood())
        month_scenes.tell_enough(month_scenes.MARCH)
        month_scenes.draw()

    def readings(self):
        found = counting.readings_of(counting.read_months(HERE), {AreaId("noord")})
        return [(each.on, each.low, each.high) for each in found]

    def test_gives_what_the_map_told(self):
        (told,) = counting.read_months(HERE)
        (shown,) = [each for each in told.squares if each.count.low]

        assert (shown.area_id, shown.count.low, shown.count.high) == ("noord", 10, 18)  # six and six
        is_hidden = any(each.area_id == "noord" and not each.count.low for each in told.squares)
        assert self.readings() == [(date(2026, 3, 31), 10, None if is_hidden else 18)]

    def test_stays_the_same_whatever_becomes_of_the_signals(self):
        before = self.readings()

        month_scenes.tell_enough(month_scenes.MARCH, n=30)
        Signal.objects.filter(organization__text_id="school").delete()
        month_scenes.draw()

        assert self.readings() == before

    def test_reads_no_signal(self):
        with CaptureQueriesContext(connection) as asked:
            self.readings()

        assert asked.captured_queries
        assert not [each["sql"] for each in asked.captured_queries if "signals_" in each["sql"]]


@pytest.fixture
def _settled():
    scenes.settle()
    scenes.begin()
    models.Situation.objects.update(area_ids=["noord"])


def readings() -> list[tuple[date, float, float | None]]:
    return list(models.Reading.objects.order_by("on").values_list("on", "low", "high"))


def add(aim: services.Aim = FROM_SIGNALS) -> IndicatorId:
    return services.add_indicator(HANGING, aim, actor=NOOR, at=NOON)


@pytest.mark.usefixtures("_settled")
class TestAddIndicator:
    def test_has_the_figures_of_the_maps_at_once(self):
        draw_month(date(2026, 2, 1), noord=[0, 5], zuid=[50, 50])

        add()

        assert readings() == [(date(2026, 2, 28), 7.0, 13.0)]

    def test_has_those_of_a_template_too(self):
        draw_month(date(2026, 2, 1), noord=[0, 5])

        models.Situation.objects.update(state=State.ACCEPTED.value)
        template = templates_of.template_of(HERE, "safety", language="nl").template

        services.begin_plan(HANGING, template, actor=NOOR, on=DAY, at=NOON)

        assert len(readings()) == 1

    def test_counts_areas_within_its_own(self):
        parent = Area.objects.get(network_id=HERE, text_id="noord")
        street = Area.objects.create(
            network_id=HERE, text_id="plein", name="Plein", kind="street", parent=parent
        )
        Area.objects.create(network_id=HERE, text_id="hof", name="Hof", kind="street", parent=street)
        draw_month(date(2026, 2, 1), noord=[0, 5], plein=[5, 5], hof=[0, 10], zuid=[50, 50])

        add()

        assert readings() == [(date(2026, 2, 28), 7 + 10 + 12, 13 + 18 + 23)]

    def test_reads_no_signal(self):
        draw_month(date(2026, 2, 1), noord=[0, 5])

        with CaptureQueriesContext(connection) as asked:
            add()
            doing_night.count_signals(HERE)

        assert not [each["sql"] for each in asked.captured_queries if "signals_signal" in each["sql"]]


@pytest.mark.usefixtures("_settled")
class TestChangeIndicator:
    def test_turns_to_signals_as_long_as_nothing_was_entered(self):
        draw_month(date(2026, 2, 1), noord=[0, 5])
        indicator_id = add(ENTERED)

        services.change_indicator(HANGING, indicator_id, FROM_SIGNALS, actor=NOOR, at=NOON)

        assert readings() == [(date(2026, 2, 28), 7.0, 13.0)]

    def test_keeps_what_was_entered_from_being_mixed(self):
        draw_month(date(2026, 2, 1), noord=[0, 5])
        indicator_id = add(ENTERED)
        services.enter_figure(HANGING, indicator_id, on=DAY, figure=12.0, actor=NOOR, at=NOON)

        with pytest.raises(services.FiguresEntered):
            services.change_indicator(HANGING, indicator_id, FROM_SIGNALS, actor=NOOR, at=NOON)

        assert readings() == [(DAY, 12.0, 12.0)]
        assert models.Indicator.objects.get().source == "entered"

    def test_turns_back_without_the_figures_of_the_maps(self):
        draw_month(date(2026, 2, 1), noord=[0, 5])
        indicator_id = add()

        services.change_indicator(HANGING, indicator_id, ENTERED, actor=NOOR, at=NOON)

        assert readings() == []

    def test_keeps_the_figures_when_only_the_name_changes(self):
        draw_month(date(2026, 2, 1), noord=[0, 5])
        indicator_id = add()
        named = services.Aim(name="Alle signalen", source=FigureSource.SIGNALS)

        services.change_indicator(HANGING, indicator_id, named, actor=NOOR, at=NOON)

        assert len(readings()) == 1


@pytest.mark.usefixtures("_settled")
class TestCircleOf:
    def found(self, **where) -> Zone | None:
        models.ScanGround.objects.create(network_id=HERE, longitude=5.1, latitude=52.1)
        days = {"made_on": DAY, "first_day": DAY, "last_day": DAY}
        answer = models.ScanAnswer.objects.create(
            network_id=HERE, **days, is_release=True, squares=["b"], width="ring", name="Noord",
            n_addresses_low=10, partners={"residents": 0}, **where,
        )  # fmt: skip
        row = models.Situation.objects.get()
        models.Found.objects.create(network_id=HERE, situation=row, answer=answer)
        return counting.circle_of(HANGING)

    def test_is_the_one_that_was_released_on_the_grid_of_the_map(self):
        circle = self.found(longitude=5.1, latitude=52.1, radius_m=200)

        assert (circle.x_m, circle.y_m, circle.radius_m) == pytest.approx((500, 500, 200))

    def test_is_none_where_an_area_was_released_as_a_whole(self):
        assert self.found(area_text_id="noord") is None

    def test_is_none_where_no_scan_found_it(self):
        assert counting.circle_of(HANGING) is None
        assert counting.circle_of(SituationId("nergens")) is None


@pytest.mark.usefixtures("_settled")
class TestFiguresPage:
    @pytest.fixture
    def page(self, sign_in):
        client = sign_in("noor")

        def read() -> str:
            return client.get(reverse("situations:figures", args=[HANGING])).content.decode()

        return read

    def test_says_what_is_counted_and_where_it_comes_from(self, page):
        draw_month(date(2026, 2, 1), noord=[0, 5])
        add()

        said = page()

        assert "telt alle signalen in de gebieden van deze situatie, waar ze ook over gaan" in said
        assert "De aantallen komen van de kaarten per maand." in said
        assert "<td>7 tot en met 13</td>" in said
        assert 'class="chart__band"' in said

    def test_says_or_more_where_the_map_leaves_a_square_out(self, page):
        draw_month(date(2026, 2, 1), noord=[0, 5], plein=None)
        models.Situation.objects.update(area_ids=["noord", "plein"])
        add()

        assert "<td>7 of meer</td>" in page()

    def test_says_that_the_maps_tell_too_little(self, page):
        add()

        assert "De kaarten per maand zeggen te weinig over deze gebieden voor een cijfer." in page()

    def test_says_that_it_needs_an_area(self, page):
        models.Situation.objects.update(area_ids=[])
        add()

        said = page()
        assert "Een cijfer uit signalen heeft een gebied nodig, en deze situatie heeft er geen." in said
        assert "zeggen te weinig" not in said

    def test_says_nothing_of_maps_beside_a_figure_that_is_entered(self, page):
        add(ENTERED)

        assert "kaarten per maand" not in page()

    def test_refuses_to_mix_and_loses_nothing(self, sign_in):
        indicator_id = add(ENTERED)
        services.enter_figure(HANGING, indicator_id, on=DAY, figure=12.0, actor=NOOR, at=NOON)
        said = {"name": "Andere naam", "unit": "", "source": "signals", "wanted": "fewer"}

        answer = sign_in("noor").post(reverse("situations:indicator", args=[HANGING, indicator_id]), said)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Volg daarvoor een nieuw cijfer." in answer.content.decode()
        assert "Andere naam" in answer.content.decode()


class TestEvaluationPage:
    @pytest.fixture(autouse=True)
    def _evaluating(self):
        scenes.settle()
        scenes.begin(State.EVALUATING)
        models.Situation.objects.update(area_ids=["noord"])

    @pytest.fixture
    def noor(self, sign_in):
        return sign_in("noor")

    def draw_both(self) -> None:
        """Draw a month before and one after, in which the place fell and the rest stayed."""
        after = (DAY + timedelta(days=40)).replace(day=1)
        draw_month(DAY.replace(day=1) - timedelta(days=59), noord=[500, 500], zuid=[500, 500])
        draw_month(after, noord=[5, 5], zuid=[500, 500])

    def page(self, client) -> str:
        return client.get(reverse("situations:evaluation", args=[HANGING])).content.decode()

    def save(self, client, **said: str) -> models.Evaluation:
        address = reverse("situations:evaluation", args=[HANGING])
        assert client.post(address, {"lesson": LESSON, **said}).status_code == HTTPStatus.FOUND
        return models.Evaluation.objects.get()

    def test_says_that_the_maps_tell_too_little_and_asks_for_counts(self, noor):
        page = self.page(noor)

        assert "zeggen te weinig over deze plek om voor en na te vergelijken" in page
        assert 'name="place_before"' in page
        assert self.save(noor).rate_ratio is None

    def test_tells_what_the_maps_give_and_still_asks_for_counts(self, noor):
        self.draw_both()

        page = self.page(noor)

        assert "Op deze plek daalde het meer dan in de rest van de buurt." in page
        assert "Dit komt van de kaarten per maand." in page
        assert 'name="place_before"' in page

    def test_keeps_what_the_maps_gave_and_says_so_afterwards(self, noor):
        self.draw_both()

        row = self.save(noor)

        assert row.is_from_signals
        assert row.rate_ratio == pytest.approx((5 + 9) / (500 + 999))
        assert row.low < row.rate_ratio < row.high < 1
        closing = noor.get(reverse("situations:closing", args=[HANGING])).content.decode()
        assert "Dit komt van de kaarten per maand." in closing

    def test_puts_what_partners_counted_in_its_place_and_keeps_that(self, noor):
        self.draw_both()
        counts = {
            "before_from": "2026-01-01", "before_until": "2026-02-28",
            "after_from": "2026-04-01", "after_until": "2026-05-29",
            "place_before": "80", "place_after": "30", "rest_before": "300", "rest_after": "310",
        }  # fmt: skip

        self.save(noor, **counts)
        row = self.save(noor)

        assert not row.is_from_signals
        assert row.rate_ratio == pytest.approx((30 / 80) / (310 / 300))
        page = self.page(noor)
        assert "Dit vulden jullie eerder in." in page
        assert "Dit komt van de kaarten per maand." not in page

    def test_reads_no_signal(self, noor):
        self.draw_both()

        with CaptureQueriesContext(connection) as asked:
            self.page(noor)

        assert not [each["sql"] for each in asked.captured_queries if "signals_signal" in each["sql"]]
