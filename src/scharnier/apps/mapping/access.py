# SPDX-License-Identifier: EUPL-1.2
"""The only way to what is on a map on behalf of someone."""

from __future__ import annotations

from django.db.models import QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people import models, rows
from scharnier.core import mapping, policy
from scharnier.core.kernel import Actor, NotFound


class MapNotFound(NotFound):
    """The actor may see no areas or no organizations, so there is no map to see."""

    code = "mapping.map_not_found"


def check_may_see(actor: Actor) -> None:
    """Let those pass who may see places and organizations.

    Raises
    ------
    MapNotFound
    """
    kinds = (policy.Kind.PLACE, policy.Kind.ORGANIZATION)
    if not all(policy.conditions_for(actor.role, policy.Act.SEE, kind) for kind in kinds):
        raise MapNotFound


def locations(actor: Actor) -> QuerySet[models.Location]:
    """Return the places where services are given in the actor's network."""
    seen = people.allowed(actor, policy.Act.SEE, policy.Kind.PLACE, meaning={})
    return models.Location.objects.filter(seen, network_id=actor.network_id).order_by("pk")


def ground(actor: Actor) -> mapping.Ground:
    """Return the areas, locations, organizations and services that the actor may see."""
    return mapping.Ground(
        areas=tuple(map(rows.area_value, people.areas(actor).select_related("parent"))),
        locations=tuple(map(rows.location_value, locations(actor).select_related("area"))),
        organizations=tuple(
            map(rows.organization_value, people.organizations(actor).select_related("parent"))
        ),
        services=tuple(map(rows.service_value, people.services(actor))),
    )
