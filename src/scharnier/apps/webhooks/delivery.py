# SPDX-License-Identifier: EUPL-1.2
"""Bring one event to one webhook, at least once.

Before it goes out the attempt is counted, and that is committed. Whoever takes the task over from a process
that died counts another attempt and sends the same under the same identifier: a receiver may get it twice,
knows it again, and never misses it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from scharnier.apps import wall
from scharnier.apps.tasks import leases
from scharnier.apps.tasks.definitions import TryLater
from scharnier.apps.webhooks import models, sending, switching
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import SAID_GONE, Announcement, Event, is_given_up, is_switched_off, is_taken
from scharnier.formats import webhook_message

log = logging.getLogger("scharnier.webhooks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What goes out in one attempt."""

    delivery_id: str
    webhook_pk: int
    address: str
    body: bytes
    secrets: Sequence[str]


def deliver(network_id: NetworkId, delivery_id: str) -> None:
    """Send what still waits, once.

    Raises
    ------
    TryLater
        When it did not arrive and is not given up.
    """
    switching.find_link()  # before any transaction: the first address a process asks for takes seconds
    with wall.in_network(network_id):
        outgoing = _begin(delivery_id, at=timezone.now())
        if outgoing is None:
            return
        answer = _send(outgoing, at=timezone.now())
        state = _record(outgoing, answer=answer, at=timezone.now())
    said = str(answer.status or answer.error)
    log.info("webhook %s: %s %s", outgoing.webhook_pk, delivery_id, said)
    if state is models.State.WAITING:
        raise TryLater(f"receiver: {said}")


def announcement_of(row: models.Delivery) -> Announcement:
    """Return what a delivery announces."""
    return Announcement(
        event=Event(row.event),
        network_id=NetworkId(row.network_id),
        object_id=row.object_id,
        happened_at=row.happened_at,
        facts=row.facts,
    )


@transaction.atomic
def _begin(delivery_id: str, *, at: datetime) -> Outgoing | None:
    leases.hold()
    found = models.Delivery.objects.select_for_update(of=("self",)).select_related("webhook")
    row = found.filter(pk=delivery_id, state=models.State.WAITING).first()
    if row is None:  # it was thrown away, or sent already by who lost the lease afterwards
        return None
    if row.webhook.off_at is not None:  # announced while somebody switched it off
        row.state, row.error, row.done_at = models.State.DEAD, switching.WHILE_OFF, at
        row.save(update_fields=["state", "error", "done_at"])
        return None
    row.attempts, row.tried_at = row.attempts + 1, at
    row.save(update_fields=["attempts", "tried_at"])
    return Outgoing(
        delivery_id=row.id,
        webhook_pk=row.webhook.pk,
        address=row.webhook.address,
        body=webhook_message.write_body(announcement_of(row)),
        secrets=_secrets(row.webhook, at=at),
    )


def _secrets(webhook: models.Webhook, *, at: datetime) -> list[str]:
    until = webhook.old_secret_until
    return [webhook.secret, *([webhook.old_secret] if until and at < until else [])]


def _send(outgoing: Outgoing, *, at: datetime) -> sending.Answer:
    headers = webhook_message.write_headers(
        outgoing.body, message_id=outgoing.delivery_id, secrets=outgoing.secrets, at=at
    )
    return sending.post(
        outgoing.address, outgoing.body, headers=headers, on_loopback=settings.WEBHOOKS_ON_LOOPBACK
    )


@transaction.atomic
def _record(outgoing: Outgoing, *, answer: sending.Answer, at: datetime) -> models.State:
    """Write what came of an attempt, and return where the delivery is now."""
    leases.hold()
    webhook = models.Webhook.objects.select_for_update().filter(pk=outgoing.webhook_pk).first()
    row = models.Delivery.objects.select_for_update().filter(pk=outgoing.delivery_id).first()
    if webhook is None or row is None:
        return models.State.DEAD  # removed meanwhile
    is_off = False
    if is_taken(answer.status):
        row.state, webhook.failing_since = models.State.TAKEN, None
    else:
        is_off = _count_failure(webhook, row, status=answer.status, at=at)
    row.status, row.error = answer.status, answer.error
    row.done_at = None if row.state == models.State.WAITING else at
    row.save(update_fields=["state", "status", "error", "done_at"])
    webhook.save(update_fields=["failing_since"])
    if is_off and webhook.off_at is None:
        why = models.OffBecause.GONE if answer.status == SAID_GONE else models.OffBecause.FAILING
        switching.switch_off_by_itself(webhook, because=why, at=at)
    return models.State(row.state)


def _count_failure(
    webhook: models.Webhook, row: models.Delivery, *, status: int | None, at: datetime
) -> bool:
    """Note a failure, and tell whether it switches the webhook off; a test counts for no five days."""
    is_test = row.event == Event.TEST
    since = webhook.failing_since or at
    if not is_test:
        webhook.failing_since = since
    is_off = is_switched_off(status=status, failing_since=since, at=at)
    if is_off or webhook.off_at is not None or is_given_up(attempt=row.attempts, is_test=is_test):
        row.state = models.State.DEAD
    return is_off
