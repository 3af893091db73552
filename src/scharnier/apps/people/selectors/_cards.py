# SPDX-License-Identifier: EUPL-1.2
"""Reads of cards, shaped for pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.dates import WEEKDAYS

from scharnier.apps.people import access, competences, languages, models, rows
from scharnier.apps.people.selectors._checks import Checked, checked_groups
from scharnier.core import network
from scharnier.core.kernel import Actor, OrganizationId

PEOPLE_PER_PAGE = 50
MOST_MOMENTS = 20  # of the story of an organization

_Roles: TypeAlias = "QuerySet[access.SeenMembership]"


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
    pk: int
    successor: Link | None  # who took over, where the reader may know of them
    is_confirmed: bool  # false is seen by the person and by who acts for the organization only


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
    checked: Mapping[str, Checked]  # by group


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
    people: tuple[RoleLine, ...]  # of the part asked for, by name
    part: Page[access.SeenMembership]
    story: tuple[Moment, ...]  # the latest
    has_older: bool  # more than the story tells
    checked: Mapping[str, Checked]  # by group
    may_change: bool
    claims: tuple[RoleLine, ...]  # who says to belong to it; for who may change it


def area_names(actor: Actor) -> tuple[str, ...]:
    """Return the names of the places of the actor's network, to choose from; each fits one place."""
    areas = [rows.area_value(row) for row in access.areas(actor).select_related("parent")]
    names = network.AreaNames(areas)
    return tuple(map(names.tell_apart, areas))


def person_card(row: access.VisiblePerson, *, actor: Actor, on: date, language: str) -> PersonCard:
    """Return a person's card as this actor may see it."""
    hidden = access.hidden_fields(row)
    person = rows.card_value(row, hidden=hidden)
    lines = role_lines(access.memberships(actor, on=on).filter(person=row), on=on)
    return PersonCard(
        id=person.id,
        name=person.name,
        summary=person.summary,
        is_self=person.id == actor.person_id,
        accepting=person.availability.accepting_on(on).value,
        until=_still(person.availability.until, on=on),
        is_full=person.availability.is_full(),
        ways=Ways(email=person.email, phone=person.phone, reach=person.reach),
        may_contact=row.may_contact,
        competences=competences.name_competences(person.competences, language=language),
        topics=_topic_names(person.topics, actor=actor, language=language),
        areas=_area_names(person.area_ids, actor=actor),
        languages=languages.name_languages(person.languages),
        current_roles=tuple(line for line in lines if line.is_current),
        story=_story(lines, on=on),
        is_listed=row.is_listed,
        checked=checked_groups(row.checks.all(), on=on),
    )


def organization_card(
    organization_id: OrganizationId, *, actor: Actor, on: date, language: str, number: str = "1"
) -> OrganizationCard:
    """Return an organization's card, with one part of its people.

    Raises
    ------
    OrganizationNotFound
    """
    row = access.organization(organization_id, actor=actor)
    organization = rows.organization_value(row)
    roles = _with_parties(access.memberships(actor, on=on).filter(organization=row))
    part = Paginator(_held(roles, on=on).order_by("person__name", "pk"), PEOPLE_PER_PAGE).get_page(number)
    story = _latest(roles, on=on)
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
        people=_lines(part, on=on),
        part=part,
        story=story[:MOST_MOMENTS],
        has_older=len(story) > MOST_MOMENTS,
        checked=checked_groups(row.checks.all(), on=on),
        may_change=row.may_change,
        claims=_claims(row, actor=actor, on=on) if row.may_change else (),
    )


def _still(until: date | None, *, on: date) -> date | None:
    return until if until is not None and until >= on else None


def _organization_link(row: models.Organization) -> Link:
    return Link(name=row.name, kind="organization", id=row.text_id)


def _claims(row: models.Organization, *, actor: Actor, on: date) -> tuple[RoleLine, ...]:
    found = access.claims(OrganizationId(row.text_id), actor=actor).exclude(person__text_id=actor.person_id)
    related = found.select_related("person", "organization", "community", "resident_group")
    return tuple(_role_line(each, successor=None, on=on) for each in related)


def role_lines(found: QuerySet[access.SeenMembership], *, on: date) -> tuple[RoleLine, ...]:
    """Return roles as lines, with who took over where that may be told."""
    return _lines(_with_parties(found), on=on)


def _with_parties(found: _Roles) -> _Roles:
    return found.select_related("person", "organization", "community", "resident_group", "successor")


def _lines(found: Iterable[access.SeenMembership], *, on: date) -> tuple[RoleLine, ...]:
    return tuple(
        _role_line(row, successor=row.successor if row.may_name_successor else None, on=on) for row in found
    )


def _role_line(row: models.Membership, *, successor: models.Person | None, on: date) -> RoleLine:
    started = row.start_date is None or row.start_date <= on
    return RoleLine(
        who=Link(name=row.person.name, kind="person", id=row.person.text_id),
        where=_party_link(row),
        role=row.role,
        start_date=row.start_date,
        end_date=row.end_date,
        is_current=started and (row.end_date is None or row.end_date >= on),
        pk=row.pk,
        successor=None
        if successor is None
        else Link(name=successor.name, kind="person", id=successor.text_id),
        is_confirmed=row.is_confirmed,
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


def _held(found: _Roles, *, on: date) -> _Roles:
    started = Q(start_date__isnull=True) | Q(start_date__lte=on)
    return found.filter(started, Q(end_date__isnull=True) | Q(end_date__gte=on))


def _latest(found: _Roles, *, on: date) -> tuple[Moment, ...]:
    """Return the latest moments of many roles, one more than a story tells; only their rows are read."""
    begun = found.filter(start_date__lte=on).order_by("-start_date", "pk")[: MOST_MOMENTS + 1]
    ended = found.filter(end_date__lte=on).order_by("-end_date", "pk")[: MOST_MOMENTS + 1]
    lines = {line.pk: line for part in (begun, ended) for line in _lines(part, on=on)}
    return _story(tuple(lines.values()), on=on)[: MOST_MOMENTS + 1]


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
