# SPDX-License-Identifier: EUPL-1.2
"""Night after night: a find is told once, laid aside, kept silent for eight weeks, and told again after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Organization
from scharnier.apps.situations import models, selectors, services, tasks
from scharnier.core import situations
from scharnier.core.kernel import SituationId
from scharnier.core.situations import Step
from tests.factories import DAY, NOON
from tests.integration.apps import scan_scenes as scenes
from tests.integration.apps.scan_scenes import KRUISVELD, scan
from tests.integration.apps.situations_scenes import KAREL, RIA, WIM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
NEXT = DAY + timedelta(days=1)
LEAST_ADDRESSES = 10
SPEAKS_AGAIN = DAY + timedelta(weeks=situations.SILENT_WEEKS)
TABLES = (models.Situation, models.ScanAnswer, models.Found, models.ScanRun, models.StoryLine, Message)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    scenes.live_a_year()


def burst(*, until: date = DAY, n: int = 6) -> None:
    scenes.burst(until=until, jongerenwerk=n, politie=n, school=n)


def only() -> models.Situation:
    return models.Situation.objects.get()


def step(move: Step, *, actor=RIA, on: date = DAY, said: str = "") -> None:
    services.take_step(SituationId(only().pk), move, said=said, actor=actor, on=on, at=NOON + (on - DAY))


def lay_aside(*, on: date = DAY) -> None:
    step(Step.DISMISS, said="Het was kermis.", on=on)


def make_less_rare(weeks: float) -> None:
    """Let what was laid aside have been as rare as this."""
    row = only()
    row.find = {**row.find, "recurrence_weeks": weeks}
    row.save()


def letters() -> list[str]:
    return sorted(Message.objects.filter(template="find_made").values_list("to", flat=True))


def all_rows() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


class TestTheSameNightTwice:
    def test_changes_nothing_at_all(self):
        burst()
        tasks.scan_network.call("kruisveld")
        before = all_rows()

        tasks.scan_network.call("kruisveld")

        assert all_rows() == before

    def test_writes_to_each_who_can_do_something_once(self):
        burst()
        tasks.scan_network.call("kruisveld")
        tasks.scan_network.call("kruisveld")

        told = letters()
        assert len(told) == len(set(told)) > 0

    def test_gives_the_same_from_the_same_signals(self):
        burst()
        scan()
        first = models.ScanAnswer.objects.values("squares", "partners", "first_day", "last_day").get()
        find = only().find
        for table in (models.Situation, models.ScanAnswer, models.ScanRun):
            table.objects.all().delete()

        scan()

        assert models.ScanAnswer.objects.values("squares", "partners", "first_day", "last_day").get() == first
        assert only().find == find


class TestNightsWithoutAnybody:
    def test_may_be_left_out_and_nothing_is_told_twice(self):
        burst()
        scan()

        for days in (1, 2, 5, 6):
            scan(on=DAY + timedelta(days=days))

        assert models.Situation.objects.count() == 1
        assert models.ScanRun.objects.count() == 5
        assert len(letters()) == len(set(letters()))

    def test_find_what_came_while_none_was_counted(self):
        scan(on=DAY - timedelta(days=20))
        burst()

        found = scan()

        assert found is not None
        assert len(found.begun) == 1

    def test_keep_runs_of_one_year(self):
        for ago in (400, 366, 364, 1):
            models.ScanRun.objects.create(
                network_id=KRUISVELD, day=DAY - timedelta(days=ago), seed=1, began_at=NOON, done_at=NOON
            )

        scan()

        kept = models.ScanRun.objects.order_by("day").values_list("day", flat=True)
        assert [(DAY - day).days for day in kept] == [364, 1, 0]


class TestSilence:
    @pytest.fixture(autouse=True)
    def _laid_aside(self):
        burst()
        scan()
        lay_aside()

    @pytest.mark.parametrize(
        ("on", "n_begun"),
        [(NEXT, 0), (SPEAKS_AGAIN - timedelta(days=1), 0), (SPEAKS_AGAIN, 1)],
        ids=["the next night", "the last day of eight weeks", "the day after"],
    )
    def test_lasts_eight_weeks_to_the_day(self, on, n_begun):
        burst(until=on)

        found = scan(on=on)

        assert found is not None
        assert len(found.begun) == n_begun

    def test_writes_to_nobody(self):
        before = letters()
        burst(until=NEXT)

        scan(on=NEXT)

        assert letters() == before
        assert models.Found.objects.get().seen_again_on is None

    @pytest.mark.parametrize(
        ("weeks", "n_told"),
        [(512, 1), (257, 1), (256, 2), (8, 2)],
        ids=["as rare", "a bit less rare", "half as rare", "much less rare"],
    )
    def test_is_broken_by_what_is_twice_as_rare(self, weeks, n_told):
        make_less_rare(weeks)
        burst(until=NEXT)

        scan(on=NEXT)

        assert models.Situation.objects.count() == n_told

    def test_covers_no_other_place(self):
        far = scenes.Spot(longitude=scenes.SQUARE.longitude + 0.007, latitude=scenes.SQUARE.latitude + 0.004)
        scenes.burst(until=NEXT, spot=far, jongerenwerk=9, politie=9, school=9)

        found = scan(on=NEXT)

        assert found is not None
        assert len(found.begun) == 1

    def test_leaves_what_was_laid_aside_out_of_the_list(self):
        assert selectors.released_finds(RIA) == ()
        assert selectors.found_page(RIA).counted_at is not None

    def test_ends_when_it_is_taken_up_again(self):
        step(Step.REOPEN, on=NEXT, said="Toch geen kermis.")
        burst(until=NEXT)

        found = scan(on=NEXT)

        assert found is not None
        assert (found.begun, found.seen_again) == ((), (only().pk,))


class TestWhatGoesOn:
    def test_is_seen_again_once_it_was_taken_up(self):
        burst()
        scan()
        step(Step.PROPOSE, actor=KAREL)
        burst(until=NEXT)

        found = scan(on=NEXT)

        assert found is not None
        assert found.seen_again == (only().pk,)
        assert only().state == "proposed"

    def test_keeps_its_words_and_bands_whatever_comes_in(self):
        burst()
        scan()
        before = selectors.released_finds(WIM)[0]
        burst(until=NEXT, n=40)

        scan(on=NEXT)

        (after,) = selectors.released_finds(WIM)
        assert (after.question, after.partners) == (before.question, before.partners)
        assert (after.first_day, after.last_day) == (before.first_day, before.last_day)
        assert after.seen_again_on == NEXT

    def test_is_begun_on_record_by_the_site_and_by_nobody(self):
        burst()
        scan()

        events = AuditEvent.objects.filter(act="situation.begun")
        assert [event.actor_id for event in events] == [""]


class TestWhoHasLeft:
    def test_is_in_no_bundle_though_they_were_counted(self):
        burst()
        Organization.objects.filter(network_id=KRUISVELD, text_id="jongerenwerk").delete()

        scan()

        for row in models.Situation.objects.all():
            named = set(row.bundle.values_list("organization__text_id", flat=True))
            assert named <= {"politie", "school"}
            assert "noor@example.org" not in letters()

    def test_costs_nobody_the_find_of_others(self):
        burst()
        scan()
        Organization.objects.filter(network_id=KRUISVELD, text_id="jongerenwerk").delete()

        (find,) = selectors.released_finds(KAREL)

        assert {each.name for each in find.partners} == {"Politie", "School", ""}


class TestWhatIsTold:
    def test_is_of_ten_places_and_two_partners_at_least(self):
        burst()
        scan()

        (find,) = selectors.released_finds(RIA)

        assert find.n_addresses.low >= LEAST_ADDRESSES
        assert len(find.partners) >= 2

    def test_holds_for_what_was_counted(self):
        scenes.burst(jongerenwerk=6, politie=11, school=21)
        scan()

        told = only().found.answer.partners

        assert told["partner jongerenwerk"] <= told["partner politie"] <= told["partner school"]
        assert set(told.values()) <= {0, 5, 10, 20, 50}

    @pytest.mark.parametrize("n", [0, 1])
    def test_is_nothing_where_a_second_partner_saw_one_or_none(self, n):
        scenes.burst(politie=12)
        if n:
            scenes.burst(school=n)

        scan()

        assert not models.Situation.objects.exists()
