# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import hypot

import pytest

from scharnier.core import detection
from scharnier.core.detection import Area, Ledger, Located, Refused, Released, Width, Window
from tests.unit.detection.scenes import TODAY

WEEK = Window(first_day=TODAY - timedelta(days=6), last_day=TODAY)


def an_area(n=12, *, width=Width.RING, first=0):
    """An area with so many addresses, numbered from a first one."""
    return Area(width=width, name=width.value, addresses=frozenset(map(str, range(first, first + n))))


def signals(*, address="0", ago=0, **counts):
    """So many signals of each partner."""
    return [
        Located(partner=partner, address=address, on=TODAY - timedelta(days=ago))
        for partner, n in counts.items()
        for _ in range(n)
    ]


def offer(*areas, seen, ledger=None, window=WEEK):
    return (ledger or Ledger()).offer(areas or (an_area(),), window, seen)


class TestWindow:
    def test_does_not_end_before_it_starts(self):
        with pytest.raises(detection.BadWindow):
            Window(first_day=TODAY, last_day=TODAY - timedelta(days=1))

    def test_holds_both_ends(self):
        held = [WEEK.holds(TODAY - timedelta(days=days)) for days in (-1, 0, 6, 7)]

        assert held == [False, True, True, False]

    @pytest.mark.parametrize(("days", "meets"), [(-7, False), (-6, True), (0, True), (6, True), (7, False)])
    def test_meets_another_with_a_day_in_common(self, days, meets):
        shift = timedelta(days=days)
        other = Window(first_day=WEEK.first_day + shift, last_day=WEEK.last_day + shift)

        assert WEEK.meets(other) is other.meets(WEEK) is meets


class TestMayShow:
    @pytest.mark.parametrize(
        ("counts", "may"),
        [
            ((), False),
            ((9,), False),
            ((2, 2), False),
            ((3, 2), True),
            ((4, 1), False),
            ((5, 1), False),
            ((99, 1), False),
            ((99, 2), True),
            ((1, 1, 3), False),
            ((2, 2, 1), False),
            ((2, 2, 2), True),
            ((1, 1, 1, 1, 1), False),
        ],
    )
    def test_needs_two_partners_and_five_signals_of_who_saw_more_than_one(self, counts, may):
        assert detection.may_show({str(number): n for number, n in enumerate(counts)}) is may


class TestFixDays:
    @pytest.mark.parametrize(("days", "fixed"), [(1, 7), (7, 7), (8, 14), (14, 14), (28, 28), (29, 35)])
    def test_covers_the_window_with_whole_weeks(self, days, fixed):
        window = Window(first_day=TODAY - timedelta(days=days - 1), last_day=TODAY)

        assert detection.fix_days(window).days()[-1] == TODAY
        assert len(detection.fix_days(window).days()) == fixed


class TestFixCircle:
    @pytest.mark.parametrize("center", [(0.0, 0.0), (24.9, -24.9), (1012.0, 988.0), (-77.0, 3.0)])
    @pytest.mark.parametrize("radius", [0.0, 30.0, 50.0, 333.3])
    def test_covers_the_find_and_keeps_to_the_grid(self, center, radius):
        (x, y), reach = detection.fix_circle(center, radius)

        assert hypot(x - center[0], y - center[1]) + radius <= reach
        assert {x % 50, y % 50, reach % 50} == {0.0}

    def test_is_the_same_for_finds_that_differ_a_little(self):
        assert detection.fix_circle((1001.0, 999.0), 30.0) == detection.fix_circle((1003.0, 1004.0), 41.0)

    def test_grows_by_steps(self):
        assert detection.fix_circle((0, 0), 70, wider=2) == ((0.0, 0.0), 200.0)


