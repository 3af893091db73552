# SPDX-License-Identifier: EUPL-1.2
"""Areas out of GeoJSON: districts and neighbourhoods of Statistics Netherlands, as PDOK serves them."""

from scharnier.formats.areas_geojson._faults import (
    NoAreas,
    NotGeoJson,
    SelfCrossing,
    TooLarge,
    UnknownCoordinates,
    UnreadableShape,
)
from scharnier.formats.areas_geojson._reading import MOST_AREAS, MOST_BYTES, read_areas
from scharnier.formats.areas_geojson._rijksdriehoek import to_degrees

__all__ = [
    "MOST_AREAS",
    "MOST_BYTES",
    "NoAreas",
    "NotGeoJson",
    "SelfCrossing",
    "TooLarge",
    "UnknownCoordinates",
    "UnreadableShape",
    "read_areas",
    "to_degrees",
]
