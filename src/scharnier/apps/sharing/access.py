# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of what is shared: of one's own card, or with oneself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from scharnier.apps.sharing import models
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId, NotFound, Role
from scharnier.core.sharing import AudienceKind


class SharingNotFound(NotFound):
    """No such sharing of the actor's own card."""

    code = "sharing.not_found"


def _running(network_id: NetworkId, *, at: datetime) -> QuerySet[models.Sharing]:
    return models.Sharing.objects.filter(
        network_id=network_id, starts_at__lte=at, ends_at__gt=at, revoked_at__isnull=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """With whom something can be shared so that one person sees it."""

    network_id: NetworkId
    persons: Collection[str] | QuerySet[Model, Any]  # that one person
    role: Role
    organizations: Collection[str] | QuerySet[Model, Any]  # the person acts for


def running_for(audience: Audience, *, at: datetime) -> QuerySet[models.Sharing]:
    """Return what is shared at a moment with a person."""
    condition = Q(audience_kind=AudienceKind.PERSON.value, audience_id__in=audience.persons)
    condition |= Q(audience_kind=AudienceKind.ROLE.value, audience_id=audience.role.value)
    condition |= Q(audience_kind=AudienceKind.ORGANIZATION.value, audience_id__in=audience.organizations)
    return _running(audience.network_id, at=at).filter(condition)


def received(actor: Actor, *, at: datetime) -> QuerySet[models.Sharing]:
    """Return what is shared with the actor at a moment, what ends last first."""
    audience = Audience(
        network_id=actor.network_id,
        persons=[actor.person_id],
        role=actor.role,
        organizations=sorted(actor.acts_for),
    )
    return running_for(audience, at=at).order_by("-ends_at", "pk")


def given(actor: Actor, *, at: datetime, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Sharing]:
    """Return the running sharings of the actor's own card, also one that somebody broke the glass for."""
    conditions = policy.conditions_for(actor.role, act, policy.Kind.SHARING)
    if policy.Condition.OWN not in conditions:
        return models.Sharing.objects.none()
    return _running(actor.network_id, at=at).filter(person_id=actor.person_id).order_by("ends_at", "pk")


def given_for_update(sharing_pk: int, *, actor: Actor, at: datetime) -> models.Sharing:
    """Return a running sharing of the actor's own card, locked until the transaction ends.

    Raises
    ------
    SharingNotFound
        Also when it is of somebody else's card, or has ended.
    """
    found = given(actor, at=at, act=policy.Act.REMOVE)
    row = found.select_for_update().filter(pk=sharing_pk).first()
    if row is None:
        raise SharingNotFound(sharing_id=sharing_pk)
    return row
