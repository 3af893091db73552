# SPDX-License-Identifier: EUPL-1.2
"""Test values with sensible defaults; say only what the test is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from scharnier.core import network
from scharnier.core.kernel import (
    Actor,
    AreaId,
    CommunityId,
    LocationId,
    NetworkId,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    Role,
    ServiceId,
    TopicId,
)

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)  # the day the clock goes forward in the Netherlands
DAY = NOON.date()
EVERY_PURPOSE = tuple(network.Purpose)
WILLING = network.Availability(accepting=network.Accepting.YES)


def an_actor(
    person_id: str = "samira",
    *,
    network_id: str = "kruisveld",
    role: Role = Role.PROFESSIONAL,
    acts_for: str = "",
    shared: str = "",
) -> Actor:
    return Actor(
        network_id=NetworkId(network_id),
        person_id=PersonId(person_id),
        role=role,
        acts_for=frozenset(map(OrganizationId, acts_for.split())),
        shared_with_me=frozenset(map(PersonId, shared.split())),
    )


def an_area(
    area_id: str = "noord",
    *,
    name: str = "",
    kind: network.AreaKind = network.AreaKind.NEIGHBOURHOOD,
    parent: str | None = None,
    alternate_names: tuple[str, ...] = (),
) -> network.Area:
    return network.Area(
        id=AreaId(area_id),
        name=name or area_id.capitalize(),
        kind=kind,
        alternate_names=alternate_names,
        parent_id=None if parent is None else AreaId(parent),
    )


def a_location(
    location_id: str = "buurthuis", *, area: str | None = None, coordinates: tuple[float, float] | None = None
) -> network.Location:
    latitude, longitude = coordinates or (None, None)
    return network.Location(
        id=LocationId(location_id),
        name=location_id.capitalize(),
        area_id=None if area is None else AreaId(area),
        latitude=latitude,
        longitude=longitude,
    )


def a_topic(
    topic_id: str = "debt",
    *,
    nl: str = "",
    en: str = "",
    broader: str = "",
    related: str = "",
    fields: Iterable[network.Field] = (),
) -> network.Topic:
    return network.Topic(
        id=TopicId(topic_id),
        labels=(
            network.Label(text=nl or topic_id, language="nl", is_preferred=True),
            network.Label(text=en or topic_id, language="en", is_preferred=True),
        ),
        broader_ids=frozenset(map(TopicId, broader.split())),
        related_ids=frozenset(map(TopicId, related.split())),
        fields=frozenset(fields),
    )


def an_organization(
    organization_id: str = "schuldhulp",
    *,
    name: str = "",
    remit: str = "",
    topics: str = "",
    areas: str = "",
    parent: str | None = None,
) -> network.Organization:
    return network.Organization(
        id=OrganizationId(organization_id),
        name=name or organization_id.capitalize(),
        remit=remit,
        topics=frozenset(map(TopicId, topics.split())),
        area_ids=frozenset(map(AreaId, areas.split())),
        parent_id=None if parent is None else OrganizationId(parent),
    )


def a_service(
    service_id: str = "spreekuur",
    *,
    organization: str = "schuldhulp",
    name: str = "",
    description: str = "",
    status: network.ServiceStatus = network.ServiceStatus.ACTIVE,
    topics: str = "",
) -> network.Service:
    return network.Service(
        id=ServiceId(service_id),
        organization_id=OrganizationId(organization),
        name=name or service_id.capitalize(),
        description=description,
        status=status,
        topics=frozenset(map(TopicId, topics.split())),
    )


def a_community(community_id: str = "koor", *, topics: str = "", areas: str = "") -> network.Community:
    return network.Community(
        id=CommunityId(community_id),
        name=community_id.capitalize(),
        topics=frozenset(map(TopicId, topics.split())),
        area_ids=frozenset(map(AreaId, areas.split())),
    )


def a_resident_group(group_id: str = "jongeren", *, n_people: int | None = None) -> network.ResidentGroup:
    return network.ResidentGroup(id=ResidentGroupId(group_id), name=group_id.capitalize(), n_people=n_people)


def a_consent(
    purpose: network.Purpose = network.Purpose.LISTING,
    *,
    given: date = date(2026, 1, 1),
    ends: date | None = None,
) -> network.Consent:
    return network.Consent(purpose=purpose, given_date=given, end_date=ends)


def an_availability(
    accepting: network.Accepting = network.Accepting.YES,
    *,
    until: date | None = None,
    open_requests: int = 0,
    capacity: int | None = None,
    last_active: date | None = None,
) -> network.Availability:
    return network.Availability(
        accepting=accepting,
        until=until,
        open_requests=open_requests,
        capacity=capacity,
        last_active_date=last_active,
    )


def a_person(  # noqa: PLR0913  # a card has many parts, each of which some test is about
    person_id: str = "samira",
    *,
    name: str = "",
    summary: str = "",
    topics: str = "",
    areas: str = "",
    languages: str = "",
    email: str = "",
    availability: network.Availability = WILLING,
    purposes: Iterable[network.Purpose] = EVERY_PURPOSE,
) -> network.Person:
    """Someone who takes requests and agreed to everything; say `purposes=()` for someone who did not."""
    return network.Person(
        id=PersonId(person_id),
        name=name or person_id.capitalize(),
        summary=summary,
        topics=frozenset(map(TopicId, topics.split())),
        area_ids=frozenset(map(AreaId, areas.split())),
        languages=frozenset(languages.split()),
        email=email,
        availability=availability,
        consents=tuple(a_consent(purpose) for purpose in purposes),
    )


def a_membership(  # noqa: PLR0913  # one of three parties, and a role in time
    person: str = "samira",
    *,
    organization: str | None = None,
    community: str | None = None,
    resident_group: str | None = None,
    role: str = "",
    start: date | None = None,
    end: date | None = None,
    successor: str | None = None,
) -> network.Membership:
    """A role in an organization, the choir unless the test names another party."""
    if organization is None and community is None and resident_group is None:
        community = "koor"
    return network.Membership(
        person_id=PersonId(person),
        organization_id=None if organization is None else OrganizationId(organization),
        community_id=None if community is None else CommunityId(community),
        resident_group_id=None if resident_group is None else ResidentGroupId(resident_group),
        role=role,
        start_date=start,
        end_date=end,
        successor_id=None if successor is None else PersonId(successor),
    )


def a_tie(
    source: str = "samira",
    target: str = "karel",
    *,
    kind: network.TieKind = network.TieKind.KNOWS,
    strength: float = 1.0,
    observed: date = DAY,
) -> network.Tie:
    return network.Tie(
        source_id=PersonId(source),
        target_id=PersonId(target),
        kind=kind,
        strength=strength,
        observed_date=observed,
    )


def a_network(  # noqa: PLR0913  # the parts of a network
    *,
    network_id: str = "kruisveld",
    language: str = "nl",
    areas: Iterable[network.Area] = (),
    locations: Iterable[network.Location] = (),
    topics: Iterable[network.Topic] = (),
    organizations: Iterable[network.Organization] = (),
    services: Iterable[network.Service] = (),
    communities: Iterable[network.Community] = (),
    resident_groups: Iterable[network.ResidentGroup] = (),
    persons: Iterable[network.Person] = (),
    memberships: Iterable[network.Membership] = (),
    ties: Iterable[network.Tie] = (),
) -> network.Network:
    return network.Network(
        id=NetworkId(network_id),
        name=network_id.capitalize(),
        language=language,
        areas=tuple(areas),
        locations=tuple(locations),
        topics=tuple(topics),
        organizations=tuple(organizations),
        services=tuple(services),
        communities=tuple(communities),
        resident_groups=tuple(resident_groups),
        persons=tuple(persons),
        memberships=tuple(memberships),
        ties=tuple(ties),
    )


def a_full_network() -> network.Network:
    """One of everything, hanging together: Samira and Karel of the debt desk, a choir and young people."""
    return a_network(
        areas=(an_area("wijk", kind=network.AreaKind.DISTRICT), an_area("noord", parent="wijk")),
        locations=(a_location(area="noord", coordinates=(52.1, 5.1)),),
        topics=(a_topic("money"), a_topic("debt", broader="money")),
        organizations=(an_organization(topics="debt", areas="noord"),),
        services=(a_service(topics="debt"),),
        communities=(a_community(areas="wijk"),),
        resident_groups=(a_resident_group(n_people=900),),
        persons=(a_person(topics="debt", areas="noord"), a_person("karel")),
        memberships=(
            a_membership(organization="schuldhulp", role="adviseur", start=date(2024, 1, 1)),
            a_membership("karel", community="koor", successor="samira"),
            a_membership("karel", resident_group="jongeren"),
        ),
        ties=(a_tie(), a_tie("karel", "samira", strength=0.5, observed=date(2025, 3, 29))),
    )
