# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from scharnier.core import referral
from scharnier.core.referral import Lesson
from tests.factories import DAY
from tests.unit.referral.scenes import a_document, analyzer

PEOPLE = ("ann", "bob", "cas")
CARDS = (
    a_document("Ik help bij schulden.", "ann"),
    a_document("Ik bemiddel bij lawaai.", "bob"),
    a_document("Ik ruim zwerfafval op.", "cas"),
)
STORY = " Het is al heel lang zo en wij weten het niet meer." * 7


def on(days):
    return DAY + timedelta(days=days)


def fit(*more):
    return referral.fit_ranker([*CARDS, *more], PEOPLE, analyzer=analyzer(), on=DAY)


def earlier(n_each=8):
    """So many problems taken up by each, on as many days."""
    return [
        a_document(f"{card.text} Dat is de {number}e keer.", *card.supports, on=on(-number))
        for number in range(n_each)
        for card in CARDS
    ]


@pytest.fixture(scope="module")
def untaught():
    return fit()


@pytest.fixture(scope="module")
def taught():
    return fit(*earlier())


@pytest.fixture(params=["untaught", "taught"])
def ranker(request):
    return request.getfixturevalue(request.param)


def ask(learner, words, *, day=1, **more):
    return learner.ask(words, language="nl", on=on(day), **more)


def best(learner, words, *, day=1, **more):
    return PEOPLE[ask(learner, words, day=day, **more).scores.argmax()]


def order(learner, words, **more):
    return np.argsort(-ask(learner, words, **more).scores, kind="stable").tolist()


def refuse(learner, name, words, *lessons, day=1, rather=None, times=1):
    for _ in range(times):
        refusal = referral.Refusal(candidate=name, on=on(day), lessons=frozenset(lessons), rather=rather)
        learner.learn_refusal(refusal, asked=ask(learner, words, day=day))


class TestAsk:
    @pytest.mark.parametrize("words", ["schulden en afval", "lawaai", STORY, f"schulden {STORY}"])
    def test_begins_with_the_order_of_the_ranker(self, ranker, words):
        static = np.argsort(-ranker.scores(words, language="nl"), kind="stable").tolist()

        assert order(referral.Learner(ranker), words, day=0) == static

    @pytest.mark.parametrize("words", ["", "xyzzy", STORY, "schulden"])
    def test_says_a_number_for_everybody(self, ranker, words):
        asked = ask(referral.Learner(ranker), words)

        assert asked.scores.shape == (3,)
        assert np.isfinite(asked.said).all()

    def test_hears_hints(self, ranker):
        learner = referral.Learner(ranker)

        assert best(learner, "Help eens.", hints={"lawaai": 3.0}) == "bob"

    def test_leaves_the_ranker_as_it_was(self, taught):
        before = taught.scores("schulden", language="nl")
        learner = referral.Learner(taught)

        learner.learn(a_document("schulden", "cas", on=on(1)))
        refuse(learner, "ann", "schulden", Lesson.LEAVES, Lesson.NO_ROOM)

        assert taught.scores("schulden", language="nl").tolist() == before.tolist()

    def test_says_the_same_twice(self, ranker):
        learner = referral.Learner(ranker)

        assert ask(learner, "lawaai").scores.tolist() == ask(learner, "lawaai").scores.tolist()


