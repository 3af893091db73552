# SPDX-License-Identifier: EUPL-1.2
"""Which objects HSDS 3 nests in which, and which column of a table says the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scharnier.formats.hsds import _names

# key of a list -> the kind of object in it
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "services": "service",
        "locations": "location",
        "programs": "program",
        "funding": "funding",
        "contacts": "contact",
        "phones": "phone",
        "organization_identifiers": "organization_identifier",
        "schedules": "schedule",
        "service_areas": "service_area",
        "service_at_locations": "service_at_location",
        "languages": "language",
        "cost_options": "cost_option",
        "required_documents": "required_document",
        "service_capacities": "service_capacity",
        "addresses": "address",
        "accessibility": "accessibility",
        "attributes": "attribute",
        "metadata": "metadata",
        "additional_websites": "url",
        "additional_urls": "url",
    }
)
# key of one object -> its kind and the column that refers to it
SINGLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "organization": ("organization", "organization_id"),
        "program": ("program", "program_id"),
        "service": ("service", "service_id"),
        "location": ("location", "location_id"),
        "taxonomy_term": ("taxonomy_term", "taxonomy_term_id"),
        "taxonomy_detail": ("taxonomy", "taxonomy_id"),
        "unit": ("unit", "unit_id"),
    }
)
# kind of object -> the keys under which the full form nests others, as the specification's examples do
FULL_FORM: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "organization": (
            "funding",
            "contacts",
            "phones",
            "locations",
            "programs",
            "organization_identifiers",
            "services",
            "additional_websites",
            "attributes",
            "metadata",
        ),
        "service": (
            "phones",
            "schedules",
            "service_areas",
            "service_at_locations",
            "languages",
            "organization",
            "funding",
            "cost_options",
            "program",
            "required_documents",
            "contacts",
            "service_capacities",
            "additional_urls",
            "attributes",
            "metadata",
        ),
        "service_at_location": (
            "contacts",
            "phones",
            "schedules",
            "location",
            "service",
            "attributes",
            "metadata",
        ),
        "location": (
            "languages",
            "addresses",
            "contacts",
            "accessibility",
            "phones",
            "schedules",
            "attributes",
            "metadata",
        ),
        "contact": ("phones", "attributes", "metadata"),
        "phone": ("languages", "attributes", "metadata"),
        "attribute": ("taxonomy_term", "metadata"),
        "taxonomy_term": ("taxonomy_detail", "metadata"),
        "service_capacity": ("unit",),
    }
)
_LINKS: Mapping[str, tuple[str, str]] = {
    "attribute": ("link_id", "link_entity"),
    "metadata": ("resource_id", "resource_type"),
}


def links(entity: str, *, parent: str, parent_id: str) -> Mapping[str, str]:
    """Return the cells by which a table says that a row lies under another.

    Examples
    --------
    >>> links("phone", parent="contact", parent_id="c-1")
    {'contact_id': 'c-1'}
    >>> links("attribute", parent="service", parent_id="s-1")
    {'link_id': 's-1', 'link_entity': 'service'}
    """
    if entity in _LINKS:
        identifier, kind = _LINKS[entity]
        return {identifier: parent_id, kind: parent}
    column = f"{parent}_id"
    return {column: parent_id} if column in _names.REFERENCES.get(entity, {}) else {}


def parent_column(entity: str, *, parent: str) -> str:
    """Return the column in which a row names the one it lies under."""
    return _LINKS[entity][0] if entity in _LINKS else f"{parent}_id"


def implied_columns(entity: str) -> frozenset[str]:
    """Return the columns that the full form leaves out, since nesting says them."""
    references = set(_names.REFERENCES.get(entity, ())) - {_names.CIRCLES.get(entity)}
    return frozenset(references | {_LINKS[entity][0]} if entity in _LINKS else references)
