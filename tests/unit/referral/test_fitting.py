# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.core import referral
from tests.factories import DAY
from tests.unit.referral.scenes import a_document, analyzer

CARDS = (
    a_document("Ik ruim zwerfafval op.", "mo"),
    a_document("Ik help bij schulden.", "samira"),
    a_document("Ik bemiddel bij lawaai.", "karel"),
)
PEOPLE = ["karel", "mo", "samira"]
MATTERS = {
    "mo": ("afval", "vuil", "troep", "container", "prullenbak", "stoep"),
    "samira": ("schuld", "huur", "geld", "brief", "incasso", "rekening"),
    "karel": ("lawaai", "muziek", "feest", "nacht", "geluid", "buren"),
}
PADDING = " Het gaat al heel lang zo en wij weten niet meer wat wij er nog aan kunnen doen." * 4


def fit(documents=CARDS, candidates=PEOPLE, *, on=DAY):
    return referral.fit_ranker(documents, candidates, analyzer=analyzer(), on=on)


def best(ranker, words):
    scores = ranker.scores(words, language="nl")
    return ranker.candidates[scores.argmax()]


def lessons(n_each, *, first=-90, ending="", step=1):
    """Problems taken up, so many a person, in turn, one each so many days."""
    return [
        a_document(
            f"Er is {words[turn % len(words)]} en {words[(turn + 1) % len(words)]}.{ending}",
            person,
            title=f"Veel {words[turn % len(words)]}",
            on=DAY + timedelta(days=first + step * turn),
        )
        for turn in range(n_each)
        for person, words in MATTERS.items()
    ]


class TestFitRanker:
    def test_scores_every_candidate_in_the_order_given(self):
        ranker = fit()

        assert ranker.candidates == tuple(PEOPLE)
        assert ranker.scores("zwerfafval", language="nl").shape == (3,)

    @pytest.mark.parametrize(
        ("words", "person"), [("schulden", "samira"), ("Zwerfafval!", "mo"), ("zoveel LAWAAI", "karel")]
    )
    def test_finds_who_says_so(self, words, person):
        assert best(fit(), words) == person

    @pytest.mark.parametrize(
        ("documents", "candidates"),
        [(CARDS, []), ([], PEOPLE), ([a_document("", "mo")], PEOPLE), ([a_document("de het", "mo")], PEOPLE)],
        ids=["no candidates", "no documents", "no text", "small words only"],
    )
    def test_refuses_when_there_is_nothing_to_rank(self, documents, candidates):
        with pytest.raises(referral.NothingToRank) as refused:
            fit(documents, candidates)

        assert refused.value.facts == {"n_candidates": len(candidates), "n_documents": len(documents)}

    def test_leaves_out_what_is_said_for_others(self):
        ranker = fit((*CARDS, a_document("Ik weet alles van bruggen.", "someone-else")))

        assert ranker.scores("bruggen", language="nl").tolist() == [0, 0, 0]

    def test_ranks_people_of_whom_nothing_is_said(self):
        ranker = fit([a_document("Bruggen bouwen.", "someone-else")])

        assert ranker.scores("bruggen", language="nl").tolist() == [0, 0, 0]

    def test_weighs_a_title_over_a_text(self):
        titled = a_document("Verder niets bijzonders.", "mo", title="Fietsen")
        told = a_document("Fietsen, verder niets bijzonders.", "karel")

        assert best(fit([titled, told]), "fietsen") == "mo"

    def test_follows_the_weight_of_each_claim(self):
        shared = a_document("Fietsen maken.", weights={"mo": 0.4, "karel": 1.0})

        assert best(fit([shared, *CARDS[1:2]]), "fietsen") == "karel"

    def test_gives_the_same_twice(self):
        one, other = (fit(lessons(8)).scores("lawaai", language="nl") for _ in range(2))

        assert one.tolist() == other.tolist()


