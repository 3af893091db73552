# SPDX-License-Identifier: EUPL-1.2
"""What HSDS 2 and 3 call tables and columns, which refer to which, and which hold numbers or dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType

# HSDS 3.1 table -> the file it is written to; the order in which the specification names them
FILES: Mapping[str, str] = MappingProxyType(
    {
        "organization": "organizations.csv",
        "program": "programs.csv",
        "service": "services.csv",
        "attribute": "attributes.csv",
        "service_at_location": "service_at_location.csv",
        "location": "locations.csv",
        "phone": "phones.csv",
        "contact": "contacts.csv",
        "address": "addresses.csv",
        "schedule": "schedules.csv",
        "funding": "funding.csv",
        "service_area": "service_areas.csv",
        "required_document": "required_documents.csv",
        "language": "languages.csv",
        "accessibility": "accessibility.csv",
        "taxonomy_term": "taxonomy_terms.csv",
        "metadata": "metadata.csv",
        "meta_table_description": "meta_table_descriptions.csv",
        "cost_option": "cost_options.csv",
        "organization_identifier": "organization_identifiers.csv",
        "taxonomy": "taxonomies.csv",
        "unit": "units.csv",
        "service_capacity": "service_capacity.csv",
        "url": "url.csv",
    }
)
DESCRIPTOR = "datapackage.json"
REQUIRED_FILES = ("organization", "service")

# names that only HSDS 2 gives its files -> the table of HSDS 3
_FILES_OF_2 = {
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "physical_addresses": "address",
    "postal_addresses": "address",
    "service_attributes": "attribute",
    "other_attributes": "attribute",
    "regular_schedules": "schedule",
    "accessibility_for_disabilities": "accessibility",
    "service_taxonomy": "attribute",
    "fundings": "funding",
}
_ALSO = {"service_at_locations": "service_at_location", "service_capacities": "service_capacity"}
_ENTITIES = {PurePosixPath(file).stem: entity for entity, file in FILES.items()} | _ALSO | _FILES_OF_2

# what a column was called in HSDS 2 -> its name in HSDS 3
_COLUMNS_OF_2: Mapping[str, Mapping[str, str]] = {
    "organization": {"url": "website"},
    "taxonomy_term": {"term": "name"},
    "language": {"language": "name"},
    "service_area": {"service_area": "name"},
    "accessibility": {"accessibility": "description"},
    "schedule": {"weekday": "byday"},
    "attribute": {"service_id": "link_id", "taxonomy_id": "taxonomy_term_id"},
}
_FIXED_VALUES: Mapping[str, Mapping[str, str]] = {
    "physical_addresses": {"address_type": "physical"},
    "postal_addresses": {"address_type": "postal"},
    "service_attributes": {"link_entity": "service"},
    "service_taxonomy": {"link_entity": "service"},
}
_NOTHING: Mapping[str, str] = MappingProxyType({})

# table -> its columns that refer, and the table they refer to
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "organization": {"parent_organization_id": "organization"},
    "program": {"organization_id": "organization"},
    "service": {"organization_id": "organization", "program_id": "program"},
    "service_at_location": {"service_id": "service", "location_id": "location"},
    "attribute": {"taxonomy_term_id": "taxonomy_term"},
    "location": {"organization_id": "organization"},
    "phone": {
        "location_id": "location",
        "service_id": "service",
        "organization_id": "organization",
        "contact_id": "contact",
        "service_at_location_id": "service_at_location",
    },
    "contact": {
        "organization_id": "organization",
        "service_id": "service",
        "service_at_location_id": "service_at_location",
        "location_id": "location",
    },
    "address": {"location_id": "location"},
    "schedule": {
        "service_id": "service",
        "location_id": "location",
        "service_at_location_id": "service_at_location",
    },
    "funding": {"organization_id": "organization", "service_id": "service"},
    "service_area": {"service_id": "service"},
    "required_document": {"service_id": "service"},
    "language": {"service_id": "service", "location_id": "location", "phone_id": "phone"},
    "accessibility": {"location_id": "location"},
    "taxonomy_term": {"parent_id": "taxonomy_term", "taxonomy_id": "taxonomy"},
    "cost_option": {"service_id": "service"},
    "organization_identifier": {"organization_id": "organization"},
    "service_capacity": {"service_id": "service", "unit_id": "unit"},
    "url": {"organization_id": "organization", "service_id": "service"},
}
CIRCLES: Mapping[str, str] = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}
NUMBERS: Mapping[str, frozenset[str]] = {
    "organization": frozenset({"year_incorporated"}),
    "service": frozenset({"minimum_age", "maximum_age"}),
    "location": frozenset({"latitude", "longitude"}),
    "phone": frozenset({"extension"}),
    "schedule": frozenset({"timezone", "count", "interval"}),
    "cost_option": frozenset({"amount"}),
    "service_capacity": frozenset({"available", "maximum"}),
}
DATES: Mapping[str, tuple[str, ...]] = {
    "service": ("assured_date",),
    "schedule": ("valid_from", "valid_to", "dtstart", "until"),
    "cost_option": ("valid_from", "valid_to"),
    "metadata": ("last_action_date",),
    "service_capacity": ("updated",),
}
TIMES: Mapping[str, tuple[str, ...]] = {"schedule": ("opens_at", "closes_at")}

# columns without which a row means nothing to the network
NEEDED: Mapping[str, tuple[str, ...]] = {
    "organization": ("name",),
    "service": ("name", "organization_id"),
    "service_at_location": ("service_id", "location_id"),
    "attribute": ("link_id", "taxonomy_term_id"),
    "taxonomy_term": ("name",),
    "service_capacity": ("service_id", "available"),
}
# columns that the standard wants filled, and the network can do without
EXPECTED: Mapping[str, tuple[str, ...]] = {
    "organization": ("description",),
    "service": ("status",),
    "location": ("location_type",),
    "address": ("address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "phone": ("number",),
    "program": ("name", "description", "organization_id"),
    "taxonomy": ("name", "description"),
    "taxonomy_term": ("description",),
    "attribute": ("link_entity",),
    "cost_option": ("service_id",),
    "organization_identifier": ("organization_id", "identifier_type", "identifier"),
    "service_capacity": ("unit_id", "updated"),
    "unit": ("name",),
    "url": ("url",),
}


def entity_of(file: str) -> str:
    """Return the table of HSDS 3 that a file holds, or the file's own name when it is none of them.

    Examples
    --------
    >>> entity_of("services_at_location.csv"), entity_of("notes.csv")
    ('service_at_location', 'notes')
    """
    stem = PurePosixPath(file).stem
    return _ENTITIES.get(stem, stem)


def column_names(entity: str, columns: Sequence[str]) -> Iterator[str]:
    """Yield the names of HSDS 3 for the columns of a table."""
    older = _COLUMNS_OF_2.get(entity, _NOTHING)
    for column in columns:
        newer = older.get(column, column)
        yield column if newer != column and newer in columns else newer


def fixed_values(file: str) -> Mapping[str, str]:
    """Return what the name of an HSDS 2 file tells of each of its rows."""
    return _FIXED_VALUES.get(PurePosixPath(file).stem, _NOTHING)


def is_version_2(file: str, columns: Sequence[str]) -> bool:
    """Tell whether a file or its columns bear names that only HSDS 2 has."""
    if PurePosixPath(file).stem in _FILES_OF_2:
        return True
    names = column_names(entity_of(file), columns)
    return any(name != column for name, column in zip(names, columns, strict=True))
