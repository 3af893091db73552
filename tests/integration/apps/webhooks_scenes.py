# SPDX-License-Identifier: EUPL-1.2
"""A network that tells another system of events, for the tests of webhooks."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.worker import Worker
from scharnier.apps.webhooks import services
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core.kernel import NetworkId, Role
from scharnier.core.webhooks import Event
from tests.factories import an_actor
from tests.integration.apps import emergency_scenes

ANNEKE = an_actor("anneke", role=Role.COORDINATOR)
RIA = an_actor("ria", role=Role.ADMINISTRATOR)
KAREL = an_actor("karel")
ACCEPTED, REJECTED = Event.REFERRAL_ACCEPTED, Event.REFERRAL_REJECTED
ADDRESS = "https://hooks.example.org/scharnier"
PACE = Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6)  # tries again at once
settle = emergency_scenes.settle


def now():
    return timezone.now()


def add(address=ADDRESS, *events, actor=ANNEKE):
    wanted = [event.value for event in events or (ACCEPTED,)]
    return services.add_webhook(address=address, events=wanted, actor=actor, at=now())


def publish(event=ACCEPTED, object_id="referral-7", **facts):
    with transaction.atomic():
        return services.publish(
            event, network_id=NetworkId("kruisveld"), object_id=object_id, at=now(), facts=facts
        )


def work():
    """Do all background work there is, over and over until none is left."""
    Worker(pace=PACE, is_burst=True).run()


def the_delivery():
    return Delivery.objects.get()


def the_webhook():
    return Webhook.objects.get()


def failed_since(days):
    """Let everything have failed for some days."""
    Webhook.objects.update(failing_since=now() - timedelta(days=days))


def a_dead_delivery(webhook, number=0, **values):
    """Put something on the list of what was given up."""
    facts = {
        "id": f"msg_{webhook.pk}_{number}",
        "network_id": webhook.network_id,
        "webhook": webhook,
        "event": ACCEPTED.value,
        "object_id": "referral-7",
        "happened_at": now(),
        "task_id": "gone",
        "state": "dead",
        "status": 500,
        "attempts": 56,
        "done_at": now(),
    }
    return Delivery.objects.create(**facts | values)
