# SPDX-License-Identifier: EUPL-1.2
"""Services with where, when, in which languages and with how much room they are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scharnier.core import network
from scharnier.core.kernel import LocationId, ServiceId
from scharnier.formats.hsds._areas import Areas
from scharnier.formats.hsds._languages import language_tag
from scharnier.formats.hsds._notes import NoteKind
from scharnier.formats.hsds._package import Record
from scharnier.formats.hsds._schedules import read_schedule
from scharnier.formats.hsds._source import Source, topics_by_owner
from scharnier.formats.hsds._standins import Providers
from scharnier.formats.hsds._text import plain_text
from scharnier.formats.hsds._values import read_date, read_number


def read_services(source: Source, *, areas: Areas, providers: Providers) -> Iterator[network.Service]:
    """Yield the services of a package."""
    topics = topics_by_owner(source, entity="service")
    locations = _locations_by_service(source)
    languages = _languages_by_service(source)
    schedules = _schedules_by_service(source)
    capacities = _capacities_by_service(source)
    for record in source.records["service"]:
        identifier = record["id"]
        status = record["status"].strip().lower()
        yield network.Service(
            id=ServiceId(identifier),
            organization_id=providers.organization_ids[record["organization_id"]],
            name=plain_text(record["name"]),
            description=plain_text(record["description"]),
            alternate_name=plain_text(record["alternate_name"]),
            status=network.ServiceStatus(status or network.ServiceStatus.ACTIVE),
            eligibility=plain_text(record["eligibility_description"]),
            how_to_apply=plain_text(record["application_process"]),
            topics=topics.get(identifier, frozenset()),
            area_ids=areas.of_service.get(identifier, frozenset()),
            location_ids=frozenset(locations.get(identifier, ())),
            languages=frozenset(languages.get(identifier, ())),
            schedules=tuple(schedules.get(identifier, ())),
            capacity=capacities.get(identifier),
            website=record["url"].strip(),
            email=record["email"].strip(),
        )


def _locations_by_service(source: Source) -> dict[str, set[LocationId]]:
    found: defaultdict[str, set[LocationId]] = defaultdict(set)
    for record in source.records["service_at_location"]:
        service = source.target(record, "service_id", entity="service")
        location = source.target(record, "location_id", entity="location")
        if service is not None and location is not None:
            found[service].add(LocationId(location))
    return found


def _languages_by_service(source: Source) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in source.records["language"]:
        service = source.target(record, "service_id", entity="service")
        tag = language_tag(record["code"] or record["name"])
        if service is None:
            source.notes.add_record(NoteKind.NOTHING_REFERRED, record)
        elif tag is None:
            source.notes.add_record(NoteKind.UNKNOWN_LANGUAGE, record, column="name")
        else:
            found[service].add(tag)
    return found


def _schedules_by_service(source: Source) -> dict[str, list[network.Schedule]]:
    services_at = {
        record["id"]: source.target(record, "service_id", entity="service")
        for record in source.records["service_at_location"]
    }
    found: defaultdict[str, list[network.Schedule]] = defaultdict(list)
    for record in source.records["schedule"]:
        schedule = read_schedule(record, source.notes)
        if schedule is None:
            continue
        at_location = source.target(record, "service_at_location_id", entity="service_at_location")
        service = source.target(record, "service_id", entity="service") or services_at.get(at_location or "")
        if service is None:
            source.notes.add_record(_why_unplaced(record), record)
        else:
            found[service].append(schedule)
    return found


def _why_unplaced(record: Record) -> NoteKind:
    """Hours of a location alone have no place in the network; hours of nothing belong nowhere."""
    return NoteKind.NOT_TAKEN_OVER if record["location_id"].strip() else NoteKind.NOTHING_REFERRED


def _capacities_by_service(source: Source) -> dict[str, network.Capacity]:
    """Return one capacity a service, the first; a second unit has no place in the network."""
    units = {record["id"]: plain_text(record["name"]) for record in source.records["unit"]}
    found: dict[str, network.Capacity] = {}
    for record in source.records["service_capacity"]:
        service = source.target(record, "service_id", entity="service")
        if service is None or service in found:
            source.notes.add_record(NoteKind.NOT_TAKEN_OVER, record)
            continue
        maximum = read_number(record["maximum"])
        found[service] = network.Capacity(
            available=int(read_number(record["available"]) or 0),
            maximum=None if maximum is None else int(maximum),
            unit=units.get(record["unit_id"], ""),
            updated_date=read_date(record["updated"]),
        )
    return found
