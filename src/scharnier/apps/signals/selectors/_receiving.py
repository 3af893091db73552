# SPDX-License-Identifier: EUPL-1.2
"""What the form for residents needs, which anybody may open: names of areas, and who reads."""

from __future__ import annotations

from dataclasses import dataclass

from scharnier.apps import wall
from scharnier.apps.members import access as members
from scharnier.apps.people import access as people
from scharnier.apps.people import selectors as people_selectors
from scharnier.apps.people.models import Network
from scharnier.apps.signals import access, models
from scharnier.apps.signals.selectors._entry import MOST_TOPICS, Choices, areas_of
from scharnier.core import network, policy
from scharnier.core.kernel import Actor, NetworkId, PersonId, Role, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoor:
    """A network that takes signals of residents."""

    network_id: NetworkId
    network_name: str
    organization_name: str  # who reads
    areas: tuple[network.Area, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Who reads what residents tell, for who may choose that."""

    organization_id: str  # empty: nobody, the form is closed
    organizations: Choices


def open_door(network_id: NetworkId) -> OpenDoor:
    """Return the door through which residents tell signals.

    Raises
    ------
    FormClosed
        Also when there is no such network.
    """
    with wall.in_network(network_id):
        organization = access.reception(network_id)
        name = Network.objects.values_list("name", flat=True).get(id=network_id)
        return OpenDoor(
            network_id=network_id,
            network_name=name,
            organization_name=organization.name,
            areas=areas_of(network_id),
        )


def recognise_topics(said: str, *, network_id: NetworkId, language: str) -> frozenset[TopicId]:
    """Return what the words of a resident are about; who reads them can mend that."""
    anybody = Actor(network_id=network_id, person_id=PersonId(""), role=Role.RESIDENT)
    found = people_selectors.find_topics(said, actor=anybody, language=language)
    return frozenset(TopicId(topic_id) for topic_id, _ in found[:MOST_TOPICS])


def read_reception(actor: Actor) -> Reception:
    """Return who reads what residents tell in the actor's network.

    Raises
    ------
    NotForThisRole
    """
    members.demand(actor, policy.Act.CHANGE, policy.Kind.NETWORK)
    row = models.Reception.objects.filter(network_id=actor.network_id).select_related("organization").first()
    organizations = people.organizations(actor).order_by("name", "pk").values_list("text_id", "name")
    return Reception(
        organization_id=row.organization.text_id if row else "", organizations=tuple(organizations)
    )
