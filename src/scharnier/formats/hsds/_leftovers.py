# SPDX-License-Identifier: EUPL-1.2
"""What a package holds that has no place in a network."""

from __future__ import annotations

from collections.abc import Mapping

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._notes import NoteKind
from scharnier.formats.hsds._package import Package
from scharnier.formats.hsds._source import Source

# tables whose rows stay behind; contacts do so for a reason of their own
_TABLES: Mapping[str, NoteKind] = {
    "contact": NoteKind.PERSONS_LEFT_OUT,
    "program": NoteKind.NOT_TAKEN_OVER,
    "funding": NoteKind.NOT_TAKEN_OVER,
    "required_document": NoteKind.NOT_TAKEN_OVER,
    "accessibility": NoteKind.NOT_TAKEN_OVER,
    "metadata": NoteKind.NOT_TAKEN_OVER,
    "meta_table_description": NoteKind.NOT_TAKEN_OVER,
    "cost_option": NoteKind.NOT_TAKEN_OVER,
    "organization_identifier": NoteKind.NOT_TAKEN_OVER,
    "taxonomy": NoteKind.NOT_TAKEN_OVER,
    "url": NoteKind.NOT_TAKEN_OVER,
}
# columns that become part of the network; the others of these tables stay behind
_COLUMNS: Mapping[str, frozenset[str]] = {
    "organization": frozenset(
        {"id", "name", "alternate_name", "description", "email", "website", "parent_organization_id"}
    ),
    "service": frozenset(
        {
            "id",
            "organization_id",
            "name",
            "alternate_name",
            "description",
            "url",
            "email",
            "status",
            "application_process",
            "eligibility_description",
        }
    ),
    "location": frozenset({"id", "location_type", "name", "latitude", "longitude"}),
    "service_at_location": frozenset({"id", "service_id", "location_id"}),
}


def note_leftovers(package: Package, source: Source) -> None:
    """Count the tables, columns and files that a network has no place for."""
    for entity, kind in _TABLES.items():
        for record in source.records[entity]:
            source.notes.add_record(kind, record)
    _note_columns(source)
    for table in package.tables:
        if table.entity not in _names.FILES:
            source.notes.add(NoteKind.UNKNOWN_TABLE, file=table.file)
    if package.has_unreadable_descriptor:
        source.notes.add(NoteKind.UNREADABLE_DESCRIPTOR, file=_names.DESCRIPTOR)


def _note_columns(source: Source) -> None:
    for entity, taken in _COLUMNS.items():
        for record in source.records[entity]:
            for column, text in record.values.items():
                if column not in taken and text.strip():
                    source.notes.add_record(NoteKind.NOT_TAKEN_OVER, record, column=column)
