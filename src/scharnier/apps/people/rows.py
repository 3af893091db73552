# SPDX-License-Identifier: EUPL-1.2
"""Core values as rows and rows as core values, side by side so that neither forgets a field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from uuid import uuid4

import msgspec

from scharnier.apps.people import cards, models
from scharnier.core import network, referral
from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    LocationId,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    ServiceId,
    TopicId,
)

Keys = Mapping[str | None, int]  # text identifier -> primary key


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyKeys:
    """The primary keys of the parties of one network, by text identifier."""

    organizations: Keys
    communities: Keys
    resident_groups: Keys
    persons: Keys


def area_row(value: network.Area, *, network_id: str) -> models.Area:
    """Return the row of an area, its parent still to be set."""
    return models.Area(
        network_id=network_id,
        text_id=value.id,
        name=value.name,
        kind=value.kind.value,
        alternate_names=list(value.alternate_names),
        cbs_code=value.cbs_code or "",
        outline=msgspec.to_builtins(value.outline),
    )


def area_value(row: models.Area) -> network.Area:
    """Return the area of a row."""
    return network.Area(
        id=AreaId(row.text_id),
        name=row.name,
        kind=network.AreaKind(row.kind),
        alternate_names=tuple(row.alternate_names),
        parent_id=AreaId(row.parent.text_id) if row.parent else None,
        cbs_code=row.cbs_code or None,
        outline=msgspec.convert(row.outline, network.Outline),
    )


def location_row(value: network.Location, *, network_id: str, areas: Keys) -> models.Location:
    """Return the row of a location."""
    return models.Location(
        network_id=network_id,
        text_id=value.id,
        name=value.name,
        location_type=value.location_type.value,
        address=value.address,
        area_id=areas.get(value.area_id),
        latitude=value.latitude,
        longitude=value.longitude,
    )


def location_value(row: models.Location) -> network.Location:
    """Return the location of a row."""
    return network.Location(
        id=LocationId(row.text_id),
        name=row.name,
        location_type=network.LocationType(row.location_type),
        address=row.address,
        area_id=AreaId(row.area.text_id) if row.area else None,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def topic_row(value: network.Topic, *, network_id: str) -> models.Topic:
    """Return the row of a topic."""
    return models.Topic(
        network_id=network_id,
        text_id=value.id,
        labels=msgspec.to_builtins(value.labels),
        definition=value.definition,
        broader_ids=sorted(value.broader_ids),
        related_ids=sorted(value.related_ids),
        fields=sorted(field.value for field in value.fields),
    )


def topic_value(row: models.Topic) -> network.Topic:
    """Return the topic of a row."""
    return network.Topic(
        id=TopicId(row.text_id),
        labels=msgspec.convert(row.labels, tuple[network.Label, ...]),
        definition=row.definition,
        broader_ids=_topics(row.broader_ids),
        related_ids=_topics(row.related_ids),
        fields=frozenset(map(network.Field, row.fields)),
    )


def organization_row(value: network.Organization, *, network_id: str) -> models.Organization:
    """Return the row of an organization, its parent still to be set."""
    return models.Organization(
        network_id=network_id,
        text_id=value.id,
        name=value.name,
        description=value.description,
        alternate_name=value.alternate_name,
        remit=value.remit,
        topic_ids=sorted(value.topics),
        area_ids=sorted(value.area_ids),
        email=value.email,
        phone=value.phone,
        website=value.website,
    )


def organization_value(row: models.Organization) -> network.Organization:
    """Return the organization of a row."""
    return network.Organization(
        id=OrganizationId(row.text_id),
        name=row.name,
        description=row.description,
        alternate_name=row.alternate_name,
        remit=row.remit,
        topics=_topics(row.topic_ids),
        area_ids=_areas(row.area_ids),
        parent_id=OrganizationId(row.parent.text_id) if row.parent else None,
        email=row.email,
        phone=row.phone,
        website=row.website,
    )


def service_row(value: network.Service, *, network_id: str, organizations: Keys) -> models.Service:
    """Return the row of a service."""
    capacity = value.capacity
    return models.Service(
        network_id=network_id,
        text_id=value.id,
        organization_id=organizations[value.organization_id],
        name=value.name,
        description=value.description,
        alternate_name=value.alternate_name,
        status=value.status.value,
        eligibility=value.eligibility,
        how_to_apply=value.how_to_apply,
        topic_ids=sorted(value.topics),
        area_ids=sorted(value.area_ids),
        location_ids=sorted(value.location_ids),
        languages=sorted(value.languages),
        schedules=msgspec.to_builtins(value.schedules, order="deterministic"),
        capacity_available=capacity.available if capacity else None,
        capacity_maximum=capacity.maximum if capacity else None,
        capacity_unit=capacity.unit if capacity else "",
        capacity_updated_date=capacity.updated_date if capacity else None,
        website=value.website,
        email=value.email,
    )


def service_value(row: models.Service) -> network.Service:
    """Return the service of a row."""
    return network.Service(
        id=ServiceId(row.text_id),
        organization_id=OrganizationId(row.organization.text_id),
        name=row.name,
        description=row.description,
        alternate_name=row.alternate_name,
        status=network.ServiceStatus(row.status),
        eligibility=row.eligibility,
        how_to_apply=row.how_to_apply,
        topics=_topics(row.topic_ids),
        area_ids=_areas(row.area_ids),
        location_ids=frozenset(map(LocationId, row.location_ids)),
        languages=frozenset(row.languages),
        schedules=msgspec.convert(row.schedules, tuple[network.Schedule, ...]),
        capacity=_capacity(row),
        website=row.website,
        email=row.email,
    )


def _capacity(row: models.Service) -> network.Capacity | None:
    if row.capacity_available is None:
        return None
    return network.Capacity(
        available=row.capacity_available,
        maximum=row.capacity_maximum,
        unit=row.capacity_unit,
        updated_date=row.capacity_updated_date,
    )


def community_row(value: network.Community, *, network_id: str) -> models.Community:
    """Return the row of a community."""
    return models.Community(
        network_id=network_id,
        text_id=value.id,
        name=value.name,
        description=value.description,
        topic_ids=sorted(value.topics),
        area_ids=sorted(value.area_ids),
    )


def community_value(row: models.Community) -> network.Community:
    """Return the community of a row."""
    return network.Community(
        id=CommunityId(row.text_id),
        name=row.name,
        description=row.description,
        topics=_topics(row.topic_ids),
        area_ids=_areas(row.area_ids),
    )


def resident_group_row(value: network.ResidentGroup, *, network_id: str) -> models.ResidentGroup:
    """Return the row of a resident group."""
    return models.ResidentGroup(
        network_id=network_id,
        text_id=value.id,
        name=value.name,
        n_people=value.n_people,
        source=value.source,
    )


def resident_group_value(row: models.ResidentGroup) -> network.ResidentGroup:
    """Return the resident group of a row."""
    return network.ResidentGroup(
        id=ResidentGroupId(row.text_id), name=row.name, n_people=row.n_people, source=row.source
    )


def person_row(value: network.Person, *, network_id: str) -> models.Person:
    """Return the row of a person, without the consents; it waits for that person to take it up."""
    availability = value.availability
    return models.Person(
        network_id=network_id,
        text_id=value.id,
        name=value.name,
        summary=value.summary,
        competences=list(value.competences),
        topic_ids=sorted(value.topics),
        area_ids=sorted(value.area_ids),
        languages=sorted(value.languages),
        email=value.email,
        phone=value.phone,
        reach=value.reach,
        accepting=availability.accepting.value,
        accepting_until=availability.until,
        open_requests=availability.open_requests,
        capacity=availability.capacity,
        last_active_date=availability.last_active_date,
        awaits_person=True,
    )


def person_value(row: models.Person) -> network.Person:
    """Return the person of a row with its consents, and when its card was last looked over."""
    return whole_person(
        row,
        consents=sorted(row.consents.all(), key=attrgetter("pk")),
        checked_date=max((check.checked_on for check in row.checks.all()), default=None),
    )


def whole_person(
    row: models.Person, *, consents: Iterable[models.Consent], checked_date: date | None
) -> network.Person:
    """Return the person of a row with what was read of it elsewhere."""
    return replace(card_value(row), consents=tuple(map(_consent_value, consents)), checked_date=checked_date)


def card_value(row: models.Person, *, hidden: Collection[str] = ()) -> network.Person:
    """Return the person of a row without its consents, and without the fields that stay hidden."""
    whole = network.Person(
        id=PersonId(row.text_id),
        name=row.name,
        summary=row.summary,
        competences=tuple(row.competences),
        topics=_topics(row.topic_ids),
        area_ids=_areas(row.area_ids),
        languages=frozenset(row.languages),
        email=row.email,
        phone=row.phone,
        reach=row.reach,
        availability=availability_value(row),
    )
    return hide_fields(whole, hidden)


def hide_fields(value: network.Person, fields: Collection[str]) -> network.Person:
    """Return a person with some fields as if they were never filled in."""
    blank = network.Person(id=value.id, name=value.name)
    return replace(value, **{field: getattr(blank, field) for field in fields})


def availability_value(row: models.Person) -> network.Availability:
    """Return what a person last said about taking requests."""
    return network.Availability(
        accepting=network.Accepting(row.accepting),
        until=row.accepting_until,
        open_requests=row.open_requests,
        capacity=row.capacity,
        last_active_date=row.last_active_date,
    )


def consent_rows(value: network.Person, *, keys: PartyKeys) -> Iterable[models.Consent]:
    """Return the rows of a person's consents."""
    for consent in value.consents:
        yield models.Consent(
            person_id=keys.persons[value.id],
            purpose=consent.purpose.value,
            given_date=consent.given_date,
            end_date=consent.end_date,
        )


