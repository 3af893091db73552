# SPDX-License-Identifier: EUPL-1.2
"""A heartbeat renews the lease beside the task, and ends with it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from scharnier.apps.tasks import models, services
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.heartbeat import _renew, heartbeat
from scharnier.apps.tasks.leases import Lease
from tests.integration import chores

pytestmark = pytest.mark.django_db
PACE = Pace(lease_seconds=60)


@pytest.fixture
def lease() -> Lease:
    services.enqueue(chores.note, args=("file", "word"), at=timezone.now())
    return services.lease_of(services.claim(worker="one", pace=PACE, at=timezone.now()))


def _beats():
    return [thread for thread in threading.enumerate() if thread.name == "heartbeat"]


class TestHeartbeat:
    def test_ends_with_the_block(self, lease):
        with heartbeat(lease, pace=PACE):
            assert len(_beats()) == 1

        assert _beats() == []

    def test_ends_with_a_block_that_fails(self, lease):
        with pytest.raises(ValueError, match="wrong"), heartbeat(lease, pace=PACE):
            raise ValueError("wrong")

        assert _beats() == []


class TestRenew:
    def test_lengthens_the_lease_from_now(self, lease):
        models.Task.objects.update(lease_until=timezone.now())

        assert _renew(lease, pace=PACE)
        assert models.Task.objects.get().lease_until > timezone.now() + timedelta(seconds=50)

    def test_ends_when_another_holds_the_task(self, lease):
        models.Task.objects.update(lease_token=lease.token + 1)

        assert not _renew(lease, pace=PACE)
