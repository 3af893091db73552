# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.core import mapping, network
from scharnier.core.kernel import AreaId, LocationId, TopicId
from scharnier.core.network import AreaKind, LocationType, ServiceStatus
from tests.factories import a_location, a_service, an_area, an_organization

WHOLE = an_area("wijk", kind=AreaKind.DISTRICT)
NORTH = an_area("noord", parent="wijk")
SOUTH = an_area("zuid", parent="wijk")
STREET = an_area("straat", parent="noord", kind=AreaKind.STREET)
RING = ((5.0, 52.0), (5.1, 52.0), (5.1, 52.1), (5.0, 52.1), (5.0, 52.0))
INSIDE, OUTSIDE = (52.05, 5.05), (52.05, 5.15)


def given_at(*places, name="spreekuur", status=ServiceStatus.ACTIVE, topics="", by="schuldhulp"):
    service = a_service(name, organization=by, status=status, topics=topics)
    return replace(service, location_ids=frozenset(map(LocationId, places)))


def lay(*, areas=(WHOLE, NORTH, SOUTH, STREET), locations=(), organizations=None, services=(), **selection):
    ground = mapping.Ground(
        areas=areas,
        locations=locations,
        organizations=(an_organization(),) if organizations is None else organizations,
        services=services,
    )
    return mapping.lay_map(ground, mapping.MapSelection(**selection))


def names(scene):
    return [on_map.area.name for on_map in scene.areas]


def places(scene):
    found = {on_map.area.id: [place.location.id for place in on_map.places] for on_map in scene.areas}
    return {area_id: ids for area_id, ids in found.items() if ids}


class TestAreas:
    def test_that_lie_in_each_other_end_the_search(self):
        first, second = an_area("a", parent="b"), an_area("b", parent="a")

        assert names(lay(areas=(first, second), area_id=AreaId("a"))) == []

    def test_are_listed_each_before_those_within_it_and_streets_are_not(self):
        scene = lay(areas=(SOUTH, STREET, NORTH, WHOLE))

        assert [(on_map.area.name, on_map.depth) for on_map in scene.areas] == [
            ("Wijk", 0),
            ("Noord", 1),
            ("Zuid", 1),
        ]

    def test_do_not_depend_on_the_order_of_the_network(self):
        assert lay(areas=(WHOLE, NORTH, SOUTH)) == lay(areas=(SOUTH, NORTH, WHOLE))

    def test_are_narrowed_to_one_with_all_within_it(self):
        assert names(lay(area_id=AreaId("noord"))) == ["Noord"]
        assert names(lay(area_id=AreaId("wijk"))) == ["Wijk", "Noord", "Zuid"]

    def test_may_be_none(self):
        assert lay(areas=()) == mapping.Scene(areas=(), elsewhere=())


