# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter

import pytest

from scharnier.core import referral
from scharnier.core.kernel import TopicId
from scharnier.core.referral._sharing import (
    EQUAL,
    MOST_TOGETHER,
    Record,
    propose_set,
    share_load,
    track_records,
)
from tests.unit.referral.scenes import a_party, a_suggestion, an_outcome, names

SEEDS = range(2000)
REFUSED, TAKEN = Record(n_asked=20, n_taken=0), Record(n_asked=20, n_taken=20)
DECLINED, UNANSWERED = referral.Response.DECLINED, referral.Response.UNANSWERED


def order(suggestions):
    return names(each.party for each in suggestions)


def draws(suggestions, records=None):
    """Each order drawn over many seeds, with how often and the propensities it came with."""
    drawn = [share_load(suggestions, records or {}, seed=seed) for seed in SEEDS]
    counts = Counter(tuple(order(each)) for each in drawn)
    return {name: n / len(SEEDS) for name, n in counts.items()}, drawn


def topics(words):
    return tuple(map(TopicId, words.split()))


class TestRecord:
    def test_gives_who_was_never_asked_the_full_benefit_of_the_doubt(self):
        assert Record().upper_bound() == 1.0

    def test_trusts_who_takes_over_who_refuses(self):
        assert TAKEN.upper_bound() > REFUSED.upper_bound()

    def test_never_gives_up_on_anyone(self):
        assert Record(n_asked=1000).upper_bound() > 0


class TestTrackRecords:
    def test_counts_what_was_taken_by_person_and_by_organization(self):
        outcomes = [
            an_outcome("schulden", a_party("samira", "schuldhulp")),
            an_outcome("huur", a_party("samira"), response=referral.Response.ACCEPTED),
            an_outcome("brief", a_party(organization="schuldhulp")),
        ]

        records = track_records(outcomes)

        assert records == {
            "samira": Record(n_asked=2, n_taken=2),
            "schuldhulp": Record(n_asked=1, n_taken=1),
        }

    @pytest.mark.parametrize("reason", [referral.Reason.NOT_MY_REMIT, referral.Reason.NOT_MY_AREA])
    def test_counts_a_refusal_of_the_matter_or_the_place(self, reason):
        outcome = an_outcome("schulden", a_party("mo"), response=DECLINED, reason=reason)

        assert track_records([outcome]) == {"mo": Record(n_asked=1, n_taken=0)}

    def test_counts_who_has_it_already_as_one_who_takes_it(self):
        outcome = an_outcome(
            "schulden", a_party("mo"), response=DECLINED, reason=referral.Reason.ALREADY_KNOWN
        )

        assert track_records([outcome]) == {"mo": Record(n_asked=1, n_taken=1)}

    @pytest.mark.parametrize(
        "reason",
        [
            None,
            referral.Reason.NO_CAPACITY,
            referral.Reason.CONFLICT,
            referral.Reason.NOT_ELIGIBLE,
            referral.Reason.OTHER,
        ],
    )
    def test_learns_nothing_of_skill_from_a_refusal_for_another_reason(self, reason):
        outcome = an_outcome("schulden", a_party("mo"), response=DECLINED, reason=reason)

        assert track_records([outcome]) == {}

    def test_learns_nothing_of_skill_from_silence(self):
        assert track_records([an_outcome("schulden", a_party("mo"), response=UNANSWERED)]) == {}

    def test_knows_nobody_at_the_start(self):
        assert track_records([]) == {}


