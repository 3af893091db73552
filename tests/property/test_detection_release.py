# SPDX-License-Identifier: EUPL-1.2
"""No sequence of releases lets a count under five or a single address be worked out.

The test takes the place of who wants to know: it changes one thing in what was seen, and looks whether
anything that was released tells the difference. When it does not, nobody can tell it either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.detection import Area, Ledger, Located, Width, Window
from tests.unit.detection.scenes import TODAY

ADDRESSES = tuple(f"{number:02}" for number in range(24))
PARTNERS = ("police", "school", "youth work")
N_DAYS = 6
SPACE = {Width.RING: (8, 10, 12), Width.STREET: (14,), Width.NEIGHBOURHOOD: (24,)}

days = st.integers(0, N_DAYS - 1).map(lambda ago: TODAY - timedelta(days=ago))
signals = st.lists(
    st.builds(Located, partner=st.sampled_from(PARTNERS), address=st.sampled_from(ADDRESSES), on=days),
    min_size=8,
    max_size=30,
)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first, last = sorted((draw(days), draw(days)))
    return Window(first_day=first, last_day=last)


@st.composite
def ladders(draw: st.DrawFn) -> tuple[Area, ...]:
    """Areas from narrow to wide, fixed before anything was seen; others may begin elsewhere."""
    first = draw(st.integers(0, 23))
    areas = []
    for width, sizes in SPACE.items():
        n = draw(st.sampled_from(sizes))
        held = (ADDRESSES * 2)[first : first + n]
        areas.append(Area(width=width, name=f"{width} {first} {n}", addresses=frozenset(held)))
    return tuple(areas)


offers = st.lists(st.tuples(ladders(), windows()), min_size=1, max_size=4)
excluded = st.frozensets(st.sampled_from(ADDRESSES), max_size=4)


def play(asked, seen, excluded):
    """Return all that is shown when finds are offered one after another, and the ledger at the end."""
    ledger, shown = Ledger(excluded=excluded), []
    for areas, window in asked:
        ledger, release = ledger.offer(areas, window, seen)
        shown.append(release)
    return shown, ledger


def inside(made, seen, excluded, partner=None):
    counted = made.addresses - excluded
    return [
        each
        for each in seen
        if each.address in counted and made.release.window.holds(each.on) and partner in {None, each.partner}
    ]


def with_one_more_or_less(made, seen, excluded, partner) -> Iterator[list[Located]]:
    """Yield what might have been seen instead, with another count of one partner under five in a release."""
    own = inside(made, seen, excluded, partner)
    if len(own) > 1:
        for each in own:
            left = list(seen)
            left.remove(each)
            yield left
    if len(own) < 4:
        for address in sorted(made.addresses - excluded):
            window = made.release.window
            for ago in range((window.last_day - window.first_day).days + 1):
                on = window.first_day + timedelta(days=ago)
                yield [*seen, Located(partner=partner, address=address, on=on)]


class TestLedger:
    @given(asked=offers, seen=signals, excluded=excluded)
    def test_shows_no_count_under_five_and_no_area_under_ten_addresses(self, asked, seen, excluded):
        _, ledger = play(asked, seen, excluded)

        for made in ledger.made:
            assert len(made.addresses - excluded) >= 10
            assert made.release.n_addresses.low >= 10
            assert len(made.release.partners) >= 2
            assert len(inside(made, seen, excluded)) >= 5
            for name, band in made.release.partners.items():
                n = len(inside(made, seen, excluded, name))
                assert band.low <= n <= (band.high or n)
                assert band.high is None or band.high - band.low >= 4

    @given(asked=offers, seen=signals, excluded=excluded)
    def test_counts_no_signal_in_two_releases(self, asked, seen, excluded):
        _, ledger = play(asked, seen, excluded)

        for one, other in combinations(ledger.made, 2):
            is_apart = one.addresses.isdisjoint(other.addresses)
            assert is_apart or not one.release.window.meets(other.release.window)

    @given(asked=offers, seen=signals, later=signals, excluded=excluded)
    def test_never_changes_what_was_shown(self, asked, seen, later, excluded):
        _, ledger = play(asked, seen, excluded)
        before = ledger.made

        for areas, window in asked:
            ledger, _ = ledger.offer(areas, window, later)

        assert ledger.made[: len(before)] == before

    @given(asked=offers, seen=signals, excluded=excluded)
    def test_tells_no_count_under_five(self, asked, seen, excluded):
        """Also to who knows all that the other partners saw, and every find that was offered."""
        shown, ledger = play(asked, seen, excluded)

        for made in ledger.made:
            for partner, band in made.release.partners.items():
                if band.low == 0:
                    others = with_one_more_or_less(made, seen, excluded, partner)
                    assert any(play(asked, other, excluded)[0] == shown for other in others)

    @given(asked=offers.map(lambda asked: asked[:1]), seen=signals, excluded=excluded)
    def test_tells_no_single_address(self, asked, seen, excluded):
        """By one offer: what was seen at an address may all have been at another."""
        shown, ledger = play(asked, seen, excluded)

        for made in ledger.made:
            counted = inside(made, seen, excluded)
            for address in {each.address for each in counted}:
                moved = (
                    [
                        replace(each, address=to) if each in counted and each.address == address else each
                        for each in seen
                    ]
                    for to in sorted(made.addresses - excluded - {address})
                )
                assert any(play(asked, other, excluded)[0] == shown for other in moved)
