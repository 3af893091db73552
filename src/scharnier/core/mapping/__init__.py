# SPDX-License-Identifier: EUPL-1.2
"""Mapping: what of a network lies where, as far as everybody in it may know."""

from scharnier.core.mapping._laying import (
    AreaOnMap,
    Ground,
    MapSelection,
    PlaceOnMap,
    Scene,
    Tenant,
    lay_map,
)

__all__ = [
    "AreaOnMap",
    "Ground",
    "MapSelection",
    "PlaceOnMap",
    "Scene",
    "Tenant",
    "lay_map",
]