class TestShareLoad:
    def test_keeps_the_best_first_when_they_differ(self):
        suggestions = [a_suggestion("samira", score=1.0), a_suggestion("karel", score=0.9)]

        shares, drawn = draws(suggestions)

        assert shares == {("samira", "karel"): 1.0}
        assert [each.propensity for each in drawn[0]] == [1.0, 1.0]

    def test_takes_from_ninety_five_percent_as_equal(self):
        equal, less = (
            [a_suggestion("samira"), a_suggestion("karel", score=score)] for score in (EQUAL, EQUAL - 1e-9)
        )

        assert len(draws(equal)[0]) == 2
        assert len(draws(less)[0]) == 1

    def test_measures_equality_from_the_leader_so_that_it_does_not_creep(self):
        chain = [a_suggestion(name, score=score) for name, score in (("a", 1.0), ("b", 0.96), ("c", 0.93))]

        shares, _ = draws(chain)

        assert set(shares) == {("a", "b", "c"), ("b", "a", "c")}

    def test_gives_the_same_for_the_same_seed(self):
        suggestions = [a_suggestion(name) for name in "abcde"]

        assert share_load(suggestions, {}, seed=7) == share_load(suggestions, {}, seed=7)

    def test_shares_between_equals_by_halves(self):
        shares, drawn = draws([a_suggestion("samira"), a_suggestion("karel")])

        assert shares[("samira", "karel")] == pytest.approx(0.5, abs=0.03)
        assert [each.propensity for each in drawn[0]] == [0.5, 1.0]

    def test_draws_each_order_as_often_as_its_propensities_say(self):
        suggestions = [a_suggestion("a"), a_suggestion("b", room=0.7), a_suggestion("c", room=0.4)]

        shares, drawn = draws(suggestions)

        chances = {}
        for each in drawn:
            first, second, third = (suggestion.propensity for suggestion in each)
            chances[tuple(order(each))] = first * second * third
        assert len(chances) == 6
        assert sum(chances.values()) == pytest.approx(1)
        assert shares == pytest.approx(chances, abs=0.03)

    def test_asks_who_has_room_more_often(self):
        shares, _ = draws([a_suggestion("busy", room=0.25), a_suggestion("free", room=0.75)])

        assert shares[("free", "busy")] == pytest.approx(0.75, abs=0.03)

    def test_asks_who_says_it_is_not_theirs_less_often(self):
        shares, _ = draws([a_suggestion("mo"), a_suggestion("karel")], {"mo": REFUSED})

        expected = 1 / (1 + REFUSED.upper_bound())
        assert shares[("karel", "mo")] == pytest.approx(expected, abs=0.03)

    def test_shares_nothing_among_nobody(self):
        assert share_load([], {}, seed=0) == ()


class TestProposeSet:
    def test_proposes_those_who_cover_it_together(self):
        suggestions = [
            a_suggestion("samira", score=1.0, topics="debts"),
            a_suggestion("karel", score=0.8, topics="noise"),
        ]

        assert names(propose_set(suggestions, topics("debts noise"))) == ["samira", "karel"]

    def test_proposes_nobody_beside_one_who_covers_it_all(self):
        suggestions = [a_suggestion("samira", topics="debts noise"), a_suggestion("karel", topics="noise")]

        assert propose_set(suggestions, topics("debts noise")) == ()

    @pytest.mark.parametrize(("score", "n"), [(0.75, 2), (0.749, 0)])
    def test_leaves_out_who_has_less_than_three_quarters_of_the_best(self, score, n):
        suggestions = [
            a_suggestion("samira", score=1.0, topics="debts"),
            a_suggestion("karel", score=score, topics="noise"),
        ]

        assert len(propose_set(suggestions, topics("debts noise"))) == n

    def test_leaves_out_who_brings_what_is_there_already(self):
        suggestions = [
            a_suggestion("samira", topics="debts"),
            a_suggestion("mo", topics="debts"),
            a_suggestion("karel", topics="noise"),
        ]

        assert names(propose_set(suggestions, topics("debts noise"))) == ["samira", "karel"]

    def test_does_not_count_what_the_need_is_not_about(self):
        suggestions = [a_suggestion("samira", topics="debts"), a_suggestion("karel", topics="noise")]

        assert propose_set(suggestions, topics("debts")) == ()

    def test_proposes_three_at_most(self):
        suggestions = [a_suggestion(name, topics=name) for name in "abcd"]

        assert names(propose_set(suggestions, topics("a b c d"))) == ["a", "b", "c"]
        assert MOST_TOGETHER == 3

    def test_measures_closeness_from_the_best_wherever_it_was_drawn(self):
        suggestions = [
            a_suggestion("samira", score=0.74, topics="debts"),
            a_suggestion("karel", score=1.0, topics="noise"),
        ]

        assert propose_set(suggestions, topics("debts noise")) == ()

    def test_proposes_nobody_out_of_nobody(self):
        assert propose_set([], topics("debts")) == ()
