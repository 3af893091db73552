# SPDX-License-Identifier: EUPL-1.2
"""Signals of a month: within areas and topics, in bands, and never those of one partner alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.situations import counting
from scharnier.core.kernel import AreaId, NetworkId, OrganizationId, SituationId, TopicId
from scharnier.core.signals import Trace
from scharnier.core.situations import Situation

MARCH = date(2026, 3, 1)
MID_MARCH = date(2026, 3, 15)


def a_trace(
    partner: str = "politie", *, on: date = MID_MARCH, area: str = "noord", topic: str = "noise"
) -> Trace:
    return Trace(
        partner_id=OrganizationId(partner) if partner else None,
        spot=None,
        spread_m=0.0,
        area_id=AreaId(area),
        first_day=on,
        last_day=on,
        kept_until=date(2027, 1, 1),
        topics=frozenset({TopicId(topic)}),
    )


def a_situation(*, areas: str = "noord", topics: str = "noise") -> Situation:
    return Situation(
        id=SituationId("s"),
        network_id=NetworkId("n"),
        question="Lawaai op het plein",
        made_on=MARCH,
        area_ids=frozenset(map(AreaId, areas.split())),
        topics=frozenset(map(TopicId, topics.split())),
    )


def several(n: int, **parts) -> list[Trace]:
    return [a_trace(partner, **parts) for partner in ("politie", "school") for _ in range(n)]


def of_march(traces, **parts) -> str:
    return str(counting.signals_of_month(a_situation(**parts), traces, month=MID_MARCH))


class TestSignalsOfMonth:
    def test_tells_a_band(self):
        assert of_march(several(3)) == "5-9"
        assert of_march(several(10)) == "20-49"

    def test_counts_what_lies_in_its_areas_and_is_about_its_topics(self):
        traces = several(4) + several(9, area="zuid") + several(9, topic="litter")

        assert of_march(traces) == "5-9"

    def test_counts_everything_when_it_is_about_everything(self):
        traces = several(4) + several(4, area="zuid", topic="litter")

        assert of_march(traces, areas="", topics="") == "10-19"

    @pytest.mark.parametrize("on", [date(2026, 2, 28), date(2026, 4, 1)])
    def test_leaves_other_months_out(self, on):
        assert of_march(several(9, on=on)) == "<5"

    def test_holds_the_first_and_the_last_day(self):
        assert of_march(several(2, on=MARCH) + several(2, on=date(2026, 3, 31))) == "5-9"

    def test_tells_nothing_of_one_partner_alone(self):
        traces = [a_trace("politie") for _ in range(9)]

        assert counting.signals_of_month(a_situation(), traces, month=MARCH) is None

    def test_counts_residents_as_one(self):
        residents = [a_trace("") for _ in range(9)]

        assert counting.signals_of_month(a_situation(), residents, month=MARCH) is None
        assert of_march([*residents, a_trace("politie")]) == "10-19"

    @given(n_police=st.integers(0, 30), n_school=st.integers(0, 30))
    def test_tells_no_count_under_five_and_no_share(self, n_police, n_school):
        traces = [a_trace("politie")] * n_police + [a_trace("school")] * n_school

        band = counting.signals_of_month(a_situation(), traces, month=MARCH)

        if band is not None:
            assert band.low <= n_police + n_school <= band.high
            assert (band.low, band.high) == (0, 4) or band.low >= 5


class TestReadingsOf:
    def test_gives_whole_months_only(self):
        readings = counting.readings_of(
            a_situation(), several(3), since=date(2026, 2, 10), today=date(2026, 4, 20)
        )

        assert [(each.on, each.low, each.high) for each in readings] == [
            (date(2026, 2, 28), 0, 4),
            (date(2026, 3, 31), 5, 9),
        ]

    def test_waits_until_a_month_is_over(self):
        assert counting.readings_of(a_situation(), several(3), since=MARCH, today=date(2026, 3, 31)) == ()

    def test_leaves_out_a_month_that_points_at_one_partner(self):
        traces = [a_trace("politie") for _ in range(9)]

        assert counting.readings_of(a_situation(), traces, since=MARCH, today=date(2026, 4, 20)) == ()
