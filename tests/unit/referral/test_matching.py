# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from scharnier.core import network, referral, text
from scharnier.core.kernel import CommunityId, PersonId
from tests.factories import (
    DAY,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_tie,
    an_area,
    an_availability,
)
from tests.unit.referral.scenes import (
    MATTERS,
    ORGANIZATIONS,
    PERSONS,
    ROLES,
    SERVICE,
    a_neighbourhood,
    a_party,
    an_outcome,
    analyzer,
    ask,
    equals,
    fit,
    names_in,
    where,
)

NOISE = "Elke nacht lawaai en ruzie met de buren"
NORTH, SOUTH = an_area("noord"), an_area("zuid")
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture(scope="module")
def neighbourhood():
    return fit(a_neighbourhood())


def first(answer):
    return answer.suggestions[0]


class TestFitMatcher:
    def test_needs_no_outcomes(self, neighbourhood):
        assert neighbourhood.records == {}
        assert first(ask(neighbourhood, NOISE)).party.person_id == "karel"

    @pytest.mark.parametrize("persons", [(), (a_person(purposes=(), summary="Ik help."),)])
    def test_refuses_a_network_in_which_nobody_can_be_suggested(self, persons):
        with pytest.raises(referral.NothingToRank) as refused:
            fit(a_network(persons=persons))

        assert refused.value.facts["n_candidates"] == 0

    def test_reads_a_network_of_one_organization(self):
        matcher = fit(a_network(organizations=ORGANIZATIONS[:1]))

        assert names_in(ask(matcher, "Ik heb schulden")) == ["schuldhulp"]

    def test_reads_outcomes_of_people_who_left(self):
        matcher = fit(a_neighbourhood(), [an_outcome("Een bankstel op de stoep", a_party("gone"))])

        assert ask(matcher, "bankstel op de stoep").confidence is referral.Confidence.NONE

    def test_answers_the_same_with_topics_made_ready_earlier(self):
        finder = referral.TopicFinder(MATTERS, analyzer())
        whole = a_neighbourhood()

        assert ask(fit(whole, finder=finder), NOISE) == ask(fit(whole), NOISE)
        assert fit(whole, finder=finder).finder is finder


class TestWhoIsSuggested:
    def test_is_who_says_so_with_reasons(self, neighbourhood):
        answer = ask(neighbourhood, "Overal schulden: lawaai maakt mij gek van de schulden")

        suggestion = first(answer)
        assert suggestion.party == a_party("samira", "schuldhulp")
        assert suggestion.expertise.topics == ("debts",)
        assert suggestion.expertise.words == ("schulden",)
        assert suggestion.expertise.service_ids == (SERVICE,)
        assert suggestion.mandate.role == "schuldhulpmaatje"

    def test_scores_the_product_of_the_four_parts(self, neighbourhood):
        for each in ask(neighbourhood, "lawaai, schulden en zwerfafval").suggestions:
            parts = (each.expertise.score, each.mandate.score, each.room.score, each.way_in.score)
            assert each.score == pytest.approx(parts[0] * parts[1] * parts[2] * parts[3])

    @pytest.mark.parametrize(
        "consents",
        [
            (),
            (a_consent(network.Purpose.CONTACT),),
            (a_consent(ends=YESTERDAY),),
            (a_consent(given=TOMORROW),),
        ],
        ids=["none", "another purpose", "over", "not yet"],
    )
    def test_is_nobody_without_a_consent_to_listing_on_the_day(self, consents):
        answer = ask(fit(where("karel", consents=consents)), NOISE)

        assert "karel" not in names_in(answer)
        assert names_in(answer)[0] == "opbouwwerk"

    def test_is_nobody_who_does_not_accept(self):
        away = an_availability(network.Accepting.NO, until=DAY)

        assert names_in(ask(fit(where("karel", availability=away)), NOISE))[0] == "opbouwwerk"

    def test_is_someone_again_whose_no_has_expired(self):
        away = an_availability(network.Accepting.NO, until=DAY)

        answer = ask(fit(where("karel", availability=away), on=TOMORROW), NOISE)

        assert names_in(answer)[0] == "karel"
        assert first(answer).room.accepting is network.Accepting.UNKNOWN

    def test_is_nobody_who_is_full(self):
        full = an_availability(open_requests=2, capacity=2)

        assert "karel" not in names_in(ask(fit(where("karel", availability=full)), NOISE))

    def test_is_one_of_each_organization_a_person_before_the_desk(self, neighbourhood):
        suggested = names_in(ask(neighbourhood, "lawaai, ruzie, schulden en zwerfafval"))

        assert "karel" in suggested
        assert "opbouwwerk" not in suggested

    def test_is_one_of_each_community(self):
        singers = [a_membership(f"p{number}", community="koor") for number in range(3)]
        choir = network.Community(id=CommunityId("koor"), name="Koor")
        matcher = fit(replace(equals(3), memberships=tuple(singers), communities=(choir,)))

        assert len(names_in(ask(matcher, "zwerfafval"))) == 1

    def test_is_everyone_who_stands_alone(self):
        assert sorted(names_in(ask(fit(equals(3)), "zwerfafval"))) == ["p0", "p1", "p2"]

    def test_is_at_most_as_many_as_asked_for(self, neighbourhood):
        every = names_in(ask(neighbourhood, "lawaai, schulden en zwerfafval"))

        assert len(every) > 2
        assert names_in(ask(neighbourhood, "lawaai, schulden en zwerfafval", limit=2)) == every[:2]


