# SPDX-License-Identifier: EUPL-1.2
"""What a signal leaves for others, and when two traces are alike."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from scharnier.core import network, signals
from scharnier.core.kernel import AreaId, TopicId
from scharnier.core.signals import Grain, Happening, Nearness, Place, Precision, SignalState, Trace
from tests.unit.signals.scenes import (
    BROADER,
    LITTER,
    MONDAY,
    NOISE,
    SCHOOL,
    SQUARE,
    WASTE,
    WORDS,
    a_signal,
    a_trace,
    north,
)

NAME = (network.Label(text="naam", language="nl"),)


def a_topic(topic_id, *broader):
    return network.Topic(id=TopicId(topic_id), labels=NAME, broader_ids=frozenset(map(TopicId, broader)))


class TestLeaveTrace:
    def test_says_who_where_about_when_and_what_about(self):
        trace = signals.leave_trace(a_signal())

        assert trace == Trace(
            partner_id=SCHOOL,
            spot=signals.coarsen(SQUARE),
            spread_m=100,
            area_id=None,
            first_day=MONDAY,
            last_day=MONDAY,
            kept_until=MONDAY + timedelta(days=365),
            topics=frozenset({LITTER}),
        )

    def test_says_nothing_else(self):
        assert {each.name for each in fields(Trace)} == {
            "partner_id",
            "spot",
            "spread_m",
            "area_id",
            "first_day",
            "last_day",
            "kept_until",
            "topics",
        }

    def test_holds_no_word_no_author_and_no_exact_spot(self):
        place = Place(precision=Precision.ADDRESS, words="Venusstraat 12", spot=SQUARE)

        told = repr(signals.leave_trace(a_signal(place=place)))

        assert WORDS not in told
        assert "samira" not in told
        assert "Venusstraat" not in told
        assert str(SQUARE.latitude) not in told

    @pytest.mark.parametrize("state", SignalState)
    def test_is_left_until_the_signal_is_withdrawn(self, state):
        trace = signals.leave_trace(a_signal(state=state))

        assert (trace is None) is (state is SignalState.WITHDRAWN)

    def test_reaches_as_far_as_the_place(self):
        street = Place(precision=Precision.STREET, words="Venusstraat", spot=SQUARE)
        area = Place(precision=Precision.AREA, area_id=AreaId("noord"))

        traces = [signals.leave_trace(a_signal(place=place)) for place in (street, area)]

        assert [trace.spread_m for trace in traces] == [150, 500]
        assert traces[1].spot is None

    def test_runs_over_the_days_on_which_it_can_have_been(self):
        week = Happening(on=MONDAY, grain=Grain.WEEK)

        trace = signals.leave_trace(a_signal(happened=week))

        assert (trace.first_day, trace.last_day) == (MONDAY, MONDAY + timedelta(days=6))

    def test_is_the_same_for_two_houses_in_one_square(self):
        middle = signals.coarsen(SQUARE)
        houses = [Place(precision=Precision.POINT, spot=north(middle, metres)) for metres in (-30, 30)]

        first, second = (signals.leave_trace(a_signal(place=house)) for house in houses)

        assert first == second


class TestIndexBroader:
    def test_climbs_to_the_top(self):
        topics = [a_topic("a"), a_topic("b", "a"), a_topic("c", "b"), a_topic("d", "c", "a")]

        found = signals.index_broader(topics)

        assert {key: "".join(sorted(above)) for key, above in found.items()} == {
            "a": "a",
            "b": "ab",
            "c": "abc",
            "d": "abcd",
        }

    def test_names_what_the_thesaurus_does_not_hold(self):
        assert signals.index_broader([a_topic("b", "elders")])["b"] == {"b", "elders"}

    def test_of_nothing_is_nothing(self):
        assert signals.index_broader([]) == {}


class TestNearness:
    @pytest.mark.parametrize(("metres", "days"), [(-1, 0), (0, -1), (float("nan"), 1)])
    def test_is_not_below_nought(self, metres, days):
        with pytest.raises(signals.NearnessUnclear):
            Nearness(within_m=metres, within_days=days)


class TestIsAlike:
    @pytest.mark.parametrize(("metres", "expected"), [(0, True), (499, True), (501, False), (900, False)])
    def test_asks_for_the_same_place(self, metres, expected):
        other = a_trace(spot=north(SQUARE, metres))

        assert signals.is_alike(a_trace(), other) is expected

    @pytest.mark.parametrize(("metres", "expected"), [(500, True), (650, False)])
    def test_reaches_as_far_as_the_least_exact(self, metres, expected):
        wide = a_trace(spot=north(SQUARE, metres), spread_m=600.0)
        near = Nearness(within_m=100, within_days=28)

        assert signals.is_alike(a_trace(), wide, nearness=near) is expected

    def test_compares_areas_when_no_spot_is_known(self):
        area, same = a_trace(spot=None), a_trace()
        elsewhere, nowhere = a_trace(area_id=AreaId("zuid")), a_trace(spot=None, area_id=None)

        assert signals.is_alike(area, same)
        assert not signals.is_alike(area, elsewhere)
        assert not signals.is_alike(nowhere, nowhere)

    @pytest.mark.parametrize(
        ("days", "expected"), [(-29, False), (-28, True), (0, True), (28, True), (29, False)]
    )
    def test_asks_for_the_same_time(self, days, expected):
        day = MONDAY + timedelta(days=days)

        assert signals.is_alike(a_trace(), a_trace(first_day=day, last_day=day)) is expected

    def test_counts_days_between_periods_not_their_starts(self):
        month = a_trace(last_day=MONDAY + timedelta(days=30))
        after = MONDAY + timedelta(days=58)

        assert signals.is_alike(month, a_trace(first_day=after, last_day=after))

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            ({LITTER}, {LITTER}, True),
            ({LITTER}, {WASTE}, True),
            ({WASTE}, {LITTER}, True),
            ({LITTER}, {NOISE}, False),
            ({LITTER, NOISE}, {NOISE}, True),
            (set(), {LITTER}, False),
            (set(), set(), False),
        ],
    )
    def test_asks_for_the_same_matter(self, first, second, expected):
        a, b = a_trace(topics=frozenset(first)), a_trace(topics=frozenset(second))

        assert signals.is_alike(a, b, broader=BROADER) is expected

    def test_does_not_take_two_matters_under_one_for_the_same(self):
        broader = BROADER | {NOISE: frozenset({NOISE, WASTE})}

        assert not signals.is_alike(a_trace(), a_trace(topics=frozenset({NOISE})), broader=broader)

    def test_knows_only_the_same_topic_without_a_thesaurus(self):
        waste = a_trace(topics=frozenset({WASTE}))

        assert not signals.is_alike(a_trace(), waste)
        assert signals.is_alike(waste, waste)

    def test_asks_for_all_three(self):
        far = a_trace(spot=north(SQUARE, 5_000))
        long_ago = a_trace(first_day=MONDAY - timedelta(days=90), last_day=MONDAY - timedelta(days=90))
        other = a_trace(topics=frozenset({NOISE}))

        assert [signals.is_alike(a_trace(), each) for each in (far, long_ago, other)] == [False] * 3

    def test_does_not_mind_who_met_it(self):
        assert signals.is_alike(a_trace(), replace(a_trace(), partner_id=None))
