# SPDX-License-Identifier: EUPL-1.2
"""The finds of the example come once however often they are asked for, and map and list hold the same."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import User
from scharnier.apps.situations import map_rows, models, selectors
from scharnier.core import situations
from scharnier.core.detection import Cell, Release, Square, Width, band_count, month_of
from scharnier.core.kernel import NetworkId, Role
from tests.factories import DAY, an_actor
from tests.integration.apps.conftest import MODEL_BACKEND, ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]
KRUISVELD = NetworkId("kruisveld")
READER = an_actor("samira", acts_for="jongerenwerk")
WIM = an_actor("wim", role=Role.RESEARCHER)
TABLES = (
    models.Situation,
    models.Found,
    models.ScanAnswer,
    models.ScanRun,
    models.MapMonth,
    models.Invitation,
    models.Agreement,
    models.Action,
    models.Meeting,
    models.Reading,
    models.Evaluation,
    models.Result,
    models.Recheck,
    models.StoryLine,
    Message,
    AuditEvent,
)
MARCH = month_of(DAY)


@pytest.fixture(scope="module", autouse=True)
def _example(_ground):
    call_command("load_example", language="nl", stdout=io.StringIO())
    for name in ("load_signals", "load_situations", "load_finds"):
        call_command(name)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = example.KRUISVELD_DAY


def page(client, name: str, language: str = "nl") -> str:
    return html.unescape(client.get(reverse(name), headers={"accept-language": language}).text)


def keys_in(markup: str, begin: str) -> list[str]:
    return re.findall(rf'data-key="({begin}:[^"]+)"', markup)


class TestCommands:
    @pytest.mark.parametrize("name", ["load_signals", "load_situations", "load_finds"])
    def test_do_nothing_the_second_time(self, name):
        before = {table: list(table.objects.order_by("pk").values()) for table in TABLES}

        call_command(name)
        call_command(name)

        for table in TABLES:
            assert list(table.objects.order_by("pk").values()) == before[table]

    def test_leave_something_to_see(self):
        with wall.in_network(KRUISVELD):
            seen = selectors.read_on_map(READER)

        assert models.ScanRun.objects.get().day == example.KRUISVELD_DAY
        assert seen.month is not None
        assert seen.month.squares

    def test_tell_of_no_day_after_the_example(self):
        for answer in models.ScanAnswer.objects.all():
            assert answer.first_day <= example.KRUISVELD_DAY


class TestListTwin:
    @pytest.fixture
    def client(self):
        found = Client()
        found.force_login(User.objects.get(username="samira"), backend=MODEL_BACKEND)
        return found

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_holds_every_square_of_the_map_in_the_same_words(self, client, language):
        markup = page(client, "mapping:map", language)
        data = client.get(reverse("situations:on_map"), headers={"accept-language": language}).json()

        drawn = data["squares"]["features"]
        assert [each["properties"]["key"] for each in drawn] == keys_in(markup, "square")
        for each in drawn:
            assert each["properties"]["said"] in markup
            assert each["properties"]["name"] in markup

    def test_holds_every_find_of_the_map(self, client):
        markup = page(client, "mapping:map")
        finds = client.get(reverse("situations:on_map")).json()["finds"]["features"]

        assert {each["properties"]["key"] for each in finds} <= set(keys_in(markup, "find"))

    def test_is_the_same_for_every_month_there_is(self, client):
        for month in models.MapMonth.objects.all():
            query = {"month": f"{month.first_day:%Y-%m}"}
            markup = client.get(reverse("mapping:map"), query).text
            drawn = client.get(reverse("situations:on_map"), query).json()["squares"]["features"]

            assert [each["properties"]["key"] for each in drawn] == keys_in(markup, "square")

    def test_draws_closed_rings_that_hold_their_label(self, client):
        for each in client.get(reverse("situations:on_map")).json()["squares"]["features"]:
            (ring,) = each["geometry"]["coordinates"]
            assert ring[0] == ring[-1]
            assert len(ring) == 5
            n_least = int(each["properties"]["label"].rstrip("+"))
            assert str(n_least) in each["properties"]["said"]

    def test_shows_no_square_of_fewer_than_five_or_of_one_partner(self):
        for row in models.MapMonth.objects.all():
            for stored in map_rows.squares_of(row):
                release = map_rows.release_of(stored, row)
                if release is not None:
                    least = situations.least_of(release)
                    assert least.n_signals >= 5
                    assert least.n_partners >= 2

    def test_is_one_for_all_who_read(self):
        assert selectors.read_month(READER) == selectors.read_month(WIM)

    def test_puts_most_first(self):
        month = selectors.read_month(READER)

        n_each = [line.least.n_signals for line in month.squares]
        assert n_each == sorted(n_each, reverse=True)

    def test_has_a_tile_for_every_level(self):
        month = selectors.read_month(READER)

        levels = {level.number: level.n_signals for level in month.levels}
        assert len({level.tile for level in month.levels}) == len(situations.MAP_LEVELS)
        for line in month.squares:
            assert levels[line.level] == line.least.n_signals


class TestStoredSquares:
    SQUARE = Square(size_m=500, column=-3, row=2)

    def a_release(self, *counts: int) -> Release:
        partners = {f"partner {number}": band_count(n) for number, n in enumerate(counts)}
        return Release(
            width=Width.CELL,
            name=str(self.SQUARE),
            window=MARCH,
            n_addresses=band_count(40),
            partners=partners,
        )

    def stored(self, release: Release | None, *, area_ids=("noord",)) -> models.MapMonth:
        cell = Cell(square=self.SQUARE, release=release)
        return models.MapMonth(
            network_id=KRUISVELD,
            first_day=MARCH.first_day,
            drawn_on=DAY,
            squares=[map_rows.cell_stored(cell, area_ids=area_ids)],
        )

    def test_come_back_where_they_were(self):
        (square,) = map_rows.squares_of(self.stored(self.a_release(6, 12)))

        assert square.square == self.SQUARE

    def test_come_back_as_left_out_where_nothing_was_shown(self):
        (cell,) = map_rows.cell_values(self.stored(None))

        assert cell.release is None

    @pytest.mark.parametrize("counts", [(6, 12), (2, 3), (5, 5, 900), (0, 7)])
    def test_tell_the_same_at_least_as_before_they_were_stored(self, counts):
        release = self.a_release(*counts)

        (cell,) = map_rows.cell_values(self.stored(release))

        assert cell.release is not None
        assert situations.least_of(cell.release) == situations.least_of(release)

    def test_do_not_keep_whose_which_band_is(self):
        one, other = self.stored(self.a_release(6, 12)), self.stored(self.a_release(12, 6))

        assert one.squares == other.squares
        assert "partner" not in str(one.squares)

    def test_keep_three_names_of_areas_at_most(self):
        row = self.stored(self.a_release(6, 6), area_ids=("a", "b", "c", "d", "e"))

        assert row.squares[0]["area_ids"] == ["a", "b", "c"]