class TestPlace:
    AREAS = (NORTH, SOUTH)

    def neighbourhood(self):
        organizations = [replace(ORGANIZATIONS[1], area_ids=frozenset({NORTH.id})), *ORGANIZATIONS[2:]]
        return fit(a_neighbourhood(areas=self.AREAS, organizations=(ORGANIZATIONS[0], *organizations)))

    def test_keeps_who_works_there(self):
        suggestion = first(ask(self.neighbourhood(), NOISE, area=NORTH))

        assert suggestion.party.person_id == "karel"
        assert (suggestion.mandate.cover, suggestion.mandate.area_ids) == (referral.Cover.HERE, ("noord",))

    def test_leaves_out_who_works_elsewhere(self):
        suggested = names_in(ask(self.neighbourhood(), NOISE, area=SOUTH))

        assert not {"karel", "opbouwwerk"} & set(suggested)

    def test_does_not_matter_when_the_need_names_none(self):
        assert first(ask(self.neighbourhood(), NOISE)).mandate.cover is referral.Cover.NOT_ASKED


class TestWayIn:
    def answer(self, *ties, asker="mo", **parts):
        return ask(fit(a_neighbourhood(ties=ties, **parts)), NOISE, asker=asker)

    def test_starts_with_the_asker(self):
        suggestion = first(self.answer(a_tie("mo", "karel")))

        assert (suggestion.way_in.entry, suggestion.way_in.score) == (referral.Entry.KNOWN, 1.0)

    def test_goes_over_who_agreed_to_introduce(self):
        suggestion = first(self.answer(a_tie("mo", "samira"), a_tie("samira", "karel")))

        assert suggestion.way_in.introducers == ("samira",)

    def test_does_not_go_over_who_did_not(self):
        samira = replace(PERSONS[0], consents=(a_consent(),))

        answer = self.answer(a_tie("mo", "samira"), a_tie("samira", "karel"), persons=(samira, *PERSONS[1:]))

        assert first(answer).way_in.entry is referral.Entry.CONTACT

    @pytest.mark.parametrize(
        ("n_between", "entry"), [(2, referral.Entry.INTRODUCED), (3, referral.Entry.CONTACT)]
    )
    def test_goes_over_two_introductions_at_most(self, n_between, entry):
        between = [a_person(f"p{number}") for number in range(n_between)]
        chain = ["mo", *(str(person.id) for person in between), "karel"]

        answer = self.answer(*(a_tie(*pair) for pair in pairwise(chain)), persons=(*PERSONS, *between))

        assert first(answer).way_in.entry is entry

    def test_is_the_front_door_of_an_organization(self):
        assert first(self.answer(persons=PERSONS[2:], memberships=ROLES[2:])).way_in.entry is (
            referral.Entry.FRONT_DOOR
        )

    def test_is_none_to_oneself(self):
        assert first(self.answer(asker="karel")).way_in.entry is referral.Entry.SELF

    def test_starts_nowhere_without_an_asker(self):
        assert first(self.answer(a_tie("mo", "karel"), asker=None)).way_in.entry is referral.Entry.CONTACT


