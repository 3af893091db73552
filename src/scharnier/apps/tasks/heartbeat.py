# SPDX-License-Identifier: EUPL-1.2
"""Renew the lease of a task for as long as it runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from scharnier.apps.tasks import services
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.leases import Lease


@contextmanager
def heartbeat(lease: Lease, *, pace: Pace) -> Iterator[None]:
    """Renew a lease beside the block, until it ends or the lease is lost."""
    ended = Event()
    thread = Thread(target=_beat, args=(lease, pace, ended), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(lease: Lease, pace: Pace, ended: Event) -> None:
    is_held = True
    try:
        while is_held and not ended.wait(pace.beat_seconds):
            is_held = _renew(lease, pace=pace)
    finally:
        connections.close_all()  # this thread's own


def _renew(lease: Lease, *, pace: Pace) -> bool:
    try:
        return services.renew(lease, pace=pace, at=timezone.now())
    except (OperationalError, InterfaceError):
        connections.close_all()
        return True  # not known: ask again at the next beat, two may be missed