class TestLedger:
    def test_shows_bands_and_no_sum(self):
        ledger, shown = offer(seen=signals(police=12, school=2, youth=1))

        assert {name: str(band) for name, band in shown.partners.items()} == {
            "police": "10-19",
            "school": "<5",
        }
        assert (shown.width, shown.name, shown.window) == (Width.RING, "ring", WEEK)
        assert str(shown.n_addresses) == "10-19"
        assert [made.release for made in ledger.made] == [shown]

    @pytest.mark.parametrize(
        "seen",
        [
            signals(police=99),
            signals(police=2, school=2),
            signals(police=4, school=1),
            signals(police=9, school=9, ago=7),
            signals(police=9, school=9, address="elsewhere"),
            [],
        ],
        ids=["one partner", "four signals", "one of a single signal", "earlier", "elsewhere", "nothing"],
    )
    def test_shows_nothing_of_too_little(self, seen):
        ledger, shown = offer(seen=seen)

        assert shown is None
        assert ledger == Ledger(refused=(Refused(addresses=an_area().addresses, window=WEEK),))

    def test_widens_when_there_are_too_few_addresses(self):
        street = an_area(20, width=Width.STREET)

        _, shown = offer(an_area(9), street, seen=signals(police=5, school=5))

        assert shown.width is Width.STREET

    def test_widens_when_there_are_too_few_signals(self):
        seen = [*signals(police=2, school=2), *signals(police=2, school=2, address="13")]

        _, shown = offer(an_area(12), an_area(22, width=Width.NEIGHBOURHOOD), seen=seen)

        assert shown.width is Width.NEIGHBOURHOOD

    def test_does_not_widen_by_a_few_addresses_that_would_tell_of_one(self):
        seen = [*signals(police=2, school=2), *signals(police=2, school=2, address="13")]

        assert offer(an_area(12), an_area(21, width=Width.STREET), seen=seen)[1] is None

    def test_counts_nothing_at_an_excluded_address(self):
        ledger = Ledger(excluded=frozenset({"0"}))

        assert offer(seen=signals(police=9, school=9), ledger=ledger)[1] is None
        assert offer(an_area(10), seen=signals(police=9, school=9, address="1"), ledger=ledger)[1] is None
        assert offer(an_area(11), seen=signals(police=9, school=9, address="1"), ledger=ledger)[1] is not None

    def test_shows_what_was_released_as_it_was(self):
        ledger, first = offer(seen=signals(police=5, school=5))

        after, again = offer(seen=signals(police=50, school=50, youth=50), ledger=ledger)

        assert again == first
        assert after == ledger

    def test_shows_the_earlier_release_for_an_area_that_has_an_address_in_common(self):
        ledger, first = offer(seen=signals(police=5, school=5))

        overlapping = an_area(12, first=11)

        assert offer(overlapping, seen=signals(police=9, school=9, address="15"), ledger=ledger)[1] == first

    def test_does_not_widen_into_what_was_released(self):
        ledger, _ = offer(seen=signals(police=5, school=5))
        quiet, wide = an_area(12, first=20), an_area(40, width=Width.NEIGHBOURHOOD)

        after, shown = offer(quiet, wide, seen=signals(police=9, school=9), ledger=ledger)

        assert shown is None
        assert after.made == ledger.made
        assert [each.addresses for each in after.refused] == [quiet.addresses]

    def test_shows_newer_days_of_the_same_area(self):
        ledger, first = offer(seen=signals(police=5, school=5))
        next_week = Window(first_day=TODAY + timedelta(days=1), last_day=TODAY + timedelta(days=7))

        ledger, second = offer(seen=signals(police=20, school=5, ago=-1), ledger=ledger, window=next_week)

        assert [made.release for made in ledger.made] == [first, second]
        assert str(second.partners["police"]) == "20-49"

    def test_shows_another_area_in_the_same_days(self):
        ledger, _ = offer(seen=signals(police=5, school=5))

        _, second = offer(an_area(first=50), seen=signals(police=5, school=5, address="50"), ledger=ledger)

        assert second is not None

    def test_never_changes_what_it_was(self):
        ledger = Ledger()

        offer(seen=signals(police=5, school=5), ledger=ledger)

        assert ledger == replace(ledger, made=())

    def test_asks_no_second_time_of_what_was_refused(self):
        ledger, _ = offer(seen=signals(police=9))

        again = offer(seen=signals(police=9, school=9), ledger=ledger)

        assert again == (ledger, None)

    def test_asks_again_when_there_is_a_day_of_which_nobody_asked(self):
        ledger, _ = offer(seen=signals(police=9))
        tomorrow = Window(first_day=WEEK.first_day, last_day=TODAY + timedelta(days=1))

        _, shown = offer(seen=signals(police=9, school=9), ledger=ledger, window=tomorrow)

        assert str(shown.partners["school"]) == "5-9"

    @pytest.mark.parametrize(("first", "may"), [(2, False), (3, True), (12, True)])
    def test_asks_of_an_area_with_ten_addresses_of_which_nobody_asked(self, first, may):
        ledger, _ = offer(an_area(13), an_area(12, first=30), seen=[])

        assert ledger.may_look(an_area(20, first=first), WEEK) is may

    def test_does_not_count_an_excluded_address_among_the_ten(self):
        ledger = Ledger(excluded=frozenset({"13"}))
        ledger, _ = offer(an_area(12), seen=[], ledger=ledger)

        assert not ledger.may_look(an_area(10, first=12), WEEK)
        assert ledger.may_look(an_area(11, first=12), WEEK)

    def test_adds_up_refusals_beside_each_other(self):
        ledger, _ = offer(an_area(12), seen=[])
        ledger, _ = offer(an_area(12, first=12), seen=[], ledger=ledger)

        assert not ledger.may_look(an_area(33), WEEK)
        assert ledger.may_look(an_area(34), WEEK)


