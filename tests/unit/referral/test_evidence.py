# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.core.kernel import ServiceId, TopicId
from scharnier.core.referral._directory import topic_hints
from scharnier.core.referral._evidence import (
    BACKING,
    LEAST_STRENGTH,
    MOST_CANDIDATES,
    MOST_SERVICES,
    MOST_WORDS,
    weigh_evidence,
)
from tests.factories import a_membership, a_network, a_person, a_service, a_topic, an_organization
from tests.unit.referral.scenes import MATTERS, ORGANIZATIONS, a_neighbourhood, a_party, an_outcome, fit

NAMED = [
    a_topic(word) for word in ("brieven", "deurwaarder", "schulden", "buren", "nacht", "ruzie", "lawaai")
]


def evidence_for(words, *, whole=None, outcomes=(), topics=(), thesaurus=MATTERS):
    """What speaks for whom, with perhaps topics that were recognised elsewhere."""
    matcher = fit(whole or a_neighbourhood(), outcomes, topics=thesaurus)
    found = tuple(map(TopicId, topics)) or matcher.finder.find(words, language="nl")
    terms = matcher.ranker.analyzer.terms(words, language="nl")
    return weigh_evidence(
        matcher.ranker,
        matcher.directory,
        words,
        language="nl",
        hints=topic_hints(matcher.finder, found, terms),
        topics=found,
    )


def a_crowd(n, *, summary="Zwerfafval."):
    """So many people by themselves who say the same."""
    return a_network(persons=[a_person(f"p{number:03}", summary=summary) for number in range(n)])


class TestFound:
    def test_are_those_with_something_in_common_best_first(self):
        evidence = evidence_for("Lawaai en ruzie in de nacht")

        assert evidence.found[:2] == ("person/karel", "organization/opbouwwerk")
        assert "organization/bibliotheek" not in evidence.found

    def test_have_strengths_from_one_down(self):
        evidence = evidence_for("Lawaai en ruzie met buren over zwerfafval")

        strengths = [evidence.strength[each] for each in evidence.found]
        assert max(strengths) == 1.0
        assert min(strengths) >= LEAST_STRENGTH

    def test_are_none_without_anything_in_common(self):
        evidence = evidence_for("breien")

        assert (evidence.found, evidence.covered_share) == ((), 0.0)

    def test_are_sixty_at_most(self):
        n = MOST_CANDIDATES + 5
        colleagues = [a_membership(f"p{number:03}", organization="reiniging") for number in range(n)]
        crowd = replace(a_crowd(n, summary=""), organizations=ORGANIZATIONS, memberships=tuple(colleagues))

        assert len(evidence_for("zwerfafval", whole=crowd).found) == MOST_CANDIDATES

    def test_are_as_strong_as_can_be_when_nobody_differs(self):
        evidence = evidence_for("zwerfafval", whole=a_crowd(3))

        assert evidence.strength == {"person/p000": 1.0, "person/p001": 1.0, "person/p002": 1.0}


class TestStrength:
    def test_of_a_person_is_backed_by_the_organization(self):
        whole = a_network(
            organizations=(an_organization("reiniging", remit="Zwerfafval, containers en zwerfafval."),),
            persons=(a_person("alone", summary="Ik doe mee."), a_person("backed", summary="Ik doe mee.")),
            memberships=(a_membership("backed", organization="reiniging"),),
        )

        evidence = evidence_for("zwerfafval", whole=whole)

        assert evidence.strength["organization/reiniging"] == 1.0
        assert evidence.strength["person/backed"] >= BACKING
        assert "person/alone" not in evidence.strength

    def test_of_a_person_is_not_lowered_by_a_weak_organization(self):
        evidence = evidence_for("lawaai in de nacht")

        assert evidence.strength["person/karel"] == 1.0


class TestFacts:
    def test_name_the_words_as_written_rarest_first(self):
        facts = evidence_for("Schulden: BRIEVEN van de deurwaarder", thesaurus=NAMED).facts("person/samira")

        assert facts.words == ("BRIEVEN", "deurwaarder", "Schulden")

    def test_name_a_word_once(self):
        assert evidence_for("lawaai, Lawaai en lawaai").facts("person/karel").words == ("lawaai",)

    def test_name_three_words_at_most(self):
        words = "bemiddelen bij ruzie en lawaai tussen buren in de nacht"

        facts = evidence_for(words, thesaurus=NAMED).facts("person/karel")

        assert len(facts.words) == MOST_WORDS

    def test_name_a_word_of_a_matter_that_is_not_named_in_full(self):
        thesaurus = [*MATTERS, a_topic("mediation", nl="ruzie en bemiddeling")]

        facts = evidence_for("Ruzie over lawaai", thesaurus=thesaurus).facts("person/karel")

        assert sorted(facts.words) == ["Ruzie", "lawaai"]

    def test_name_no_words_that_the_party_does_not_use(self):
        assert evidence_for("lawaai en zwerfafval").facts("person/mo").words == ("zwerfafval",)

    def test_name_the_topics_that_need_and_party_share_strongest_first(self):
        facts = evidence_for("schulden", topics=("noise", "debts", "money")).facts("person/samira")

        assert facts.topics == ("debts", "money")

    def test_name_the_two_best_services_of_the_organization(self):
        services = (
            a_service("hulp", description="Hulp bij schulden en huur en nog veel meer in de hele wijk."),
            a_service("schulden", name="Schulden", description="Schulden."),
            a_service("schulden-ook", name="Schulden", description="Schulden."),
            a_service("taal", description="Leren lezen."),
        )

        facts = evidence_for("schulden", whole=a_neighbourhood(services=services)).facts("person/samira")

        assert facts.service_ids == (ServiceId("schulden"), ServiceId("schulden-ook"))
        assert len(facts.service_ids) == MOST_SERVICES

    def test_name_no_services_of_someone_without_an_organization(self):
        assert evidence_for("zwerfafval").facts("person/mo").service_ids == ()

    def test_count_the_problems_like_it_that_were_taken_up(self):
        outcomes = [
            an_outcome("Bankstel en matras op de stoep", a_party("mo")),
            an_outcome("Weer een bankstel bij de containers", a_party("mo")),
            an_outcome("Geluid van scooters", a_party("mo")),
        ]

        evidence = evidence_for("Bankstel gedumpt", outcomes=outcomes)

        assert evidence.facts("person/mo").n_similar == 2

    @pytest.mark.parametrize("candidate", ["person/samira", "organization/schuldhulp"])
    def test_count_a_problem_for_the_person_and_the_organization(self, candidate):
        outcomes = [an_outcome("Deurwaarder aan de deur", a_party("samira", "schuldhulp"))]

        assert evidence_for("deurwaarder", outcomes=outcomes).facts(candidate).n_similar == 1


class TestCoveredShare:
    def test_is_all_when_the_best_knows_every_word(self):
        assert evidence_for("lawaai in de nacht").covered_share == 1.0

    def test_weighs_words_that_nobody_knows_as_the_rarest(self):
        share = evidence_for("lawaai xylofoon zebrapad quinoa").covered_share

        assert 0 < share < 0.3

    def test_is_all_when_only_topics_speak(self):
        evidence = evidence_for("de het een", topics=("litter",))

        assert evidence.found[0] == "person/mo"
        assert evidence.covered_share == 1.0
