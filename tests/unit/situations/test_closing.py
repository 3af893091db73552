# SPDX-License-Identifier: EUPL-1.2
"""The end of a situation: figures, scores that stay hidden, a lesson, and looking again."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from math import inf, nan

import pytest

from scharnier.core import situations, text
from scharnier.core.situations import (
    EvaluationUnclear,
    GoalScore,
    Lasting,
    Measured,
    NothingToRecheck,
    NotInCoalition,
    Recheck,
    ScoreUnclear,
    ShownGoals,
)
from tests.unit.situations.scenes import LIBRARY, MONDAY, PHONE, POLICE, SCHOOL, an_evaluation

COALITION = (SCHOOL, LIBRARY, POLICE)


def a_score(organization_id, score=4):
    return GoalScore(organization_id=organization_id, score=score)


class TestMeasured:
    def test_holds_what_the_formulas_gave(self):
        measured = Measured(rate_ratio=0.6, low=0.4, high=0.9, displacement=-0.2)

        assert measured.displacement == -0.2

    @pytest.mark.parametrize(
        ("rate_ratio", "low", "high", "displacement"),
        [
            (0.6, 0.7, 0.9, None),
            (0.6, 0.4, 0.5, None),
            (0.0, 0.0, 0.5, None),
            (0.6, -0.1, 0.9, None),
            (nan, 0.4, 0.9, None),
            (0.6, 0.4, inf, None),
            (0.6, 0.4, 0.9, nan),
        ],
    )
    def test_holds_its_ratio_within_its_interval(self, rate_ratio, low, high, displacement):
        with pytest.raises(EvaluationUnclear):
            Measured(rate_ratio=rate_ratio, low=low, high=high, displacement=displacement)


class TestEvaluation:
    def test_needs_a_lesson(self):
        with pytest.raises(text.EmptyText):
            an_evaluation(lesson=" ")

    def test_needs_no_figures(self):
        assert an_evaluation().measured is None

    @pytest.mark.parametrize("part", ["lesson", "residents_noticed"])
    def test_points_at_no_person(self, part):
        with pytest.raises(text.PersonalDataFound):
            an_evaluation(**{part: PHONE})

    @pytest.mark.parametrize("hours", [0, 12.5, None])
    def test_counts_hours(self, hours):
        assert an_evaluation(hours=hours).hours == hours

    @pytest.mark.parametrize("hours", [-1, nan, inf])
    def test_counts_no_hours_that_are_none(self, hours):
        with pytest.raises(EvaluationUnclear):
            an_evaluation(hours=hours)


class TestGoalScore:
    @pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
    def test_lies_from_one_to_five(self, score):
        assert a_score(SCHOOL, score).score == score

    @pytest.mark.parametrize("score", [-1, 0, 6])
    def test_lies_nowhere_else(self, score):
        with pytest.raises(ScoreUnclear) as refusal:
            a_score(SCHOOL, score)

        assert refusal.value.facts == {"lowest": 1, "highest": 5}


class TestShownGoals:
    @pytest.mark.parametrize("n_given", [0, 1, 2])
    def test_hides_every_score_until_all_have_answered(self, n_given):
        for given in combinations(COALITION, n_given):
            shown = situations.shown_goals(map(a_score, given), coalition=COALITION)

            assert shown == ShownGoals(scores=(), n_missing=3 - n_given)

    def test_shows_them_all_at_once(self):
        scores = [a_score(each, place + 1) for place, each in enumerate(COALITION)]

        shown = situations.shown_goals(scores, coalition=COALITION)

        assert [(each.organization_id, each.score) for each in shown.scores] == [
            (LIBRARY, 2),
            (POLICE, 3),
            (SCHOOL, 1),
        ]

    def test_hides_them_again_when_somebody_joins(self):
        scores = [a_score(SCHOOL), a_score(LIBRARY)]

        assert situations.shown_goals(scores, coalition=COALITION[:2]).scores
        assert situations.shown_goals(scores, coalition=COALITION).scores == ()

    def test_counts_no_score_of_who_left(self):
        scores = [a_score(SCHOOL), a_score(POLICE)]

        assert situations.shown_goals(scores, coalition=[SCHOOL, LIBRARY]).n_missing == 1

    def test_of_nobody_is_nothing(self):
        assert situations.shown_goals([], coalition=[]) == ShownGoals(scores=(), n_missing=0)


class TestGiveScore:
    def test_adds_one(self):
        scores = situations.give_score((), a_score(SCHOOL), coalition=COALITION)

        assert scores == (a_score(SCHOOL),)

    def test_changes_an_own_score_while_nobody_sees_it(self):
        scores = situations.give_score((a_score(SCHOOL, 1),), a_score(SCHOOL, 5), coalition=COALITION)

        assert scores == (a_score(SCHOOL, 5),)

    def test_is_for_who_takes_part(self):
        with pytest.raises(NotInCoalition):
            situations.give_score((), a_score(POLICE), coalition=[SCHOOL, LIBRARY])

    def test_does_not_answer_what_others_said(self):
        scores = (a_score(SCHOOL), a_score(LIBRARY))

        with pytest.raises(ScoreUnclear):
            situations.give_score(scores, a_score(SCHOOL, 1), coalition=[SCHOOL, LIBRARY])


class TestPlanRechecks:
    @pytest.mark.parametrize(
        ("closed_on", "first", "second"),
        [
            (date(2026, 3, 2), date(2026, 6, 2), date(2026, 9, 2)),
            (date(2025, 11, 30), date(2026, 2, 28), date(2026, 5, 30)),
            (date(2027, 11, 30), date(2028, 2, 29), date(2028, 5, 30)),
            (date(2026, 8, 31), date(2026, 11, 30), date(2027, 2, 28)),
            (date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30)),
        ],
    )
    def test_looks_again_after_three_and_six_months(self, closed_on, first, second):
        assert situations.plan_rechecks(closed_on) == (Recheck(due=first), Recheck(due=second))


class TestDoRecheck:
    PLANNED = situations.plan_rechecks(MONDAY)
    FIRST, SECOND = date(2026, 6, 2), date(2026, 9, 2)

    @pytest.mark.parametrize("found", Lasting)
    def test_does_the_first_that_is_due(self, found):
        done = situations.do_recheck(self.PLANNED, found, on=self.SECOND)

        assert done == (Recheck(due=self.FIRST, done_on=self.SECOND, found=found), self.PLANNED[1])

    def test_does_one_after_the_other(self):
        once = situations.do_recheck(self.PLANNED, Lasting.HOLDS, on=self.FIRST)
        twice = situations.do_recheck(once, Lasting.SLIPPED, on=self.SECOND)

        assert [each.found for each in twice] == [Lasting.HOLDS, Lasting.SLIPPED]

    def test_does_none_before_its_day(self):
        with pytest.raises(NothingToRecheck):
            situations.do_recheck(self.PLANNED, Lasting.HOLDS, on=date(2026, 6, 1))

    def test_does_none_twice(self):
        once = situations.do_recheck(self.PLANNED, Lasting.HOLDS, on=self.FIRST)

        with pytest.raises(NothingToRecheck):
            situations.do_recheck(once, Lasting.HOLDS, on=self.FIRST)
