# SPDX-License-Identifier: EUPL-1.2
"""What files of other systems point at: the organizations and places of a network, and none of its people."""

from __future__ import annotations

from scharnier.apps.people import access as people
from scharnier.apps.people import rows
from scharnier.apps.people.models import Network
from scharnier.core import network
from scharnier.core.kernel import Actor, NetworkId


def read_bodies(actor: Actor) -> network.Network:
    """Return the actor's network as far as no person stands in it, as the actor may see it."""
    row = Network.objects.get(id=actor.network_id)
    return network.Network(
        id=NetworkId(row.id),
        name=row.name,
        language=row.language,
        areas=tuple(map(rows.area_value, people.areas(actor).select_related("parent").order_by("pk"))),
        topics=tuple(map(rows.topic_value, people.topics(actor).order_by("pk"))),
        organizations=tuple(
            map(rows.organization_value, people.organizations(actor).select_related("parent").order_by("pk"))
        ),
        services=tuple(
            map(rows.service_value, people.services(actor).select_related("organization").order_by("pk"))
        ),
        communities=tuple(map(rows.community_value, people.communities(actor).order_by("pk"))),
        resident_groups=tuple(map(rows.resident_group_value, people.resident_groups(actor).order_by("pk"))),
    )