class TestLearn:
    def test_finds_a_matter_that_was_new(self, ranker):
        learner = referral.Learner(ranker)

        learner.learn(a_document("Er zitten duiven op het balkon.", "cas", on=on(1)))

        assert best(learner, "duiven") == "cas"

    def test_comes_round_to_who_takes_it_now(self, ranker):
        learner = referral.Learner(ranker)
        for day in range(6):
            learner.learn(a_document("Er zijn schulden.", "bob", on=on(day)))

        assert best(learner, "schulden", day=7) == "bob"

    def test_learns_from_a_title_too(self, untaught):
        learner = referral.Learner(untaught)

        learner.learn(a_document("Kan iemand komen?", "cas", title="Duiven", on=on(1)))

        assert best(learner, "duiven") == "cas"

    def test_learns_further_terms(self, untaught):
        learner = referral.Learner(untaught)
        tagged = referral.Document(
            text="Kom eens", language="nl", supports={"cas": 1.0}, terms=("topic/birds",), taken_on=on(1)
        )

        learner.learn(tagged)

        assert best(learner, "Vogels", hints={"topic/birds": 4.0}) == "cas"

    def test_shares_what_several_took(self, ranker):
        learner = referral.Learner(ranker)

        learner.learn(a_document("duiven", "bob", "cas", on=on(1)))

        assert set(order(learner, "duiven")[:2]) == {1, 2}

    def test_learns_nothing_from_who_is_no_candidate(self, ranker):
        learner = referral.Learner(ranker)
        before = ask(learner, "schulden").scores.tolist()

        learner.learn(a_document("schulden", "somebody-else", on=on(1)))

        assert ask(learner, "schulden").scores.tolist() == before

    @pytest.mark.parametrize("text", ["", "de het een"])
    def test_learns_from_no_words_who_is_active(self, ranker, text):
        learner = referral.Learner(ranker)

        learner.learn(a_document(text, "cas", on=on(1)))

        assert ask(learner, "schulden").said[:-3].shape == ask(referral.Learner(ranker), "x").said[:-3].shape

    def test_learns_the_same_from_a_question_already_read(self, taught):
        document = a_document("Er is lawaai en er is ruzie.", "cas", on=on(1))
        one, other = referral.Learner(taught), referral.Learner(taught)

        one.learn(document)
        other.learn(document, asked=ask(other, document.text))

        assert ask(one, "ruzie").scores.tolist() == ask(other, "ruzie").scores.tolist()

    def test_learns_the_weights_of_lines_from_lines_alone(self, taught):
        learner = referral.Learner(taught)
        ask(learner, STORY)
        before = learner._mixes[True].weights.tolist()

        learner.learn(a_document("duiven", "cas", on=on(1)))

        assert learner._mixes[True].weights.tolist() == before
        assert learner._mixes[False].weights.tolist() != before

    def test_says_nothing_of_recency_without_a_day(self, untaught):
        learner = referral.Learner(untaught)
        before = learner._availability.recency(on(1)).tolist()

        learner.learn(a_document("duiven", "cas"))

        assert learner._availability.recency(on(1)).tolist() == before

    def test_trusts_recency_where_people_change(self, untaught):
        learner = referral.Learner(untaught)
        for day in range(40):
            learner.learn(a_document("Er is iets.", "cas" if day < 20 else "bob", on=on(day)))

        assert best(learner, "Er is iets.", day=40) == "bob"

    def test_leaves_availability_out_when_told_to(self, taught):
        learner = referral.Learner(taught, minds_availability=False)

        refuse(learner, "ann", "schulden", Lesson.NO_ROOM, times=20)
        refuse(learner, "ann", "schulden", Lesson.SILENT, times=20)

        assert best(learner, "schulden") == "ann"


class TestLearnRefusal:
    @pytest.mark.parametrize("lesson", [Lesson.NO_ROOM, Lesson.SILENT])
    def test_passes_over_who_had_no_room_or_did_not_answer_for_a_while(self, ranker, lesson):
        learner = referral.Learner(ranker)
        mixed = "schulden door lawaai"
        first = best(learner, mixed)

        refuse(learner, first, mixed, lesson, times=9)

        assert best(learner, mixed) != first
        assert best(learner, mixed, day=900) == first

    def test_knows_that_who_answers_is_there(self, ranker):
        learner = referral.Learner(ranker)

        refuse(learner, "ann", "schulden", Lesson.SILENT, times=9)
        refuse(learner, "ann", "schulden")

        assert best(learner, "schulden") == "ann"

    def test_teaches_nothing_of_skill_for_want_of_room(self, taught):
        learner = referral.Learner(taught)
        before = ask(learner, "schulden").said[:-3].tolist()

        refuse(learner, "ann", "schulden", Lesson.NO_ROOM, times=3)

        assert ask(learner, "schulden").said[:-3].tolist() == before

    def test_speaks_against_whose_work_it_is_not(self, ranker):
        learner = referral.Learner(ranker)
        mixed = "schulden door lawaai"
        first = best(learner, mixed)

        refuse(learner, first, mixed, Lesson.LEAVES, Lesson.NO_MANDATE, times=9)

        assert best(learner, mixed) != first

    def test_teaches_nothing_when_the_reason_does_not(self, ranker):
        learner = referral.Learner(ranker)
        before = ask(learner, "schulden").scores.tolist()

        refuse(learner, "ann", "schulden", times=5)

        assert ask(learner, "schulden").scores.tolist() == before

    def test_goes_rather_to_whom_the_decliner_names(self, ranker):
        learner = referral.Learner(ranker)

        refuse(learner, "ann", "schulden", rather="cas")

        assert order(learner, "schulden", declined={"ann": "cas"})[:2] in ([0, 2], [2, 0])
        assert order(learner, "schulden", declined={"ann": None}).index(2) < 2

    def test_hears_no_name_that_is_no_candidate(self, ranker):
        learner = referral.Learner(ranker)

        refuse(learner, "ann", "schulden", rather="somebody-else")

        asked = ask(learner, "schulden", declined={"ann": "somebody-else"})
        assert asked.scores.tolist() == ask(learner, "schulden").scores.tolist()
