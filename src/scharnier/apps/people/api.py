# SPDX-License-Identifier: EUPL-1.2
"""The API of people, organizations and services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from scharnier.apps.http import ActorRequest, now, today
from scharnier.apps.people import access, exporting, models, reading, rows
from scharnier.core.kernel import OrganizationId, PersonId, ServiceId

MOST_PER_PAGE = 200
MOST_PAGES = 10_000

router = Router(tags=["people"])

_Row = TypeVar("_Row", bound=Model)


class PersonItem(Schema):
    """A person who wants to be found; ways to reach only with consent."""

    id: str
    name: str
    summary: str
    competences: list[str]
    topics: list[str] = Field(description="Identifiers of topics.")
    areas: list[str] = Field(
        description="Identifiers of areas; empty: where the person's organizations work."
    )
    languages: list[str] = Field(description="BCP 47 tags.")
    accepting: str = Field(description="yes, limited, no or unknown, today.")
    email: str
    phone: str
    reach: str


class OrganizationItem(Schema):
    """An organization (Open Referral HSDS names where they exist)."""

    id: str
    name: str
    alternate_name: str
    description: str
    remit: str
    topics: list[str] = Field(description="Identifiers of topics.")
    areas: list[str] = Field(description="Identifiers of areas; empty: the whole network.")
    email: str
    phone: str
    website: str


class ServiceItem(Schema):
    """A service of an organization (Open Referral HSDS names where they exist)."""

    id: str
    organization_id: str
    name: str
    description: str
    status: str
    eligibility: str
    how_to_apply: str
    topics: list[str] = Field(description="Identifiers of topics.")
    areas: list[str] = Field(description="Identifiers of areas; empty: where the organization works.")
    languages: list[str] = Field(description="BCP 47 tags.")
    capacity_available: int | None
    capacity_updated_date: date | None
    email: str
    website: str


class NetworkFile(Schema):
    """A network file: what you may see of the network, to hand on (`network.schema.json` says the rest)."""

    format: str = Field(description="scharnier-network.")
    version: int
    network: dict[str, object] = Field(description="Its parts, of persons only those who want to be found.")


class CopyQuery(Schema):
    """What a copy is for, and how long it is kept."""

    purpose: Annotated[exporting.Aim, Field(description="Goes on record.")]
    until: Annotated[date, Field(description="The last day on which you keep it, at most a year from now.")]


class Page(Schema):
    """A part of a list."""

    total: int = Field(description="Number of items on all pages.")
    page: int
    pageSize: int  # noqa: N815  as in the query


class PersonPage(Page):
    """A part of the list of persons."""

    items: list[PersonItem]


class OrganizationPage(Page):
    """A part of the list of organizations."""

    items: list[OrganizationItem]


class ServicePage(Page):
    """A part of the list of services."""

    items: list[ServiceItem]


PageSize = Annotated[int, Field(ge=1, le=MOST_PER_PAGE, description="Items per page.")]


class PageQuery(Schema):
    """Which part of a list."""

    page: Annotated[int, Field(ge=1, le=MOST_PAGES, description="From 1.")] = 1
    pageSize: PageSize = 50  # noqa: N815  as the design rules write query keys


@router.get("/people", response=PersonPage, summary="The people who want to be found")
def people(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> PersonPage:
    """Return persons by name."""
    day = today()
    found = access.persons(request.actor, on=day)
    part = _part(found, query=query, place=(request, response))
    reading.record_shared(part.rows, actor=request.actor, at=now())
    return PersonPage(
        items=[_person_item(row, on=day) for row in part.rows],
        total=part.total,
        page=query.page,
        pageSize=query.pageSize,
    )


@router.get("/people/{path:person_id}", response=PersonItem, summary="One person")
def person(request: ActorRequest, person_id: str) -> PersonItem:
    """Return a person; 404 also for who does not want to be found."""
    day = today()
    opened = reading.open_card(PersonId(person_id), actor=request.actor, on=day, at=now())
    return _person_item(opened.row, on=day)


@router.get("/organizations", response=OrganizationPage, summary="The organizations")
def organizations(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> OrganizationPage:
    """Return organizations by name."""
    found = access.organizations(request.actor)
    part = _part(found, query=query, place=(request, response))
    return OrganizationPage(
        items=[_organization_item(row) for row in part.rows],
        total=part.total,
        page=query.page,
        pageSize=query.pageSize,
    )


@router.get("/organizations/{path:organization_id}", response=OrganizationItem, summary="One organization")
def organization(request: ActorRequest, organization_id: str) -> OrganizationItem:
    """Return an organization."""
    return _organization_item(access.organization(OrganizationId(organization_id), actor=request.actor))


@router.get("/services", response=ServicePage, summary="The services")
def services(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> ServicePage:
    """Return services by name."""
    found = access.services(request.actor)
    part = _part(found, query=query, place=(request, response))
    return ServicePage(
        items=[_service_item(row) for row in part.rows],
        total=part.total,
        page=query.page,
        pageSize=query.pageSize,
    )


@router.get("/services/{path:service_id}", response=ServiceItem, summary="One service")
def service(request: ActorRequest, service_id: str) -> ServiceItem:
    """Return a service."""
    return _service_item(access.service(ServiceId(service_id), actor=request.actor))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part(Generic[_Row]):
    rows: Sequence[_Row]
    total: int


@router.get("/network/export", response=NetworkFile, summary="A copy of the network to hand on")
def network_export(request: ActorRequest, query: Query[CopyQuery]) -> HttpResponse:
    """Return what you may see of the network as one file; what it is for goes on record."""
    wish = exporting.Wish(aim=query.purpose, until=query.until, form=exporting.Form.JSON)
    copy = exporting.export_network(wish, actor=request.actor, on=today(), at=now())
    return HttpResponse(copy.data, content_type=copy.content_type)


def _part(
    found: QuerySet[_Row], *, query: PageQuery, place: tuple[ActorRequest, HttpResponse]
) -> _Part[_Row]:
    first = (query.page - 1) * query.pageSize
    total = found.count()
    request, response = place
    link_pages(request, response, query=query, total=total)
    return _Part(rows=list(found[first : first + query.pageSize]), total=total)


def link_pages(request: ActorRequest, response: HttpResponse, *, query: PageQuery, total: int) -> None:
    """Name the pages before and after in the header of an answer."""
    links = _links(request, query=query, total=total)
    if links:
        response["Link"] = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items())


def _links(request: ActorRequest, *, query: PageQuery, total: int) -> dict[str, str]:
    pages = {"prev": query.page - 1, "next": query.page + 1}
    last = -(-total // query.pageSize)
    return {
        name: request.build_absolute_uri(f"{request.path}?page={number}&pageSize={query.pageSize}")
        for name, number in pages.items()
        if 1 <= number <= last
    }


def _person_item(row: access.VisiblePerson, *, on: date) -> PersonItem:
    person = rows.card_value(row, hidden=access.hidden_fields(row))
    return PersonItem(
        id=person.id,
        name=person.name,
        summary=person.summary,
        competences=list(person.competences),
        topics=sorted(person.topics),
        areas=sorted(person.area_ids),
        languages=sorted(person.languages),
        accepting=person.availability.accepting_on(on).value,
        email=person.email,
        phone=person.phone,
        reach=person.reach,
    )


def _organization_item(row: models.Organization) -> OrganizationItem:
    return OrganizationItem(
        id=row.text_id,
        name=row.name,
        alternate_name=row.alternate_name,
        description=row.description,
        remit=row.remit,
        topics=row.topic_ids,
        areas=row.area_ids,
        email=row.email,
        phone=row.phone,
        website=row.website,
    )


def _service_item(row: models.Service) -> ServiceItem:
    return ServiceItem(
        id=row.text_id,
        organization_id=row.organization.text_id,
        name=row.name,
        description=row.description,
        status=row.status,
        eligibility=row.eligibility,
        how_to_apply=row.how_to_apply,
        topics=row.topic_ids,
        areas=row.area_ids,
        languages=row.languages,
        capacity_available=row.capacity_available,
        capacity_updated_date=row.capacity_updated_date,
        email=row.email,
        website=row.website,
    )
