# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from scharnier.core import referral
from scharnier.core.referral._choosing import CLEAR_LEAD, _confidence
from scharnier.formats import skos
from tests.factories import (
    DAY,
    a_membership,
    a_network,
    a_person,
    a_service,
    an_organization,
)
from tests.unit.referral.scenes import (
    ORGANIZATIONS,
    PERSONS,
    ROLES,
    a_neighbourhood,
    a_party,
    a_suggestion,
    an_outcome,
    ask,
    equals,
    fit,
    names,
    names_in,
    where,
)

NOISE = "Elke nacht lawaai en ruzie met de buren"


@pytest.fixture(scope="module")
def neighbourhood():
    return fit(a_neighbourhood())


@pytest.fixture(scope="module")
def with_thesaurus():
    return fit(a_neighbourhood(), topics=skos.load_thesaurus())


def first(answer):
    return answer.suggestions[0]


class TestConfidence:
    def test_is_clear_when_one_stands_out(self, neighbourhood):
        assert ask(neighbourhood, NOISE).confidence is referral.Confidence.CLEAR

    def test_is_clear_when_there_is_one(self):
        matcher = fit(a_network(organizations=ORGANIZATIONS[:1]))

        assert ask(matcher, "Ik heb schulden").confidence is referral.Confidence.CLEAR

    def test_is_plausible_when_several_fit_as_well(self):
        assert ask(fit(equals()), "zwerfafval").confidence is referral.Confidence.PLAUSIBLE

    @pytest.mark.parametrize(
        ("second", "confidence"),
        [(CLEAR_LEAD, referral.Confidence.PLAUSIBLE), (CLEAR_LEAD - 0.01, referral.Confidence.CLEAR)],
    )
    def test_is_plausible_from_four_fifths_of_the_best(self, second, confidence):
        suggestions = [a_suggestion("samira", score=1.0), a_suggestion("karel", score=second)]

        assert _confidence(suggestions, 1.0) is confidence
        assert CLEAR_LEAD == 0.8

    def test_is_thin_with_few_words_in_common(self, neighbourhood):
        answer = ask(neighbourhood, "De heg, het hek, de tuin, de boom en de computer van mijn tante")

        assert answer.confidence is referral.Confidence.THIN
        assert answer.suggestions

    def test_is_none_when_nothing_fits(self, neighbourhood):
        answer = ask(neighbourhood, "xylofoon")

        assert (answer.confidence, answer.suggestions, answer.together) == (referral.Confidence.NONE, (), ())


class TestTogether:
    def test_is_a_set_when_scores_are_close_and_fields_differ(self, neighbourhood):
        answer = ask(neighbourhood, "schulden, lawaai")

        assert answer.topics == ("debts", "noise")
        assert sorted(names(answer.together)) == ["karel", "samira"]

    def test_is_nobody_when_one_covers_it_all(self):
        both = where("karel", summary="Ik let op lawaai en schulden.")

        assert ask(fit(both), "schulden, lawaai").together == ()

    def test_names_only_who_is_suggested(self, neighbourhood):
        assert ask(neighbourhood, "schulden, lawaai", limit=1).together == ()


class TestLoad:
    def test_is_shared_between_equals_with_the_propensity_told(self):
        matcher = fit(equals(3))

        answers = [ask(matcher, "zwerfafval", seed=seed) for seed in range(300)]

        firsts = Counter(names_in(answer)[0] for answer in answers)
        assert {name: n / 300 for name, n in firsts.items()} == pytest.approx(
            dict.fromkeys(("p0", "p1", "p2"), 1 / 3), abs=0.08
        )
        assert [each.propensity for each in answers[0].suggestions] == pytest.approx([1 / 3, 1 / 2, 1])

    def test_falls_the_same_for_the_same_seed(self):
        one, other = (ask(fit(equals(5)), "zwerfafval", seed=4) for _ in range(2))

        assert one == other

    def test_falls_less_on_who_said_it_is_not_theirs(self):
        refused = referral.Reason.NOT_MY_REMIT
        declined = [self.declined("p0", reason=refused) for _ in range(8)]

        assert self.share_of("p0", declined) < 0.35

    def test_falls_no_less_on_who_had_no_capacity(self):
        declined = [self.declined("p0", reason=referral.Reason.NO_CAPACITY) for _ in range(8)]

        assert self.share_of("p0", declined) == pytest.approx(0.5, abs=0.1)

    def declined(self, person, *, reason):
        response = referral.Response.DECLINED
        return an_outcome("zwerfafval", a_party(person), response=response, reason=reason)

    def share_of(self, person, outcomes):
        matcher = fit(equals(), outcomes)
        firsts = [names_in(ask(matcher, "zwerfafval", seed=seed))[0] for seed in range(200)]
        return firsts.count(person) / len(firsts)


