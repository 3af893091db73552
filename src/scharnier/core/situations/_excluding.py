# SPDX-License-Identifier: EUPL-1.2
"""Places where nothing counts: institutions, and where partners are themselves."""

from __future__ import annotations

from scharnier.core.kernel import Invalid, NotFound
from scharnier.core.signals import Place
from scharnier.core.situations._squares import name_square


class PlaceNotExact(Invalid):
    """Nobody knows where it is on the map: a whole street or neighbourhood, or an address we do not know."""

    code = "situations.place_not_exact"


class PlaceNotExcluded(NotFound):
    """That place is not among those where nothing counts."""

    code = "situations.place_not_excluded"


def exclude_square(place: Place) -> str:
    """Return the square that a place lies in, in which nothing counts from then on.

    Parameters
    ----------
    place
        A point, or an address of which the point is known.

    Raises
    ------
    PlaceNotExact
        A whole street or neighbourhood would hush up what people meet there.

    Examples
    --------
    >>> from scharnier.core.signals import Precision, Spot
    >>> home = Spot(longitude=5.1213, latitude=52.0907)
    >>> exclude_square(Place(precision=Precision.ADDRESS, words="Marsstraat 12", spot=home))
    '52.09088 5.12080'
    """
    if place.spot is None:
        raise PlaceNotExact(words=place.words)
    return name_square(place.spot)
