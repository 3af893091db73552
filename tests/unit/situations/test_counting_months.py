# SPDX-License-Identifier: EUPL-1.2
"""Months of signals, whatever comes in: each once, whole, in order, in bands, and the same in any order."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.situations import counting
from scharnier.core.detection import band_count
from scharnier.core.kernel import AreaId, NetworkId, OrganizationId, SituationId, TopicId
from scharnier.core.signals import Trace
from scharnier.core.situations import Reading, Situation

SINCE, TODAY = date(2025, 11, 17), date(2026, 4, 20)
PARTNERS = (None, OrganizationId("politie"), OrganizationId("school"))
SITUATION = Situation(
    id=SituationId("s"),
    network_id=NetworkId("n"),
    question="Lawaai op het plein",
    made_on=TODAY,
    area_ids=frozenset({AreaId("noord")}),
    topics=frozenset({TopicId("noise")}),
)

days = st.dates(date(2025, 9, 1), TODAY)
traces = st.builds(
    Trace,
    partner_id=st.sampled_from(PARTNERS),
    spot=st.none(),
    spread_m=st.just(0.0),
    area_id=st.sampled_from([AreaId("noord"), AreaId("zuid"), None]),
    first_day=days,
    last_day=days,
    kept_until=st.just(date(2027, 1, 1)),
    topics=st.frozensets(st.sampled_from([TopicId("noise"), TopicId("litter")])),
).filter(lambda each: each.first_day <= each.last_day)
heaps = st.lists(st.tuples(traces, st.sampled_from((1, 4, 9))), max_size=8).map(
    lambda found: [each for each, n in found for _ in range(n)]
)


def read(found: list[Trace], *, since: date = SINCE, today: date = TODAY) -> tuple[Reading, ...]:
    return counting.readings_of(SITUATION, found, since=since, today=today)


def last_day_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


class TestReadingsOf:
    @given(found=heaps)
    def test_come_once_a_month_in_order_at_its_end(self, found):
        ends = [reading.on for reading in read(found)]

        assert all(one < other for one, other in pairwise(ends))
        assert all(end == last_day_of(end) for end in ends)

    @given(found=heaps, today=st.dates(SINCE, TODAY))
    def test_tell_of_no_month_that_is_not_over(self, found, today):
        assert all(reading.on < today for reading in read(found, today=today))

    @given(found=heaps)
    def test_are_the_same_in_any_order(self, found):
        assert read(found) == read(found[::-1])

    @given(found=heaps)
    def test_are_bands_that_others_may_know(self, found):
        for reading in read(found):
            band = band_count(int(reading.low))
            assert (band.low, band.high) == (reading.low, reading.high)

    @given(found=heaps)
    def test_do_not_change_by_what_lies_elsewhere_or_is_about_something_else(self, found):
        elsewhere = [each for each in found if each.area_id != "noord" or TopicId("noise") not in each.topics]

        assert read([each for each in found if each not in elsewhere]) == read(found)

    @given(found=heaps, today=st.dates(SINCE, TODAY))
    def test_of_months_before_stay_as_time_goes_on(self, found, today):
        before, after = read(found, today=today), read(found)

        assert after[: len(before)] == before

    @given(found=heaps)
    def test_never_tell_of_five_or_more_of_one_partner_alone(self, found):
        here = [each for each in found if each.area_id == "noord" and TopicId("noise") in each.topics]
        for reading in read(found):
            if reading.low >= 5:
                month = [each for each in here if last_day_of(each.last_day) == reading.on]
                assert len({each.partner_id for each in month}) >= 2

    @pytest.mark.parametrize(
        ("today", "n_months"),
        [
            (date(2025, 11, 17), 0),
            (date(2025, 11, 30), 0),
            (date(2025, 12, 1), 1),
            (date(2026, 1, 1), 2),
            (date(2026, 3, 1), 4),
        ],
    )
    def test_go_over_the_turn_of_the_year(self, today, n_months):
        assert len(read([], today=today)) == n_months

    @pytest.mark.parametrize("year", [2024, 2025])
    def test_know_how_long_february_is(self, year):
        (reading,) = read([], since=date(year, 2, 1), today=date(year, 3, 1))

        assert reading.on + timedelta(days=1) == date(year, 3, 1)
