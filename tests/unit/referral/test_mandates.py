# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scharnier.core import network, referral
from scharnier.core.kernel import AreaId, OrganizationId, PersonId
from scharnier.core.network import Accepting
from scharnier.core.referral._mandates import (
    DORMANT,
    EVERYWHERE_SCORE,
    NO_PLACE_FREE,
    UNCHECKED,
    judge_mandate,
    judge_room,
)
from tests.factories import (
    DAY,
    a_membership,
    a_network,
    a_person,
    a_service,
    an_area,
    an_availability,
    an_organization,
)
from tests.unit.referral.scenes import a_party, describe

AREAS = (
    an_area("wijk", kind=network.AreaKind.DISTRICT),
    an_area("noord", parent="wijk"),
    an_area("plein", kind=network.AreaKind.STREET, parent="noord"),
    an_area("zuid", parent="wijk"),
)
DESK = a_party(organization="schuldhulp")


def a_desk(*, person=None, organization=None, services=(), membership=None):
    """An index and directory of one desk, perhaps with Samira in it."""
    return describe(
        a_network(
            areas=AREAS,
            organizations=(organization or an_organization(),),
            services=services,
            persons=(person or a_person(),),
            memberships=() if membership is None else (membership,),
        )
    )


def mandate_of(party, *, area, **parts):
    return judge_mandate(*a_desk(**parts), party, area_id=None if area is None else AreaId(area))


def room_of(party, **parts):
    return judge_room(*a_desk(**parts), party, on=DAY)


def room_when(**said):
    return room_of(a_party("samira"), person=a_person(availability=an_availability(**said)))


def room_checked_on(day):
    return room_of(a_party("samira"), person=replace(a_person(), checked_date=day))


def a_service_with_room(available, service_id="spreekuur"):
    capacity = None if available is None else network.Capacity(available=available)
    return replace(a_service(service_id), capacity=capacity)


class TestJudgeMandate:
    @pytest.mark.parametrize("area", ["noord", "plein", "wijk"])
    def test_is_here_in_the_area_around_it_and_within_it(self, area):
        mandate = mandate_of(DESK, area=area, organization=an_organization(areas="noord"))

        assert (mandate.cover, mandate.score) == (referral.Cover.HERE, 1.0)
        assert mandate.area_ids == ("noord",)

    def test_is_none_in_another_area(self):
        assert mandate_of(DESK, area="zuid", organization=an_organization(areas="noord")) is None

    def test_is_everywhere_when_nothing_is_said_of_where(self):
        mandate = mandate_of(DESK, area="zuid")

        assert (mandate.cover, mandate.score) == (referral.Cover.EVERYWHERE, EVERYWHERE_SCORE)

    @pytest.mark.parametrize("areas", ["", "noord"])
    def test_does_not_ask_where_when_the_need_names_no_place(self, areas):
        mandate = mandate_of(DESK, area=None, organization=an_organization(areas=areas))

        assert (mandate.cover, mandate.score) == (referral.Cover.NOT_ASKED, 1.0)

    def test_follows_what_a_person_says_before_what_the_organization_says(self):
        parts = {"person": a_person(areas="zuid"), "organization": an_organization(areas="noord")}
        party = a_party("samira", "schuldhulp")

        assert mandate_of(party, area="zuid", **parts).area_ids == ("zuid",)
        assert mandate_of(party, area="noord", **parts) is None

    def test_follows_the_organization_of_a_person_who_says_nothing(self):
        organization = an_organization(areas="noord")

        mandate = mandate_of(a_party("samira", "schuldhulp"), area="noord", organization=organization)

        assert mandate.cover is referral.Cover.HERE

    def test_is_everywhere_for_a_person_alone_who_says_nothing(self):
        assert mandate_of(a_party("samira"), area="zuid").cover is referral.Cover.EVERYWHERE

    def test_names_the_role_and_the_organization(self):
        membership = a_membership(organization="schuldhulp", role="budgetcoach")

        mandate = mandate_of(a_party("samira", "schuldhulp"), area=None, membership=membership)

        assert (mandate.role, mandate.organization_id) == ("budgetcoach", OrganizationId("schuldhulp"))

    def test_names_no_role_of_an_organization(self):
        assert mandate_of(DESK, area=None).role == ""

    def test_gives_the_areas_in_a_fixed_order(self):
        mandate = mandate_of(DESK, area="noord", organization=an_organization(areas="zuid plein noord"))

        assert mandate.area_ids == ("noord", "plein", "zuid")