class TestForget:
    NEXT = Window(first_day=TODAY + timedelta(days=1), last_day=TODAY + timedelta(days=7))

    def test_lets_go_of_what_lies_before(self):
        ledger, _ = offer(seen=signals(police=5, school=5))
        ledger, _ = offer(an_area(first=50), seen=[], ledger=ledger)

        kept, gone = (ledger.forget(before=TODAY + timedelta(days=days)) for days in (0, 1))

        assert (kept.made, kept.refused) == (ledger.made, ledger.refused)
        assert (gone.made, gone.refused) == ((), ())

    def test_tells_nothing_more_of_those_days(self):
        ledger = Ledger().forget(before=TODAY)

        assert offer(seen=signals(police=5, school=5), ledger=ledger) == (ledger, None)

    def test_tells_of_the_days_after(self):
        ledger = Ledger().forget(before=self.NEXT.first_day)

        _, shown = offer(seen=signals(police=5, school=5, ago=-1), ledger=ledger, window=self.NEXT)

        assert shown is not None

    def test_never_opens_what_was_shut(self):
        assert Ledger().forget(before=TODAY).forget(before=WEEK.first_day).closed_before == TODAY

    def test_opens_a_day_later_no_area_that_was_released(self):
        """Days that were forgotten are told of by nobody, whatever is asked of them later."""
        ledger, _ = offer(seen=signals(police=5, school=5))

        gone = ledger.forget(before=self.NEXT.first_day)

        assert gone.made == ()
        assert not gone.may_look(an_area(), WEEK)
        assert gone.may_look(an_area(), self.NEXT)


class TestSequences:
    """What a night after night of finds comes to."""

    def nights(self, *seen, areas=None, ledger=None):
        """Offer the same find on days one after another, each time with the days up to then."""
        ledger, shown = ledger or Ledger(), []
        for number, some in enumerate(seen):
            today = TODAY + timedelta(days=number)
            window = Window(first_day=today - timedelta(days=6), last_day=today)
            ledger, release = offer(*(areas or [an_area()]), seen=some, ledger=ledger, window=window)
            shown.append(release)
        return ledger, shown

    def test_show_a_find_on_the_night_when_it_has_enough(self):
        few, enough = signals(police=3), signals(police=3, school=3)

        ledger, shown = self.nights(few, few, enough)

        assert [release is not None for release in shown] == [False, False, True]
        assert len(ledger.refused) == 2

    def test_show_one_find_for_as_long_as_its_days_are_asked_about(self):
        enough = signals(police=3, school=3)

        ledger, shown = self.nights(*[enough] * 7)

        assert len(ledger.made) == 1
        assert shown == [shown[0]] * 7

    def test_show_a_new_find_when_the_days_of_the_old_one_are_over(self):
        later = signals(police=6, school=6, ago=-7)

        ledger, shown = self.nights(signals(police=3, school=3), *[[]] * 6, [*later])

        assert [made.release for made in ledger.made] == [shown[0], shown[-1]]
        assert str(shown[-1].partners["police"]) == "5-9"

    def test_keep_a_street_shut_that_would_tell_of_a_few_addresses(self):
        ring, street = an_area(12), an_area(18, width=Width.STREET)
        at_the_end = signals(police=3, address="17")

        ledger, shown = self.nights([*signals(school=3), *at_the_end], areas=[ring, street])

        assert shown == [None]
        assert [each.addresses for each in ledger.refused] == [ring.addresses]

    def test_can_be_kept_as_rows_and_built_again(self):
        ledger, _ = self.nights(signals(police=3), signals(police=3, school=3))

        again = Ledger(
            made=tuple(
                Released(release=made.release, addresses=frozenset(sorted(made.addresses)))
                for made in ledger.made
            ),
            refused=tuple(
                Refused(addresses=frozenset(sorted(each.addresses)), window=each.window)
                for each in ledger.refused
            ),
        )

        assert again == ledger
        assert offer(seen=[], ledger=again) == offer(seen=[], ledger=ledger)


class TestExcludingLater:
    """What never counts may change from scan to scan; what was answered before stays as safe as it was."""

    def test_opens_nothing_that_was_refused(self):
        refused, nothing = offer(seen=signals(police=4))

        fewer = replace(refused, excluded=frozenset({"11"}))
        after, shown = offer(seen=signals(police=9, school=9), ledger=fewer)

        assert (nothing, shown) == (None, None)
        assert after.refused == refused.refused

    def test_shows_again_what_was_shown_as_it_was(self):
        told, first = offer(seen=signals(police=5, school=5))

        less = replace(told, excluded=frozenset({"0"}))
        after, again = offer(seen=signals(police=5, school=5), ledger=less)

        assert again == first
        assert after.made == told.made

    def test_opens_nothing_that_did_not_count_when_it_was_asked(self):
        without = Ledger(excluded=frozenset({"0"}))
        refused, nothing = offer(seen=signals(police=9, school=9), ledger=without)

        all_count = replace(refused, excluded=frozenset())
        _, shown = offer(seen=signals(police=9, school=9), ledger=all_count)

        assert (nothing, shown) == (None, None)

    def test_needs_ten_addresses_that_count(self):
        excluded = frozenset(map(str, range(3)))

        after, shown = offer(seen=signals(address="11", police=9, school=9), ledger=Ledger(excluded=excluded))

        assert shown is None
        assert after == Ledger(excluded=excluded)  # nine are left: nothing is asked, so nothing is told
