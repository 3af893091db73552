# SPDX-License-Identifier: EUPL-1.2
"""Degrees to metres around a middle, and back: flat enough for a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

EARTH_M: Final = 6_371_008.8  # mean radius

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A flat map around a middle: metres to the east and to the north of it.

    Notes
    -----
    Degrees of longitude are as wide as at the middle (equirectangular): true to a thousandth over a
    municipality.

    Examples
    --------
    >>> flat = Projection(longitude=5.1213, latitude=52.0907)
    >>> [round(metres) for metres in flat.to_metres((5.1213, 52.0917))]
    [0, 111]
    """

    longitude: float  # degrees, of the middle
    latitude: float

    @classmethod
    def around(cls, places: Sequence[Pair]) -> Projection:
        """Return the map around the middle of some places.

        Parameters
        ----------
        places
            n >= 1 pairs of longitude and latitude, degrees.

        Examples
        --------
        >>> Projection.around([(5.0, 52.0), (5.2, 52.2)])
        Projection(longitude=5.1, latitude=52.1)
        """
        longitudes, latitudes = zip(*places, strict=True)
        return cls(
            longitude=(min(longitudes) + max(longitudes)) / 2, latitude=(min(latitudes) + max(latitudes)) / 2
        )

    @property
    def _scale(self) -> Pair:
        return radians(1) * EARTH_M * cos(radians(self.latitude)), radians(1) * EARTH_M

    def to_metres(self, place: Pair) -> Pair:
        """Return metres east and north of the middle.

        Parameters
        ----------
        place
            Longitude and latitude, degrees.

        Examples
        --------
        >>> Projection(longitude=5.0, latitude=52.0).to_metres((5.0, 52.0))
        (0.0, 0.0)
        """
        return (place[0] - self.longitude) * self._scale[0], (place[1] - self.latitude) * self._scale[1]

    def to_degrees(self, place: Pair) -> Pair:
        """Return longitude and latitude, to a decimetre.

        Parameters
        ----------
        place
            Metres east and north of the middle.

        Examples
        --------
        >>> Projection(longitude=5.0, latitude=52.0).to_degrees((0.0, 0.0))
        (5.0, 52.0)
        """
        return (
            round(self.longitude + place[0] / self._scale[0], 6),
            round(self.latitude + place[1] / self._scale[1], 6),
        )
