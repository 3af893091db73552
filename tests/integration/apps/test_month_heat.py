# SPDX-License-Identifier: EUPL-1.2
"""What is busier than the rest on the map of a month: counted from what was shown, and in the list too."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scharnier.apps.signals.models import Signal
from scharnier.apps.situations import models, selectors
from scharnier.apps.situations.selectors import _maps
from scharnier.core import detection
from scharnier.core.detection import Square
from scharnier.core.kernel import Role
from tests.integration.apps.month_scenes import (
    APRIL,
    MARCH,
    a_neighbourhood,
    a_reader,
    show_by_hand,
    tell_enough,
)

pytestmark = pytest.mark.django_db
USUAL, MUCH = (0, 5), (10, 50)  # low ends of the bands of two partners
FIELD = {(column, row): USUAL for column in range(4) for row in range(2)}
BUSY = {**FIELD, (2, 1): MUCH}
MAP, DATA = reverse("mapping:map"), reverse("situations:on_map")
DUTCH = {"accept-language": "nl"}


@pytest.fixture(autouse=True)
def _neighbourhood(load):
    load(a_neighbourhood())


@pytest.fixture
def client(sign_in):
    return sign_in("van-school")


def marked(actor=None):
    return [line.key for line in selectors.read_month(actor or a_reader()).squares if line.is_busy]


class TestReadMonth:
    def test_marks_the_square_with_more_than_the_rest(self):
        show_by_hand(shown=BUSY)

        assert marked() == ["square:500.2.1"]

    def test_marks_nothing_where_all_is_alike(self):
        show_by_hand(shown=FIELD)

        assert marked() == []

    def test_says_nothing_of_few_squares(self):
        show_by_hand(shown={(0, 0): MUCH, (1, 0): USUAL, (2, 0): USUAL})

        assert marked() == []

    def test_takes_what_was_left_out_as_unknown_and_not_as_nought(self):
        quiet = [(column, row) for column in range(4, 20) for row in range(2)]
        show_by_hand(shown=FIELD, left_out=quiet)
        counts = {Square(size_m=500, column=column, row=row): 10 for column, row in FIELD}
        noughts = {Square(size_m=500, column=column, row=row): 0 for column, row in quiet}

        assert marked() == []
        assert detection.find_busy({**counts, **noughts}, seed=1)  # as it would be

    def test_compares_with_the_same_month_alone(self):
        show_by_hand(MARCH, shown=FIELD)
        show_by_hand(APRIL, shown=dict.fromkeys(FIELD, MUCH))

        assert marked() == []

    @pytest.mark.parametrize("role", [Role.RESIDENT, Role.PROFESSIONAL, Role.COORDINATOR])
    def test_is_the_same_for_all_who_read_and_each_time(self, role):
        show_by_hand(shown=BUSY)

        assert marked(a_reader(role)) == marked() == marked()

    def test_reads_no_signal(self):
        tell_enough(MARCH)
        show_by_hand(shown=BUSY)
        before = selectors.read_month(a_reader())

        with CaptureQueriesContext(
            connection,
        ) as asked:
            selectors.read_on_map(a_reader())
        Signal.objects.all().delete()

        assert not [query["sql"] for query in asked if "signals_signal" in query["sql"]]
        assert selectors.read_month(a_reader()) == before


class TestFindBusy:
    """Counted once for a page and what its map draws."""

    def n_counted(self, client, *addresses):
        """How often it is counted while somebody opens these addresses, one after the other."""
        before = _maps.find_busy.cache_info().misses
        for address in addresses:
            assert client.get(address).status_code == 200
        return _maps.find_busy.cache_info().misses - before

    @pytest.fixture(autouse=True)
    def _nothing_at_hand(self):
        _maps.find_busy.cache_clear()

    def test_is_done_once_for_the_page_and_its_map(self, client):
        show_by_hand(shown=BUSY)

        assert self.n_counted(client, MAP, DATA, MAP, DATA) == 1

    def test_is_done_for_each_month(self, client):
        show_by_hand(MARCH, shown=BUSY)
        show_by_hand(APRIL, shown=FIELD)

        assert self.n_counted(client, MAP, f"{MAP}?month={MARCH:%Y-%m}", DATA) == 2

    def test_is_done_again_when_something_else_was_shown(self):
        show_by_hand(shown=BUSY)
        first = marked()
        models.MapMonth.objects.all().delete()
        show_by_hand(shown={**FIELD, (1, 0): MUCH})

        assert (first, marked()) == (["square:500.2.1"], ["square:500.1.0"])

    def test_says_what_the_core_says(self):
        counts = {Square(size_m=500, column=column, row=0): 7 for column in range(8)}
        counts[Square(size_m=500, column=0, row=0)] = 75

        assert _maps.find_busy(tuple(counts.items()), seed=1) == detection.find_busy(counts, seed=1)


class TestPage:
    def test_says_the_same_in_the_list_as_on_the_map(self, client):
        show_by_hand(shown=BUSY)

        page = client.get(MAP, headers=DUTCH).text
        drawn = client.get(DATA, headers=DUTCH).json()["squares"]["features"]

        (feature,) = [each for each in drawn if each["properties"]["busy"]]
        assert feature["properties"]["said"] == "zeker 50 signalen, van 2 partners; drukker dan de rest"
        assert page.count("partners; drukker dan de rest") == 1
        assert "Drukker dan de rest: meer signalen dan toeval" in page
        assert "layers__busy" in page

    def test_does_not_speak_of_it_when_nothing_is(self, client):
        show_by_hand(shown=FIELD)

        page = client.get(MAP, headers=DUTCH).text

        assert "rukker dan de rest" not in page
        assert "layers__busy" not in page

    def test_says_it_in_english_too(self, client):
        show_by_hand(shown=BUSY)

        page = client.get(MAP, headers={"accept-language": "en"}).text

        assert "at least 50 signals, of 2 partners; busier than the rest" in page
