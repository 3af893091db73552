# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from scharnier.core import network
from scharnier.formats import listing
from tests.factories import DAY, a_consent, a_full_network, a_membership, a_network, a_person, a_tie


class TestOnlyListed:
    def test_leaves_out_whoever_did_not_agree_with_their_roles_and_ties(self) -> None:
        whole = a_full_network()
        samira, karel = whole.persons

        listed = listing.only_listed(replace(whole, persons=(samira, replace(karel, consents=()))), on=DAY)

        assert [person.id for person in listed.persons] == ["samira"]
        assert [member.person_id for member in listed.memberships] == ["samira"]
        assert listed.ties == ()

    def test_leaves_out_a_successor_who_did_not_agree(self) -> None:
        whole = a_full_network()
        samira, karel = whole.persons

        listed = listing.only_listed(replace(whole, persons=(replace(samira, consents=()), karel)), on=DAY)

        assert [member.successor_id for member in listed.memberships] == [None, None]

    def test_keeps_those_who_agreed_as_they_are(self) -> None:
        whole = a_full_network()

        assert listing.only_listed(whole, on=DAY) == whole

    def test_goes_by_the_day(self) -> None:
        person = replace(a_person(), consents=(a_consent(given=DAY, ends=DAY),))
        whole = a_network(persons=[person])

        assert [
            len(listing.only_listed(whole, on=DAY + timedelta(days=days)).persons) for days in (-1, 0, 1)
        ] == [0, 1, 0]

    def test_keeps_ways_to_reach_only_of_those_who_agreed_to_show_them(self) -> None:
        ways = {"email": "r@voorbeeld.example", "phone": "x", "reach": "bel maar"}
        shy = replace(a_person("ria", purposes=[network.Purpose.LISTING]), **ways)  # type: ignore[arg-type]  # texts
        open_hearted = replace(a_person("bo"), **ways)  # type: ignore[arg-type]  # texts

        listed = listing.only_listed(a_network(persons=[shy, open_hearted]), on=date(2026, 6, 1))

        assert [(person.email, person.phone, person.reach) for person in listed.persons] == [
            ("", "", ""),
            ("r@voorbeeld.example", "x", "bel maar"),
        ]

    def test_keeps_a_tie_only_when_both_agreed(self) -> None:
        persons = [a_person("a"), a_person("b"), a_person("c", purposes=())]
        whole = a_network(
            persons=persons, ties=[a_tie("a", "b"), a_tie("a", "c"), a_tie("c", "b")], memberships=()
        )

        assert listing.only_listed(whole, on=DAY).ties == (a_tie("a", "b"),)

    def test_keeps_what_is_no_person(self) -> None:
        whole = replace(a_full_network(), memberships=(), ties=())
        silent = replace(whole, persons=tuple(replace(person, consents=()) for person in whole.persons))

        assert listing.only_listed(silent, on=DAY) == replace(silent, persons=())

    def test_keeps_every_role_of_those_who_stay(self) -> None:
        roles = [a_membership("samira", resident_group="jongeren"), a_membership("samira", community="koor")]
        whole = replace(a_full_network(), memberships=tuple(roles))

        assert listing.only_listed(whole, on=DAY).memberships == tuple(roles)