class TestJudgeRoomOfAPerson:
    @pytest.mark.parametrize(
        ("accepting", "score"), [(Accepting.YES, 1.0), (Accepting.UNKNOWN, 0.9), (Accepting.LIMITED, 0.7)]
    )
    def test_follows_what_they_said(self, accepting, score):
        room = room_when(accepting=accepting)

        assert (room.accepting, room.score) == (accepting, score)

    def test_is_none_when_they_said_no(self):
        assert room_when(accepting=Accepting.NO) is None

    def test_is_none_when_they_are_full(self):
        assert room_when(open_requests=3, capacity=3) is None
        assert room_when(capacity=0) is None

    @pytest.mark.parametrize("accepting", [Accepting.NO, Accepting.YES, Accepting.LIMITED])
    def test_is_unknown_from_the_day_after_what_they_said_expires(self, accepting):
        room = room_when(accepting=accepting, until=DAY - timedelta(days=1))

        assert (room.accepting, room.score, room.until) == (Accepting.UNKNOWN, 0.9, None)

    def test_holds_what_they_said_on_its_last_day(self):
        assert room_when(accepting=Accepting.NO, until=DAY) is None
        assert room_when(accepting=Accepting.LIMITED, until=DAY).until == DAY

    @pytest.mark.parametrize(("open_requests", "score"), [(0, 1.0), (2, 0.75), (3, 0.625)])
    def test_shrinks_to_half_as_it_fills(self, open_requests, score):
        room = room_when(open_requests=open_requests, capacity=4)

        assert (room.score, room.open_requests, room.capacity) == (score, open_requests, 4)

    def test_does_not_shrink_when_the_capacity_is_not_told(self):
        assert room_when(open_requests=12).score == 1.0

    @pytest.mark.parametrize(("days", "score"), [(0, 1.0), (180, 1.0), (181, DORMANT)])
    def test_counts_for_less_half_a_year_after_they_were_last_active(self, days, score):
        room = room_when(last_active=DAY - timedelta(days=days))

        assert (room.score, room.n_days_since_active) == (score, days)

    def test_does_not_look_ahead(self):
        room = room_when(last_active=DAY + timedelta(days=1))

        assert (room.score, room.n_days_since_active) == (1.0, None)

    @pytest.mark.parametrize(("days", "score"), [(0, 1.0), (365, 1.0), (366, UNCHECKED), (4000, UNCHECKED)])
    def test_counts_for_a_little_less_a_year_after_the_card_was_looked_over(self, days, score):
        room = room_checked_on(DAY - timedelta(days=days))

        assert (room.score, room.n_days_since_checked) == (score, days)

    @pytest.mark.parametrize("day", [None, DAY + timedelta(days=1)])
    def test_is_not_held_back_when_nobody_knows_how_old_the_card_is(self, day):
        room = room_checked_on(day)

        assert (room.score, room.n_days_since_checked) == (1.0, None)

    def test_weighs_age_beside_what_was_last_done(self):
        person = replace(
            a_person(availability=an_availability(last_active=DAY - timedelta(days=400))),
            checked_date=DAY - timedelta(days=400),
        )

        assert room_of(a_party("samira"), person=person).score == pytest.approx(DORMANT * UNCHECKED)

    def test_is_their_own_whatever_their_organization_has(self):
        party = referral.Party(person_id=PersonId("samira"), organization_id=OrganizationId("schuldhulp"))

        assert room_of(party, services=(a_service_with_room(0),)).score == 1.0


class TestJudgeRoomOfAnOrganization:
    def test_is_unknown_without_services(self):
        assert room_of(DESK) == referral.Room(score=0.9)

    def test_is_unknown_when_no_service_counts_places(self):
        assert room_of(DESK, services=(a_service_with_room(None),)) == referral.Room(score=0.9)

    def test_is_limited_when_no_service_has_a_place_free(self):
        services = (a_service_with_room(0, "cursus"), a_service_with_room(None, "inloop"))

        assert room_of(DESK, services=services) == referral.Room(
            score=NO_PLACE_FREE, accepting=Accepting.LIMITED
        )

    def test_is_unknown_when_one_service_has_a_place_free(self):
        services = (a_service_with_room(0, "cursus"), a_service_with_room(2, "groep"))

        assert room_of(DESK, services=services).score == 0.9

    def test_does_not_count_places_in_a_service_that_stopped(self):
        stopped = replace(a_service_with_room(0), status=network.ServiceStatus.DEFUNCT)

        assert room_of(DESK, services=(stopped,)).score == 0.9
