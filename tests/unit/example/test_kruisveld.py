# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from scharnier import example
from scharnier.core import network
from scharnier.core.kernel import Role
from scharnier.formats import network_json, skos

RESERVED = re.compile(r"[\w-]+(\.[\w-]+)*\.example")  # names that nobody can register (RFC 2606)
RESIDENTS = 9_000


def _hosts(kruisveld):
    whole = kruisveld.network
    emails = [each.email for each in (*whole.organizations, *whole.services, *whole.persons) if each.email]
    websites = [each.website for each in (*whole.organizations, *whole.services) if each.website]
    return [email.partition("@")[2] for email in emails] + [site.split("/")[2] for site in websites]


class TestLoadKruisveld:
    def test_gives_an_equal_value_for_the_same_seed(self, kruisveld):
        example.load_kruisveld.cache_clear()

        again = example.load_kruisveld(seed=1)

        assert again == kruisveld
        assert again is not kruisveld

    def test_draws_other_people_ties_and_signals_for_another_seed(self, kruisveld, elsewhen):
        assert elsewhen.network.persons != kruisveld.network.persons
        assert elsewhen.network.ties != kruisveld.network.ties
        assert elsewhen.signals != kruisveld.signals

    def test_keeps_what_is_written_by_hand_for_another_seed(self, kruisveld, elsewhen):
        drawn = {"persons": (), "memberships": (), "ties": ()}

        assert replace(elsewhen.network, **drawn) == replace(kruisveld.network, **drawn)
        assert elsewhen.accounts == kruisveld.accounts

    def test_speaks_of_the_day_on_which_the_tests_stand(self, kruisveld):
        assert kruisveld.day == example.KRUISVELD_DAY == date(2026, 11, 1)


class TestNetwork:
    @pytest.mark.parametrize(
        ("part", "count"), [("organizations", 45), ("persons", 160), ("communities", 14), ("ties", 500)]
    )
    def test_is_as_large_as_promised_whatever_the_seed(self, kruisveld, elsewhen, part, count):
        assert [len(getattr(each.network, part)) for each in (kruisveld, elsewhen)] == [count, count]

    def test_comes_back_whole_from_its_file(self, kruisveld):
        written = network_json.write_network(kruisveld.network)

        assert network_json.read_network(written) == kruisveld.network

    def test_has_addresses_that_cannot_exist(self, kruisveld):
        assert [host for host in _hosts(kruisveld) if not RESERVED.fullmatch(host)] == []

    def test_has_no_telephone_number(self, kruisveld):
        callable_parts = (*kruisveld.network.organizations, *kruisveld.network.persons)

        assert [each.id for each in callable_parts if each.phone] == []


class TestAreas:
    def test_are_a_wijk_of_four_buurten(self, kruisveld):
        kinds = [area.kind for area in kruisveld.network.areas]

        assert kinds.count(network.AreaKind.DISTRICT) == 1
        assert kinds.count(network.AreaKind.NEIGHBOURHOOD) == 4

    def test_of_each_buurt_have_streets(self, kruisveld):
        areas = kruisveld.network.areas
        buurten = [area.id for area in areas if area.kind is network.AreaKind.NEIGHBOURHOOD]

        n_streets = [sum(area.parent_id == buurt for area in areas) for buurt in buurten]

        assert min(n_streets) >= 5

    def test_lie_in_open_water(self, kruisveld):
        outlines = [area.outline for area in kruisveld.network.areas]
        points = [point for outline in outlines for polygon in outline for ring in polygon for point in ring]

        assert all(5.2 < longitude < 5.3 and 52.5 < latitude < 52.6 for longitude, latitude in points)


class TestResidentGroups:
    def test_are_the_four_of_the_study_and_fit_in_the_wijk(self, kruisveld):
        sizes = {group.id: group.n_people for group in kruisveld.network.resident_groups}

        assert set(sizes) == {"nieuwbouw", "ouderen", "jongeren", "moeilijk"}
        assert all(500 < size < RESIDENTS / 4 for size in sizes.values())

    def test_say_that_their_size_is_invented(self, kruisveld):
        sources = [group.source for group in kruisveld.network.resident_groups]

        assert [source for source in sources if "verzonnen" not in source] == []


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


class TestOrganizations:
    def test_can_all_be_reached_by_a_listed_person_or_a_front_door(self, kruisveld, index):
        closed = [
            each.id
            for each in kruisveld.network.organizations
            if not each.email
            and not any(
                index.persons[member.person_id].consents_to(network.Purpose.LISTING, on=kruisveld.day)
                for member in index.members_of.get(each.id, ())
            )
        ]

        assert closed == []

    def test_all_have_somebody_now(self, kruisveld, index):
        empty = [
            each.id
            for each in kruisveld.network.organizations
            if not any(member.holds_on(kruisveld.day) for member in index.members_of.get(each.id, ()))
        ]

        assert empty == []


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
        assert {account.role for account in kruisveld.accounts} == set(Role)

    def test_have_a_login_of_their_own(self, kruisveld):
        logins = [account.login for account in kruisveld.accounts]

        assert len(set(logins)) == len(logins)

    def test_belong_to_people_of_the_network(self, kruisveld, index):
        assert [each.login for each in kruisveld.accounts if each.person_id not in index.persons] == []
