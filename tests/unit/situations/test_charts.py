# SPDX-License-Identifier: EUPL-1.2
"""Marks of a series stand where its figures are, within the picture, whatever the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.situations import charts
from scharnier.core.kernel import IndicatorId
from scharnier.core.situations import Indicator, Reading, Wanted

DAY = date(2026, 3, 2)
figures = st.floats(-1e6, 1e6, allow_nan=False).map(lambda figure: round(figure, 3))
bands = st.tuples(figures, figures | st.none())


def a_series(*ends: tuple[float, float | None], **parts) -> Indicator:
    readings = tuple(
        Reading(on=DAY + timedelta(days=7 * place), low=low, high=high)
        for place, (low, high) in enumerate(ends)
    )
    return Indicator(id=IndicatorId("1"), name="Klachten", readings=readings, **parts)


class TestDrawChart:
    def test_draws_nothing_without_figures(self):
        assert charts.draw_chart(a_series()) is None

    def test_puts_higher_figures_higher(self):
        chart = charts.draw_chart(a_series((2, 2), (8, 8), (5, 5)))

        low, high, middle = chart.marks
        assert high.top < middle.top < low.top
        assert low.x < high.x < middle.x

    def test_draws_a_band_from_end_to_end_and_an_open_one_to_above_where_it_begins(self):
        band, last = charts.draw_chart(a_series((5, 9), (1000, None))).marks

        assert (band.is_exact, last.is_exact) == (False, False)
        assert band.top < band.bottom
        assert last.top < last.bottom

    def test_draws_a_line_through_what_is_known_exactly(self):
        chart = charts.draw_chart(a_series((2, 2), (5, 9), (4, 4)))

        first, _band, last = chart.marks
        assert chart.path == f"M{first.x} {first.top} L{last.x} {last.top}"
        assert charts.draw_chart(a_series((2, 2), (5, 9))).path == ""

    def test_shows_where_it_began_and_where_it_should_go(self):
        chart = charts.draw_chart(a_series((8, 8), baseline=12, target=5))

        assert chart.baseline.y < chart.marks[0].top < chart.target.y

    def test_names_the_first_day_and_the_last(self):
        marks = charts.draw_chart(a_series((1, 1), (2, 2), (3, 3))).marks

        assert [mark.is_labelled for mark in marks] == [True, False, True]

    def test_tells_an_open_band_from_one_with_an_end(self):
        chart = charts.draw_chart(a_series((5, 9), (5, None)))

        assert [mark.is_open for mark in chart.marks] == [False, True]
        assert chart.has_open
        assert not charts.draw_chart(a_series((5, 9), (7, 7))).has_open

    @pytest.mark.parametrize(
        ("days", "spans"),
        [((date(2025, 12, 31), date(2026, 1, 31)), True), ((date(2026, 1, 31), date(2026, 12, 31)), False)],
    )
    def test_tells_whether_days_need_their_year(self, days, spans):
        readings = tuple(Reading(on=on, low=1, high=1) for on in days)

        assert charts.draw_chart(replace(a_series((1, 1)), readings=readings)).spans_years is spans

    @pytest.mark.parametrize("figure", [0.0, 3.0, 0.004, 123456.0])
    def test_has_a_few_round_lines_across(self, figure):
        rules = charts.draw_chart(a_series((figure, figure))).rules

        steps = {round(other.value - one.value, 9) for one, other in pairwise(rules)}
        assert 2 <= len(rules) <= 7
        assert len(steps) == 1

    @given(ends=st.lists(bands, min_size=1, max_size=40), baseline=figures | st.none())
    def test_stays_within_the_picture(self, ends, baseline):
        ordered = [(low, high if high is None or high >= low else low) for low, high in ends]

        chart = charts.draw_chart(a_series(*ordered, baseline=baseline, wanted=Wanted.MORE))

        for mark in chart.marks:
            assert 0 <= mark.x <= chart.width
            assert 0 <= mark.top <= chart.foot + 0.1
            assert 0 <= mark.bottom <= chart.foot + 0.1
        assert all(0 <= rule.y <= chart.height for rule in chart.rules)
        assert len(chart.grid.split("M")) == len(chart.rules) + 1
