# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a file of areas."""

from __future__ import annotations

from scharnier.core.kernel import Invalid


class NotGeoJson(Invalid):
    """The file is no GeoJSON with a collection of features."""

    code = "areas_geojson.not_geojson"


class NoAreas(Invalid):
    """There is no area in the file that has a code and a name of Statistics Netherlands."""

    code = "areas_geojson.no_areas"


class TooLarge(Invalid):
    """The file is larger, or holds more areas, than one network has use for."""

    code = "areas_geojson.too_large"


class UnknownCoordinates(Invalid):
    """The coordinates are neither WGS 84 nor those of the Rijksdriehoeksmeting."""

    code = "areas_geojson.unknown_coordinates"


class UnreadableShape(Invalid):
    """An area has no polygon, or one that is not closed."""

    code = "areas_geojson.unreadable_shape"


class SelfCrossing(Invalid):
    """The outline of an area crosses itself, so that inside and outside cannot be told apart."""

    code = "areas_geojson.self_crossing"
