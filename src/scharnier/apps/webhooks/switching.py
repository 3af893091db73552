# SPDX-License-Identifier: EUPL-1.2
"""Switch a webhook off: what waits is given up, and goes again once it is on and somebody says so."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from scharnier.apps.audit import services as log
from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Network
from scharnier.apps.webhooks import access, models
from scharnier.core import audit
from scharnier.core.kernel import NetworkId

SWITCHED_OFF: Final = "webhook_switched_off"
WHILE_OFF: Final = "switched_off"  # why a delivery was given up


def find_link() -> str:
    """Return where webhooks are kept, as it stands in a mail; call it before a transaction, not in it."""
    return f"{settings.ADDRESS}{reverse('webhooks:webhooks')}"


def switch_off(webhook: models.Webhook, *, because: models.OffBecause, at: datetime) -> None:
    """Switch a webhook off that the caller has locked, and give up what waits for it."""
    webhook.off_at, webhook.off_because = at, because
    webhook.save(update_fields=["off_at", "off_because"])
    waiting = models.Delivery.objects.filter(webhook=webhook, state=models.State.WAITING)
    waiting.update(state=models.State.DEAD, error=WHILE_OFF, done_at=at)


def switch_off_by_itself(webhook: models.Webhook, *, because: models.OffBecause, at: datetime) -> None:
    """Switch a webhook off because of what its receiver answers, and tell the coordinators."""
    switch_off(webhook, because=because, at=at)
    network_id = NetworkId(webhook.network_id)
    language = Network.objects.values_list("language", flat=True).get(id=network_id)
    for account in access.coordinators(network_id):
        mail.queue_message(
            to=account.user.email,
            template=f"{SWITCHED_OFF}_{because.value}",
            facts={"address": webhook.address, "link": find_link()},
            language="en" if language == "en" else "nl",
        )
    log.record(
        actor=audit.System(network_id=network_id),
        act="webhook.switched_off",
        kind="webhook",
        object_id=str(webhook.pk),
        at=at,
        facts={"because": because.value},
    )
