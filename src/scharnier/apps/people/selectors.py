# SPDX-License-Identifier: EUPL-1.2
"""Reads of people: the whole network as a value, and cards shaped for pages and the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.dates import WEEKDAYS

from scharnier.apps.people import access, languages, models, rows
from scharnier.core import network, referral
from scharnier.core.kernel import Actor, NetworkId, NotFound, OrganizationId, PersonId

_Row = TypeVar("_Row", bound=Model)
_Value = TypeVar("_Value")


class NetworkNotFound(NotFound):
    """No such network in this installation."""

    code = "people.network_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A network and what came of earlier questions, at one revision."""

    revision: str
    network: network.Network
    outcomes: tuple[referral.Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something with a card of its own, or only a name when it has none."""

    name: str
    kind: str  # person, organization, community or resident_group
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role someone has or had somewhere."""

    who: Link
    where: Link
    role: str
    start_date: date | None
    end_date: date | None
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One step of the story so far: someone took or left a role on a day."""

    day: date
    is_start: bool
    line: RoleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How to reach someone; empty without consent to show it."""

    email: str = ""
    phone: str = ""
    reach: str = ""
    website: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no way at all."""
        return not (self.email or self.phone or self.reach or self.website)

    @property
    def website_address(self) -> str:
        """Return the website when it is safe to link to."""
        return self.website if self.website.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """What a member may see of a person."""

    id: str
    name: str
    summary: str
    is_self: bool
    accepting: str  # yes, limited, no or unknown, on the day
    until: date | None
    is_full: bool
    ways: Ways
    may_contact: bool
    competences: tuple[str, ...]
    topics: tuple[str, ...]
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    current_roles: tuple[RoleLine, ...]
    story: tuple[Moment, ...]
    is_listed: bool  # false is seen on one's own card only


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When something is open, with the days in words."""

    days: tuple[str, ...]  # empty: by appointment
    opens_at: time | None
    closes_at: time | None
    valid_from: date | None
    valid_to: date | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One service on its organization's card."""

    id: str
    name: str
    description: str
    status: str
    eligibility: str
    how_to_apply: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    hours: tuple[Hours, ...]
    capacity: network.Capacity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationCard:
    """What a member may see of an organization."""

    id: str
    name: str
    alternate_name: str
    description: str
    remit: str
    ways: Ways
    topics: tuple[str, ...]
    areas: tuple[str, ...]  # empty: everywhere in the network
    parent: Link | None
    parts: tuple[Link, ...]
    services: tuple[ServiceLine, ...]
    people: tuple[RoleLine, ...]
    story: tuple[Moment, ...]


def revision(network_id: NetworkId) -> str:
    """Return the revision a network is at.

    Raises
    ------
    NetworkNotFound
    """
    found = models.Network.objects.filter(id=network_id).values_list("revision", flat=True).first()
    if found is None:
        raise NetworkNotFound(network_id=network_id)
    return found


@transaction.atomic
def read_snapshot(network_id: NetworkId) -> Snapshot:
    """Return a whole network with what was learned, as they stood at one moment.

    Raises
    ------
    NetworkNotFound

    Notes
    -----
    Every change bumps the revision of the network's row before it ends, so holding that row keeps all
    changes out while the parts are read; SQLite's immediate transaction does the same.
    """
    row = models.Network.objects.select_for_update().filter(id=network_id).first()
    if row is None:
        raise NetworkNotFound(network_id=network_id)
    outcomes = row.outcomes.select_related("person", "organization", "community")
    return Snapshot(
        revision=row.revision, network=_network(row), outcomes=_values(outcomes, rows.outcome_value)
    )


def _network(row: models.Network) -> network.Network:
    members = row.memberships.select_related(
        "person", "organization", "community", "resident_group", "successor"
    )
    return network.Network(
        id=NetworkId(row.id),
        name=row.name,
        language=row.language,
        areas=_values(row.areas.select_related("parent"), rows.area_value),
        locations=_values(row.locations.select_related("area"), rows.location_value),
        topics=_values(row.topics.all(), rows.topic_value),
        organizations=_values(row.organizations.select_related("parent"), rows.organization_value),
        services=_values(row.services.select_related("organization"), rows.service_value),
        communities=_values(row.communities.all(), rows.community_value),
        resident_groups=_values(row.resident_groups.all(), rows.resident_group_value),
        persons=_values(row.persons.prefetch_related("consents"), rows.person_value),
        memberships=_values(members, rows.membership_value),
        ties=_values(row.ties.select_related("source", "target"), rows.tie_value),
    )


def _values(found: QuerySet[_Row], value: Callable[[_Row], _Value]) -> tuple[_Value, ...]:
    return tuple(value(row) for row in found.order_by("pk"))


def area_names(actor: Actor) -> tuple[str, ...]:
    """Return the names of the places of the actor's network, to choose from."""
    return tuple(access.areas(actor).values_list("name", flat=True))


def person_card(person_id: PersonId, *, actor: Actor, on: date, language: str) -> PersonCard:
    """Return a person's card as this actor may see it.

    Raises
    ------
    PersonNotFound
    """
    row = access.person(person_id, actor=actor, on=on)
    person = rows.person_value(row)
    lines = _role_lines(access.memberships(actor, on=on).filter(person=row), on=on)
    return PersonCard(
        id=person.id,
        name=person.name,
        summary=person.summary,
        is_self=person.id == actor.person_id,
        accepting=person.availability.accepting_on(on).value,
        until=_still(person.availability.until, on=on),
        is_full=person.availability.is_full(),
        ways=Ways(email=person.email, phone=person.phone, reach=person.reach) if row.may_contact else Ways(),
        may_contact=row.may_contact,
        competences=person.competences,
        topics=_topic_names(person.topics, actor=actor, language=language),
        areas=_area_names(person.area_ids, actor=actor),
        languages=languages.name_languages(person.languages),
        current_roles=tuple(line for line in lines if line.is_current),
        story=_story(lines, on=on),
        is_listed=person.consents_to(network.Purpose.LISTING, on=on),
    )


def organization_card(
    organization_id: OrganizationId, *, actor: Actor, on: date, language: str
) -> OrganizationCard:
    """Return an organization's card.

    Raises
    ------
    OrganizationNotFound
    """
    row = access.organization(organization_id, actor=actor)
    organization = rows.organization_value(row)
    lines = _role_lines(access.memberships(actor, on=on).filter(organization=row), on=on)
    parts = access.organizations(actor).filter(parent=row)
    return OrganizationCard(
        id=organization.id,
        name=organization.name,
        alternate_name=organization.alternate_name,
        description=organization.description,
        remit=organization.remit,
        ways=Ways(email=organization.email, phone=organization.phone, website=organization.website),
        topics=_topic_names(organization.topics, actor=actor, language=language),
        areas=_area_names(organization.area_ids, actor=actor),
        parent=_organization_link(row.parent) if row.parent else None,
        parts=tuple(map(_organization_link, parts)),
        services=_service_lines(
            access.services(actor).filter(organization=row), actor=actor, language=language
        ),
        people=tuple(line for line in lines if line.is_current),
        story=_story(lines, on=on),
    )


def _still(until: date | None, *, on: date) -> date | None:
    return until if until is not None and until >= on else None


def _organization_link(row: models.Organization) -> Link:
    return Link(name=row.name, kind="organization", id=row.text_id)


def _role_lines(found: QuerySet[models.Membership], *, on: date) -> tuple[RoleLine, ...]:
    related = found.select_related("person", "organization", "community", "resident_group")
    return tuple(_role_line(row, on=on) for row in related)


def _role_line(row: models.Membership, *, on: date) -> RoleLine:
    started = row.start_date is None or row.start_date <= on
    return RoleLine(
        who=Link(name=row.person.name, kind="person", id=row.person.text_id),
        where=_party_link(row),
        role=row.role,
        start_date=row.start_date,
        end_date=row.end_date,
        is_current=started and (row.end_date is None or row.end_date >= on),
    )


def _party_link(row: models.Membership) -> Link:
    for kind in ("organization", "community", "resident_group"):
        party = getattr(row, kind)
        if party is not None:
            return Link(name=party.name, kind=kind, id=party.text_id)
    raise AssertionError(row)  # the database holds each membership to one party


def _story(lines: Sequence[RoleLine], *, on: date) -> tuple[Moment, ...]:
    moments = [moment for line in lines for moment in _moments(line) if moment.day <= on]
    return tuple(sorted(moments, key=lambda moment: (moment.day, moment.line.who.name), reverse=True))


def _moments(line: RoleLine) -> Iterator[Moment]:
    if line.start_date is not None:
        yield Moment(day=line.start_date, is_start=True, line=line)
    if line.end_date is not None:
        yield Moment(day=line.end_date, is_start=False, line=line)


def _topic_names(ids: Iterable[str], *, actor: Actor, language: str) -> tuple[str, ...]:
    found = access.topics(actor).filter(text_id__in=sorted(ids))
    return tuple(sorted(rows.topic_value(row).name(language) for row in found))


def _area_names(ids: Iterable[str], *, actor: Actor) -> tuple[str, ...]:
    return tuple(access.areas(actor).filter(text_id__in=sorted(ids)).values_list("name", flat=True))


def _service_lines(
    found: Iterable[models.Service], *, actor: Actor, language: str
) -> tuple[ServiceLine, ...]:
    services = [rows.service_value(row) for row in found]
    wanted = frozenset(topic_id for service in services for topic_id in service.topics)
    topics = {
        row.text_id: rows.topic_value(row).name(language)
        for row in access.topics(actor).filter(text_id__in=sorted(wanted))
    }
    return tuple(
        ServiceLine(
            id=service.id,
            name=service.name,
            description=service.description,
            status=service.status.value,
            eligibility=service.eligibility,
            how_to_apply=service.how_to_apply,
            topics=tuple(sorted(topics[topic_id] for topic_id in service.topics)),
            languages=languages.name_languages(service.languages),
            hours=tuple(map(_hours, service.schedules)),
            capacity=service.capacity,
        )
        for service in services
    )


def _hours(schedule: network.Schedule) -> Hours:
    days = enumerate(network.Weekday)
    return Hours(
        days=tuple(str(WEEKDAYS[number]) for number, day in days if day in schedule.weekdays),
        opens_at=schedule.opens_at,
        closes_at=schedule.closes_at,
        valid_from=schedule.valid_from,
        valid_to=schedule.valid_to,
        description=schedule.description,
    )
