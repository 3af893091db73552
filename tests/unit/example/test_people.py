# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest

from scharnier.core import network
from scharnier.core import text as language
from scharnier.example import _bodies, _neighbours, _people, _records

FEWEST = 20  # people who give a consent and who do not, for each purpose
SUMMER = 40  # days in which a school can do without


@pytest.fixture(scope="module")
def by_hand():
    return _people.read_cards()


class TestPersons:
    def test_all_have_a_name_of_their_own_whatever_the_seed(self, kruisveld, elsewhen):
        for each in (kruisveld, elsewhen):
            names = [person.name for person in each.network.persons]

            assert len(set(names)) == len(names)

    def test_written_by_hand_stay_the_same_for_another_seed(self, kruisveld, elsewhen, by_hand):
        ids = {card.id for card in by_hand}
        kept = [
            [person for person in each.network.persons if person.id in ids] for each in (kruisveld, elsewhen)
        ]

        assert kept[0] == kept[1]
        assert len(kept[0]) == len(by_hand)

    def test_say_in_their_own_words_what_they_do_and_how_to_reach_them(self, kruisveld):
        silent = [each.id for each in kruisveld.network.persons if not (each.summary and each.reach)]

        assert silent == []

    def test_are_not_pointed_at_by_what_their_cards_say(self, kruisveld):
        for person in kruisveld.network.persons:
            language.check_input(f"{person.summary} {person.reach}")

    def test_have_competences_of_the_list(self, kruisveld):
        known = set(_records.read_lists().competences)

        assert {word for each in kruisveld.network.persons for word in each.competences} <= known

    def test_speak_together_many_languages(self, kruisveld):
        spoken = {tag for person in kruisveld.network.persons for tag in person.languages}

        assert spoken >= {"nl", "en", "ar", "tr", "pl", "ti", "uk"}

    def test_were_active_before_today(self, kruisveld):
        days = [each.availability.last_active_date for each in kruisveld.network.persons]

        assert all(day < kruisveld.day for day in days)


class TestConsents:
    @pytest.mark.parametrize("purpose", network.Purpose)
    def test_to_each_purpose_are_given_by_some_and_not_by_others(self, kruisveld, purpose):
        persons = kruisveld.network.persons

        n_given = sum(person.consents_to(purpose, on=kruisveld.day) for person in persons)

        assert FEWEST <= n_given <= len(persons) - FEWEST

    def test_are_each_given_once_and_before_today(self, kruisveld):
        for person in kruisveld.network.persons:
            purposes = [consent.purpose for consent in person.consents]

            assert len(set(purposes)) == len(purposes)
            assert all(consent.given_date < kruisveld.day for consent in person.consents)

    def test_of_professionals_are_more_than_those_of_residents(self):
        chances = _records.read_lists().consents
        professionals, residents = chances["professional"], chances["resident"]

        assert all(professionals[purpose] > residents[purpose] for purpose in network.Purpose)

    def test_are_asked_for_again_before_somebody_new_begins(self, by_hand):
        cards = {card.id: card for card in by_hand}

        for card in cards.values():
            person = _people.to_person(card)

            assert all(consent.given_date >= card.since for consent in person.consents)


class TestMemberships:
    def test_begin_before_they_end_and_before_today(self, kruisveld):
        for each in kruisveld.network.memberships:
            assert (each.start_date or date.min) < (each.end_date or kruisveld.day)

    def test_leave_nobody_without_a_place(self, index):
        assert set(index.persons) - set(index.memberships_of) == set()

    def test_that_ended_name_who_took_over_without_a_long_gap(self, kruisveld, index):
        ended = [each for each in kruisveld.network.memberships if each.end_date is not None]

        assert ended
        for each in ended:
            begun = [
                role.start_date
                for role in index.memberships_of[each.successor_id]
                if role.organization_id == each.organization_id
            ]
            assert abs((begun[0] - each.end_date).days) <= SUMMER

    def test_make_each_community_and_group_some_people(self, kruisveld):
        circles = (*kruisveld.network.communities, *kruisveld.network.resident_groups)
        members = [each.community_id or each.resident_group_id for each in kruisveld.network.memberships]

        assert [circle.id for circle in circles if members.count(circle.id) < 2] == []


class TestDrawNeighbours:
    def test_makes_one_person_of_each_sentence(self):
        said = [sentence for role in _records.read_roles() for sentence in role.says]

        drawn = _neighbours.draw_neighbours(_records.read_lists(), seed=7)

        assert [each.person.summary for each in drawn] == said

    def test_keeps_requests_within_capacity(self):
        drawn = _neighbours.draw_neighbours(_records.read_lists(), seed=7)

        assert all(
            each.person.availability.open_requests <= each.person.availability.capacity for each in drawn
        )

    def test_writes_identifiers_in_plain_letters(self):
        drawn = _neighbours.draw_neighbours(_records.read_lists(), seed=7)

        assert all(each.person.id.isascii() and " " not in each.person.id for each in drawn)


class TestEmailOf:
    @pytest.mark.parametrize(
        ("organization", "expected"),
        [("politie", "dennis@politie.kruisveld.example"), (None, "dennis@kruisveld.example")],
    )
    def test_is_of_the_organization_or_of_the_wijk(self, organization, expected):
        assert _people.email_of("dennis", organization) == expected


class TestTopicIds:
    def test_are_read_from_words_with_spaces(self):
        assert _bodies.topic_ids("debts bailiff") == {"debts", "bailiff"}

    def test_are_none_for_nothing(self):
        assert _bodies.topic_ids("") == frozenset()
