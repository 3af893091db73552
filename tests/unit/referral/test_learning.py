# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier.core import referral
from scharnier.core.kernel import OrganizationId, PersonId
from scharnier.core.referral import Need, Party, Reason, Response
from tests.factories import DAY, a_membership, a_network, a_person, an_organization
from tests.unit.referral.scenes import fit

RATS = "Er lopen ratten in de tuin achter de flat."
ANN, BOB = Party(person_id=PersonId("ann")), Party(person_id=PersonId("bob"))
DESK = Party(organization_id=OrganizationId("desk"))


@pytest.fixture(scope="module")
def matcher():
    """Ann and Bob both know of gardens; the desk is Ann's."""
    value = a_network(
        organizations=(an_organization("desk", name="Balie", remit="Alles over de tuin"),),
        persons=(
            a_person("ann", summary="Ik weet van de tuin"),
            a_person("bob", summary="Ik weet van de tuin"),
        ),
        memberships=(a_membership("ann", organization="desk"),),
    )
    return fit(value)


@pytest.fixture
def learner(matcher):
    return referral.Learner(matcher.ranker)


def outcome(party, response=Response.ACCEPTED, **more):
    return referral.Outcome(text=more.pop("text", RATS), party=party, response=response, on=DAY, **more)


def found(matcher, learner=None):
    return referral.find_parties(matcher, Need(text=RATS), learner=learner).evidence


class TestLearnOutcome:
    def test_brings_who_took_it_to_the_front_and_says_so(self, matcher, learner):
        for _ in range(2):
            referral.learn_outcome(learner, outcome(BOB), matcher=matcher)

        evidence = found(matcher, learner)

        assert evidence.found[0] == "person/bob"
        assert evidence.facts("person/bob").n_similar == 2
        assert "person/bob" not in found(matcher).n_similar

    def test_counts_no_problem_that_shares_no_word(self, matcher, learner):
        referral.learn_outcome(learner, outcome(BOB, text="De lift is alweer stuk."), matcher=matcher)

        evidence = found(matcher, learner)

        assert evidence.facts("person/bob").n_similar == 0
        assert "person/bob" not in evidence.n_similar

    def test_finds_for_the_organization_what_its_person_took(self, matcher, learner):
        party = Party(person_id=PersonId("ann"), organization_id=OrganizationId("desk"))

        referral.learn_outcome(learner, outcome(party), matcher=matcher)

        assert {"person/ann", "organization/desk"} <= found(matcher, learner).n_similar.keys()

    def test_sends_less_to_who_says_it_is_not_theirs(self, matcher, learner):
        for _ in range(3):
            declined = outcome(BOB, Response.DECLINED, reason=Reason.NOT_MY_REMIT)
            referral.learn_outcome(learner, declined, matcher=matcher)
        before, after = found(matcher).strength, found(matcher, learner).strength

        assert after.get("person/bob", 0.0) < before["person/bob"]
        assert after["person/ann"] >= before["person/ann"]

    def test_hears_whom_they_name_instead(self, matcher, learner):
        declined = outcome(ANN, Response.DECLINED, reason=Reason.NO_CAPACITY, rather=BOB)

        referral.learn_outcome(learner, declined, matcher=matcher)

        asked = learner.ask(RATS, language="nl", on=DAY, declined={"person/ann": None})
        assert matcher.ranker.candidates[asked.said[-1].argmax()] == "person/bob"

    def test_takes_silence_for_no_lack_of_skill(self, matcher, learner):
        referral.learn_outcome(learner, outcome(BOB, Response.UNANSWERED), matcher=matcher)

        evidence = found(matcher, learner)

        assert evidence.found[0] != "person/bob"
        assert "person/bob" in evidence.found

    @pytest.mark.parametrize(
        "odd",
        [outcome(Party(person_id=PersonId("gone"))), outcome(ANN, text=" ")],
        ids=["a stranger", "erased words"],
    )
    def test_learns_nothing_of(self, matcher, learner, odd):
        before = learner.ask(RATS, language="nl", on=DAY).scores.tolist()

        referral.learn_outcome(learner, odd, matcher=matcher)

        assert learner.ask(RATS, language="nl", on=DAY).scores.tolist() == before
