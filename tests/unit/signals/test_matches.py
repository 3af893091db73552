# SPDX-License-Identifier: EUPL-1.2
"""Two partners with something alike: who hears what, and when a name is told."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest

from scharnier.core import signals
from scharnier.core.signals import (
    RUNS_DAYS,
    MatchNotFound,
    MatchRuns,
    MatchView,
    Naming,
    NamingClosed,
    NamingStep,
    NoPair,
    Notice,
)
from tests.unit.signals.scenes import (
    BROADER,
    LIBRARY,
    MONDAY,
    NOISE,
    POLICE,
    SCHOOL,
    SQUARE,
    WASTE,
    a_match,
    a_trace,
    north,
)

LATE = date(2026, 3, 17)  # the first day after two weeks
STEPS = {
    (Naming.ASKED, NamingStep.NAME): Naming.NAMED,
    (Naming.ASKED, NamingStep.KEEP_UNNAMED): Naming.NOT_NAMED,
    (Naming.ASKED, NamingStep.LAPSE): Naming.LAPSED,
    (Naming.LAPSED, NamingStep.NAME): Naming.NAMED,
    (Naming.LAPSED, NamingStep.KEEP_UNNAMED): Naming.NOT_NAMED,
    (Naming.NOT_NAMED, NamingStep.NAME): Naming.NAMED,
}
TO_REACH = {
    Naming.ASKED: (),
    Naming.NAMED: (NamingStep.NAME,),
    Naming.NOT_NAMED: (NamingStep.KEEP_UNNAMED,),
    Naming.LAPSED: (NamingStep.LAPSE,),
}


def bring(match, naming, *, of=SCHOOL):
    for step in TO_REACH[naming]:
        match = signals.step_match(match, step, by=of, on=LATE)
    return match


class TestMatch:
    def test_is_of_two_organizations(self):
        assert a_match().pair == {SCHOOL, LIBRARY}

    @pytest.mark.parametrize("other", [SCHOOL, None])
    def test_is_neither_of_one_nor_of_residents(self, other):
        with pytest.raises(NoPair):
            a_match(a_trace(SCHOOL), a_trace(other))

    def test_is_not_of_residents_alone(self):
        with pytest.raises(NoPair) as refusal:
            a_match(a_trace(None), a_trace(None))

        assert refusal.value.facts == {"n_partners": 0}


class TestOpenMatch:
    def test_sends_both_a_notice(self):
        match = a_match()

        assert signals.open_match(match, []) == (
            Notice(match_id=match.id, to_id=SCHOOL),
            Notice(match_id=match.id, to_id=LIBRARY),
        )

    def test_sends_no_content(self):
        assert [each.name for each in fields(Notice)] == ["match_id", "to_id"]

    @pytest.mark.parametrize(
        "other", [a_trace(LIBRARY, topics=frozenset({NOISE})), a_trace(LIBRARY, spot=north(SQUARE, 900))]
    )
    def test_refuses_two_who_meet_different_things(self, other):
        with pytest.raises(NoPair):
            signals.open_match(a_match(a_trace(SCHOOL), other), [], broader=BROADER)

    def test_takes_a_broader_topic(self):
        other = a_trace(LIBRARY, topics=frozenset({WASTE}))

        assert signals.open_match(a_match(a_trace(SCHOOL), other), [], broader=BROADER)

    @pytest.mark.parametrize("days", [0, 1, RUNS_DAYS - 1])
    def test_refuses_a_second_of_the_same_pair_on_the_same_matter(self, days):
        second = a_match(match_id="2", asked_on=MONDAY + timedelta(days=days))

        with pytest.raises(MatchRuns):
            signals.open_match(second, [a_match()])

    def test_refuses_it_the_other_way_round_too(self):
        turned = a_match(a_trace(LIBRARY), a_trace(SCHOOL), match_id="2")

        with pytest.raises(MatchRuns):
            signals.open_match(turned, [a_match()])

    @pytest.mark.parametrize("naming", Naming)
    def test_refuses_it_whatever_was_decided(self, naming):
        with pytest.raises(MatchRuns):
            signals.open_match(a_match(match_id="2"), [bring(a_match(), naming)])

    def test_opens_again_when_the_first_is_long_ago(self):
        later = MONDAY + timedelta(days=RUNS_DAYS)

        assert signals.open_match(a_match(match_id="2", asked_on=later), [a_match()])

    def test_opens_one_with_somebody_else(self):
        other = a_match(a_trace(SCHOOL), a_trace(POLICE), match_id="2")

        assert signals.open_match(other, [a_match()])

    def test_opens_one_on_another_matter_or_elsewhere(self):
        noise = a_match(
            a_trace(SCHOOL, topics=frozenset({NOISE})),
            a_trace(LIBRARY, topics=frozenset({NOISE})),
            match_id="2",
        )
        far = north(SQUARE, 3_000)
        elsewhere = a_match(a_trace(SCHOOL, spot=far), a_trace(LIBRARY, spot=far), match_id="3")

        assert signals.open_match(noise, [a_match()], broader=BROADER)
        assert signals.open_match(elsewhere, [a_match()])


class TestRunsOn:
    @pytest.mark.parametrize("partner_id", [SCHOOL, LIBRARY])
    def test_is_so_for_both_who_are_in_it(self, partner_id):
        assert signals.runs_on(a_match(), a_trace(partner_id), on=MONDAY)

    @pytest.mark.parametrize("partner_id", [POLICE, None])
    def test_is_for_nobody_else(self, partner_id):
        assert not signals.runs_on(a_match(), a_trace(partner_id), on=MONDAY)

    @pytest.mark.parametrize(("days", "runs"), [(0, True), (RUNS_DAYS - 1, True), (RUNS_DAYS, False)])
    def test_is_over_after_eight_weeks(self, days, runs):
        assert signals.runs_on(a_match(), a_trace(LIBRARY), on=MONDAY + timedelta(days=days)) is runs

    @pytest.mark.parametrize(
        ("changes", "runs"),
        [
            ({"topics": frozenset({NOISE})}, False),
            ({"topics": frozenset({WASTE})}, True),
            ({"spot": north(SQUARE, 3_000)}, False),
            ({"spot": north(SQUARE, 100)}, True),
        ],
        ids=str,
    )
    def test_is_about_what_is_alike_and_no_more(self, changes, runs):
        assert signals.runs_on(a_match(), a_trace(LIBRARY, **changes), on=MONDAY, broader=BROADER) is runs

    @pytest.mark.parametrize("naming", Naming)
    def test_does_not_ask_what_was_decided(self, naming):
        assert signals.runs_on(bring(a_match(), naming), a_trace(LIBRARY), on=MONDAY)


class TestStepMatch:
    @pytest.mark.parametrize("naming", Naming)
    @pytest.mark.parametrize("step", NamingStep)
    def test_goes_where_the_table_leads(self, naming, step):
        match = bring(a_match(), naming)
        expected = STEPS.get((naming, step))

        if expected is None:
            with pytest.raises(NamingClosed) as refusal:
                signals.step_match(match, step, by=SCHOOL, on=LATE)
            assert refusal.value.facts == {"naming": naming.value, "step": step.value}
        else:
            changed = signals.step_match(match, step, by=SCHOOL, on=LATE)
            assert signals.view_match(changed, SCHOOL).own is expected

    @pytest.mark.parametrize("step", NamingStep)
    def test_leaves_the_other_side_alone(self, step):
        changed = signals.step_match(a_match(), step, by=LIBRARY, on=LATE)

        assert changed.sides[0] == a_match().sides[0]
        assert changed.sides[1].decided_on == LATE

    def test_is_for_the_two_alone(self):
        with pytest.raises(MatchNotFound):
            signals.step_match(a_match(), NamingStep.NAME, by=POLICE, on=MONDAY)

    def test_does_not_lapse_before_its_time(self):
        last = signals.lapses_on(a_match()) - timedelta(days=1)

        with pytest.raises(NamingClosed):
            signals.step_match(a_match(), NamingStep.LAPSE, by=SCHOOL, on=last)

    def test_lapses_after_two_weeks(self):
        assert signals.lapses_on(a_match()) == LATE
        assert signals.step_match(a_match(), NamingStep.LAPSE, by=SCHOOL, on=LATE)

    def test_takes_a_late_answer(self):
        lapsed = bring(a_match(), Naming.LAPSED)

        named = signals.step_match(lapsed, NamingStep.NAME, by=SCHOOL, on=LATE)

        assert signals.view_match(named, LIBRARY).other_id == SCHOOL


class TestViewMatch:
    @pytest.mark.parametrize("naming", Naming)
    def test_tells_the_other_only_once_that_one_agreed(self, naming):
        match = bring(a_match(), naming)

        assert signals.view_match(match, LIBRARY).other_id == (SCHOOL if naming is Naming.NAMED else None)

    def test_tells_it_whatever_the_looker_decided(self):
        match = bring(bring(a_match(), Naming.NAMED), Naming.NOT_NAMED, of=LIBRARY)

        assert signals.view_match(match, LIBRARY).other_id == SCHOOL
        assert signals.view_match(match, SCHOOL).other_id is None

    def test_makes_no_difference_between_a_no_and_silence(self):
        seen = {
            signals.view_match(bring(a_match(), naming), LIBRARY)
            for naming in (Naming.ASKED, Naming.NOT_NAMED, Naming.LAPSED)
        }

        assert len(seen) == 1

    def test_is_for_the_two_alone(self):
        with pytest.raises(MatchNotFound) as refusal:
            signals.view_match(a_match(), POLICE)

        assert refusal.value.facts == {"match_id": "m"}

    def test_holds_no_place_no_topic_and_no_trace(self):
        assert [each.name for each in fields(MatchView)] == ["match_id", "asked_on", "own", "other_id"]


class TestNamedPair:
    def test_is_both_once_both_are_named(self):
        match = bring(bring(a_match(), Naming.NAMED), Naming.NAMED, of=LIBRARY)

        assert signals.named_pair(match) == {SCHOOL, LIBRARY}

    @pytest.mark.parametrize("other", set(Naming) - {Naming.NAMED})
    @pytest.mark.parametrize("named", [SCHOOL, LIBRARY])
    def test_is_nobody_while_one_is_not(self, named, other):
        unnamed = LIBRARY if named == SCHOOL else SCHOOL
        match = bring(bring(a_match(), Naming.NAMED, of=named), other, of=unnamed)

        with pytest.raises(signals.NotBothNamed) as refused:
            signals.named_pair(match)

        assert not refused.value.facts
