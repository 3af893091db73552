# SPDX-License-Identifier: EUPL-1.2
"""No sequence of releases lets a count under five or a single address be worked out.

For any sequence of finds and of maps of a month, asked in any order, and for somebody who knows everything
but what one partner saw (`attacker`): at any group of fewer than ten addresses that partner may have seen
nothing, and may have seen something; and no count under five of any area that was asked about is certain.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scharnier.core import detection
from scharnier.core.detection import Area, Cell, Ledger, Located, Square, Width, Window
from tests.property.attacker import MOST, Attacker
from tests.unit.detection.scenes import TODAY, a_cell

ADDRESSES = tuple(f"{number:02}" for number in range(24))
PARTNERS = ("police", "school", "youth work")
N_DAYS = 6
DAYS = tuple(TODAY - timedelta(days=ago) for ago in reversed(range(N_DAYS)))
WHOLE = Square(size_m=1000, column=0, row=0)
PLACES = {name: (30.0 * n, 40.0 if n < 12 else 900.0) for n, name in enumerate(ADDRESSES)}  # two quarters
SPACE = {Width.RING: (8, 10, 12), Width.STREET: (14, 20), Width.NEIGHBOURHOOD: (24,)}

days = st.sampled_from(DAYS)
heaps = st.tuples(
    st.builds(Located, partner=st.sampled_from(PARTNERS), address=st.sampled_from(ADDRESSES), on=days),
    st.sampled_from((1, 2, 3, 4, 9)),
)
signals = st.lists(heaps, min_size=3, max_size=9).map(
    lambda found: [each for each, n in found for _ in range(n)]
)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first, last = draw(st.just((DAYS[0], DAYS[-1])) | st.tuples(days, days).map(sorted))
    return Window(first_day=first, last_day=last)


@st.composite
def ladders(draw: st.DrawFn) -> tuple[Area, ...]:
    """Areas from narrow to wide, fixed before anything was seen; others may begin elsewhere."""
    first = draw(st.sampled_from((0, 2, 8, 12, 20)))
    areas = []
    for width in draw(st.sampled_from([tuple(SPACE), (Width.RING,), (Width.RING, Width.STREET)])):
        n = draw(st.sampled_from(SPACE[width]))
        held = (ADDRESSES * 2)[first : first + n]
        areas.append(Area(width=width, name=f"{width} {first} {n}", addresses=frozenset(held)))
    return tuple(areas)


@st.composite
def months(draw: st.DrawFn) -> tuple[Window, tuple[Cell, ...]]:
    """Days of a map, and what the month before showed: all know that, and it may be anything."""
    first = draw(st.sampled_from((0, 3)))
    lows = draw(st.tuples(*[st.sampled_from(((), (5, 5), (20, 20)))] * 4))
    quarters = tuple(a_cell(quarter, *each) for quarter, each in zip(WHOLE.parts, lows, strict=True))
    before = draw(st.sampled_from([(), (a_cell(WHOLE),), (a_cell(WHOLE, 20, 20),), quarters]))
    return Window(first_day=DAYS[first], last_day=DAYS[first + 2]), before


finds = st.tuples(ladders(), windows())
offers = st.lists(finds | months(), min_size=1, max_size=6)
excluded = st.frozensets(st.sampled_from(ADDRESSES), max_size=4)
groups = st.frozensets(st.sampled_from(ADDRESSES), min_size=1, max_size=9)


def ask(ledger, question, seen):
    """Return the ledger after a find was offered, or the map of a month drawn."""
    if isinstance(question[0], Window):
        month, before = question
        return detection.draw_cells(ledger, seen, month=month, places=PLACES, before=before)[0]
    return ledger.offer(*question, seen)[0]


def play(asked, seen, excluded, *, forgets=False):
    """Return the ledger after finds were offered one after another, and all the questions it answered."""
    ledger = Ledger(excluded=excluded)
    known = ledger
    for question in asked:
        after = ask(ledger, question, seen)
        known = Ledger(
            excluded=excluded,
            made=after.made,
            refused=(*known.refused, *after.refused[len(ledger.refused) :]),
        )
        ledger = Ledger(excluded=excluded, made=after.made) if forgets else after
    return known


def inside(made, seen, excluded, partner=None):
    counted = made.addresses - excluded
    return [
        each
        for each in seen
        if each.address in counted and made.release.window.holds(each.on) and partner in {None, each.partner}
    ]


def hidden(ledger):
    """Yield for each release nine addresses where it may have happened, for all that was refused."""
    for made in ledger.made:
        quiet = [each.addresses for each in ledger.refused if each.window.meets(made.release.window)]
        yield sorted(made.addresses.difference(ledger.excluded, *quiet))[:9]


def an_area(n, *, first=0, width=Width.RING):
    return Area(width=width, name="", addresses=frozenset(ADDRESSES[first : first + n]))


def attackers(ledger, seen):
    return [Attacker.of(ledger, seen, name, addresses=ADDRESSES, days=DAYS) for name in PARTNERS]


class TestLedger:
    @given(asked=offers, seen=signals, excluded=excluded)
    def test_shows_no_count_under_five_and_no_area_under_ten_addresses(self, asked, seen, excluded):
        for made in play(asked, seen, excluded).made:
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
        for one, other in combinations(play(asked, seen, excluded).made, 2):
            is_apart = one.addresses.isdisjoint(other.addresses)
            assert is_apart or not one.release.window.meets(other.release.window)

    @given(asked=offers, seen=signals, later=signals, excluded=excluded)
    def test_never_changes_what_was_told(self, asked, seen, later, excluded):
        ledger = before = play(asked, seen, excluded)

        for question in asked:
            ledger = ask(ledger, question, later)

        assert ledger.made[: len(before.made)] == before.made
        assert ledger.refused[: len(before.refused)] == before.refused

    @given(asked=offers, seen=signals, find=finds, later=signals, excluded=excluded)
    def test_looks_only_where_it_is_safe_whatever_is_there(self, asked, seen, find, later, excluded):
        """Whether a question is answered depends on earlier answers alone, and those are known."""
        ledger, (areas, window) = play(asked, seen, excluded), find

        after, _ = ledger.offer(areas[:1], window, later)

        looked = len(after.made) + len(after.refused) > len(ledger.made) + len(ledger.refused)
        assert looked is ledger.may_look(areas[0], window)

    @settings(max_examples=150)
    @given(asked=offers, seen=signals, excluded=excluded, group=groups)
    def test_tells_of_no_group_under_ten_addresses_that_something_was_seen(
        self, asked, seen, excluded, group
    ):
        ledger = play(asked, seen, excluded)

        for attacker in attackers(ledger, seen):
            for suspected in (group, *hidden(ledger)):
                assert attacker.work_out(suspected)[0] == 0

    @settings(max_examples=60)
    @given(asked=offers, seen=signals, excluded=excluded, address=st.sampled_from(ADDRESSES))
    def test_tells_of_no_address_that_nothing_was_seen(self, asked, seen, excluded, address):
        ledger = play(asked, seen, excluded - {address})

        for attacker in attackers(ledger, seen):
            assert attacker.work_out({address})[1] > 0

    @settings(max_examples=60)
    @given(asked=offers, seen=signals, excluded=excluded)
    def test_tells_no_count_under_five(self, asked, seen, excluded):
        ledger = play(asked, seen, excluded)

        for attacker in attackers(ledger, seen):
            for question in attacker.questions:
                low, high = attacker.work_out(question.addresses, question.window)
                assert low < high or low >= 5


class TestAttacker:
    """Is no straw man: it works out what rules without a memory let through."""

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ((an_area(12), Window(first_day=DAYS[0], last_day=DAYS[5])), an_area(13)),
            ((an_area(12, first=2), Window(first_day=DAYS[0], last_day=DAYS[5])), an_area(20)),
        ],
        ids=["one address more", "a ring within a street"],
    )
    def test_finds_where_something_was_seen_when_refusals_are_forgotten(self, first, second):
        (ring, window), few = first, [Located(partner="school", address="02", on=DAYS[1])] * 9
        hidden = second.addresses - ring.addresses
        seen = [*few, *(Located(partner="police", address=min(hidden), on=DAYS[2]) for _ in range(3))]
        asked = [((ring,), window), ((second,), window)]

        forgetful = play(asked, seen, frozenset(), forgets=True)
        mindful = play(asked, seen, frozenset())

        known = Attacker.of(forgetful, seen, "police", addresses=ADDRESSES, days=DAYS)
        unknown = Attacker.of(mindful, seen, "police", addresses=ADDRESSES, days=DAYS)
        assert known.work_out(hidden)[0] > 0
        assert unknown.work_out(hidden)[0] == 0

    def test_knows_nothing_of_what_nobody_asked_about(self):
        attacker = Attacker.of(Ledger(), [], "police", addresses=ADDRESSES, days=DAYS)

        assert attacker.work_out(ADDRESSES[:1]) == (0, MOST)
