# SPDX-License-Identifier: EUPL-1.2
"""The map of a month: drawn once from the book of answers, the same for all who read, with nobody's name."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.signals.models import Signal
from scharnier.apps.situations import access, map_rows, models, selectors, tasks
from scharnier.core.kernel import Role
from scharnier.core.signals import Spot
from tests.integration.apps.month_scenes import (
    APRIL,
    DRAWN_ON,
    MARCH,
    MAY,
    MIDDLE,
    PARTNERS,
    WORDS,
    a_neighbourhood,
    a_reader,
    draw,
    tell,
    tell_enough,
)

pytestmark = pytest.mark.django_db
READERS = set(Role) - {Role.ADMINISTRATOR}
MAP, DATA = "mapping:map", "situations:on_map"


@pytest.fixture
def neighbourhood(load):
    return load(a_neighbourhood())


def squares(month=MARCH):
    return map_rows.squares_of(models.MapMonth.objects.get(first_day=month))


@pytest.mark.usefixtures("neighbourhood")
class TestDrawMonths:
    def test_shows_a_square_of_two_partners_with_the_number_at_least(self):
        tell_enough(MARCH)

        assert draw() == (MARCH,)

        (line,) = selectors.read_month(a_reader()).squares
        assert (line.least.n_signals, line.least.n_partners, line.where) == (10, 2, "Noord")

    def test_leaves_out_what_one_partner_tells_alone(self):
        tell("school", MARCH, n=30)

        draw()

        assert selectors.read_month(a_reader()).squares == ()

    def test_waits_until_no_find_reaches_into_the_month(self):
        tell_enough(MARCH)

        assert draw(DRAWN_ON - timedelta(days=1)) == ()

    def test_does_so_once_whatever_comes_after(self):
        tell_enough(MARCH)
        draw()
        before = squares()

        tell_enough(MARCH, n=20)
        Signal.objects.filter(organization__text_id="school").delete()

        assert draw() == ()
        assert squares() == before

    def test_takes_a_busy_square_apart_in_the_month_after(self):
        tell_enough(MARCH, n=20)
        tell_enough(APRIL)

        assert draw(DRAWN_ON + timedelta(days=31)) == (MARCH, APRIL)

        assert {each.size_m for each in squares(MARCH)} == {1000}
        assert 500 in {each.size_m for each in squares(APRIL)}

    def test_draws_the_month_after_the_same_when_it_is_drawn_later(self):
        tell_enough(MARCH, n=20)
        tell_enough(APRIL)
        draw()
        draw(DRAWN_ON + timedelta(days=31))
        one_by_one = squares(APRIL)

        models.MapMonth.objects.all().delete()
        models.ScanAnswer.objects.all().delete()
        draw(DRAWN_ON + timedelta(days=31))

        assert squares(APRIL) == one_by_one

    def test_keeps_each_answer_in_the_book_of_the_network(self):
        tell_enough(MARCH)

        draw()

        shown = models.ScanAnswer.objects.filter(is_release=True)
        n_shown = sum(each.lows is not None for each in squares())
        assert shown.count() == n_shown == 1
        assert not models.ScanAnswer.objects.exclude(first_day=MARCH).exists()

    def test_leaves_out_what_a_find_told_already(self):
        tell_enough(MARCH)
        draw()
        models.MapMonth.objects.all().delete()  # the book still knows

        draw()

        assert selectors.read_month(a_reader()).squares == ()

    def test_draws_nothing_of_days_that_are_closed(self):
        tell_enough(MARCH)
        tell_enough(APRIL)
        draw(MARCH)  # lays the ground
        models.ScanGround.objects.update(closed_before=MARCH + timedelta(days=1))

        assert draw(DRAWN_ON + timedelta(days=31)) == (APRIL,)

    def test_counts_nothing_outside_the_areas(self):
        far = Spot(longitude=MIDDLE.longitude + 0.2, latitude=MIDDLE.latitude)
        for partner in PARTNERS:
            tell(partner, MARCH, spot=far, n=8)

        draw()

        assert selectors.read_month(a_reader()).squares == ()

    def test_keeps_no_partner_no_signal_and_no_place_of_one(self):
        tell_enough(MARCH)

        draw()

        (row,) = models.MapMonth.objects.values()
        kept = json.dumps(row, default=str)
        assert not any(partner in kept for partner in (*PARTNERS, WORDS))
        assert {key for each in row["squares"] for key in each} == {
            "size_m",
            "column",
            "row",
            "area_ids",
            "lows",
        }

    def test_leaves_old_maps_to_the_rules_of_clearing_up(self):
        tell_enough(MARCH)
        draw()

        draw(MARCH.replace(year=2029))

        assert models.MapMonth.objects.filter(first_day=MARCH).exists()

    def test_draws_no_month_again_that_was_cleared_up(self):
        tell_enough(MARCH)
        tell_enough(APRIL)
        later = DRAWN_ON + timedelta(days=31)
        assert draw(later) == (MARCH, APRIL)

        models.MapMonth.objects.filter(first_day=MARCH).delete()

        assert draw(later) == ()
        assert list(models.MapMonth.objects.values_list("first_day", flat=True)) == [APRIL]


class TestWithoutOutlines:
    def test_draws_nothing(self, load):
        load(a_neighbourhood(is_drawn=False))
        tell_enough(MARCH)

        assert draw() == ()
        assert selectors.read_month(a_reader()) is None


@pytest.mark.usefixtures("neighbourhood")
class TestReadMonth:
    @pytest.mark.parametrize("role", Role)
    def test_is_the_same_for_all_who_read(self, role):
        tell_enough(MARCH)
        draw()

        found = selectors.read_month(a_reader(role))

        expected = selectors.read_month(a_reader()) if role in READERS else None
        assert found == expected

    def test_knows_the_months_beside_it(self):
        tell_enough(MARCH)
        draw(DRAWN_ON + timedelta(days=62))

        found = selectors.read_month(a_reader(), "2026-04")

        assert (found.earlier, found.month, found.later) == (MARCH, APRIL, MAY)

    def test_is_the_latest_when_none_is_asked_for(self):
        tell_enough(MARCH)
        draw(DRAWN_ON + timedelta(days=31))

        assert selectors.read_month(a_reader()).month == APRIL

    @pytest.mark.parametrize("asked", ["2026-02", "maart", "2026-13", "2026-03-01", "\x00", "9" * 400])
    def test_refuses_a_month_that_is_not_there(self, asked):
        tell_enough(MARCH)
        draw()

        with pytest.raises(access.MonthNotFound):
            selectors.read_month(a_reader(), asked)

    def test_is_of_the_network_of_the_reader_alone(self, load):
        load(a_neighbourhood("elders"))
        tell_enough(MARCH)
        draw()

        assert selectors.read_month(a_reader(network_id="elders")) is None


@pytest.mark.usefixtures("neighbourhood")
class TestPage:
    @pytest.fixture
    def client(self, sign_in):
        return sign_in("van-school")

    def test_says_in_words_what_the_map_draws(self, client):
        tell_enough(MARCH)
        draw()

        page = client.get(reverse(MAP), headers={"accept-language": "nl"}).content.decode()
        drawn = client.get(reverse(DATA), headers={"accept-language": "nl"}).json()["squares"]["features"]

        (feature,) = drawn
        assert feature["properties"]["said"] == "zeker 10 signalen, van 2 partners"
        assert feature["properties"]["said"] in page
        assert feature["properties"]["name"] in page
        assert f'data-key="{feature["properties"]["key"]}"' in page
        assert "Signalen in maart 2026" in page

    def test_never_tells_whose_they_are_nor_a_word_of_them(self, client):
        tell_enough(MARCH)
        draw()

        said = client.get(reverse(DATA)).content.decode()

        assert not any(partner in said for partner in (*PARTNERS, WORDS))

    def test_says_when_there_is_no_map_yet(self, client):
        page = client.get(reverse(MAP), headers={"accept-language": "nl"}).content.decode()

        assert "Er is nog geen kaart van signalen." in page
        assert client.get(reverse(DATA)).json()["squares"]["features"] == []

    def test_says_when_a_month_has_nothing_to_show(self, client):
        tell("school", MARCH)
        draw()

        page = client.get(reverse(MAP), headers={"accept-language": "nl"}).content.decode()

        assert "In deze maand is nergens genoeg gemeld om te laten zien." in page

    def test_leads_to_the_months_beside_it_and_keeps_what_was_chosen(self, client):
        tell_enough(MARCH)
        draw(DRAWN_ON + timedelta(days=31))

        page = client.get(reverse(MAP), {"area": "noord"}, headers={"accept-language": "nl"}).content.decode()

        assert "?area=noord&amp;month=2026-03#signals" in page
        assert "Eerder: maart 2026" in page
        assert "Later:" not in page

    @pytest.mark.parametrize("page", [MAP, DATA])
    def test_says_so_when_there_is_no_such_month(self, client, page):
        answer = client.get(reverse(page), {"month": "kat"}, headers={"accept-language": "nl"})

        assert answer.status_code == 404
        assert "Van deze maand is er geen kaart." in answer.content.decode()


@pytest.mark.usefixtures("neighbourhood")
class TestDrawMaps:
    def test_draws_each_network_by_itself(self, load, settings):
        load(a_neighbourhood("elders"))
        settings.DAY = DRAWN_ON
        for network_id in ("kruisveld", "elders"):
            for partner in ("school", "politie"):
                tell(partner, MARCH, n=6, network_id=network_id)

        tasks.draw_maps.call()
        for network_id in ("kruisveld", "elders"):
            tasks.draw_maps_of_network.call(network_id)

        drawn = models.MapMonth.objects.values_list("network_id", "first_day")
        assert sorted(drawn) == [("elders", MARCH), ("kruisveld", MARCH)]
