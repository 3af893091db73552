# SPDX-License-Identifier: EUPL-1.2
"""Real workers and a real receiver: who is killed halfway loses nothing, and repeats under one number."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from scharnier.apps.people.models import Network
from scharnier.apps.tasks import models as tasks
from scharnier.apps.webhooks import services
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import Event
from scharnier.formats.webhook_message import write_secret
from tests.integration import rivals, working
from tests.integration.working import Installation, until
from tests.receiver import Receiver, run_receiver, silence, status

KRUISVELD = NetworkId("kruisveld")
SECRET = write_secret(bytes(32))
N_EVENTS = 60


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with run_receiver() as found:
        yield found


@pytest.fixture(params=rivals.ON_BOTH_DATABASES)
def installation(
    request, tmp_path, receiver, new_database, django_db_blocker: DjangoDbBlocker
) -> Iterator[Installation]:
    """An installation with one network that tells the receiver; its workers are gone afterwards."""
    found = Installation(
        folder=tmp_path, url=new_database(request.param, tmp_path), settings="scharnier.site.settings"
    )
    with django_db_blocker.unblock(), working.connected_to(found.url):
        Network.objects.create(id=KRUISVELD, name="Kruisveld")
        Webhook.objects.create(
            network_id=KRUISVELD,
            address=receiver.address,
            events=[Event.REFERRAL_ACCEPTED.value],
            secret=SECRET,
            made_at=timezone.now(),
        )
        yield found
    found.end_all()


def publish(number: int) -> None:
    with transaction.atomic():
        services.publish(
            Event.REFERRAL_ACCEPTED,
            network_id=KRUISVELD,
            object_id=f"referral-{number}",
            at=timezone.now(),
        )


def n_waiting() -> int:
    return Delivery.objects.filter(state="waiting").count()


class TestKilledWorker:
    def test_halfway_a_delivery_has_it_sent_again_under_the_same_number(self, installation, receiver):
        receiver.answers = [silence]  # takes the first, and does not answer
        publish(1)
        first = installation.start()
        until(receiver.asked.is_set)

        assert first.end(signal.SIGKILL) == -signal.SIGKILL
        assert Delivery.objects.get().state == "waiting"
        installation.start()
        until(lambda: not n_waiting())

        row = Delivery.objects.get()
        assert receiver.ids == [row.id, row.id]
        assert (row.state, row.status, row.attempts) == ("taken", 204, 2)
        assert {request.verify(SECRET)["data"]["id"] for request in receiver.received} == {"referral-1"}

    def test_again_and_again_loses_nothing_among_many(self, installation, receiver):
        receiver.answers = [status(503)] * 5
        for number in range(N_EVENTS):
            publish(number)

        for n_received in (5, 20, 40):
            worker = installation.start()
            until(lambda least=n_received: len(receiver.received) >= least)
            worker.end(signal.SIGKILL)
        installation.start()
        until(lambda: not n_waiting())

        told = {request.id: request.verify(SECRET)["data"]["id"] for request in receiver.received}
        assert set(told) == set(Delivery.objects.values_list("id", flat=True))
        assert Counter(told.values()) == Counter(f"referral-{number}" for number in range(N_EVENTS))
        assert set(Delivery.objects.values_list("state", flat=True)) == {"taken"}
        assert len(receiver.received) >= N_EVENTS + 5
        until(lambda: not tasks.Task.objects.filter(dedupe_key="", status__in=("ready", "running")).exists())
