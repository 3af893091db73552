# SPDX-License-Identifier: EUPL-1.2
"""Whom to invite, and why: reasons for organizations, never a ranking of persons."""

from __future__ import annotations

from dataclasses import fields
from itertools import permutations

import pytest

from scharnier.core import network, situations
from scharnier.core.kernel import AreaId, PersonId, TopicId
from scharnier.core.network import Consent, Purpose
from scharnier.core.situations import Hinge, Matter, ProposedPartner, ReasonKind, SharesUnclear, Weight
from tests.unit.situations.scenes import HOUSING, LIBRARY, MONDAY, POLICE, SCHOOL, days

NORTH, SOUTH = AreaId("noord"), AreaId("zuid")
LITTER, NOISE = TopicId("litter"), TopicId("noise")
AGREED = tuple(Consent(purpose=each, given_date=MONDAY) for each in (Purpose.LISTING, Purpose.INTRODUCTION))


def an_organization(organization_id, *, topics=(), areas=()):
    return network.Organization(
        id=organization_id, name=organization_id, topics=frozenset(topics), area_ids=frozenset(areas)
    )


def a_matter(**shares):
    return Matter(topics=frozenset({LITTER}), area_ids=frozenset({NORTH}), shares=shares)


def a_hinge(name, *organization_ids, consents=AGREED):
    return Hinge(person_id=PersonId(name), organization_ids=frozenset(organization_ids), consents=consents)


def propose(matter, organizations, hinges=(), **options):
    return situations.propose_coalition(matter, organizations, hinges, on=MONDAY, **options)


BOTH = [an_organization(SCHOOL), an_organization(LIBRARY)]


class TestMatter:
    @pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
    def test_has_shares_of_a_whole(self, share):
        with pytest.raises(SharesUnclear):
            a_matter(school=share)


class TestProposeCoalition:
    def test_proposes_nobody_without_a_reason(self):
        assert propose(a_matter(), [an_organization(SCHOOL)]) == ()

    @pytest.mark.parametrize(
        ("share", "weight"),
        [
            (1.0, Weight.MUCH),
            (0.4, Weight.MUCH),
            (0.39, Weight.PART),
            (0.15, Weight.PART),
            (0.01, Weight.SOME),
        ],
    )
    def test_says_in_a_word_how_much_somebody_meets(self, share, weight):
        (partner,) = propose(a_matter(school=share), [an_organization(SCHOOL)])

        assert partner.weight is weight
        assert ReasonKind.SIGNALS in partner.reasons

    def test_never_tells_a_share(self):
        told = repr(propose(a_matter(school=0.4321), [an_organization(SCHOOL)]))

        assert "4321" not in told
        assert {each.name for each in fields(ProposedPartner)} == {
            "organization_id",
            "weight",
            "topics",
            "works_here",
            "hinge_ids",
        }

    @pytest.mark.parametrize(
        ("topics", "areas", "reasons"),
        [
            ([LITTER], [NORTH], (ReasonKind.MANDATE, ReasonKind.AREA)),
            ([LITTER, NOISE], [NORTH, SOUTH], (ReasonKind.MANDATE, ReasonKind.AREA)),
            ([LITTER], [], (ReasonKind.MANDATE, ReasonKind.AREA)),
            ([LITTER], [SOUTH], None),
            ([NOISE], [NORTH], None),
            ([], [NORTH], None),
        ],
    )
    def test_proposes_whose_remit_it_is_here(self, topics, areas, reasons):
        found = propose(a_matter(), [an_organization(SCHOOL, topics=topics, areas=areas)])

        assert [partner.reasons for partner in found] == ([] if reasons is None else [reasons])

    def test_names_the_topics_of_the_remit(self):
        (partner,) = propose(a_matter(), [an_organization(SCHOOL, topics=[LITTER, NOISE])])

        assert partner.topics == {LITTER}

    def test_proposes_who_meets_it_wherever_it_works(self):
        (partner,) = propose(a_matter(school=0.2), [an_organization(SCHOOL, areas=[SOUTH])])

        assert partner.reasons == (ReasonKind.SIGNALS,)

    def test_leaves_out_who_is_excluded(self):
        found = propose(a_matter(school=0.5, bibliotheek=0.5), BOTH, excluded=[SCHOOL])

        assert [partner.organization_id for partner in found] == [LIBRARY]

    def test_leaves_out_who_is_not_in_the_network(self):
        assert propose(a_matter(elders=1.0), BOTH) == ()

    def test_names_first_who_meets_most_and_then_by_name(self):
        organizations = [
            an_organization(each, topics=[LITTER]) for each in (SCHOOL, POLICE, HOUSING, LIBRARY)
        ]
        matter = a_matter(school=0.6, bibliotheek=0.05)

        orders = {propose(matter, order) for order in permutations(organizations)}

        (found,) = orders
        assert [partner.organization_id for partner in found] == [SCHOOL, LIBRARY, HOUSING, POLICE]


class TestHinges:
    def test_are_named_with_all_they_join(self):
        found = propose(a_matter(school=0.5, bibliotheek=0.5), BOTH, [a_hinge("karel", SCHOOL, LIBRARY)])

        assert [partner.hinge_ids for partner in found] == [("karel",), ("karel",)]
        assert all(ReasonKind.HINGE in partner.reasons for partner in found)

    def test_join_two_who_are_proposed(self):
        hinges = [a_hinge("karel", SCHOOL, POLICE), a_hinge("mo", SCHOOL)]

        found = propose(a_matter(school=0.5, bibliotheek=0.5), BOTH, hinges)

        assert [partner.hinge_ids for partner in found] == [(), ()]

    def test_are_no_reason_alone(self):
        hinges = [a_hinge("karel", SCHOOL, LIBRARY)]

        assert propose(a_matter(), BOTH, hinges) == ()

    @pytest.mark.parametrize(
        "consents",
        [
            (),
            AGREED[:1],
            AGREED[1:],
            (AGREED[0], Consent(purpose=Purpose.INTRODUCTION, given_date=days(1))),
            (AGREED[0], Consent(purpose=Purpose.INTRODUCTION, given_date=days(-9), end_date=days(-1))),
            (AGREED[0], Consent(purpose=Purpose.RESEARCH, given_date=MONDAY)),
        ],
    )
    def test_are_named_only_while_they_agree_to_it(self, consents):
        hinges = [a_hinge("karel", SCHOOL, LIBRARY, consents=consents)]

        found = propose(a_matter(school=0.5, bibliotheek=0.5), BOTH, hinges)

        assert [partner.hinge_ids for partner in found] == [(), ()]

    def test_stand_in_no_order_of_merit(self):
        busy = a_hinge("mo", SCHOOL, LIBRARY, POLICE, HOUSING)
        quiet = a_hinge("els", SCHOOL, LIBRARY)
        matter = a_matter(school=0.5, bibliotheek=0.5)

        answers = {propose(matter, BOTH, order) for order in permutations([busy, quiet, busy])}

        (found,) = answers
        assert found[0].hinge_ids == ("els", "mo")