class TestRefusal:
    @pytest.mark.parametrize("words", ["", "   ", "?!", "\n\t"])
    def test_of_a_text_without_a_word(self, neighbourhood, words):
        with pytest.raises(text.EmptyText):
            ask(neighbourhood, words)

    def test_of_a_hundred_thousand_characters(self, neighbourhood):
        with pytest.raises(text.TextTooLong) as refused:
            ask(neighbourhood, "lawaai " * 15_000)

        assert refused.value.facts["characters"] > 100_000

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("De buurvrouw met bsn 111222333 heeft schulden", "bsn"),
            ("Bel mij over het lawaai op 06-12345678", "phone"),
            ("Mail over zwerfafval naar piet@voorbeeld.nl", "email"),
        ],
    )
    def test_of_what_points_at_one_person(self, neighbourhood, words, kind):
        with pytest.raises(text.PersonalDataFound) as refused:
            ask(neighbourhood, words)

        assert refused.value.facts["kinds"] == (kind,)

    @pytest.mark.parametrize(
        "words", ["Я не знаю, кто может помочь", "Der Nachbar ist nicht da und wir haben keine Zeit"]
    )
    def test_of_another_language(self, neighbourhood, words):
        with pytest.raises(text.UnknownLanguage):
            ask(neighbourhood, words)

    def test_of_an_asker_who_is_not_in_the_network(self, neighbourhood):
        with pytest.raises(referral.UnknownAsker) as refused:
            ask(neighbourhood, NOISE, asker="zoë")

        assert refused.value.facts == {"asker_id": PersonId("zoë")}

    def test_of_a_place_that_is_not_in_the_network(self):
        matcher = fit(a_neighbourhood(areas=(SOUTH, NORTH)))

        with pytest.raises(network.UnknownPlace) as refused:
            ask(matcher, NOISE, area=an_area("maan"))

        assert refused.value.facts == {"place": "maan", "known": ("Noord", "Zuid")}

    @pytest.mark.parametrize("limit", [0, -1])
    def test_of_fewer_than_one_suggestion(self, neighbourhood, limit):
        with pytest.raises(referral.InvalidNeed) as refused:
            ask(neighbourhood, NOISE, limit=limit)

        assert refused.value.facts == {"limit": limit}


class TestLearnedSince:
    DUCKS = "Er lopen eenden op de weg"

    def learner(self, matcher, words, *takers, times=1, refusals=()):
        learner = referral.Learner(matcher.ranker)
        past = referral.recall(matcher, words, takers=takers, on=DAY, refusals=refusals)
        referral.replay(learner, [past] * times)
        return learner

    def suggest(self, matcher, words, learner):
        need = referral.Need(text=words)
        return referral.suggest_parties(matcher, need, limit=3, seed=0, learner=learner)

    def test_is_said_of_a_matter_that_was_new(self, neighbourhood):
        learner = self.learner(neighbourhood, self.DUCKS, "person/karel")

        assert first(ask(neighbourhood, self.DUCKS)).party.person_id != "karel"
        assert first(self.suggest(neighbourhood, self.DUCKS, learner)).party.person_id == "karel"

    def test_says_the_same_as_without_while_nothing_is_learned(self, neighbourhood):
        learner = referral.Learner(neighbourhood.ranker)

        one, other = self.suggest(neighbourhood, NOISE, learner), self.suggest(neighbourhood, NOISE, None)

        assert names_in(one) == names_in(other)

    def test_recalls_of_candidates_alone(self, neighbourhood):
        refusals = [
            referral.Refusal(candidate=name, on=DAY, lessons=frozenset({referral.Lesson.SILENT}))
            for name in ("person/karel", "person/gone")
        ]

        past = referral.recall(
            neighbourhood, NOISE, takers=["person/gone", "person/karel"], on=DAY, refusals=refusals
        )

        assert set(past.document.supports) == {"person/karel"}
        assert [each.candidate for each in past.refusals] == ["person/karel"]