class TestLessons:
    def test_teach_nothing_when_there_are_too_few(self):
        assert fit([*CARDS, *lessons(4)]).taught is None

    def test_teach_from_five_a_candidate(self):
        ranker = fit([*CARDS, *lessons(5)])

        assert ranker.taught is not None
        assert [best(ranker, words) for words in ("incasso", "container", "geluid")] == [
            "samira",
            "mo",
            "karel",
        ]

    def test_do_not_count_those_of_people_who_left(self):
        gone = [a_document("Er is lawaai.", "someone-else", on=DAY)] * 20

        assert fit([*CARDS, *gone]).taught is None

    @pytest.mark.parametrize("ending", ["", PADDING])
    def test_teach_lines_and_stories(self, ending):
        ranker = fit([*CARDS, *lessons(12, ending=ending)])

        assert best(ranker, f"Er is muziek en feest.{ending}") == "karel"

    def test_need_no_cards_beside_them(self):
        assert best(fit(lessons(10)), "incasso") == "samira"

    @pytest.mark.parametrize("documents", [lessons(6, step=0), [*CARDS, *lessons(6, step=0)]])
    def test_may_all_be_of_one_day(self, documents):
        ranker = fit(documents)

        assert best(ranker, "incasso") == "samira"
        assert (ranker.short_mix, ranker.long_mix) == (referral.Mix(), referral.Mix())

    def test_weigh_the_methods_once_there_are_enough_to_hold_some_back(self):
        ranker = fit([*CARDS, *lessons(20)])

        assert ranker.short_mix != referral.Mix()
        assert ranker.long_mix == referral.Mix()  # there was no story to learn from

    def test_weigh_the_methods_for_stories_by_stories(self):
        ranker = fit([*CARDS, *lessons(20, ending=PADDING)])

        assert ranker.long_mix != referral.Mix()

    def test_may_all_mislead_when_someone_new_takes_everything(self):
        takers = ["karel"] * 15 + ["samira"] * 15 + ["mo"] * 10
        matters = {"karel": "lawaai", "samira": "schuld", "mo": "lawaai"}
        documents = [
            a_document(f"Er is {matters[taker]}.", taker, on=DAY - timedelta(days=200 - 5 * turn))
            for turn, taker in enumerate(takers)
        ]

        assert best(fit(documents), "schuld") == "samira"

    def test_may_be_of_people_who_left_among_those_held_back(self):
        gone = [a_document("Er is lawaai.", "someone-else", on=DAY)]

        assert best(fit([*CARDS, *lessons(12), *gone]), "incasso") == "samira"


class TestRecency:
    def busy(self, *days_ago):
        """How recent each of three people is who took the same, so many days ago."""
        taken = [
            a_document("Fietsen.", person, on=DAY - timedelta(days=days))
            for person, days in zip(PEOPLE, days_ago, strict=True)
        ]
        return fit(taken).recency

    def test_is_higher_for_who_took_something_lately(self):
        karel, mo, samira = self.busy(0, 30, 300)

        assert karel > mo > samira

    def test_is_the_same_for_all_when_nothing_was_taken(self):
        assert fit().recency.tolist() == [0, 0, 0]

    def test_does_not_look_ahead(self):
        karel, mo, samira = self.busy(-1, 10, 10_000)

        assert karel == pytest.approx(samira)
        assert mo > karel

    def test_grows_with_every_problem_taken(self):
        once = a_document("Fietsen.", "mo", on=DAY)

        karel, mo, _ = fit([once, once, a_document("Fietsen.", "karel", on=DAY)]).recency

        assert mo > karel

    def test_is_learned_when_it_tells_who_takes_things(self):
        turns = ["karel"] * 10 + ["samira"] * 10 + ["mo"] * 20
        same = [
            a_document("Er is een fiets kapot.", person, on=DAY - timedelta(days=5 * (40 - turn)))
            for turn, person in enumerate(turns)
        ]

        ranker = fit(same)

        assert ranker.short_mix.weight("recency") > 0
        assert best(ranker, "Er is een fiets kapot.") == "mo"
