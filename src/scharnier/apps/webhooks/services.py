# SPDX-License-Identifier: EUPL-1.2
"""Acts on webhooks: announce an event, and what who keeps the network does with them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.transaction import TransactionManagementError

from scharnier.apps.audit import services as log
from scharnier.apps.members import access as members
from scharnier.apps.webhooks import access, models, switching, tasks
from scharnier.core import policy, webhooks
from scharnier.core.kernel import Actor, Conflict, Invalid, NetworkId
from scharnier.core.webhooks import OFFERED, OLD_SECRET_LASTS, Announcement, Event
from scharnier.formats import webhook_message

NO_FACTS: Final[Mapping[str, str]] = MappingProxyType({})


class NoEvents(Invalid):
    """A webhook wants nothing."""

    code = "webhooks.no_events"


class AlreadyThere(Conflict):
    """The network has a webhook to that address."""

    code = "webhooks.already_there"


class TooManyWebhooks(Conflict):
    """The network has as many webhooks as it may."""

    code = "webhooks.too_many"


class WebhookIsOff(Conflict):
    """Nothing is sent to a webhook that is off."""

    code = "webhooks.is_off"


class WebhookIsOn(Conflict):
    """A webhook is switched off before it is removed."""

    code = "webhooks.is_on"


def publish(
    event: Event,
    *,
    network_id: NetworkId,
    object_id: str,
    at: datetime,
    facts: Mapping[str, str] = NO_FACTS,
) -> int:
    """Have an event sent to every webhook that wants it, once the act commits; return to how many.

    Raises
    ------
    TransactionManagementError
        Outside a transaction: an act and its announcement happen together or not at all.
    InvalidAnnouncement
        When something in it is no identifier, or a fact is none of those that may be told.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError(f"{event} needs the transaction of its act.")
    said = Announcement(
        event=event, network_id=network_id, object_id=object_id, happened_at=at, facts=dict(facts)
    )
    on = models.Webhook.objects.filter(network_id=network_id, off_at__isnull=True).order_by("pk")
    wanting = [row for row in on if event.value in row.events]
    for row in wanting:
        _queue(row, said)
    return len(wanting)


@transaction.atomic
def add_webhook(*, address: str, events: Iterable[str], actor: Actor, at: datetime) -> models.Webhook:
    """Have another system told of events; its secret is in what comes back, and shown once.

    Raises
    ------
    NotForThisRole
    BadAddress, ForbiddenAddress, NoEvents
    AlreadyThere, TooManyWebhooks
    """
    access.demand(actor, policy.Act.CREATE)
    webhooks.check_address(address, on_loopback=settings.WEBHOOKS_ON_LOOPBACK)
    wanted = _known(events)
    members.network_for_update(actor)  # whoever adds two at once waits here
    present = set(access.webhooks(actor).values_list("address", flat=True))
    if address in present:
        raise AlreadyThere
    if len(present) >= webhooks.MOST_WEBHOOKS:
        raise TooManyWebhooks(most=webhooks.MOST_WEBHOOKS)
    row = models.Webhook.objects.create(
        network_id=actor.network_id, address=address, events=wanted, secret=_new_secret(), made_at=at
    )
    _record("webhook.added", row, actor=actor, at=at)
    return row


@transaction.atomic
def choose_events(webhook_pk: int, *, events: Iterable[str], actor: Actor, at: datetime) -> None:
    """Choose anew of which events a webhook hears (raises WebhookNotFound, NoEvents)."""
    row = access.webhook_for_update(webhook_pk, actor=actor)
    row.events = _known(events)
    row.save(update_fields=["events"])
    _record("webhook.changed", row, actor=actor, at=at)


@transaction.atomic
def renew_secret(webhook_pk: int, *, actor: Actor, at: datetime) -> str:
    """Return a new secret; the one before signs along for a day (raises WebhookNotFound)."""
    row = access.webhook_for_update(webhook_pk, actor=actor)
    row.old_secret, row.old_secret_until = row.secret, at + OLD_SECRET_LASTS
    row.secret = _new_secret()
    row.save(update_fields=["secret", "old_secret", "old_secret_until"])
    _record("webhook.secret_renewed", row, actor=actor, at=at)
    return row.secret


@transaction.atomic
def send_test(webhook_pk: int, *, actor: Actor, at: datetime) -> None:
    """Send a test, once (raises WebhookNotFound, WebhookIsOff)."""
    row = access.webhook_for_update(webhook_pk, actor=actor)
    _check_on(row)
    said = Announcement(event=Event.TEST, network_id=actor.network_id, object_id=str(row.pk), happened_at=at)
    _queue(row, said)
    _record("webhook.tested", row, actor=actor, at=at)


