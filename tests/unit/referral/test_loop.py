# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.core import referral
from scharnier.core.referral._loop import HALF_LIFE_DAYS, WEIGHTS
from tests.factories import DAY

PEOPLE = ["ann", "bob", "cas"]


def on(days):
    return DAY + timedelta(days=days)


def a_learner(*lessons):
    """A learner with one lesson a day: the words, and who took it."""
    learner = referral.Learner(PEOPLE)
    for day, (words, *takers) in enumerate(lessons):
        learner.learn(words.split(), takers, on=on(day))
    return learner


def best(learner, words, *, day=10):
    return PEOPLE[learner.scores(words.split(), on=on(day)).argmax()]


class TestScores:
    def test_are_equal_before_anything_was_learnt(self):
        assert a_learner().scores(["lawaai"], on=DAY).tolist() == [0, 0, 0]

    def test_are_equal_for_words_nobody_took(self):
        learner = a_learner(("lawaai", "ann"), ("schuld", "bob"), ("afval", "cas"))

        assert learner.scores(["brug"], on=on(3)).tolist() == [0, 0, 0]

    def test_are_one_for_each_candidate(self):
        assert a_learner(("lawaai", "ann")).scores(["lawaai"], on=DAY).shape == (3,)

    def test_point_at_who_took_a_problem_like_it(self):
        learner = a_learner(("lawaai nacht", "ann"), ("schuld huur", "bob"), ("afval straat", "cas"))

        assert [best(learner, words) for words in ("nacht", "huur", "straat")] == PEOPLE

    def test_let_rare_words_say_more_than_common_ones(self):
        learner = a_learner(("straat afval", "ann"), ("straat lawaai", "bob"), ("straat auto", "cas"))

        assert best(learner, "straat lawaai") == "bob"

    def test_do_not_change_by_asking(self):
        learner = a_learner(("lawaai", "ann"), ("schuld", "bob"))

        once, again = (learner.scores(["schuld"], on=on(2)).tolist() for _ in range(2))

        assert once == again


class TestLearn:
    def test_hears_the_next_problem_differently(self):
        learner = a_learner(("lawaai", "ann"), ("schuld", "bob"))
        learner.learn(["zwerfafval"], ["cas"], on=on(2))

        assert best(learner, "zwerfafval") == "cas"

    def test_learns_from_all_who_took_it_together(self):
        learner = a_learner(("lawaai", "ann", "bob"), ("schuld", "cas"))

        scores = learner.scores(["lawaai"], on=on(2))

        assert scores[0] == pytest.approx(scores[1])
        assert scores[0] > scores[2]

    def test_learns_nobody_from_takers_it_does_not_know(self):
        learner = a_learner(("lawaai", "someone-else"))

        assert learner.scores(["lawaai"], on=on(1)).tolist() == [0, 0, 0]

    def test_goes_on_after_takers_it_does_not_know(self):
        learner = a_learner(("lawaai", "ann"), ("lawaai", "someone-else"), ("schuld", "bob"))

        assert best(learner, "lawaai") == "ann"

    def test_takes_a_problem_without_words(self):
        learner = a_learner(("", "ann"), ("schuld", "bob"))

        assert best(learner, "schuld") == "bob"


class TestRecency:
    SAME = [("iets", "ann")] + [("iets", "bob")] * 8

    def test_is_used_once_it_would_have_answered_better(self):
        learner = a_learner(*[("lawaai", "ann")] * 3)

        for day in (200, 201):  # ann has long been gone
            learner.learn(["lawaai"], ["bob"], on=on(day))

        assert best(learner, "brug", day=202) == "bob"

    def test_is_left_alone_while_words_say_it_all(self):
        learner = a_learner(*[("lawaai", "ann"), ("schuld", "bob")] * 4)

        assert learner.scores(["brug"], on=on(9)).tolist() == [0, 0, 0]
        assert WEIGHTS[0] == 0.0

    def test_halves_in_thirty_days(self):
        learner = a_learner(*self.SAME)
        fresh = learner._recency * learner._fading(on(8))

        assert learner._recency * learner._fading(on(8 + HALF_LIFE_DAYS)) == pytest.approx(fresh / 2)

    def test_is_not_turned_around_by_a_day_before_the_last(self):
        learner = a_learner(*self.SAME)

        assert learner._fading(on(-30)) == 1.0
