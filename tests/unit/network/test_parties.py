# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from scharnier.core import network
from scharnier.core.kernel import CommunityId, OrganizationId, PersonId, ResidentGroupId, ServiceId
from tests.factories import DAY, a_consent, a_person, an_availability, an_organization

ONE_DAY = timedelta(days=1)
NAMED: dict[str, Callable[[str], object]] = {
    "organization": lambda name: network.Organization(id=OrganizationId("x"), name=name),
    "service": lambda name: network.Service(
        id=ServiceId("x"), organization_id=OrganizationId("o"), name=name
    ),
    "community": lambda name: network.Community(id=CommunityId("x"), name=name),
    "resident group": lambda name: network.ResidentGroup(id=ResidentGroupId("x"), name=name),
    "person": lambda name: network.Person(id=PersonId("x"), name=name),
}


class TestParties:
    @pytest.mark.parametrize("make", NAMED.values(), ids=NAMED)
    def test_have_a_name(self, make: Callable[[str], object]) -> None:
        with pytest.raises(network.InvalidParty) as raised:
            make(" ")

        assert raised.value.facts["name"] == " "

    @pytest.mark.parametrize("make", NAMED.values(), ids=NAMED)
    def test_may_have_any_name(self, make: Callable[[str], object]) -> None:
        assert make("'t Hoekje, O'Brien & سميرة")


class TestOrganization:
    def test_is_not_its_own_parent(self) -> None:
        with pytest.raises(network.InvalidParty):
            an_organization("a", parent="a")


class TestResidentGroup:
    def test_may_be_empty(self) -> None:
        assert network.ResidentGroup(id=ResidentGroupId("x"), name="X", n_people=0).n_people == 0

    def test_is_not_smaller_than_nobody(self) -> None:
        with pytest.raises(network.InvalidParty):
            network.ResidentGroup(id=ResidentGroupId("x"), name="X", n_people=-1)


class TestAvailability:
    def test_is_unknown_until_told(self) -> None:
        assert network.Availability().accepting_on(DAY) is network.Accepting.UNKNOWN

    def test_holds_until_its_last_day(self) -> None:
        away = an_availability(network.Accepting.NO, until=DAY)

        assert [away.accepting_on(DAY + days * ONE_DAY).value for days in (-1, 0, 1)] == [
            "no",
            "no",
            "unknown",
        ]

    def test_holds_for_good_without_a_last_day(self) -> None:
        assert an_availability(network.Accepting.LIMITED).accepting_on(date.max) is network.Accepting.LIMITED

    @pytest.mark.parametrize(
        ("open_requests", "capacity", "is_full"),
        [(0, None, False), (99, None, False), (2, 3, False), (3, 3, True), (4, 3, True), (0, 0, True)],
    )
    def test_is_full_when_the_open_requests_reach_the_capacity(
        self, open_requests: int, capacity: int | None, is_full: bool
    ) -> None:
        availability = an_availability(open_requests=open_requests, capacity=capacity)

        assert availability.is_full() is is_full

    @pytest.mark.parametrize(("open_requests", "capacity"), [(-1, None), (0, -1)])
    def test_counts_from_nothing(self, open_requests: int, capacity: int | None) -> None:
        with pytest.raises(network.InvalidParty):
            an_availability(open_requests=open_requests, capacity=capacity)


class TestConsent:
    def test_holds_from_the_day_it_was_given_through_its_last(self) -> None:
        consent = a_consent(given=DAY, ends=DAY + ONE_DAY)

        assert [consent.holds_on(DAY + days * ONE_DAY) for days in (-1, 0, 1, 2)] == [
            False,
            True,
            True,
            False,
        ]

    def test_holds_until_withdrawn_without_a_last_day(self) -> None:
        assert a_consent(given=DAY).holds_on(date.max)

    def test_does_not_end_before_it_was_given(self) -> None:
        with pytest.raises(network.InvalidParty):
            a_consent(given=DAY, ends=DAY - ONE_DAY)


class TestPerson:
    @pytest.mark.parametrize("purpose", network.Purpose)
    def test_agrees_to_nothing_unasked(self, purpose: network.Purpose) -> None:
        assert not a_person(purposes=()).consents_to(purpose, on=DAY)

    @pytest.mark.parametrize("purpose", network.Purpose)
    def test_agrees_to_one_purpose_at_a_time(self, purpose: network.Purpose) -> None:
        person = a_person(purposes=[purpose])

        assert [other for other in network.Purpose if person.consents_to(other, on=DAY)] == [purpose]

    def test_agrees_when_any_of_several_yeses_holds(self) -> None:
        person = network.Person(
            id=PersonId("x"), name="X", consents=(a_consent(ends=DAY - ONE_DAY), a_consent(given=DAY))
        )

        assert person.consents_to(network.Purpose.LISTING, on=DAY)
