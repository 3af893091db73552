# SPDX-License-Identifier: EUPL-1.2
"""The nightly scan: what several meet becomes a situation, as far as it may be told, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.situations import models, services, tasks
from scharnier.apps.tasks.models import Task
from scharnier.core import situations
from scharnier.core.situations import State
from tests.factories import DAY, NOON
from tests.integration.apps import scan_scenes as scenes
from tests.integration.apps.scan_scenes import KRUISVELD, scan
from tests.integration.apps.situations_scenes import RIA, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
NEXT = DAY + timedelta(days=1)
IN_MAIL = ("noord", "geluid", "politie", "school", "jongerenwerk", scenes.MARK)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    scenes.live_a_year()


def the_situation() -> models.Situation:
    return models.Situation.objects.get()


def dismiss(*, on=DAY) -> None:
    services.take_step(
        the_situation().pk, situations.Step.DISMISS, said="Het was kermis.", actor=RIA, on=on, at=NOON
    )


def refuse(squares) -> None:
    """Let nothing have been told of these squares this week."""
    models.ScanGround.objects.get_or_create(
        network_id=KRUISVELD, defaults={"longitude": 5.1225, "latitude": 52.092}
    )
    models.ScanAnswer.objects.create(
        network_id=KRUISVELD,
        made_on=DAY,
        is_release=False,
        squares=sorted(squares),
        first_day=DAY - timedelta(days=27),
        last_day=DAY,
    )


class TestScan:
    def test_begins_a_situation_of_what_several_meet(self):
        scenes.burst(jongerenwerk=6, politie=6, school=11)

        found = scan()

        row = the_situation()
        assert found is not None
        assert found.begun == (row.pk,)
        assert row.question == "Meerdere partners melden geluidsoverlast rond Noord"
        assert (row.state, row.origin) == ("signal_bundle", "scan")
        assert (row.topic_ids, row.area_ids) == (["noise"], ["noord"])
        shares = {each.organization.text_id: each.share for each in row.bundle.all()}
        assert shares == {"jongerenwerk": 0.25, "politie": 0.25, "school": 0.5}

    def test_keeps_what_was_shown_and_no_count(self):
        scenes.burst(jongerenwerk=6, politie=6, school=11)

        scan()

        answer = the_situation().found.answer
        assert answer.partners == {"partner jongerenwerk": 5, "partner politie": 5, "partner school": 10}
        assert (answer.width, answer.name, answer.radius_m) == ("ring", "Noord", 200)
        assert (answer.first_day, answer.last_day) == (DAY - timedelta(days=6), DAY)
        find = value_of(the_situation()).find
        assert find is not None
        assert find.recurrence_weeks == 512
        assert find.zone.radius_m % 50 == 0

    def test_puts_the_beginning_on_record_without_words(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)

        scan()

        event = AuditEvent.objects.filter(act="situation.begun").latest("number")
        assert (event.object_id, event.actor_id, event.facts) == (
            the_situation().pk,
            "",
            '{"origin":"scan"}',
        )
        assert list(the_situation().story.values_list("what", flat=True)) == ["begun"]

    def test_tells_partners_and_coordinators_by_mail_that_there_is_something(self):
        scenes.burst(politie=8, school=8)

        scan()

        told = Message.objects.filter(template="find_made").order_by("to")
        assert [message.to for message in told] == [
            "bas@example.org", "karel@example.org", "ria@example.org"
        ]  # fmt: skip
        for message in told:
            assert not [word for word in IN_MAIL if word in f"{message.subject} {message.text}".lower()]

    def test_runs_once_a_day(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        scan()
        scenes.burst(jongerenwerk=6, politie=6, school=6, spot=scenes.SQUARE)
        before = models.ScanRun.objects.get()

        again = scan()

        assert again is None
        assert models.Situation.objects.count() == 1
        assert models.ScanRun.objects.get().took_ms == before.took_ms

    def test_does_it_all_again_when_it_stopped_halfway(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        models.ScanRun.objects.create(network_id=KRUISVELD, day=DAY, seed=1, began_at=NOON)

        scan()

        assert models.ScanRun.objects.get().done_at is not None
        assert models.Situation.objects.count() == 1

    def test_finds_nothing_in_what_is_usual(self):
        found = scan()

        assert found is not None
        assert (found.begun, found.seen_again) == ((), ())
        run = models.ScanRun.objects.get()
        assert (run.n_signals_low, run.seed) == (100, situations.choose_seed(KRUISVELD, DAY))
        assert not Message.objects.filter(template="find_made").exists()

    def test_finds_nothing_in_what_one_partner_meets(self):
        scenes.burst(politie=14)

        scan()

        assert not models.Situation.objects.exists()

    def test_counts_residents_as_one_and_names_them_nowhere(self):
        scenes.live_a_year(partners=[None], seed=9)
        scenes.burst(residents=8, politie=8)

        scan()

        row = the_situation()
        assert set(row.found.answer.partners) == {"residents", "partner politie"}
        assert [each.organization.text_id for each in row.bundle.all()] == ["politie"]
        assert value_of(row).signal_partner_ids == {"politie"}

    def test_leaves_out_what_was_taken_back(self):
        scenes.withdraw(*scenes.burst(jongerenwerk=6, politie=6, school=6))

        scan()

        assert not models.Situation.objects.exists()

    def test_notes_that_something_is_seen_again_and_tells_no_more(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        scan()
        before = models.ScanAnswer.objects.get()
        n_mails = Message.objects.filter(template="find_made").count()
        scenes.burst(jongerenwerk=6, politie=6, school=6, until=NEXT)

        found = scan(on=NEXT)

        assert found is not None
        assert (found.begun, found.seen_again) == ((), (the_situation().pk,))
        assert models.Found.objects.get().seen_again_on == NEXT
        assert models.ScanAnswer.objects.get() == before
        assert Message.objects.filter(template="find_made").count() == n_mails

    def test_keeps_silent_about_what_was_laid_aside(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        scan()
        dismiss()

        found = scan(on=NEXT)

        assert found is not None
        assert found.begun == ()
        assert the_situation().state == State.DISMISSED.value

    def test_speaks_again_when_it_is_twice_as_rare_and_shows_what_it_showed(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        scan()
        dismiss()
        row = the_situation()
        row.find = {**row.find, "recurrence_weeks": 128.0}
        row.save()
        scenes.burst(jongerenwerk=9, politie=9, school=9, until=NEXT)

        scan(on=NEXT)

        again = models.Situation.objects.get(state="signal_bundle")
        assert again.found.answer == row.found.answer
        assert models.ScanAnswer.objects.count() == 1

    def test_goes_on_the_week_after_the_silence(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        scan()
        dismiss()
        later = DAY + timedelta(weeks=situations.SILENT_WEEKS)
        scenes.burst(jongerenwerk=6, politie=6, school=6, until=later)

        found = scan(on=later)

        assert found is not None
        assert len(found.begun) == 1
        assert models.ScanAnswer.objects.filter(is_release=True).count() == 2

    def test_widens_to_the_neighbourhood_where_the_circle_may_not_be_looked_at(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        refuse(situations.squares_around(scenes.SQUARE, 400))

        scan()

        answer = the_situation().found.answer
        assert (answer.width, answer.name, answer.area_text_id) == ("neighbourhood", "Noord", "noord")
        assert answer.radius_m is None

    def test_shows_and_mails_nothing_where_nothing_may_be_told(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        refuse(situations.squares_around(scenes.SQUARE, 3000))

        scan()

        assert not models.Situation.objects.exists()
        assert not Message.objects.filter(template="find_made").exists()
        assert models.ScanRun.objects.get().done_at is not None

    def test_counts_no_place_that_is_left_out(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        here = situations.name_square(scenes.SQUARE)
        models.ScanGround.objects.create(
            network_id=KRUISVELD, longitude=5.1225, latitude=52.092, excluded=[here]
        )

        scan()

        assert not models.Situation.objects.exists()
        assert not models.ScanAnswer.objects.exists()  # nothing was asked, so nothing around it is shut

    def test_lays_the_map_flat_in_the_same_way_every_night(self):
        scan()
        before = models.ScanGround.objects.get()
        scenes.burst(politie=1, spot=scenes.Spot(longitude=6.0, latitude=53.0))

        scan(on=NEXT)

        after = models.ScanGround.objects.get()
        assert (after.longitude, after.latitude) == (before.longitude, before.latitude)

    def test_lets_go_of_answers_that_nothing_reaches_any_more(self):
        scenes.burst(jongerenwerk=6, politie=6, school=6)
        scan()
        refuse({"a"})
        much_later = DAY + timedelta(days=200)

        scan(on=much_later)

        assert models.ScanAnswer.objects.get() == the_situation().found.answer
        assert models.ScanGround.objects.get().closed_before == much_later - timedelta(days=120)

    def test_asks_the_database_no_more_with_more_signals(self):
        scan()
        scenes.live_a_year(until=NEXT, seed=3)

        with CaptureQueriesContext(
            connection,
        ) as queries:
            scan(on=NEXT)

        assert len(queries) <= 25


class TestTasks:
    def test_scan_every_network_by_itself(self):
        tasks.scan.call()

        found = Task.objects.filter(task_path="scharnier.apps.situations.tasks.scan_network")
        assert sorted(task.args for task in found) == [["kruisveld"]]

    def test_scan_one_network_on_the_day_of_the_installation(self, settings):
        settings.DAY = NEXT

        tasks.scan_network.call("kruisveld")

        assert models.ScanRun.objects.get().day == NEXT

    def test_scan_a_network_without_a_signal(self):
        scenes.signal_models.Signal.objects.all().delete()

        tasks.scan_network.call("kruisveld")

        assert models.ScanRun.objects.get().done_at is not None
        assert not models.ScanGround.objects.exists()
