# SPDX-License-Identifier: EUPL-1.2
"""The places where nothing counts, and the places whose point is known; for who keeps the network."""

from __future__ import annotations

from dataclasses import dataclass

from scharnier.apps.members import access as members
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import models
from scharnier.core import network, situations
from scharnier.core.kernel import Actor
from scharnier.core.policy import Act, Kind
from scharnier.core.signals import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedPlace:
    """A square in which nothing counts."""

    square: str
    words: str  # what it is called; may be empty
    area_name: str  # empty: in no area that we know the outline of
    middle: Spot


def excluded_places(actor: Actor) -> tuple[ExcludedPlace, ...]:
    """Return the places where nothing counts, by name (raises NotForThisRole)."""
    members.demand(actor, Act.SEE, Kind.EXCLUDED_PLACE)
    ground = models.ScanGround.objects.filter(network_id=actor.network_id).first()
    if ground is None or not ground.excluded:
        return ()
    areas = signals.areas_of(actor.network_id)
    names = {area.id: area.name for area in areas}
    found = []
    for square in ground.excluded:
        middle = situations.spot_of_square(square)
        area_id = network.area_around(middle.longitude, middle.latitude, areas)
        found.append(
            ExcludedPlace(
                square=square,
                words=ground.excluded_words.get(square, ""),
                area_name=names[area_id] if area_id is not None else "",
                middle=middle,
            )
        )
    return tuple(sorted(found, key=lambda each: (not each.words, each.words.casefold(), each.square)))


def excluded_place(square: str, *, actor: Actor) -> ExcludedPlace:
    """Return one place where nothing counts.

    Raises
    ------
    NotForThisRole
    PlaceNotExcluded
    """
    for each in excluded_places(actor):
        if each.square == square:
            return each
    raise situations.PlaceNotExcluded(square=square)


def may_exclude(actor: Actor) -> bool:
    """Tell whether somebody sees which places never count."""
    return members.may(actor, Act.SEE, Kind.EXCLUDED_PLACE)
