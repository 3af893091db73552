# SPDX-License-Identifier: EUPL-1.2
"""A network as tables, for people and programs that work with rows."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from enum import StrEnum

from scharnier.core import network
from scharnier.formats.tables._building import Item, item_values
from scharnier.formats.tables._cells import guarded
from scharnier.formats.tables._columns import sheet_forms
from scharnier.formats.tables._grids import Grid

NAMES: Mapping[str, str] = {
    "areas": "areas",
    "organizations": "organizations",
    "communities": "communities",
    "resident_groups": "groups",
    "persons": "people",
    "memberships": "memberships",
    "ties": "ties",
}


def write_tables(whole: network.Network) -> tuple[Grid, ...]:
    """Return a grid for each part, in English, every row as `read_tables` takes it.

    Notes
    -----
    Of several consents of one person to one purpose the last stays. Choose who may be in it first, with
    `formats.listing.only_listed`. O(size of the network).
    """
    return tuple(
        Grid(name=NAMES[part], rows=(_headings(part), *(_row(part, item) for item in getattr(whole, part))))
        for part in sheet_forms()
    )


def _headings(part: str) -> tuple[str, ...]:
    return tuple(column.en for column in sheet_forms()[part].columns.values())


def _row(part: str, item: Item) -> tuple[str, ...]:
    values = item_values(item)
    return tuple(_written(values.get(field)) for field in sheet_forms()[part].columns)


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Set | tuple):
        return guarded("; ".join(sorted(value) if isinstance(value, Set) else value))
    return guarded(str(value)) if isinstance(value, str) else str(value)
