# SPDX-License-Identifier: EUPL-1.2
"""What the night does: remind who leads of looking again, once, and keep figures of months that are over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings as site

from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account, Membership, Network
from scharnier.apps.situations import doing_night, doing_tasks, models, services
from scharnier.apps.tasks.definitions import load_task
from scharnier.core import situations
from scharnier.core.kernel import NetworkId
from scharnier.core.situations import FigureSource, Lasting, State
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import HANGING, NOOR, draw_month
from tests.integration.apps.members_scenes import acts

pytestmark = pytest.mark.django_db
HERE = NetworkId("kruisveld")
FIRST, SECOND = (each.due for each in situations.plan_rechecks(DAY))


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


def remind(on: date, *, network_id: NetworkId = HERE) -> int:
    return doing_night.remind_rechecks(network_id, on=on, at=NOON)


def receivers() -> list[str]:
    found = Message.objects.filter(template="recheck_due").order_by("queued_at", "id")
    return [each.to.partition("@")[0] for each in found]


class TestRemindRechecks:
    @pytest.fixture(autouse=True)
    def _closed(self):
        scenes.begin(State.CLOSED)

    def test_writes_to_who_leads_when_it_is_time(self):
        assert remind(FIRST - timedelta(days=1)) == 0
        assert remind(FIRST) == 1

        letter = Message.objects.get()
        assert receivers() == ["noor"]
        assert f"/situations/{HANGING}/closing/" in letter.text
        assert "29 maart 2026" in letter.text
        assert "plein na" not in letter.subject + letter.text
        assert acts()[-1] == "situation.recheck_reminded"

    def test_writes_once_of_each(self):
        assert [remind(FIRST), remind(FIRST), remind(FIRST + timedelta(days=9))] == [1, 0, 0]
        assert remind(SECOND) == 1

        assert receivers() == ["noor", "noor"]

    def test_writes_not_of_what_was_looked_at(self):
        services.recheck(HANGING, Lasting.HOLDS, actor=NOOR, on=FIRST, at=NOON)

        assert remind(FIRST) == 0

    def test_writes_to_the_organization_when_who_led_has_left(self):
        Membership.objects.filter(person__text_id="noor").update(end_date=DAY)
        row = models.Situation.objects.get()
        row.owner_text_id = "politie"
        row.owner, row.owner_name = scenes.organization("politie"), "Politie Noord"
        row.save()

        remind(FIRST)

        assert sorted(receivers()) == ["joke", "karel"]
        for letter in Message.objects.all():
            assert "dat Politie Noord trok." in letter.text
            assert "Wie het toen trok, bereiken we niet; daarom vragen we het jou." in letter.text
            assert "jij trok" not in letter.text

    @pytest.mark.parametrize(
        ("language", "own", "other"),
        [("nl", "dat jij trok. Nu", "dat School trok."), ("en", "that you led. Now", "that School led.")],
    )
    def test_says_to_each_who_led_it(self, language, own, other):
        Network.objects.update(language=language)
        models.Situation.objects.update(owner_name="School")
        remind(FIRST)
        to_lead = Message.objects.get()
        Membership.objects.create(
            network_id="kruisveld", person=scenes.person("bas"), organization=scenes.organization("school"),
            is_confirmed=True,
        )  # fmt: skip
        Membership.objects.filter(person__text_id="noor").update(end_date=DAY)

        remind(SECOND)

        to_colleague = Message.objects.exclude(pk=to_lead.pk).get()
        assert (own in to_lead.text, other in to_lead.text) == (True, False)
        assert (own in to_colleague.text, other in to_colleague.text) == (False, True)

    def test_goes_on_when_nobody_can_be_reached(self):
        Account.objects.filter(person__text_id="noor").delete()

        assert remind(FIRST) == 1
        assert receivers() == []

    def test_writes_not_of_what_goes_on_again(self):
        models.Situation.objects.update(state="running", ended_on=None)

        assert remind(SECOND) == 0

    def test_leaves_other_networks_alone(self):
        assert remind(SECOND, network_id=NetworkId("elders")) == 0
        assert not Message.objects.exists()


class TestCountSignals:
    @pytest.fixture(autouse=True)
    def _counted(self):
        scenes.begin()
        models.Situation.objects.update(area_ids=["noord"])
        for source, name in ((FigureSource.SIGNALS, "Signalen"), (FigureSource.ENTERED, "Klachten")):
            services.add_indicator(HANGING, services.Aim(name=name, source=source), actor=NOOR, at=NOON)

    def told(self) -> list[tuple[date, float, float | None]]:
        found = models.Reading.objects.filter(indicator__name="Signalen").order_by("on")
        return list(found.values_list("on", "low", "high"))

    def test_stores_what_a_new_map_tells(self):
        assert doing_night.count_signals(HERE) == 0

        draw_month(date(2026, 2, 1), noord=[5, 10])
        draw_month(date(2026, 3, 1), noord=[0, 5])

        assert doing_night.count_signals(HERE) == 2
        assert self.told() == [(date(2026, 2, 28), 15.0, 28.0), (date(2026, 3, 31), 7.0, 13.0)]
        assert not models.Reading.objects.filter(indicator__name="Klachten").exists()

    def test_says_of_a_month_the_same_for_ever(self):
        draw_month(date(2026, 3, 1), noord=[0, 5])
        doing_night.count_signals(HERE)
        before = list(models.Reading.objects.values())

        models.MapMonth.objects.all().delete()
        doing_night.count_signals(HERE)
        draw_month(date(2026, 3, 1), noord=[50, 50])
        doing_night.count_signals(HERE)

        assert list(models.Reading.objects.values()) == before

    def test_goes_on_with_the_months_that_came_since(self):
        draw_month(date(2026, 3, 1), noord=[0, 5])
        doing_night.count_signals(HERE)
        draw_month(date(2026, 4, 1), noord=[5, 5])

        doing_night.count_signals(HERE)

        assert [on for on, _low, _high in self.told()] == [date(2026, 3, 31), date(2026, 4, 30)]

    @pytest.mark.parametrize("state", ["handed_over", "dismissed"])
    def test_counts_nothing_for_what_has_ended(self, state):
        models.Situation.objects.update(state=state, ended_on=DAY, reason="Klaar.", handed_to="De wijkagent")
        draw_month(date(2026, 3, 1), noord=[0, 5])

        assert doing_night.count_signals(HERE) == 0
        assert self.told() == []

    def test_counts_nothing_where_no_area_was_chosen(self):
        models.Situation.objects.update(area_ids=[])
        draw_month(date(2026, 3, 1), noord=[0, 5])

        assert doing_night.count_signals(HERE) == 0

    def test_counts_nothing_of_another_network(self):
        draw_month(date(2026, 3, 1), network_id="elders", noord=[0, 5])

        assert doing_night.count_signals(HERE) == 0
        assert doing_night.count_signals(NetworkId("elders")) == 0
        assert self.told() == []


class TestTasks:
    def test_run_every_day(self):
        path, seconds = site.PERIODIC_TASKS["situations.look_after"]

        assert load_task(path).module_path == doing_tasks.look_after.module_path
        assert seconds == 24 * 60 * 60

    def test_look_after_one_network_at_a_time(self, settings):
        scenes.begin(State.CLOSED)
        settings.DAY = FIRST

        doing_tasks.look_after_network.func("kruisveld")
        doing_tasks.look_after_network.func("elders")

        assert receivers() == ["noor"]
