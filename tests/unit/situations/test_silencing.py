# SPDX-License-Identifier: EUPL-1.2
"""Where and how long the scan keeps silent after somebody dismissed what it found."""

from __future__ import annotations

from math import inf, nan

import pytest

from scharnier.core import situations
from scharnier.core.situations import SILENT_WEEKS, FindUnclear, Silence, State, Zone
from tests.unit.situations.scenes import MONDAY, a_find, a_situation, days

SILENCE = Silence(zone=Zone(x_m=0, y_m=0, radius_m=150), since=MONDAY, recurrence_weeks=60)
LAST = SILENT_WEEKS * 7 - 1


def is_silenced(find=None, *, n_days=0, silences=(SILENCE,)):
    return situations.is_silenced(find or a_find(), silences, on=days(n_days))


class TestZone:
    @pytest.mark.parametrize("values", [(nan, 0, 1), (0, inf, 1), (0, 0, nan), (0, 0, -1)])
    def test_is_a_circle(self, values):
        with pytest.raises(FindUnclear):
            Zone(**dict(zip(("x_m", "y_m", "radius_m"), values, strict=True)))

    def test_may_be_one_spot(self):
        assert Zone(x_m=3, y_m=4, radius_m=0).meets(Zone(x_m=3, y_m=4, radius_m=0))

    @pytest.mark.parametrize(("x_m", "expected"), [(0, True), (150, True), (151, False)])
    def test_meets_what_has_its_middle_within(self, x_m, expected):
        small, large = Zone(x_m=x_m, y_m=0, radius_m=10), Zone(x_m=0, y_m=0, radius_m=150)

        assert small.meets(large) is expected
        assert large.meets(small) is expected


class TestFind:
    @pytest.mark.parametrize(
        "changes",
        [
            {"partner_ids": frozenset()},
            {"llr": -0.1},
            {"llr": nan},
            {"recurrence_weeks": 0},
            {"recurrence_weeks": nan},
            {"last_day": days(-15)},
        ],
    )
    def test_has_days_partners_and_a_chance(self, changes):
        with pytest.raises(FindUnclear):
            a_find(**changes)


class TestIsSilenced:
    @pytest.mark.parametrize(
        ("n_days", "expected"), [(-1, False), (0, True), (1, True), (LAST, True), (LAST + 1, False)]
    )
    def test_lasts_eight_weeks(self, n_days, expected):
        assert is_silenced(n_days=n_days) is expected
        assert SILENCE.until == days(56)

    @pytest.mark.parametrize(
        ("weeks", "expected"), [(1, True), (60, True), (119.9, True), (120, False), (1_000, False)]
    )
    def test_ends_when_it_becomes_twice_as_rare(self, weeks, expected):
        assert is_silenced(a_find(recurrence_weeks=weeks)) is expected

    @pytest.mark.parametrize(("x_m", "expected"), [(0, True), (140, True), (400, False)])
    def test_holds_for_that_zone_alone(self, x_m, expected):
        assert is_silenced(a_find(zone=Zone(x_m=x_m, y_m=0, radius_m=100))) is expected

    def test_needs_one_silence_of_several(self):
        elsewhere = Silence(zone=Zone(x_m=9_000, y_m=0, radius_m=50), since=MONDAY, recurrence_weeks=60)

        assert is_silenced(silences=(elsewhere, SILENCE))
        assert not is_silenced(silences=(elsewhere,))
        assert not is_silenced(silences=())


class TestSilenceOf:
    def test_keeps_the_scan_silent_where_a_find_was_dismissed(self):
        assert situations.silence_of(a_situation(State.DISMISSED, find=a_find())) == SILENCE

    @pytest.mark.parametrize("state", set(State) - {State.DISMISSED})
    def test_lets_it_speak_in_every_other_state(self, state):
        assert situations.silence_of(a_situation(state, find=a_find())) is None

    def test_lets_it_speak_when_nothing_was_found(self):
        assert situations.silence_of(a_situation(State.DISMISSED)) is None

    def test_lets_it_speak_when_the_day_is_not_known(self):
        assert situations.silence_of(a_situation(State.DISMISSED, find=a_find(), since=None)) is None