def check_rows(value: network.Person, *, network_id: str, keys: PartyKeys) -> Iterable[models.CardCheck]:
    """Return the rows that say that all of a person's card was looked over, when it ever was."""
    if value.checked_date is None:
        return
    for group in cards.OF_PERSON:
        yield models.CardCheck(
            network_id=network_id,
            person_id=keys.persons[value.id],
            group=group.value,
            checked_on=value.checked_date,
            verify_by=cards.verify_by(group, checked_on=value.checked_date),
            version=uuid4().hex,
        )


def _consent_value(row: models.Consent) -> network.Consent:
    return network.Consent(
        purpose=network.Purpose(row.purpose), given_date=row.given_date, end_date=row.end_date
    )


def membership_row(value: network.Membership, *, network_id: str, keys: PartyKeys) -> models.Membership:
    """Return the row of a membership."""
    return models.Membership(
        network_id=network_id,
        person_id=keys.persons[value.person_id],
        organization_id=keys.organizations.get(value.organization_id),
        community_id=keys.communities.get(value.community_id),
        resident_group_id=keys.resident_groups.get(value.resident_group_id),
        role=value.role,
        start_date=value.start_date,
        end_date=value.end_date,
        successor_id=keys.persons.get(value.successor_id),
    )


def membership_value(row: models.Membership) -> network.Membership:
    """Return the membership of a row."""
    group = row.resident_group
    return network.Membership(
        person_id=PersonId(row.person.text_id),
        organization_id=OrganizationId(row.organization.text_id) if row.organization else None,
        community_id=CommunityId(row.community.text_id) if row.community else None,
        resident_group_id=ResidentGroupId(group.text_id) if group else None,
        role=row.role,
        start_date=row.start_date,
        end_date=row.end_date,
        successor_id=PersonId(row.successor.text_id) if row.successor else None,
    )


