# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of the log: what concerns oneself, or a whole log for who runs the installation."""

from __future__ import annotations

from django.db.models import QuerySet

from scharnier.apps.audit import models
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId


def reads_of_own_card(actor: Actor) -> QuerySet[models.AuditEvent]:
    """Return who read the actor's own card or wanted to, latest first."""
    about = _own(actor).filter(act="card.read", kind="person", object_id=actor.person_id)
    return about.order_by("-number")


def own_acts(actor: Actor) -> QuerySet[models.AuditEvent]:
    """Return what the actor did, first things first."""
    return _own(actor).filter(actor_id=actor.person_id).order_by("number")


def _own(actor: Actor) -> QuerySet[models.AuditEvent]:
    """Return the log of the actor's network, to be narrowed to what concerns the actor."""
    conditions = policy.conditions_for(actor.role, policy.Act.SEE, policy.Kind.AUDIT_EVENT)
    found = models.AuditEvent.objects.filter(network_id=actor.network_id)
    return found if policy.Condition.OWN in conditions else found.none()


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