@transaction.atomic
def switch_off(webhook_pk: int, *, actor: Actor, at: datetime) -> None:
    """Send nothing more to a webhook until it is switched on (raises WebhookNotFound, WebhookIsOff)."""
    row = access.webhook_for_update(webhook_pk, actor=actor)
    _check_on(row)
    switching.switch_off(row, because=models.OffBecause.CHOSEN, at=at)
    _record(
        "webhook.switched_off", row, actor=actor, at=at, facts={"because": models.OffBecause.CHOSEN.value}
    )


@transaction.atomic
def switch_on(webhook_pk: int, *, actor: Actor, at: datetime) -> None:
    """Send to a webhook again from now on (raises WebhookNotFound, WebhookIsOn)."""
    row = access.webhook_for_update(webhook_pk, actor=actor)
    if row.off_at is None:
        raise WebhookIsOn
    row.off_at, row.off_because, row.failing_since = None, models.OffBecause.ON, None
    row.save(update_fields=["off_at", "off_because", "failing_since"])
    _record("webhook.switched_on", row, actor=actor, at=at)


@transaction.atomic
def remove_webhook(webhook_pk: int, *, actor: Actor, at: datetime) -> None:
    """Remove a webhook that is off, with all it sent (raises WebhookNotFound, WebhookIsOn)."""
    row = access.webhook_for_update(webhook_pk, actor=actor, act=policy.Act.REMOVE)
    if row.off_at is None:
        raise WebhookIsOn
    pk = row.pk
    row.delete()
    log.record(actor=actor, act="webhook.removed", kind="webhook", object_id=str(pk), at=at)


@transaction.atomic
def send_again(delivery_id: str, *, actor: Actor, at: datetime) -> None:
    """Send again what was given up, under the same identifier (raises DeliveryNotFound, WebhookIsOff)."""
    row = access.dead_for_update(delivery_id, actor=actor)
    _check_on(row.webhook)
    _queue_again(row)
    _record("webhook.sent_again", row.webhook, actor=actor, at=at, facts={"delivery": row.id})


@transaction.atomic
def send_all_again(webhook_pk: int, *, actor: Actor, at: datetime) -> int:
    """Send everything again that a webhook missed; return how many (raises WebhookNotFound, WebhookIsOff)."""
    webhook = access.webhook_for_update(webhook_pk, actor=actor)
    _check_on(webhook)
    found = access.dead(actor, act=policy.Act.CHANGE).filter(webhook=webhook).select_for_update(of=("self",))
    rows = list(found.order_by("happened_at", "id"))
    for row in rows:
        _queue_again(row)
    _record("webhook.sent_again", webhook, actor=actor, at=at, facts={"n": str(len(rows))})
    return len(rows)


@transaction.atomic
def throw_away(delivery_id: str, *, actor: Actor, at: datetime) -> None:
    """Throw away what was given up (raises DeliveryNotFound)."""
    row = access.dead_for_update(delivery_id, actor=actor)
    webhook = row.webhook
    row.delete()
    _record("webhook.thrown_away", webhook, actor=actor, at=at, facts={"delivery": delivery_id})


def _known(events: Iterable[str]) -> list[str]:
    wanted = set(events)
    known = [event.value for event in OFFERED if event.value in wanted]
    if not known:
        raise NoEvents
    return known


def _new_secret() -> str:
    return webhook_message.write_secret(secrets.token_bytes(webhook_message.SECRET_BYTES))


def _check_on(webhook: models.Webhook) -> None:
    if webhook.off_at is not None:
        raise WebhookIsOff


def _queue(webhook: models.Webhook, said: Announcement) -> None:
    delivery_id = f"msg_{uuid4().hex}"
    models.Delivery.objects.create(
        id=delivery_id,
        network_id=webhook.network_id,
        webhook=webhook,
        event=said.event.value,
        object_id=said.object_id,
        facts=dict(said.facts),
        happened_at=said.happened_at,
        task_id=_enqueue(webhook.network_id, delivery_id),
    )


def _queue_again(row: models.Delivery) -> None:
    row.state, row.attempts, row.done_at = models.State.WAITING, 0, None
    row.task_id = _enqueue(row.network_id, row.id)
    row.save(update_fields=["state", "attempts", "done_at", "task_id"])


def _enqueue(network_id: str, delivery_id: str) -> str:
    return tasks.deliver.enqueue(network_id, delivery_id).id


def _record(
    act: str, row: models.Webhook, *, actor: Actor, at: datetime, facts: Mapping[str, str] = NO_FACTS
) -> None:
    log.record(actor=actor, act=act, kind="webhook", object_id=str(row.pk), at=at, facts=facts)
