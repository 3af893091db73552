# SPDX-License-Identifier: EUPL-1.2
"""What follows a signal: looked at once for each half year, kept with every run, told on a page."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from scharnier.apps.signals.models import Signal
from scharnier.apps.situations import find_labels, models, scan_rows
from scharnier.core import situations
from scharnier.core.signals import Spot
from scharnier.core.situations import Following
from tests.factories import DAY, NOON
from tests.integration.apps import scan_scenes as scenes
from tests.integration.apps.reading import words_of
from tests.integration.apps.scan_scenes import KRUISVELD, scan
from tests.integration.apps.situations_scenes import AD, BAS, KAREL, RIA, WIM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
PAGE = reverse("situations:found")
HALF_YEAR = date(2025, 7, 1)  # what is told of on the 29th of March 2026
NEXT_HALF_YEAR = date(2026, 7, 29)  # the first night that tells of the half year after
TOLD = [{"to_days": 7, "times": 4.0}]
PARTNERS = ("school", "politie")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def as_(sign_in):
    return lambda actor: sign_in(actor.person_id, network_id=actor.network_id, role=actor.role)


def spot_of(number):
    """Spots of which no two lie near each other."""
    east, north = number % 10 - 5, number // 10 - 3
    return Spot(
        longitude=scenes.SQUARE.longitude + east * 0.004, latitude=scenes.SQUARE.latitude + north * 0.002
    )


def follow_each_other(n=26, *, since=HALF_YEAR, partners=PARTNERS, after=5, beside=0.0):
    """Let a partner meet something on each of n spots, and another the same place some days later."""
    for number in range(n):
        spot = spot_of(number)
        for times, partner in enumerate(partners):
            where = Spot(longitude=spot.longitude + times * beside, latitude=spot.latitude)
            scenes.tell(partner, where, since + timedelta(days=6 * number + after * times))


def last_run():
    return models.ScanRun.objects.order_by("-day").first()


class TestScan:
    def test_keeps_what_follows_a_signal_in_steps(self):
        follow_each_other()

        scan()

        run = last_run()
        assert (run.followed_from, run.following) == (HALF_YEAR, TOLD)
        assert scan_rows.following_of(run) == (Following(to_days=7, times=4.0),)

    def test_keeps_no_count_no_place_and_no_partner_of_it(self):
        follow_each_other()

        scan()

        (row,) = models.ScanRun.objects.values("followed_from", "following")
        kept = json.dumps(row, default=str)
        assert not [part for part in (*PARTNERS, scenes.MARK, "52", "5.12", "26", "0.01") if part in kept]

    def test_takes_squares_beside_each_other_for_near(self):
        follow_each_other(beside=0.00146)  # a square of a hundred metres further east

        scan()

        assert last_run().following == TOLD

    @pytest.mark.parametrize(
        ("n", "partners"), [(24, PARTNERS), (40, ("school", "school")), (40, (None, None))]
    )
    def test_keeps_nothing_of_fewer_than_fifty_or_of_one_partner(self, n, partners):
        follow_each_other(n, partners=partners)

        scan()

        assert (last_run().followed_from, last_run().following) == (HALF_YEAR, [])

    def test_keeps_nothing_that_is_not_beyond_chance(self):
        scenes.live_a_year()

        scan()

        assert last_run().following == []

    def test_keeps_nothing_where_nothing_was_told(self):
        scan()

        assert (last_run().followed_from, last_run().following) == (HALF_YEAR, [])

    @pytest.mark.parametrize(
        "known",
        [
            {"cell_longitude": None, "cell_latitude": None, "area_text_id": "noord"},
            {"last_day": F("first_day") + timedelta(days=6)},
        ],
        ids=["to an area", "to a week"],
    )
    def test_leaves_out_what_is_known_only(self, known):
        follow_each_other()
        Signal.objects.filter(organization__text_id="politie").update(**known)

        scan()

        assert last_run().following == []

    def test_leaves_out_squares_that_never_count(self):
        follow_each_other()
        squares = [situations.name_square(spot_of(number)) for number in range(10)]
        models.ScanGround.objects.create(
            network_id=KRUISVELD, longitude=5.12, latitude=52.09, excluded=squares
        )

        scan()

        assert last_run().following == []  # what is left are 32


class TestNights:
    """From one night to the next there is nothing by which one signal can be told."""

    def test_tell_the_same_whatever_becomes_of_the_signals(self):
        follow_each_other()
        scan()

        Signal.objects.filter(organization__text_id="politie").delete()
        scan(on=DAY + timedelta(days=1))
        Signal.objects.all().delete()
        scan(on=DAY + timedelta(days=2))

        told = models.ScanRun.objects.values_list("followed_from", flat=True)
        assert set(told) == {HALF_YEAR}
        assert [run.following for run in models.ScanRun.objects.all()] == [TOLD] * 3

    def test_do_not_tell_later_what_was_too_little_at_first(self):
        follow_each_other(24)
        scan()

        follow_each_other(10, since=HALF_YEAR + timedelta(days=30))
        scan(on=DAY + timedelta(days=1))

        assert last_run().following == []

    def test_tell_of_the_next_half_year_by_its_own_signals_alone(self):
        follow_each_other()
        scan()
        follow_each_other(since=date(2026, 1, 2), after=40)  # here nothing follows soon

        scan(on=NEXT_HALF_YEAR - timedelta(days=1))
        before = last_run()
        scan(on=NEXT_HALF_YEAR)

        assert (before.followed_from, before.following) == (HALF_YEAR, TOLD)
        assert (last_run().followed_from, last_run().following) == (date(2026, 1, 1), [])

    def test_do_it_again_when_the_first_stopped_halfway(self):
        follow_each_other()
        models.ScanRun.objects.create(
            network_id=KRUISVELD, day=DAY - timedelta(days=1), seed=1, began_at=NOON, followed_from=HALF_YEAR
        )

        scan()

        assert last_run().following == TOLD


SAID = (
    "Na een signaal volgen er binnen zo'n 100 meter meer, 7 dagen lang: minstens 4 keer zoveel als door "
    "toeval (alle partners samen, juli - december 2025)."
)


class TestPage:
    @pytest.mark.parametrize("actor", [KAREL, RIA, WIM, BAS], ids=lambda actor: actor.person_id)
    def test_says_it_in_one_sentence(self, as_, actor):
        follow_each_other()
        scan()

        answer = as_(actor).get(PAGE)

        assert SAID in words_of(answer).replace("&#x27;", "'")

    def test_is_not_there_for_who_keeps_accounts_only(self, as_):
        follow_each_other()
        scan()

        assert "100 meter" not in as_(AD).get(PAGE).text

    def test_says_nothing_when_there_is_nothing_to_tell(self, as_):
        follow_each_other(20)
        scan()

        assert "100 meter" not in as_(KAREL).get(PAGE).text

    def test_does_not_say_what_an_earlier_run_told_of_another_half_year(self, as_):
        follow_each_other()
        scan()
        models.ScanRun.objects.create(
            network_id=KRUISVELD, day=NEXT_HALF_YEAR, seed=1, began_at=NOON, done_at=NOON
        )

        assert "100 meter" not in as_(KAREL).get(PAGE).text

    def test_says_how_much_in_the_first_week_when_it_lasts(self):
        bands = [Following(to_days=7, times=2.5), Following(to_days=14, times=1.5)]

        said = find_labels.say_following(bands, of=HALF_YEAR)

        assert said == (
            "Na een signaal volgen er binnen zo'n 100 meter meer, 14 dagen lang: in de eerste week minstens "
            "2½ keer zoveel als door toeval (alle partners samen, juli - december 2025)."
        )

    def test_says_it_in_english_too(self, as_):
        follow_each_other()
        scan()

        said = words_of(as_(KAREL).get(PAGE, headers={"accept-language": "en"}))

        assert "for 7 days: at least 4 times as many as by chance" in said
