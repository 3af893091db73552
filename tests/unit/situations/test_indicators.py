# SPDX-License-Identifier: EUPL-1.2
"""Figures with a direction, exact or in bands, and how they stand beside baseline and target."""

from __future__ import annotations

from math import inf, nan

import pytest

from scharnier.core import situations, text
from scharnier.core.situations import IndicatorUnclear, Progress, Reading, Wanted
from tests.unit.situations.scenes import MONDAY, PHONE, an_indicator, days


def a_reading(low, high="same", *, n_days=0):
    return Reading(on=days(n_days), low=low, high=low if high == "same" else high)


class TestReading:
    @pytest.mark.parametrize(("low", "high"), [(0, 4), (5, 9), (7, 7), (1000, None), (-2.5, 0.5)])
    def test_is_a_number_or_a_band(self, low, high):
        assert a_reading(low, high).high == high

    @pytest.mark.parametrize(("low", "high"), [(5, 4), (nan, 4), (0, nan), (inf, inf), (0, inf)])
    def test_is_nothing_else(self, low, high):
        with pytest.raises(IndicatorUnclear):
            a_reading(low, high)


class TestIndicator:
    def test_needs_only_a_name(self):
        assert an_indicator().readings == ()

    @pytest.mark.parametrize(("name", "error"), [("", text.EmptyText), (PHONE, text.PersonalDataFound)])
    def test_has_a_name_that_points_at_nobody(self, name, error):
        with pytest.raises(error):
            an_indicator(name=name)

    @pytest.mark.parametrize(
        ("wanted", "baseline", "target", "aims_right"),
        [
            (Wanted.FEWER, 12, 5, True),
            (Wanted.FEWER, 12, 12, False),
            (Wanted.FEWER, 5, 12, False),
            (Wanted.MORE, 5, 12, True),
            (Wanted.MORE, 12, 12, False),
            (Wanted.MORE, 12, 5, False),
            (Wanted.MORE, None, 5, True),
            (Wanted.FEWER, 12, None, True),
            (Wanted.FEWER, nan, None, False),
            (Wanted.FEWER, None, inf, False),
        ],
    )
    def test_aims_where_it_should_go(self, wanted, baseline, target, aims_right):
        values = {"wanted": wanted, "baseline": baseline, "target": target}

        if aims_right:
            assert an_indicator(**values).target == target
        else:
            with pytest.raises(IndicatorUnclear) as refusal:
                an_indicator(**values)
            assert refusal.value.facts == {"name": "Signalen in de zone"}

    @pytest.mark.parametrize("order", [(1, 0), (0, 0)])
    def test_has_one_figure_a_day_in_order(self, order):
        readings = tuple(a_reading(3, n_days=n_days) for n_days in order)

        with pytest.raises(IndicatorUnclear):
            an_indicator(readings=readings)


class TestEnterReading:
    def test_puts_figures_in_order(self):
        indicator = an_indicator()
        for n_days in (7, 0, 14):
            indicator = situations.enter_reading(indicator, a_reading(n_days, n_days=n_days))

        assert [reading.on for reading in indicator.readings] == [MONDAY, days(7), days(14)]

    def test_corrects_a_figure_of_the_same_day(self):
        wrong = situations.enter_reading(an_indicator(), a_reading(30))

        mended = situations.enter_reading(wrong, a_reading(3))

        assert mended.readings == (a_reading(3),)


class TestJudgeProgress:
    @pytest.mark.parametrize(
        ("low", "high", "progress"),
        [
            (0, 4, Progress.REACHED),
            (5, 5, Progress.REACHED),
            (5, 9, Progress.BETTER),
            (6, 6, Progress.BETTER),
            (10, 19, Progress.UNCHANGED),
            (12, 12, Progress.UNCHANGED),
            (5, 12, Progress.UNCHANGED),
            (13, 13, Progress.WORSE),
            (20, 49, Progress.WORSE),
            (1000, None, Progress.WORSE),
            (0, None, Progress.UNCHANGED),
        ],
    )
    def test_says_of_fewer_what_holds_for_the_whole_band(self, low, high, progress):
        indicator = an_indicator(baseline=12, target=5, readings=(a_reading(low, high),))

        assert situations.judge_progress(indicator) is progress

    @pytest.mark.parametrize(
        ("low", "high", "progress"),
        [
            (30, 30, Progress.REACHED),
            (30, None, Progress.REACHED),
            (20, 49, Progress.BETTER),
            (13, 13, Progress.BETTER),
            (10, 19, Progress.UNCHANGED),
            (12, None, Progress.UNCHANGED),
            (5, 9, Progress.WORSE),
        ],
    )
    def test_says_of_more_what_holds_for_the_whole_band(self, low, high, progress):
        readings = (a_reading(low, high),)
        indicator = an_indicator(wanted=Wanted.MORE, baseline=12, target=30, readings=readings)

        assert situations.judge_progress(indicator) is progress

    def test_looks_at_the_last_figure(self):
        readings = (a_reading(20), a_reading(3, n_days=7))

        assert situations.judge_progress(an_indicator(baseline=12, readings=readings)) is Progress.BETTER

    @pytest.mark.parametrize("values", [{"baseline": 12}, {"readings": (a_reading(3),)}, {}])
    def test_says_that_it_does_not_know(self, values):
        assert situations.judge_progress(an_indicator(**values)) is Progress.UNKNOWN
