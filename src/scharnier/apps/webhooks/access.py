# SPDX-License-Identifier: EUPL-1.2
"""The only way to a webhook and to what it sent: as the policy allows who keeps the network."""

from __future__ import annotations

from django.db.models import QuerySet

from scharnier.apps.members import access as members
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account
from scharnier.apps.webhooks import models
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId, NotFound, Role
from scharnier.core.webhooks import Event


class WebhookNotFound(NotFound):
    """No such webhook in the actor's network."""

    code = "webhooks.not_found"


class DeliveryNotFound(NotFound):
    """No such delivery that was given up in the actor's network."""

    code = "webhooks.delivery_not_found"


def demand(actor: Actor, act: policy.Act = policy.Act.SEE) -> None:
    """Let those pass whose role keeps webhooks.

    Raises
    ------
    NotForThisRole
    """
    members.demand(actor, act, policy.Kind.WEBHOOK)


def webhooks(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Webhook]:
    """Return the webhooks of the actor's network, first made first."""
    allowed = people.allowed(actor, act, policy.Kind.WEBHOOK, meaning={})
    return models.Webhook.objects.filter(allowed, network_id=actor.network_id).order_by("made_at", "pk")


def webhook_for_update(
    webhook_pk: int, *, actor: Actor, act: policy.Act = policy.Act.CHANGE
) -> models.Webhook:
    """Return one webhook, locked until the transaction ends; whoever locks a delivery too locks this first.

    Raises
    ------
    WebhookNotFound
    """
    row = webhooks(actor, act=act).select_for_update().filter(pk=webhook_pk).first()
    if row is None:
        raise WebhookNotFound(webhook_id=webhook_pk)
    return row


def deliveries(webhook: models.Webhook) -> QuerySet[models.Delivery]:
    """Return what a webhook that the actor holds sent or will send, latest first."""
    found = models.Delivery.objects.filter(webhook=webhook, network_id=webhook.network_id)
    return found.order_by("-happened_at", "id")


def dead(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Delivery]:
    """Return what was given up in the actor's network, latest first; a test that failed is none of it."""
    allowed = people.allowed(actor, act, policy.Kind.WEBHOOK, meaning={})
    found = models.Delivery.objects.filter(allowed, network_id=actor.network_id, state=models.State.DEAD)
    return found.exclude(event=Event.TEST).select_related("webhook").order_by("-done_at", "id")


def dead_for_update(delivery_id: str, *, actor: Actor) -> models.Delivery:
    """Return one delivery that was given up, locked with its webhook until the transaction ends.

    Raises
    ------
    DeliveryNotFound
    """
    named = dead(actor, act=policy.Act.CHANGE).filter(pk=delivery_id)
    webhook_pk = named.values_list("webhook_id", flat=True).first()
    if webhook_pk is not None:
        list(models.Webhook.objects.select_for_update().filter(pk=webhook_pk))
    row = named.select_for_update(of=("self",)).first()
    if row is None:
        raise DeliveryNotFound(delivery_id=delivery_id)
    return row


def coordinators(network_id: NetworkId) -> QuerySet[Account]:
    """Return who hears that a webhook was switched off."""
    found = Account.objects.filter(network_id=network_id, role=Role.COORDINATOR.value)
    return found.exclude(user__email="").select_related("user").order_by("pk")
