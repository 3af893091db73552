# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of the log: what concerns oneself, or a whole log for who runs the installation."""

from __future__ import annotations

from django.db.models import QuerySet

from scharnier.apps.audit import models
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId


def reads_of_own_card(actor: Actor) -> QuerySet[models.AuditEvent]:
    """Return who read the actor's own card or wanted to, latest first."""
    conditions = policy.conditions_for(actor.role, policy.Act.SEE, policy.Kind.AUDIT_EVENT)
    if policy.Condition.OWN not in conditions:
        return models.AuditEvent.objects.none()
    return models.AuditEvent.objects.filter(
        network_id=actor.network_id, act="card.read", kind="person", object_id=actor.person_id
    ).order_by("-number")


def events(network_id: NetworkId) -> QuerySet[models.AuditEvent]:
    """Return the log of a network in order; not for pages."""
    return models.AuditEvent.objects.filter(network_id=network_id).order_by("number")


def head_for_update(network_id: NetworkId) -> models.AuditHead:
    """Return the head of a network's log, locked until the transaction ends; a new log starts at nothing."""
    head = models.AuditHead.objects.select_for_update().filter(network_id=network_id).first()
    if head is None:
        models.AuditHead.objects.bulk_create([models.AuditHead(network_id=network_id)], ignore_conflicts=True)
        head = models.AuditHead.objects.select_for_update().get(network_id=network_id)
    return head
