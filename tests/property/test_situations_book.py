# SPDX-License-Identifier: EUPL-1.2
"""The book of answers as stored gives the ledger as it was in memory, whatever nights went before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scharnier.apps.people.models import Network
from scharnier.apps.situations import models
from scharnier.apps.situations.services import _releasing as releasing
from scharnier.core.detection import Area, Ledger, Located, Width, Window, band_count
from scharnier.core.kernel import NetworkId
from scharnier.core.signals import Spot

pytestmark = pytest.mark.django_db
HERE, THERE = NetworkId("kruisveld"), NetworkId("elders")
FIRST = date(2026, 3, 2)
ADDRESSES = tuple(f"{number:02}" for number in range(30))
PARTNERS = ("partner politie", "partner school", "residents")
MIDDLE = Spot(longitude=5.1, latitude=52.1)
settle = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def areas(draw: st.DrawFn) -> Area:
    start, n = draw(st.integers(0, 29)), draw(st.sampled_from((4, 9, 10, 12, 20, 30)))
    held = frozenset((ADDRESSES * 2)[start : start + n])
    width = draw(st.sampled_from(Width))
    return Area(width=width, name=f"{width.value} {start} {n}", addresses=held)


@st.composite
def nights(draw: st.DrawFn) -> tuple[int, int, list[Area], list[Located]]:
    """Draw how many days later it is, how long a window is asked about, where, and what was seen."""
    later = draw(st.sampled_from((1, 1, 2, 7, 60, 130)))
    length = draw(st.integers(1, 28))
    ladder = draw(st.lists(areas(), min_size=1, max_size=3))
    seen = st.tuples(st.sampled_from(PARTNERS), st.sampled_from(ADDRESSES), st.integers(0, 27))
    heaps = draw(st.lists(seen, max_size=6))
    n_each = draw(st.sampled_from((1, 3, 9)))
    found = [(partner, address, ago) for partner, address, ago in heaps for _ in range(n_each)]
    return (
        later,
        length,
        ladder,
        [Located(partner=p, address=a, on=FIRST + timedelta(days=d)) for p, a, d in found],
    )


def open_here() -> releasing.Book:
    return releasing.open_book(HERE)


def play(found: list[tuple[int, int, list[Area], list[Located]]], *, excluded: frozenset[str]) -> Ledger:
    """Let nights pass, each from the rows that the one before left; return the ledger kept in memory."""
    models.ScanGround.objects.filter(network_id=HERE).update(excluded=sorted(excluded))
    kept, on = Ledger(excluded=excluded), FIRST
    for later, length, ladder, seen in found:
        on += timedelta(days=later)
        window = Window(first_day=on - timedelta(days=length - 1), last_day=on)
        moved = [
            Located(partner=each.partner, address=each.address, on=on - (each.on - FIRST)) for each in seen
        ]
        kept = kept.forget(before=on - timedelta(days=releasing.KEPT_DAYS))
        kept, told = kept.offer(ladder, window, moved)
        book = releasing.forget_answers(open_here(), on=on)
        after, release = book.ledger.offer(ladder, window, moved)
        assert release == told
        releasing.write_answers(book, after, on=on)
    return kept


@pytest.fixture(autouse=True)
def _networks():
    for network_id in (HERE, THERE):
        Network.objects.create(id=network_id, name=network_id, language="nl")
        releasing.open_ground(network_id, MIDDLE)


def undone(act) -> None:
    """Leave nothing of an example."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


excluding = st.frozensets(st.sampled_from(ADDRESSES), max_size=12)


class TestBook:
    @settle
    @given(found=st.lists(nights(), min_size=1, max_size=6), excluded=excluding)
    def test_gives_the_ledger_that_was_kept_in_memory(self, found, excluded):
        def check():
            kept = play(found, excluded=excluded)
            assert open_here().ledger == kept

        undone(check)

    @settle
    @given(found=st.lists(nights(), min_size=1, max_size=5))
    def test_has_a_row_of_each_release_in_the_same_order(self, found):
        def check():
            play(found, excluded=frozenset())
            book = open_here()
            for made, row in zip(book.ledger.made, book.rows, strict=True):
                assert frozenset(row.squares) == made.addresses
                assert book.row_of(made.release) == row

        undone(check)

    @settle
    @given(found=st.lists(nights(), min_size=1, max_size=5))
    def test_keeps_no_count_but_ends_of_bands(self, found):
        def check():
            play(found, excluded=frozenset())
            for row in models.ScanAnswer.objects.all():
                ends = [*row.partners.values(), row.n_addresses_low]
                assert [end for end in ends if band_count(end).low != end] == []

        undone(check)

    @settle
    @given(found=st.lists(nights(), min_size=1, max_size=4))
    def test_is_of_one_network(self, found):
        def check():
            play(found, excluded=frozenset())
            assert releasing.open_book(THERE).ledger == Ledger()
            assert not models.ScanAnswer.objects.filter(network_id=THERE).exists()

        undone(check)

    @settle
    @given(found=st.lists(nights(), min_size=1, max_size=5))
    def test_is_the_same_however_often_it_is_opened(self, found):
        def check():
            play(found, excluded=frozenset())
            first = open_here()
            releasing.write_answers(first, first.ledger, on=FIRST)
            assert open_here() == first

        undone(check)

    @settle
    @given(found=st.lists(nights(), min_size=1, max_size=5))
    def test_says_of_an_area_that_was_released_the_same_again(self, found):
        def check():
            play(found, excluded=frozenset())
            book = open_here()
            for made in book.ledger.made:
                area = Area(width=Width.RING, name="anders", addresses=made.addresses)
                after, again = book.ledger.offer([area], made.release.window, [])
                assert after == book.ledger
                assert again in [each.release for each in book.ledger.made]

        undone(check)

    @settle
    @given(found=st.lists(nights(), min_size=1, max_size=5), days=st.integers(0, 400))
    def test_stays_shut_for_days_that_it_let_go_of(self, found, days):
        def check():
            play(found, excluded=frozenset())
            before = open_here().ledger.closed_before
            on = FIRST + timedelta(days=days)
            book = releasing.forget_answers(open_here(), on=on)
            assert book.ledger.closed_before >= before
            assert open_here().ledger == book.ledger
            area = Area(width=Width.RING, name="alles", addresses=frozenset(ADDRESSES))
            shut = book.ledger.closed_before - timedelta(days=1)
            assert not book.ledger.may_look(area, Window(first_day=shut, last_day=shut + timedelta(days=3)))

        undone(check)

    def test_leaves_out_for_ever_what_does_not_count(self):
        excluded = frozenset(ADDRESSES[:25])
        seen = [Located(partner=name, address="26", on=FIRST) for name in PARTNERS for _ in range(5)]
        area = Area(width=Width.RING, name="alles", addresses=frozenset(ADDRESSES))

        kept = play([(1, 28, [area], seen)], excluded=excluded)

        assert kept.made == ()
        assert open_here().ledger.excluded == excluded
