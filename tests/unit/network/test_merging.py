# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scharnier.core import network
from scharnier.core.kernel import PersonId
from tests.factories import (
    DAY,
    a_community,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_resident_group,
    a_tie,
    an_area,
    an_organization,
)

LISTING = network.Purpose.LISTING
SAMIRA = PersonId("samira")
NOBODY = network.Guard()
OWN = network.Guard(own=frozenset({SAMIRA}))
ERASED = network.Guard(erased=frozenset({SAMIRA}))
EARLIER, LATER = DAY - timedelta(days=100), DAY + timedelta(days=100)


def a_card(person_id="samira", *, consents=(), **parts):
    return replace(a_person(person_id, **parts), consents=consents)


def merge(here, guard=NOBODY, /, **told):
    return network.merge_network(here, told, guard=guard)


def fates(merge, part):
    return [step.fate.value for step in merge.steps if step.part == part]


def a_house(**parts):
    return a_network(
        organizations=(an_organization(),),
        communities=(a_community(),),
        resident_groups=(a_resident_group(),),
        **{"persons": (a_card(), a_card("karel")), **parts},
    )


class TestMergeNetwork:
    def test_adds_changes_and_leaves_what_is_told(self):
        here = a_network(areas=(an_area("noord"), an_area("zuid")))

        found = merge(
            here, areas=(an_area("zuid"), an_area("noord", name="Noorderkwartier"), an_area("oost"))
        )

        assert fates(found, "areas") == ["same", "changed", "added"]
        assert [area.name for area in found.network.areas] == ["Noorderkwartier", "Zuid", "Oost"]

    def test_takes_nothing_away(self):
        here = a_house(ties=(a_tie("samira", "karel"),))

        assert merge(here, persons=(a_card("noor"),)).network.ties == here.ties

    def test_refuses_what_does_not_hang_together(self):
        with pytest.raises(network.InvalidNetwork):
            merge(a_network(), memberships=(a_membership("samira", community="koor"),))

    def test_says_which_steps_a_part_took(self):
        found = merge(a_house(), persons=(a_card("noor"), a_card("karel")))

        assert [step.item.id for step in found.of("persons", network.Fate.ADDED)] == ["noor"]
        assert found.of("areas", network.Fate.ADDED) == ()


class TestPersonsInAFile:
    def test_keep_their_consents_and_checks_when_they_are_here(self):
        here = a_house(persons=(replace(a_card(consents=(a_consent(LISTING, ends=DAY),)), checked_date=DAY),))

        found = merge(here, persons=(a_card(name="Samira B.", consents=(a_consent(LISTING),)),))

        (samira,) = found.network.persons
        assert (samira.name, samira.consents, samira.checked_date) == (
            "Samira B.",
            here.persons[0].consents,
            DAY,
        )

    def test_who_left_sight_stay_out_of_sight(self):
        guard = network.Guard(newcomers=network.Newcomers.AS_TOLD)

        found = merge(a_house(), guard, persons=(a_card(consents=(a_consent(LISTING),)),))

        assert not found.network.persons[0].consents_to(LISTING, on=DAY)
        assert fates(found, "persons") == ["same"]

    def test_keep_the_card_that_is_theirs(self):
        found = merge(
            a_house(), OWN, persons=(a_card(name="Iemand anders"), a_card("karel", name="Karel B."))
        )

        assert fates(found, "persons") == ["kept", "changed"]
        assert [person.name for person in found.network.persons] == ["Samira", "Karel B."]

    def test_do_not_come_back_once_they_were_erased(self):
        here = a_house(persons=(a_card("karel"),))

        found = merge(
            here,
            ERASED,
            persons=(a_card(),),
            memberships=(
                a_membership("samira", community="koor"),
                a_membership("karel", community="koor", successor="samira"),
            ),
            ties=(a_tie("samira", "karel"), a_tie("karel", "samira")),
        )

        assert fates(found, "persons") == ["refused"]
        assert fates(found, "ties") == ["refused", "refused"]
        assert found.network.persons == here.persons
        assert [(member.person_id, member.successor_id) for member in found.network.memberships] == [
            ("karel", None)
        ]


