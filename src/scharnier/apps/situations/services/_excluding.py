# SPDX-License-Identifier: EUPL-1.2
"""Leave a place out of what stands out, and let it count again; from the next scan on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.members import access as members
from scharnier.apps.situations import models
from scharnier.apps.situations.services import _releasing as releasing
from scharnier.apps.situations.services import _scan_areas as scan_areas
from scharnier.core import policy, situations
from scharnier.core.kernel import Actor, NetworkId
from scharnier.core.policy import Kind
from scharnier.core.signals import Place


@transaction.atomic
def exclude_place(place: Place, *, actor: Actor, at: datetime) -> str:
    """Let nothing count in the square of a place, and return that square; what it is called may change.

    What was found and drawn before stays: an answer that was given never changes.

    Raises
    ------
    NotForThisRole
    PlaceNotExact
    """
    members.demand(actor, policy.Act.CREATE, Kind.EXCLUDED_PLACE)
    square = situations.exclude_square(place)
    middle = situations.spot_of_square(square)
    areas = scan_areas.read_areas(actor.network_id)
    releasing.open_ground(actor.network_id, scan_areas.middle_of(areas, other=middle))
    ground = models.ScanGround.objects.select_for_update().get(network_id=actor.network_id)
    is_new = square not in ground.excluded
    if not is_new and ground.excluded_words.get(square, "") == place.words:
        return square
    ground.excluded = sorted({*ground.excluded, square})
    ground.excluded_words = {**ground.excluded_words, square: place.words}
    ground.save(update_fields=["excluded", "excluded_words"])
    if is_new:
        _record("network.place_excluded", square, actor=actor, at=at)
    return square


@transaction.atomic
def count_again(square: str, *, actor: Actor, at: datetime) -> None:
    """Let a place count again, from the next scan on.

    Raises
    ------
    NotForThisRole
    PlaceNotExcluded
    """
    members.demand(actor, policy.Act.REMOVE, Kind.EXCLUDED_PLACE)
    ground = models.ScanGround.objects.select_for_update().filter(network_id=actor.network_id).first()
    if ground is None or square not in ground.excluded:
        raise situations.PlaceNotExcluded(square=square)
    ground.excluded = [each for each in ground.excluded if each != square]
    ground.excluded_words = {name: words for name, words in ground.excluded_words.items() if name != square}
    ground.save(update_fields=["excluded", "excluded_words"])
    _record("network.place_counted_again", square, actor=actor, at=at)


def excluded_squares(network_id: NetworkId) -> frozenset[str]:
    """Return the squares in which nothing counts."""
    found = models.ScanGround.objects.filter(network_id=network_id).values_list("excluded", flat=True).first()
    return frozenset(found or ())


def _record(act: str, square: str, *, actor: Actor, at: datetime) -> None:
    facts = {"square": square.replace(" ", "/")}  # facts hold no spaces
    log.record(actor=actor, act=act, kind="network", object_id=actor.network_id, at=at, facts=facts)
