# SPDX-License-Identifier: EUPL-1.2
"""What a network knows to hang a signal on: its areas, topics and groups of residents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scharnier.apps.people import rows as people_rows
from scharnier.apps.people.models import Area, ResidentGroup, Topic
from scharnier.core import network
from scharnier.core.kernel import AreaId, Invalid, NetworkId, ResidentGroupId, TopicId
from scharnier.core.signals import Place, PlaceUnclear, Precision, Spot, index_broader
from scharnier.formats import skos

Broader = Mapping[TopicId, frozenset[TopicId]]  # every topic, with itself and all that is broader


class UnknownSubject(Invalid):
    """A topic or a group of residents is not in the network."""

    code = "signals.unknown_subject"


def place_within(place: Place, *, network_id: NetworkId) -> Place:
    """Return a place with its area and the middle of it, as far as the network knows them.

    Raises
    ------
    PlaceUnclear
        When the network knows no such area, or nothing tells where it is so that it could count.
    """
    return place_among(place, areas=read_areas(network_id))


def read_areas(network_id: NetworkId) -> dict[AreaId, network.Area]:
    """Return the areas of a network."""
    found = Area.objects.filter(network_id=network_id).select_related("parent")
    return {area.id: area for area in map(people_rows.area_value, found)}


def place_among(place: Place, *, areas: Mapping[AreaId, network.Area]) -> Place:
    """Return a place with its area and the middle of it, among areas that were read before.

    Raises
    ------
    PlaceUnclear
        As `place_within`.
    """
    spot, area_id = place.spot, place.area_id
    if area_id is not None and area_id not in areas:
        raise PlaceUnclear(lacks="area")
    if spot is not None and area_id is None:
        area_id = network.area_around(spot.longitude, spot.latitude, areas.values())
    if area_id is None and spot is None:
        raise PlaceUnclear(lacks="area")
    if spot is None and area_id is not None and _is_whole(place, areas[area_id]):
        spot = spot_of(areas[area_id])
    return replace(place, spot=spot, area_id=area_id)


def middles(network_id: NetworkId) -> dict[AreaId, Spot]:
    """Return the middle of each area of a network that has an outline."""
    found = Area.objects.filter(network_id=network_id).select_related("parent")
    spots = {area.id: spot_of(area) for area in map(people_rows.area_value, found)}
    return {area_id: spot for area_id, spot in spots.items() if spot is not None}


def spot_of(area: network.Area) -> Spot | None:
    """Return the middle of an area, where its outline is known."""
    middle = network.middle_of(area.outline)
    return Spot(longitude=middle[0], latitude=middle[1]) if middle else None


def _is_whole(place: Place, area: network.Area) -> bool:
    """Tell whether the middle of an area says where a place is: the whole of it, or in a street."""
    return place.precision is Precision.AREA or area.kind is network.AreaKind.STREET


def check_subjects(
    topics: Iterable[TopicId], groups: Iterable[ResidentGroupId], *, network_id: NetworkId
) -> None:
    """Let topics and groups pass that are in the network, and topics of our thesaurus.

    Raises
    ------
    UnknownSubject
    """
    of_product = {topic.id for topic in skos.load_thesaurus()}
    for model, ids in ((Topic, set(topics) - of_product), (ResidentGroup, set(groups))):
        if ids:
            there = model.objects.filter(network_id=network_id, text_id__in=ids)
            lacking = ids - set(there.values_list("text_id", flat=True))
            if lacking:
                raise UnknownSubject(subject=min(lacking))


def broader_topics(network_id: NetworkId) -> Broader:
    """Return every topic with all that is broader: of our thesaurus, and as the network says it."""
    known = {topic.id: topic for topic in skos.load_thesaurus()}
    found = Topic.objects.filter(network_id=network_id)
    known |= {topic.id: topic for topic in map(people_rows.topic_value, found)}
    return index_broader(known.values())
