# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier import example
from scharnier.core import network
from scharnier.formats import skos


@pytest.fixture(scope="module")
def kruisveld():
    return example.load_kruisveld()


class TestTopics:
    def test_are_all_taken_on_by_some_organization_or_service(self, kruisveld):
        parties = (*kruisveld.network.organizations, *kruisveld.network.services)
        taken = frozenset().union(*(party.topics for party in parties))

        assert {topic.id for topic in skos.load_thesaurus()} - taken == set()

    @pytest.mark.parametrize("field", network.Field)
    def test_of_each_field_have_several_organizations(self, kruisveld, field):
        of_field = {topic.id for topic in kruisveld.network.topics if field in topic.fields}

        taking = [each.id for each in kruisveld.network.organizations if each.topics & of_field]

        assert len(taking) >= 3


class TestServices:
    def test_are_offered_by_every_organization_but_the_municipality_as_a_whole(self, kruisveld):
        offering = {service.organization_id for service in kruisveld.network.services}

        assert {each.id for each in kruisveld.network.organizations} - offering == {"gemeente"}

    def test_say_for_whom_they_are_where_and_how_to_come(self, kruisveld):
        bare = [
            service.id
            for service in kruisveld.network.services
            if not (
                service.eligibility and service.how_to_apply and service.location_ids and service.schedules
            )
        ]

        assert bare == []


class TestAccounts:
    def test_are_there_for_each_role(self, kruisveld):
        assert {account.role for account in kruisveld.accounts} == set(example.Role)

    def test_belong_to_people_of_the_network(self, kruisveld):
        persons = {person.id for person in kruisveld.network.persons}

        assert [each.login for each in kruisveld.accounts if each.person_id not in persons] == []
