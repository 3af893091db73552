# SPDX-License-Identifier: EUPL-1.2
"""A network as a package of HSDS 3: organizations, services, places, hours and topics."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping

from scharnier.core import network
from scharnier.formats.hsds import _names
from scharnier.formats.hsds._areas import area_uri, render_outline
from scharnier.formats.hsds._languages import language_name
from scharnier.formats.hsds._package import Package, Table
from scharnier.formats.hsds._schedules import WEEKLY
from scharnier.formats.hsds._text import marked_text

Row = Mapping[str, str]

_ROW_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:scharnier:hsds")
_DUTCH_ADDRESS = re.compile(
    r"(?P<street>[^,\s](?:[^,]*[^,\s])?), (?P<code>[0-9]{4} ?[A-Z]{2}) (?P<city>[^,\s](?:[^,]*[^,\s])?)"
)


def from_network(whole: network.Network) -> Package:
    """Return what HSDS can hold of a network; persons, ties and groups it cannot, and they stay out.

    Notes
    -----
    Rows that are no object of the network, such as a link, get an identifier computed from what they link,
    so that the same network always gives the same package.
    """
    rows: dict[str, Iterable[Row]] = {
        "organization": map(_organization, whole.organizations),
        "service": map(_service, whole.services),
        "attribute": _attributes(whole),
        "service_at_location": _links(whole),
        "location": map(_location, whole.locations),
        "phone": _phones(whole),
        "address": _addresses(whole),
        "schedule": _schedules(whole),
        "service_area": _service_areas(whole),
        "language": _languages(whole),
        "taxonomy_term": (_topic(topic, language=whole.language) for topic in whole.topics),
        "unit": _units(whole),
        "service_capacity": _capacities(whole),
    }
    tables = (_table(entity, tuple(found)) for entity, found in rows.items())
    kept = tuple(table for table in tables if table.rows or table.entity in _names.REQUIRED_FILES)
    return Package(source=whole.id, tables=kept)


def _table(entity: str, rows: tuple[Row, ...]) -> Table:
    columns = tuple(dict.fromkeys(("id", *(column for row in rows for column in row))))
    return Table(
        entity=entity,
        file=_names.FILES[entity],
        columns=columns,
        rows=tuple(tuple(row.get(column, "") for column in columns) for row in rows),
        row_numbers=tuple(range(2, len(rows) + 2)),
    )


def _row_id(*parts: object) -> str:
    return str(uuid.uuid5(_ROW_IDS, "\0".join(map(str, parts))))


def _organization(item: network.Organization) -> Row:
    return {
        "id": item.id,
        "name": marked_text(item.name),
        "alternate_name": marked_text(item.alternate_name),
        "description": marked_text(item.description),
        "email": item.email,
        "website": item.website,
        "parent_organization_id": item.parent_id or "",
    }


def _service(item: network.Service) -> Row:
    return {
        "id": item.id,
        "organization_id": item.organization_id,
        "name": marked_text(item.name),
        "alternate_name": marked_text(item.alternate_name),
        "description": marked_text(item.description),
        "url": item.website,
        "email": item.email,
        "status": item.status,
        "application_process": marked_text(item.how_to_apply),
        "eligibility_description": marked_text(item.eligibility),
    }


def _attributes(whole: network.Network) -> Iterator[Row]:
    owners = (("organization", whole.organizations), ("service", whole.services))
    for entity, parties in owners:
        for party in parties:
            for topic in sorted(party.topics):
                yield {
                    "id": _row_id("attribute", entity, party.id, topic),
                    "link_id": party.id,
                    "link_entity": entity,
                    "link_type": "topic",
                    "taxonomy_term_id": topic,
                }


def _links(whole: network.Network) -> Iterator[Row]:
    for service in whole.services:
        for location in sorted(service.location_ids):
            row_id = _row_id("service_at_location", service.id, location)
            yield {"id": row_id, "service_id": service.id, "location_id": location}


def _location(item: network.Location) -> Row:
    return {
        "id": item.id,
        "location_type": item.location_type,
        "name": marked_text(item.name),
        "latitude": "" if item.latitude is None else repr(item.latitude),
        "longitude": "" if item.longitude is None else repr(item.longitude),
    }


def _phones(whole: network.Network) -> Iterator[Row]:
    for item in whole.organizations:
        if item.phone:
            yield {"id": _row_id("phone", item.id), "organization_id": item.id, "number": item.phone}


def _addresses(whole: network.Network) -> Iterator[Row]:
    for item in whole.locations:
        if item.address:
            kind = "postal" if item.location_type is network.LocationType.POSTAL else "physical"
            head = {"id": _row_id("address", item.id), "location_id": item.id, "address_type": kind}
            yield {**head, **_address_parts(item.address)}


def _address_parts(address: str) -> Row:
    """Return the parts of a Dutch address; any other stays whole in the first line."""
    found = _DUTCH_ADDRESS.fullmatch(address)
    if found is None:
        return {"address_1": marked_text(address)}
    return {
        "address_1": marked_text(found["street"]),
        "postal_code": found["code"],
        "city": marked_text(found["city"]),
        "country": "NL",
    }


def _schedules(whole: network.Network) -> Iterator[Row]:
    for service in whole.services:
        for number, item in enumerate(service.schedules):
            yield {
                "id": _row_id("schedule", service.id, number),
                "service_id": service.id,
                "freq": WEEKLY,
                "byday": ",".join(day for day in network.Weekday if day in item.weekdays),
                "opens_at": "" if item.opens_at is None else item.opens_at.isoformat(),
                "closes_at": "" if item.closes_at is None else item.closes_at.isoformat(),
                "valid_from": "" if item.valid_from is None else item.valid_from.isoformat(),
                "valid_to": "" if item.valid_to is None else item.valid_to.isoformat(),
                "description": marked_text(item.description),
            }


def _service_areas(whole: network.Network) -> Iterator[Row]:
    areas = {area.id: area for area in whole.areas}
    for service in whole.services:
        for area_id in sorted(service.area_ids):
            area = areas[area_id]
            yield {
                "id": _row_id("service_area", service.id, area_id),
                "service_id": service.id,
                "name": marked_text(area.name),
                "extent": render_outline(area.outline) if area.outline else "",
                "extent_type": "geojson" if area.outline else "",
                "uri": area_uri(area_id),
            }


def _languages(whole: network.Network) -> Iterator[Row]:
    for service in whole.services:
        for tag in sorted(service.languages):
            row_id = _row_id("language", service.id, tag)
            yield {"id": row_id, "service_id": service.id, "name": language_name(tag), "code": tag}


def _topic(item: network.Topic, *, language: str) -> Row:
    preferred = [label for label in item.labels if label.is_preferred] or list(item.labels)
    label = next((label for label in preferred if label.language == language), preferred[0])
    return {
        "id": item.id,
        "name": marked_text(label.text),
        "description": marked_text(item.definition),
        "parent_id": min(item.broader_ids, default=""),
        "language": label.language,
    }


def _units(whole: network.Network) -> Iterator[Row]:
    units = {service.capacity.unit for service in whole.services if service.capacity is not None}
    for unit in sorted(units - {""}):
        yield {"id": _row_id("unit", unit), "name": marked_text(unit)}


def _capacities(whole: network.Network) -> Iterator[Row]:
    for service in whole.services:
        item = service.capacity
        if item is not None:
            yield {
                "id": _row_id("service_capacity", service.id),
                "service_id": service.id,
                "unit_id": _row_id("unit", item.unit) if item.unit else "",
                "available": str(item.available),
                "maximum": "" if item.maximum is None else str(item.maximum),
                "updated": "" if item.updated_date is None else item.updated_date.isoformat(),
            }
