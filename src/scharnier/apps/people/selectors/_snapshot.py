# SPDX-License-Identifier: EUPL-1.2
"""Reads of a whole network as a value, and of the revision it is at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from scharnier.apps import wall
from scharnier.apps.people import cards, models, rows
from scharnier.core import network, referral
from scharnier.core.kernel import NetworkId, NotFound

_Row = TypeVar("_Row", bound=Model)
_Value = TypeVar("_Value")


class NetworkNotFound(NotFound):
    """No such network in this installation."""

    code = "people.network_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A network and what came of earlier questions, at one revision."""

    revision: str
    network: network.Network
    outcomes: tuple[referral.Outcome, ...]


@wall.holding(wall.NETWORKS)
def network_ids() -> tuple[NetworkId, ...]:
    """Return the networks of this installation, for work that goes past all of them; not for pages."""
    found = models.Network.objects.order_by("id").values_list("id", flat=True)
    return tuple(map(NetworkId, found))


def each_network() -> Iterator[NetworkId]:
    """Return the networks of this installation one by one, and work in each until the next is asked for."""
    for network_id in network_ids():
        with wall.in_network(network_id):
            yield network_id


def revision(network_id: NetworkId) -> str:
    """Return the revision a network is at.

    Raises
    ------
    NetworkNotFound
    """
    found = models.Network.objects.filter(id=network_id).values_list("revision", flat=True).first()
    if found is None:
        raise NetworkNotFound(network_id=network_id)
    return found


@transaction.atomic
def read_snapshot(network_id: NetworkId) -> Snapshot:
    """Return a whole network with what was learned, as they stood at one moment.

    Raises
    ------
    NetworkNotFound

    Notes
    -----
    Every change bumps the revision of the network's row before it ends, so holding that row keeps all
    changes out while the parts are read; SQLite's immediate transaction does the same.
    """
    row = models.Network.objects.select_for_update().filter(id=network_id).first()
    if row is None:
        raise NetworkNotFound(network_id=network_id)
    outcomes = row.outcomes.select_related("person", "organization", "community")
    return Snapshot(
        revision=row.revision, network=_network(row), outcomes=_values(outcomes, rows.outcome_value)
    )


def _network(row: models.Network) -> network.Network:
    members = row.memberships.filter(is_confirmed=True).select_related(
        "person", "organization", "community", "resident_group", "successor"
    )
    return network.Network(
        id=NetworkId(row.id),
        name=row.name,
        language=row.language,
        areas=_values(row.areas.select_related("parent"), rows.area_value),
        locations=_values(row.locations.select_related("area"), rows.location_value),
        topics=_values(row.topics.all(), rows.topic_value),
        organizations=_values(row.organizations.select_related("parent"), rows.organization_value),
        services=_values(row.services.select_related("organization"), rows.service_value),
        communities=_values(row.communities.all(), rows.community_value),
        resident_groups=_values(row.resident_groups.all(), rows.resident_group_value),
        persons=_values(row.persons.prefetch_related("consents", "checks"), _shown_person),
        memberships=_values(members, rows.membership_value),
        ties=_values(row.ties.select_related("source", "target"), rows.tie_value),
    )


def _shown_person(row: models.Person) -> network.Person:
    """Return a person without what they keep to themselves: a network as a value has many readers."""
    return rows.hide_fields(rows.person_value(row), cards.private_fields(row.visibility))


def _values(found: QuerySet[_Row], value: Callable[[_Row], _Value]) -> tuple[_Value, ...]:
    return tuple(value(row) for row in found.order_by("pk"))
