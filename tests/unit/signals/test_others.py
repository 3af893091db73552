# SPDX-License-Identifier: EUPL-1.2
"""Who else meets this here: how many, never who, never how often."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from scharnier.core import signals
from scharnier.core.signals import LEAST_RESIDENT_SIGNALS, Looking, Nearness, Others
from tests.unit.signals.scenes import (
    BROADER,
    LIBRARY,
    MONDAY,
    NOISE,
    POLICE,
    SCHOOL,
    SQUARE,
    WASTE,
    a_trace,
    north,
)

NOBODY = Others(n_partners=0, has_residents=False)
ASKED = Looking(trace=a_trace(), on=MONDAY)


class TestFindOthers:
    def test_tells_of_nobody_when_nothing_is_there(self):
        assert signals.find_others(ASKED, []) == NOBODY

    def test_tells_of_nobody_when_only_the_own_organization_meets_it(self):
        assert signals.find_others(ASKED, [a_trace(SCHOOL)] * 7) == NOBODY

    def test_counts_each_other_partner_once(self):
        traces = [a_trace(LIBRARY)] * 3 + [a_trace(POLICE)] + [a_trace(SCHOOL)] * 2

        assert signals.find_others(ASKED, traces).n_partners == 2

    def test_never_tells_how_often(self):
        answers = {signals.find_others(ASKED, [a_trace(LIBRARY)] * n) for n in (1, 2, 5, 50)}

        assert answers == {Others(n_partners=1, has_residents=False)}

    def test_holds_a_number_and_a_yes_or_no_and_nothing_else(self):
        assert [each.name for each in fields(Others)] == ["n_partners", "has_residents"]

    def test_leaves_out_whom_the_asker_acts_for_too(self):
        asked = Looking(trace=a_trace(), on=MONDAY, own_ids=frozenset({LIBRARY}))

        assert signals.find_others(asked, [a_trace(LIBRARY)]) == NOBODY

    @pytest.mark.parametrize(
        "other",
        [
            a_trace(LIBRARY, spot=north(SQUARE, 800)),
            a_trace(LIBRARY, topics=frozenset({NOISE})),
            a_trace(LIBRARY, first_day=MONDAY - timedelta(days=40), last_day=MONDAY - timedelta(days=40)),
        ],
    )
    def test_leaves_out_what_is_not_alike(self, other):
        assert signals.find_others(ASKED, [other], broader=BROADER) == NOBODY

    def test_takes_the_broader_topic_for_the_same_matter(self):
        waste = [a_trace(LIBRARY, topics=frozenset({WASTE}))]

        assert signals.find_others(ASKED, waste, broader=BROADER).n_partners == 1

    @pytest.mark.parametrize(("days", "n_partners"), [(-1, 0), (0, 1), (1, 1)])
    def test_leaves_out_what_is_kept_no_longer(self, days, n_partners):
        other = a_trace(LIBRARY, kept_until=MONDAY + timedelta(days=days))

        assert signals.find_others(ASKED, [other]).n_partners == n_partners

    def test_leaves_out_what_is_yet_to_come(self):
        tomorrow = MONDAY + timedelta(days=1)
        other = a_trace(LIBRARY, first_day=tomorrow, last_day=tomorrow)

        assert signals.find_others(ASKED, [other]) == NOBODY
        assert signals.find_others(Looking(trace=a_trace(), on=tomorrow), [other]).n_partners == 1

    def test_looks_as_far_as_it_is_told(self):
        other = [a_trace(LIBRARY, spot=north(SQUARE, 800))]
        wide = Looking(trace=a_trace(), on=MONDAY, nearness=Nearness(within_m=1_000))

        assert signals.find_others(wide, other).n_partners == 1

    @pytest.mark.parametrize(
        ("n_signals", "expected"),
        [(0, False), (1, False), (LEAST_RESIDENT_SIGNALS - 1, False), (LEAST_RESIDENT_SIGNALS, True)],
    )
    def test_tells_of_residents_only_when_they_are_many(self, n_signals, expected):
        found = signals.find_others(ASKED, [a_trace(None)] * n_signals)

        assert found == Others(n_partners=0, has_residents=expected)

    def test_tells_a_resident_of_partners_and_not_of_other_residents(self):
        asked = Looking(trace=a_trace(None), on=MONDAY)

        found = signals.find_others(asked, [a_trace(None)] * 9 + [a_trace(LIBRARY)])

        assert found == Others(n_partners=1, has_residents=False)


class TestPartnersToNotify:
    def test_names_whom_the_answer_counts_in_order(self):
        traces = [a_trace(POLICE), a_trace(LIBRARY), a_trace(POLICE), a_trace(SCHOOL), a_trace(None)]

        assert signals.partners_to_notify(ASKED, traces) == (LIBRARY, POLICE)

    def test_names_nobody_when_nobody_is_counted(self):
        assert signals.partners_to_notify(ASKED, [a_trace(SCHOOL), a_trace(None)]) == ()