class TestOutcomes:
    TAKEN = [an_outcome("Een bankstel en een matras op de stoep", a_party("mo")) for _ in range(3)]

    def test_teach_who_takes_what_no_card_says(self, neighbourhood):
        words = "Er ligt een bankstel op de stoep"
        before, after = ask(neighbourhood, words), ask(fit(a_neighbourhood(), self.TAKEN), words)

        assert "mo" not in names_in(before)
        assert names_in(after) == ["mo"]
        assert first(after).expertise.n_similar == 3

    def test_weigh_beside_what_the_card_says(self, neighbourhood):
        outcomes = [an_outcome("Lawaai van scooters in de nacht", a_party("mo")) for _ in range(6)]

        before, after = (
            {name: each.expertise.score for each in answer.suggestions for name in names([each.party])}
            for answer in (ask(neighbourhood, "lawaai"), ask(fit(a_neighbourhood(), outcomes), "lawaai"))
        )

        assert after["mo"] > before.get("mo", 0.0)

    def test_teach_methods_of_their_own_once_there_are_enough(self):
        many = [
            an_outcome(f"{words} voor de {number}e keer", a_party(person), on=DAY - timedelta(days=number))
            for number in range(20)
            for person, words in (("mo", "Bankstel gedumpt"), ("karel", "Scooters"), ("samira", "Incasso"))
        ]

        matcher = fit(a_neighbourhood(), many)

        assert matcher.ranker.taught is not None
        found = [names_in(ask(matcher, words))[0] for words in ("een bankstel", "scooters", "incasso")]
        assert found == ["mo", "karel", "samira"]

    def test_teach_nothing_when_nobody_took_it(self, neighbourhood):
        silent = [replace(each, response=referral.Response.UNANSWERED) for each in self.TAKEN]

        assert ask(fit(a_neighbourhood(), silent), NOISE) == ask(neighbourhood, NOISE)


class TestWords:
    @pytest.mark.parametrize(
        ("card", "words"),
        [
            ("Ik regel een doorverwijzing naar de huisarts.", "Ik ben doorverwezen"),
            ("Ik help bij burenruzie.", "ruzie met mijn buren"),
            ("Ik repareer fietsen met kinderen.", "mijn kinderfiets is stuk"),
        ],
    )
    def test_meet_over_strong_verbs_and_compounds(self, card, words):
        assert names_in(ask(fit(where("karel", summary=card)), words))[0] == "karel"

    @pytest.mark.parametrize(
        ("words", "person", "topic"),
        [
            ("There is litter everywhere in our street", "mo", "litter"),
            ("I have debts and I do not know what to do", "samira", "debts"),
            ("The noise keeps us awake", "karel", "noise"),
        ],
    )
    def test_meet_over_topics_in_english(self, with_thesaurus, words, person, topic):
        answer = ask(with_thesaurus, words)

        assert answer.language == "en"
        assert names_in(answer)[0] == person
        assert topic in first(answer).expertise.topics

    def test_are_in_the_language_of_the_network_when_they_do_not_say(self):
        matchers = [fit(a_neighbourhood(language=tag)) for tag in ("en", "nl")]

        assert [ask(each, "Xyzzy").language for each in matchers] == ["en", "nl"]


class TestOrder:
    def test_does_not_depend_on_the_order_of_the_network(self):
        services = (a_service("a", description="Schulden."), a_service("b", description="Schulden."))
        forwards = a_neighbourhood(services=services, organizations=ORGANIZATIONS)
        backwards = a_neighbourhood(
            services=services[::-1],
            organizations=ORGANIZATIONS[::-1],
            persons=PERSONS[::-1],
            memberships=ROLES[::-1],
        )
        words = "schulden, lawaai en zwerfafval"

        one, other = (ask(fit(whole), words, seed=3) for whole in (forwards, backwards))

        assert names_in(one) == names_in(other)
        assert [each.score for each in one.suggestions] == pytest.approx(
            [each.score for each in other.suggestions]
        )

    def test_does_not_depend_on_it_among_equals(self):
        whole = equals(6)
        turned = replace(whole, persons=whole.persons[::-1])

        one, other = (names_in(ask(fit(each), "zwerfafval", seed=5)) for each in (whole, turned))

        assert one == other

    def test_puts_colleagues_behind_the_one_who_fits_best(self):
        second = a_person("tess", summary="Ik doe de administratie.")
        whole = a_neighbourhood(
            organizations=(*ORGANIZATIONS, an_organization("overig", remit="Iets anders.")),
            persons=(*PERSONS, second),
            memberships=(*ROLES, a_membership("tess", organization="opbouwwerk")),
        )

        suggested = names_in(ask(fit(whole), NOISE))

        assert suggested[0] == "karel"
        assert "tess" not in suggested
