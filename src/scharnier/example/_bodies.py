# SPDX-License-Identifier: EUPL-1.2
"""Organizations of Kruisveld with their services, communities and resident groups."""

from __future__ import annotations

from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    LocationId,
    OrganizationId,
    ResidentGroupId,
    ServiceId,
    TopicId,
)
from scharnier.core.network import Capacity, Community, Organization, ResidentGroup, Service
from scharnier.example._places import read_hours
from scharnier.example._records import Body, Circle, Group, Offer, Room, read_folder, read_source

HOST = "kruisveld.example"  # a name that nobody can register (RFC 2606)


def topic_ids(written: str) -> frozenset[TopicId]:
    """Return topics written with spaces between them."""
    return frozenset(map(TopicId, written.split()))


def area_ids(written: str) -> frozenset[AreaId]:
    """Return areas written with spaces between them."""
    return frozenset(map(AreaId, written.split()))


def read_organizations() -> tuple[Organization, ...]:
    """Return the organizations that work in Kruisveld."""
    return tuple(map(_organization, read_source("organizations.toml").organization))


def read_services() -> tuple[Service, ...]:
    """Return what the organizations offer."""
    return tuple(_service(offer) for source in read_folder("services") for offer in source.service)


def read_communities() -> tuple[Community, ...]:
    """Return the networks that people say they belong to."""
    return tuple(map(_community, read_source("communities.toml").community))


def read_resident_groups() -> tuple[ResidentGroup, ...]:
    """Return the four groups of the study."""
    return tuple(map(_resident_group, read_source("communities.toml").group))


def _organization(body: Body) -> Organization:
    return Organization(
        id=OrganizationId(body.id),
        name=body.name,
        description=body.description,
        alternate_name=body.alternate_name,
        remit=body.remit,
        topics=topic_ids(body.topics),
        area_ids=area_ids(body.areas),
        parent_id=OrganizationId(body.parent) if body.parent else None,
        email=f"info@{body.id}.{HOST}",
        website=f"https://{body.id}.{HOST}/",
    )


def _service(offer: Offer) -> Service:
    return Service(
        id=ServiceId(offer.id),
        organization_id=OrganizationId(offer.organization),
        name=offer.name,
        description=offer.description,
        eligibility=offer.eligibility,
        how_to_apply=offer.apply,
        topics=topic_ids(offer.topics),
        area_ids=area_ids(offer.areas),
        location_ids=frozenset(map(LocationId, offer.locations.split())),
        languages=frozenset(offer.languages.split()),
        schedules=tuple(map(read_hours, offer.hours)),
        capacity=_capacity(offer.room) if offer.room else None,
        website=f"https://{offer.organization}.{HOST}/{offer.id}/",
        email=f"{offer.id}@{offer.organization}.{HOST}",
    )


def _capacity(room: Room) -> Capacity:
    return Capacity(available=room.available, maximum=room.maximum, unit=room.unit, updated_date=room.updated)


def _community(circle: Circle) -> Community:
    return Community(
        id=CommunityId(circle.id),
        name=circle.name,
        description=circle.description,
        topics=topic_ids(circle.topics),
        area_ids=area_ids(circle.areas),
    )


def _resident_group(group: Group) -> ResidentGroup:
    return ResidentGroup(
        id=ResidentGroupId(group.id), name=group.name, n_people=group.people, source=group.source
    )
