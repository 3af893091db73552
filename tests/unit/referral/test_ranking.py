# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from scharnier.core import referral
from scharnier.core.referral._ranking import LONG_TEXT, is_long
from tests.factories import DAY
from tests.unit.referral.scenes import a_document, analyzer

CARDS = (
    a_document("Ik ruim zwerfafval op.", "mo", title="Schoon"),
    a_document("Ik help bij schulden.", "samira", title="Geldzaken"),
    a_document("Ik bemiddel bij lawaai.", "karel", title="Burenruzie"),
)
PEOPLE = ("karel", "mo", "samira")
STORY = " Het is al heel lang zo en wij weten het niet meer." * 7
UNTAUGHT_METHODS = {"bm25_votes", "candidate_model", "recency"}


def fit(documents=CARDS):
    return referral.fit_ranker(documents, PEOPLE, analyzer=analyzer(), on=DAY)


def lessons():
    """Six problems taken up by each, on as many days."""
    return [
        a_document(f"{card.text} Dat is de {number}e keer.", *card.supports, on=DAY - timedelta(days=number))
        for number in range(6)
        for card in CARDS
    ]


def best(ranker, words, **hints):
    scores = ranker.scores(words, language="nl", hints=hints)
    return PEOPLE[scores.argmax()] if np.ptp(scores) > 0 else None


@pytest.fixture(scope="module")
def untaught():
    return fit()


@pytest.fixture(scope="module")
def taught():
    return fit([*CARDS, *lessons()])


class TestIsLong:
    def test_is_true_of_more_than_three_hundred_characters(self):
        assert (is_long("a" * LONG_TEXT), is_long("a" * (LONG_TEXT + 1))) == (False, True)


class TestScores:
    @pytest.mark.parametrize("words", ["zwerfafval", "schulden en lawaai", "brug", "", STORY])
    def test_are_finite_with_mean_nought(self, untaught, taught, words):
        for ranker in (untaught, taught):
            scores = ranker.scores(words, language="nl")
            assert np.isfinite(scores).all()
            assert scores.mean() == pytest.approx(0, abs=1e-6)

    def test_tell_nobody_apart_without_a_word_in_common(self, untaught):
        assert best(untaught, "xxxx") is None

    def test_find_a_misspelt_word_by_its_letters(self, untaught):
        assert best(untaught, "schoom") == "mo"
        assert best(untaught, "geldzakken") == "samira"

    def test_do_not_look_at_letters_in_a_story(self, untaught):
        assert best(untaught, f"schoom{STORY}") is None

    def test_follow_a_hint(self, untaught):
        [term] = analyzer().terms("lawaai", language="nl")

        assert best(untaught, "Er is iets.", **{term: 1.0}) == "karel"

    def test_hear_a_word_less_that_is_hinted_against(self, untaught):
        words = "schulden lawaai"
        [against] = analyzer().terms("schulden", language="nl")

        hinted = untaught.scores(words, language="nl", hints={against: -0.9})
        plain = untaught.scores(words, language="nl")

        assert hinted[PEOPLE.index("samira")] < plain[PEOPLE.index("samira")]

    @pytest.mark.parametrize("ending", ["", STORY])
    def test_find_in_lines_and_stories_what_was_taken_up(self, taught, ending):
        assert best(taught, f"Ik ruim zwerfafval op.{ending}") == "mo"

    def test_weigh_methods_as_the_mix_says(self, untaught):
        said = untaught.method_scores("schulden", language="nl")

        assert untaught.scores("schulden", language="nl") == pytest.approx(untaught.short_mix.mean(said))


class TestMethodScores:
    def test_are_one_for_each_candidate_and_method(self, untaught, taught):
        for ranker in (untaught, taught):
            for words in ("schulden", STORY):
                said = ranker.method_scores(words, language="nl")
                assert {scores.shape for scores in said.values()} == {(3,)}
                assert set(said) >= UNTAUGHT_METHODS

    def test_hold_more_methods_once_taught(self, untaught, taught):
        few, many = (set(ranker.method_scores("schulden", language="nl")) for ranker in (untaught, taught))

        assert len(many) > len(few)
        assert {"complement_bayes", "word_svm"} <= many - few


class TestQuery:
    def test_holds_the_known_words_of_a_text(self, untaught):
        query = untaught.query("Schulden, schulden en bruggen", language="nl")

        assert query.counts.tolist() == [2.0]

    def test_holds_further_terms(self, untaught):
        [term] = analyzer().terms("lawaai", language="nl")

        assert untaught.query("", language="nl", hints={term: 0.5}).weights.tolist() == [0.5]
