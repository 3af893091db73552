# SPDX-License-Identifier: EUPL-1.2
"""Who can do something for an organization: who has a role in it now, as far as the asker may know."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Membership
from scharnier.core import policy
from scharnier.core.kernel import Actor, Role


def roles_in(organization_ids: Collection[str], *, actor: Actor, on: date) -> QuerySet[people.SeenMembership]:
    """Return the roles that people have in organizations now, as the actor may know of them."""
    found = people.memberships(actor, on=on).filter(_runs(on))
    return found.filter(is_confirmed=True, organization__text_id__in=sorted(organization_ids))


def with_a_role(
    organization_ids: Collection[str], *, network_id: str, on: date
) -> frozenset[tuple[str, str]]:
    """Return who has a role in which organization now, in identifiers; for no eye, to tell who has left."""
    roles = Membership.objects.filter(_runs(on), network_id=network_id, is_confirmed=True)
    found = roles.filter(organization__text_id__in=sorted(organization_ids))
    return frozenset(found.values_list("organization__text_id", "person__text_id"))


def accounts_for(organization_ids: Collection[str], *, network_id: str, on: date) -> QuerySet[Account]:
    """Return who acts for organizations on the site now."""
    roles = Membership.objects.filter(_runs(on), network_id=network_id, is_confirmed=True)
    roles = roles.filter(organization__text_id__in=sorted(organization_ids))
    found = Account.objects.filter(network_id=network_id, person__in=roles.values("person"))
    return found.filter(role__in=_taking_part()).select_related("user", "person", "network").order_by("pk")


def _taking_part() -> list[str]:
    """Return the roles that may read what their organization takes part in."""
    conditions = ((role, policy.conditions_for(role, policy.Act.SEE, policy.Kind.SITUATION)) for role in Role)
    return [role.value for role, found in conditions if policy.Condition.IN_COALITION in found]


def _runs(on: date) -> Q:
    began = Q(start_date__isnull=True) | Q(start_date__lte=on)
    return began & (Q(end_date__isnull=True) | Q(end_date__gte=on))