def tie_row(value: network.Tie, *, network_id: str, keys: PartyKeys) -> models.Tie:
    """Return the row of a tie."""
    return models.Tie(
        network_id=network_id,
        source_id=keys.persons[value.source_id],
        target_id=keys.persons[value.target_id],
        kind=value.kind.value,
        strength=value.strength,
        observed_date=value.observed_date,
        origin=value.origin.value,
    )


def tie_value(row: models.Tie) -> network.Tie:
    """Return the tie of a row."""
    return network.Tie(
        source_id=PersonId(row.source.text_id),
        target_id=PersonId(row.target.text_id),
        kind=network.TieKind(row.kind),
        strength=row.strength,
        observed_date=row.observed_date,
        origin=network.TieOrigin(row.origin),
    )


def outcome_row(value: referral.Outcome, *, network_id: str, keys: PartyKeys) -> models.Outcome:
    """Return the row of an outcome."""
    return models.Outcome(
        network_id=network_id,
        text=value.text,
        person_id=keys.persons.get(value.party.person_id),
        organization_id=keys.organizations.get(value.party.organization_id),
        community_id=keys.communities.get(value.party.community_id),
        response=value.response.value,
        reason=value.reason.value if value.reason else "",
        rather_person_id=keys.persons.get(value.rather.person_id) if value.rather else None,
        rather_organization_id=keys.organizations.get(value.rather.organization_id) if value.rather else None,
        happened_date=value.on,
        topic_ids=sorted(value.topics),
    )


def outcome_value(row: models.Outcome) -> referral.Outcome:
    """Return the outcome of a row."""
    return referral.Outcome(
        text=row.text,
        party=referral.Party(
            person_id=PersonId(row.person.text_id) if row.person else None,
            organization_id=OrganizationId(row.organization.text_id) if row.organization else None,
            community_id=CommunityId(row.community.text_id) if row.community else None,
        ),
        response=referral.Response(row.response),
        on=row.happened_date,
        reason=referral.Reason(row.reason) if row.reason else None,
        rather=_rather(row),
        topics=_topics(row.topic_ids),
    )


def _rather(row: models.Outcome) -> referral.Party | None:
    person, organization = row.rather_person, row.rather_organization
    if person is None and organization is None:
        return None
    return referral.Party(
        person_id=PersonId(person.text_id) if person else None,
        organization_id=OrganizationId(organization.text_id) if organization else None,
    )


def _topics(ids: Iterable[str]) -> frozenset[TopicId]:
    return frozenset(map(TopicId, ids))


def _areas(ids: Iterable[str]) -> frozenset[AreaId]:
    return frozenset(map(AreaId, ids))
