# SPDX-License-Identifier: EUPL-1.2
"""Reads: what anybody may see of reports and referrals about public space, and what coordinators keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from scharnier.apps.open311 import access, models
from scharnier.apps.people import rows as people_rows
from scharnier.apps.people.models import Organization
from scharnier.apps.referral import rows
from scharnier.apps.referral.models import Referral
from scharnier.apps.signals.models import Signal
from scharnier.core.kernel import Actor, NetworkId, TopicId
from scharnier.core.network import Topic
from scharnier.core.signals import SignalState
from scharnier.formats import open311
from scharnier.formats.open311 import Query, Service, ServiceRequest, Status
from scharnier.formats.wording import Language

ALWAYS: Final = timedelta(days=366_000)
NOTES: Final[Mapping[SignalState, str]] = {
    SignalState.OPEN: "kept",
    SignalState.HANDLED: "done",
    SignalState.WITHDRAWN: "called_off",
}
PUBLIC_WORDS: Final = "is_public"  # the question with each report: may everybody read the words


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """A topic that may be reported, and who is asked."""

    topic_id: str
    name: str
    organization: str  # empty: a coordinator looks first
    is_kept: bool  # whether who chose the organization is still a coordinator


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """Another system that may report."""

    pk: int
    name: str
    organization: str  # whose signals it reports; empty: what it reports is a report
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report that waits for a coordinator."""

    id: str
    topic: str
    text: str
    place: str
    source: str  # name of the key
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that coordinators keep of reports."""

    offers: tuple[OfferLine, ...]
    keys: tuple[KeyLine, ...]
    reports: tuple[ReportLine, ...]
    n_reports: int


MOST_SHOWN: Final = 50  # reports on the page


def page(actor: Actor, *, language: Language) -> Page:
    """Return what coordinators keep (raises NotForThisRole)."""
    access.demand(actor)
    names = _names(actor.network_id, language=language)
    waiting = access.waiting(actor)
    return Page(
        offers=tuple(
            OfferLine(
                topic_id=row.topic_id,
                name=names.get(row.topic_id, row.topic_id),
                organization=row.organization.name if row.organization else "",
                is_kept=row.keeper is not None and row.keeper.role == "coordinator",
            )
            for row in access.offers(actor)
        ),
        keys=tuple(
            KeyLine(
                pk=row.pk,
                name=row.name,
                organization=row.organization.name if row.organization else "",
                made_at=row.made_at,
                used_at=row.used_at,
            )
            for row in access.keys(actor)
        ),
        reports=tuple(report_line(row, names=names) for row in waiting[:MOST_SHOWN]),
        n_reports=waiting.count(),
    )


def report_line(row: models.Report, *, names: Mapping[str, str]) -> ReportLine:
    """Return a report that waits, for a coordinator."""
    return ReportLine(
        id=row.id,
        topic=names.get(row.topic_id, row.topic_id),
        text=row.text,
        place=row.address or (row.area.name if row.area else ""),
        source=row.key.name,
        received_at=row.received_at,
    )


def topic_choices(actor: Actor, *, language: Language) -> list[tuple[str, str]]:
    """Return the topics that can be reported at all, by name."""
    names = _names(actor.network_id, language=language)
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def services(network_id: NetworkId, *, language: Language) -> tuple[Service, ...]:
    """Return what may be reported in a network (raises UnknownJurisdiction)."""
    offered = access.published_offers(network_id)
    found = _services(network_id, language=language)
    return tuple(service for code, service in found.items() if code in offered)


def service(network_id: NetworkId, code: str, *, language: Language) -> Service:
    """Return one thing that may be reported (raises UnknownJurisdiction, OfferNotFound)."""
    for found in services(network_id, language=language):
        if found.code == code:
            return found
    raise access.OfferNotFound(topic_id=code)


def requests(network_id: NetworkId, query: Query, *, language: Language) -> tuple[ServiceRequest, ...]:
    """Return what is published of reports and referrals, latest first, at most a thousand.

    Raises
    ------
    UnknownJurisdiction
    """
    if query.request_ids:
        query = replace(
            query, since=query.until - ALWAYS, service_codes=frozenset(), statuses=frozenset(Status)
        )
    found = [
        one
        for one in _published(network_id, query, language=language)
        if one.status in query.statuses and (not query.request_ids or one.id in query.request_ids)
    ]
    found.sort(key=lambda one: (one.requested_at, one.id), reverse=True)
    return tuple(found[: open311.MOST_REQUESTS])


def request(network_id: NetworkId, request_id: str, *, at: datetime, language: Language) -> ServiceRequest:
    """Return one request that is published (raises UnknownJurisdiction, ReportNotFound)."""
    query = Query(since=at, until=at, request_ids=frozenset({request_id}))
    found = requests(network_id, query, language=language)
    if not found:
        raise access.ReportNotFound(report_id=request_id)
    return found[0]


def _published(network_id: NetworkId, query: Query, *, language: Language) -> Iterator[ServiceRequest]:
    among = {one.code: one for one in services(network_id, language=language)}
    wanted = sorted(set(among) & query.service_codes if query.service_codes else among)
    organizations = dict(Organization.objects.filter(network_id=network_id).values_list("text_id", "name"))
    reports = access.published_reports(network_id, topics=wanted)
    reports = reports.filter(received_at__range=(query.since, query.until))
    loose = access.published_referrals(network_id, since=query.since, until=query.until)
    if query.request_ids:
        reports = reports.filter(pk__in=sorted(query.request_ids))
        loose = loose.filter(pk__in=sorted(query.request_ids))
    else:
        reports = reports.filter(signal__isnull=True)  # of what an organization meets others see counts only
    brought = access.whole(Referral.objects.filter(report__in=reports)).in_bulk()
    for report in reports:
        known = brought.get(report.referral_id or "")
        told = among[report.topic_id]
        if known is None:
            yield _unbrought(report, service=told, language=language)
        else:
            shown = _shown(known, service=told, organizations=organizations, language=language, report=report)
            yield replace(shown, id=report.id, requested_at=timezone.localtime(report.received_at))
    for row in loose:
        codes = [code for code in sorted(row.topic_ids) if code in wanted]
        if codes:
            yield _shown(row, service=among[codes[0]], organizations=organizations, language=language)


def _unbrought(report: models.Report, *, service: Service, language: Language) -> ServiceRequest:
    if report.signal is not None:
        return _signalled(report, report.signal, service=service, language=language)
    is_over = report.dropped_at is not None
    return ServiceRequest(
        id=report.id,
        service_code=service.code,
        service_name=service.name,
        status=Status.CLOSED if is_over else Status.OPEN,
        status_notes=open311.say_note("called_off" if is_over else "sending", language=language),
        description=report.text if report.is_public else "",
        requested_at=report.received_at,
        updated_at=report.dropped_at or report.received_at,
        address=_place(report).address or _place(report).area_name,
        point=_place(report).point,
    )


def _signalled(
    report: models.Report, signal: Signal, *, service: Service, language: Language
) -> ServiceRequest:
    """Return where a signal stands, for who knows its number: no words and no place."""
    note = NOTES[SignalState(signal.state)]
    return ServiceRequest(
        id=report.id,
        service_code=service.code,
        service_name=service.name,
        status=Status.OPEN if signal.state == SignalState.OPEN.value else Status.CLOSED,
        status_notes=open311.say_note(note, language=language),
        requested_at=report.received_at,
        updated_at=datetime.fromisoformat(signal.story[-1][1]) if signal.story else report.received_at,
    )


def _shown(
    row: Referral,
    *,
    service: Service,
    organizations: Mapping[str, str],
    language: Language,
    report: models.Report | None = None,
) -> ServiceRequest:
    turns = rows.turns_in_order(row)
    place = _place(report) if report else open311.Place(area_name=row.area.name if row.area else "")
    return open311.request_of_referral(
        rows.referral_value(row, turns),
        service=service,
        organizations=organizations,
        place=place,
        language=language,
        is_public=report is not None and report.is_public,
    )


def _place(report: models.Report) -> open311.Place:
    point = None
    if report.latitude is not None and report.longitude is not None:
        point = open311.Point(latitude=report.latitude, longitude=report.longitude)
    return open311.Place(
        area_name=report.area.name if report.area else "", address=report.address, point=point
    )


def _topics(network_id: NetworkId) -> dict[TopicId, Topic]:
    found = access.topics_of_public_space(network_id)
    return {topic.id: topic for topic in map(people_rows.topic_value, found)}


def _services(network_id: NetworkId, *, language: Language) -> dict[str, Service]:
    among = _topics(network_id)
    return {
        topic.id: replace(
            open311.service_of_topic(topic, language=language, among=among), has_attributes=True
        )
        for topic in among.values()
    }


def _names(network_id: NetworkId, *, language: Language) -> dict[str, str]:
    return {topic.id: topic.name(language) for topic in _topics(network_id).values()}