class TestPlaces:
    def test_are_in_the_area_of_their_street(self):
        scene = lay(locations=(a_location(area="straat"),), services=(given_at("buurthuis"),))

        assert places(scene) == {"noord": ["buurthuis"]}

    def test_are_in_the_smallest_outline_around_them_where_no_area_is_told(self):
        areas = (replace(NORTH, outline=((RING,),)), SOUTH)
        locations = (a_location("in", coordinates=INSIDE), a_location("uit", coordinates=OUTSIDE))

        scene = lay(areas=areas, locations=locations, services=(given_at("in", "uit"),))

        assert places(scene) == {"noord": ["in"]}
        assert [place.location.id for place in scene.elsewhere] == ["uit"]

    def test_outside_every_area_are_left_out_of_a_part(self):
        scene = lay(locations=(a_location(),), services=(given_at("buurthuis"),), area_id=AreaId("noord"))

        assert scene.places == ()

    def test_where_nobody_gives_a_service_stay_unseen(self):
        assert lay(locations=(a_location(area="noord"),)).places == ()

    @pytest.mark.parametrize("status", [ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT])
    def test_where_a_service_ended_stay_unseen(self, status):
        scene = lay(locations=(a_location(area="noord"),), services=(given_at("buurthuis", status=status),))

        assert scene.places == ()

    def test_where_a_service_is_closed_for_now_are_shown(self):
        closed = given_at("buurthuis", status=ServiceStatus.TEMPORARILY_CLOSED)

        assert lay(locations=(a_location(area="noord"),), services=(closed,)).places

    @pytest.mark.parametrize("kind", [LocationType.VIRTUAL, LocationType.POSTAL])
    def test_that_nobody_can_go_to_stay_unseen(self, kind):
        location = replace(a_location(area="noord"), location_type=kind)

        assert lay(locations=(location,), services=(given_at("buurthuis"),)).places == ()

    def test_of_an_organization_that_may_not_be_seen_stay_unseen(self):
        scene = lay(
            locations=(a_location(area="noord"),), organizations=(), services=(given_at("buurthuis"),)
        )

        assert scene.places == ()

    def test_name_each_organization_with_what_it_offers_there(self):
        services = (
            given_at("buurthuis", name="taal", by="bieb"),
            given_at("buurthuis", name="spreekuur"),
            given_at("buurthuis", name="budget"),
        )
        organizations = (an_organization(), an_organization("bieb"))

        (place,) = lay(
            locations=(a_location(area="noord"),), organizations=organizations, services=services
        ).places

        told = [
            (tenant.organization.id, [service.id for service in tenant.services]) for tenant in place.tenants
        ]
        assert told == [("bieb", ["taal"]), ("schuldhulp", ["budget", "spreekuur"])]

    @pytest.mark.parametrize(("coordinates", "is_drawn"), [(INSIDE, True), (None, False)])
    def test_are_drawn_where_it_is_known_where_they_are(self, coordinates, is_drawn):
        (place,) = lay(
            locations=(a_location(area="noord", coordinates=coordinates),), services=(given_at("buurthuis"),)
        ).places

        assert place.is_drawn is is_drawn


class TestTopics:
    @pytest.mark.parametrize(
        ("of_service", "of_organization", "is_shown"),
        [("debt", "", True), ("sport", "debt", False), ("", "debt", True), ("", "", False)],
        ids=["of the service", "of the organization only", "the service tells none", "none at all"],
    )
    def test_of_a_service_count_else_those_of_its_organization(self, of_service, of_organization, is_shown):
        scene = lay(
            locations=(a_location(area="noord"),),
            organizations=(an_organization(topics=of_organization),),
            services=(given_at("buurthuis", topics=of_service),),
            topic_id=TopicId("debt"),
        )

        assert bool(scene.places) is is_shown


class TestWorking:
    def working(self, **told):
        scene = lay(**told)
        found = {on_map.area.id: [one.id for one in on_map.organizations] for on_map in scene.areas}
        return {area_id: ids for area_id, ids in found.items() if ids}

    def test_in_an_area_are_those_that_say_so(self):
        organizations = (an_organization("b", areas="noord zuid"), an_organization("a", areas="noord"))

        assert self.working(organizations=organizations) == {"noord": ["a", "b"], "zuid": ["b"]}

    def test_are_not_told_twice_where_they_have_a_place(self):
        assert (
            self.working(
                locations=(a_location(area="noord"),),
                organizations=(an_organization(areas="noord"),),
                services=(given_at("buurthuis"),),
            )
            == {}
        )

    def test_are_narrowed_to_a_topic(self):
        organizations = (
            an_organization("a", areas="noord", topics="debt"),
            an_organization("b", areas="noord", topics="sport"),
        )

        assert self.working(organizations=organizations, topic_id=TopicId("debt")) == {"noord": ["a"]}


class TestMiddleOf:
    def test_is_that_of_the_largest_piece_whichever_way_it_is_drawn(self):
        island = ((6.0, 52.0), (6.01, 52.0), (6.01, 52.01), (6.0, 52.0))

        assert network.middle_of(((island,), (RING,))) == (5.05, 52.05)
        assert network.middle_of(((RING[::-1],), (island,))) == (5.05, 52.05)

    def test_of_a_piece_without_size_is_its_corner(self):
        assert network.middle_of(((((5.0, 52.0),) * 4,),)) == (5.0, 52.0)

    def test_is_unknown_without_an_outline(self):
        assert network.middle_of(()) is None
