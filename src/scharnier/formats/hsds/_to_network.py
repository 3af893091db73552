# SPDX-License-Identifier: EUPL-1.2
"""The network that a package tells of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scharnier.core import network
from scharnier.core.kernel import LocationId, NetworkId, OrganizationId, TopicId
from scharnier.formats.hsds._areas import read_areas
from scharnier.formats.hsds._languages import language_tag
from scharnier.formats.hsds._leftovers import note_leftovers
from scharnier.formats.hsds._notes import Note, NoteKind
from scharnier.formats.hsds._package import Package, Record
from scharnier.formats.hsds._services import read_services
from scharnier.formats.hsds._source import Source, checked_source, topics_by_owner
from scharnier.formats.hsds._standins import find_providers
from scharnier.formats.hsds._text import plain_text
from scharnier.formats.hsds._values import read_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A network, and what of the package is not in it."""

    network: network.Network
    notes: tuple[Note, ...]


def to_network(package: Package, *, network_id: str, name: str, language: str) -> Converted:
    """Return the network a package tells of, with a note for whatever is not in it.

    Contacts are never taken over: they are persons, and a package holds no consent of theirs.

    Raises
    ------
    MissingFile
        Without organizations or services.
    InvalidPackage
        When any place is wrong; then nothing is taken over.
    """
    source = checked_source(package, language=language)
    areas = read_areas(source.records["service_area"], identifiers=source.identifiers, notes=source.notes)
    providers = find_providers(
        source.records["service"], organizations=source.records["organization"], notes=source.notes
    )
    converted = network.Network(
        id=NetworkId(network_id),
        name=name,
        language=language,
        areas=areas.areas,
        locations=tuple(_locations(source)),
        topics=tuple(_topics(source)),
        organizations=(*_organizations(source), *providers.stand_ins),
        services=tuple(read_services(source, areas=areas, providers=providers)),
    )
    note_leftovers(package, source)
    return Converted(network=converted, notes=source.notes.collected())


def _organizations(source: Source) -> Iterator[network.Organization]:
    phones = _first_phones(source)
    topics = topics_by_owner(source, entity="organization")
    for record in source.records["organization"]:
        parent = source.target(record, "parent_organization_id", entity="organization")
        yield network.Organization(
            id=OrganizationId(record["id"]),
            name=plain_text(record["name"]),
            description=plain_text(record["description"]),
            alternate_name=plain_text(record["alternate_name"]),
            topics=topics.get(record["id"], frozenset()),
            parent_id=None if parent is None else OrganizationId(parent),
            email=record["email"].strip(),
            phone=phones.get(record["id"], ""),
            website=record["website"].strip(),
        )


def _first_phones(source: Source) -> dict[str, str]:
    """Return the number of each organization itself; those of its contacts are persons' own."""
    phones: dict[str, str] = {}
    for record in source.records["phone"]:
        organization = source.target(record, "organization_id", entity="organization")
        if organization in phones or organization is None or record["contact_id"].strip():
            source.notes.add_record(NoteKind.NOT_TAKEN_OVER, record)
        else:
            phones[organization] = record["number"].strip()
    return phones


def _topics(source: Source) -> Iterator[network.Topic]:
    for record in source.records["taxonomy_term"]:
        parent = source.target(record, "parent_id", entity="taxonomy_term")
        label = network.Label(
            text=plain_text(record["name"]),
            language=language_tag(record["language"]) or source.language,
            is_preferred=True,
        )
        yield network.Topic(
            id=TopicId(record["id"]),
            labels=(label,),
            definition=plain_text(record["description"]),
            broader_ids=frozenset() if parent is None else frozenset({TopicId(parent)}),
        )


def _locations(source: Source) -> Iterator[network.Location]:
    addresses = _addresses(source)
    for record in source.records["location"]:
        kind = record["location_type"].strip().lower()
        yield network.Location(
            id=LocationId(record["id"]),
            name=plain_text(record["name"]),
            location_type=network.LocationType(kind or network.LocationType.PHYSICAL),
            address=addresses.get(record["id"], ""),
            latitude=read_number(record["latitude"]),
            longitude=read_number(record["longitude"]),
        )


_ADDRESS_LINES = ("address_1", "address_2", "address_3", "address_4")


def _addresses(source: Source) -> dict[str, str]:
    """Return one address a location, the one to visit before the one to write to."""
    found: dict[str, tuple[bool, str]] = {}
    for record in source.records["address"]:
        location = source.target(record, "location_id", entity="location")
        is_postal = record["address_type"].strip().lower() == "postal"
        if location is None or (location in found and (is_postal or not found[location][0])):
            source.notes.add_record(NoteKind.NOT_TAKEN_OVER, record)
        else:
            found[location] = (is_postal, _one_line(record))
    return {location: line for location, (_, line) in found.items()}


def _one_line(record: Record) -> str:
    town = f"{plain_text(record['postal_code'])} {plain_text(record['city'])}".strip()
    lines = [plain_text(record[line]) for line in _ADDRESS_LINES]
    if record["state_province"] != record["city"]:
        town = ", ".join(filter(None, (town, plain_text(record["state_province"]))))
    return ", ".join(filter(None, (*lines, town)))
