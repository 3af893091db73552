# SPDX-License-Identifier: EUPL-1.2
"""What the form of a signal needs: places that everybody knows, topics, groups, and for whom one can tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from scharnier.apps.mapping import access as mapping
from scharnier.apps.people import access as people
from scharnier.apps.people import rows as people_rows
from scharnier.apps.people import selectors as people_selectors
from scharnier.apps.people.models import Area
from scharnier.apps.signals import access
from scharnier.core import mapping as on_map
from scharnier.core import network
from scharnier.core.kernel import Actor, NetworkId

Choices = tuple[tuple[str, str], ...]
MOST_TOPICS = 8  # to choose from


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is known to choose from, before any text."""

    areas: tuple[network.Area, ...]
    locations: tuple[network.Location, ...]
    groups: Choices
    owners: Choices


def read_ground(actor: Actor) -> Ground:
    """Return what a member can choose from.

    Notes
    -----
    Of addresses only those where an organization gives a service, as on the map: another could be
    somebody's home, and the box to look in is no index of residents.
    """
    scene = on_map.lay_map(mapping.ground(actor), on_map.MapSelection())
    owners = people.organizations(actor).filter(text_id__in=sorted(actor.acts_for)).order_by("name", "pk")
    return Ground(
        areas=areas_of(actor.network_id),
        locations=tuple(place.location for place in scene.places),
        groups=tuple(people.resident_groups(actor).values_list("text_id", "name")),
        owners=tuple(owners.values_list("text_id", "name")),
    )


def areas_of(network_id: NetworkId) -> tuple[network.Area, ...]:
    """Return the areas of a network, streets among them."""
    found = Area.objects.filter(network_id=network_id).select_related("parent").order_by("pk")
    return tuple(map(people_rows.area_value, found))


def suggest_topics(said: str, *, actor: Actor, language: str) -> Choices:
    """Return the topics that a text is about, best first."""
    found = people_selectors.find_topics(said, actor=actor, language=language)
    return found[:MOST_TOPICS]


def name_topics(topic_ids: Collection[str], *, actor: Actor, language: str) -> Choices:
    """Return topics with their names, by name."""
    return people_selectors.topic_choices(topic_ids, actor=actor, language=language)


def used_topics(actor: Actor, *, language: str) -> Choices:
    """Return the topics of the signals that the actor may read."""
    told = access.signals(actor).order_by().values_list("topic_ids", flat=True)
    return name_topics({topic_id for ids in told for topic_id in ids}, actor=actor, language=language)


def name_area(area_id: str | None, *, network_id: NetworkId) -> str:
    """Return what an area is called; empty when it is not on the map any more."""
    found = Area.objects.filter(network_id=network_id, text_id=area_id or "")
    return found.values_list("name", flat=True).first() or ""


def name_areas(area_ids: Collection[str], *, network_id: NetworkId) -> dict[str, str]:
    """Return what areas are called."""
    found = Area.objects.filter(network_id=network_id, text_id__in=sorted(area_ids))
    return dict(found.values_list("text_id", "name"))


def name_groups(group_ids: Collection[str], *, actor: Actor) -> tuple[str, ...]:
    """Return what groups of residents are called, by name."""
    found = people.resident_groups(actor).filter(text_id__in=sorted(group_ids)).order_by("name", "pk")
    return tuple(found.values_list("name", flat=True))
