# SPDX-License-Identifier: EUPL-1.2
"""Coordinates of the Rijksdriehoeksmeting (EPSG:28992, in metres) as degrees WGS 84."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Metres = NDArray[np.float64]
Terms = Mapping[tuple[int, int], float]  # powers of x and y -> seconds of arc

X_0, Y_0 = 155_000.0, 463_000.0  # metres, the tower of Amersfoort
LATITUDE_0, LONGITUDE_0 = 52.15517440, 5.38720621  # degrees, the same tower
SCALE_M = 100_000.0  # what x and y are counted in
SECONDS = 3600.0  # of arc in a degree

LATITUDE: Terms = MappingProxyType(
    {
        (0, 1): 3235.65389,
        (2, 0): -32.58297,
        (0, 2): -0.24750,
        (2, 1): -0.84978,
        (0, 3): -0.06550,
        (2, 2): -0.01709,
        (1, 0): -0.00738,
        (4, 0): 0.00530,
        (2, 3): -0.00039,
        (4, 1): 0.00033,
        (1, 1): -0.00012,
    }
)
LONGITUDE: Terms = MappingProxyType(
    {
        (1, 0): 5260.52916,
        (1, 1): 105.94684,
        (1, 2): 2.45656,
        (3, 0): -0.81885,
        (1, 3): 0.05594,
        (3, 1): -0.05607,
        (0, 1): 0.01199,
        (3, 2): -0.00256,
        (1, 4): 0.00128,
        (0, 2): 0.00022,
        (2, 0): -0.00022,
        (5, 0): 0.00026,
    }
)


def to_degrees(points: Metres) -> NDArray[np.float64]:
    """Return points of the Rijksdriehoeksmeting in WGS 84.

    Parameters
    ----------
    points
        Shape (n, 2): x to the east and y to the north in metres, within the Netherlands.

    Returns
    -------
    array, shape (n, 2)
        Longitude and latitude in degrees.

    Notes
    -----
    The published approximation by polynomials [1]_ instead of RDNAPTRANS, whose grids weigh megabytes. It is
    within a metre of it on land; a line of a map is drawn some metres wide, and outlines are kept to a metre.

    References
    ----------
    .. [1] F.H. Schreutelkamp and G.L. Strang van Hees (2001), "Benaderingsformules voor de transformatie
       tussen RD- en WGS84-kaartcoordinaten", Geodesia 43, 64-69.

    Examples
    --------
    >>> to_degrees(np.array([[155000.0, 463000.0]])).round(5).tolist()
    [[5.38721, 52.15517]]
    """
    x, y = (points[:, 0] - X_0) / SCALE_M, (points[:, 1] - Y_0) / SCALE_M
    latitude = LATITUDE_0 + _sum_terms(LATITUDE, x=x, y=y) / SECONDS
    longitude = LONGITUDE_0 + _sum_terms(LONGITUDE, x=x, y=y) / SECONDS
    return np.column_stack([longitude, latitude])


def _sum_terms(terms: Terms, *, x: Metres, y: Metres) -> Metres:
    total = np.zeros_like(x)
    for (power_x, power_y), coefficient in terms.items():
        total += coefficient * x**power_x * y**power_y
    return total