class TestNewPersons:
    def bring(self, newcomers, *members):
        persons = (a_card("noor", consents=(a_consent(LISTING),)),)
        guard = network.Guard(newcomers=newcomers)
        found = merge(a_house(), guard, persons=persons, memberships=members)
        return found.network.persons[-1].consents_to(LISTING, on=DAY)

    def test_are_not_shown_unless_somebody_vouches(self):
        assert not self.bring(network.Newcomers.HIDDEN, a_membership("noor", organization="schuldhulp"))

    def test_are_shown_when_they_work_for_an_organization(self):
        assert self.bring(network.Newcomers.VOUCHED, a_membership("noor", organization="schuldhulp"))

    @pytest.mark.parametrize(
        "members",
        [
            (),
            (a_membership("noor", community="koor"),),
            (a_membership("noor", resident_group="jongeren"),),
            (
                a_membership("noor", organization="schuldhulp"),
                a_membership("noor", resident_group="jongeren"),
            ),
            (a_membership("noor", organization="schuldhulp", role="Vrijwilliger"),),
            (a_membership("noor", organization="schuldhulp", role="actieve bewoner"),),
        ],
    )
    def test_are_not_shown_as_residents_or_volunteers(self, members):
        assert not self.bring(network.Newcomers.VOUCHED, *members)

    def test_are_shown_as_told_by_a_full_copy(self):
        assert self.bring(network.Newcomers.AS_TOLD)


class TestMembershipsInAFile:
    def bring(self, old, new):
        found = merge(a_house(memberships=old), memberships=new)
        return fates(found, "memberships"), [
            (member.role, member.start_date, member.end_date) for member in found.network.memberships
        ]

    def a_role(self, **parts):
        return a_membership("samira", organization="schuldhulp", **{"role": "adviseur", **parts})

    def test_are_the_same_with_another_way_of_writing_the_role(self):
        told, roles = self.bring((self.a_role(start=DAY),), (self.a_role(role="Adviseur"),))

        assert (told, roles) == (["same"], [("adviseur", DAY, None)])

    def test_end_a_role_and_leave_its_start(self):
        told, roles = self.bring((self.a_role(start=EARLIER),), (self.a_role(end=DAY),))

        assert (told, roles) == (["changed"], [("adviseur", EARLIER, DAY)])

    def test_tell_when_a_role_began(self):
        assert self.bring((self.a_role(),), (self.a_role(start=DAY),))[0] == ["changed"]

    def test_are_another_role_after_the_first_ended(self):
        ended = self.a_role(end=EARLIER)

        assert self.bring((ended,), (self.a_role(start=DAY),))[0] == ["added"]

    def test_are_another_role_when_the_start_differs(self):
        assert self.bring((self.a_role(start=EARLIER),), (self.a_role(start=DAY),))[0] == ["added"]

    def test_are_meant_once_each(self):
        told, roles = self.bring((self.a_role(),), (self.a_role(), self.a_role(), self.a_role(end=DAY)))

        assert told == ["same", "added"]
        assert len(roles) == 2

    def test_belong_to_the_role_of_the_same_start_first(self):
        told, _ = self.bring((self.a_role(), self.a_role(start=DAY)), (self.a_role(start=DAY),))

        assert told == ["same"]

    def test_name_a_successor_and_do_not_take_one_away(self):
        named = replace(self.a_role(), successor_id=PersonId("karel"))
        found = merge(a_house(memberships=(self.a_role(),)), memberships=(named,))
        again = merge(found.network, memberships=(self.a_role(),))

        assert again.network.memberships == (named,)


class TestTiesInAFile:
    def bring(self, tie, guard=NOBODY):
        here = a_house(ties=(a_tie("samira", "karel", observed=DAY),))
        found = merge(here, guard, ties=(tie,))
        return fates(found, "ties"), [tie.observed_date for tie in found.network.ties]

    @pytest.mark.parametrize(
        ("seen", "fate", "days"),
        [(EARLIER, "same", [DAY]), (DAY, "same", [DAY]), (LATER, "changed", [LATER])],
    )
    def test_change_only_to_a_later_day(self, seen, fate, days):
        assert self.bring(a_tie("samira", "karel", observed=seen)) == ([fate], days)

    def test_are_added_the_other_way_round(self):
        assert self.bring(a_tie("karel", "samira", observed=DAY)) == (["added"], [DAY, DAY])

    def test_stay_as_they_are_where_somebody_keeps_their_own(self):
        assert self.bring(a_tie("karel", "samira", observed=LATER), OWN) == (["kept"], [DAY])

    def test_count_once_with_the_latest_day(self):
        ties = tuple(a_tie("karel", "samira", observed=day) for day in (date(2026, 2, 1), date(2026, 1, 1)))

        found = merge(a_house(), ties=ties)

        assert found.network.ties == ties[:1]
