# SPDX-License-Identifier: EUPL-1.2
"""What this process made of whole networks, kept until a newer one is ready."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from threading import Lock, Thread
from typing import Generic, TypeVar

from django.db import connections

from scharnier.apps import wall
from scharnier.apps.people.selectors._lasting import making_large
from scharnier.apps.people.selectors._snapshot import (
    NetworkNotFound,
    Snapshot,
    count_persons,
    read_snapshot,
    revision,
)
from scharnier.core.kernel import NetworkId

_Made = TypeVar("_Made")
Work = Callable[[], None]
MOST_KEPT = 8  # networks, in one process
TURN_SECONDS = 0.0005  # that a thread may keep the interpreter while another waits
LEAST_SECONDS = 30.0  # between two times that a large network is read again
MOST_SHARE = 1 / 40  # of the time of a processor that may go into reading it again and again
MOST_AT_ONCE = 300  # persons of a network that is read again while the reader waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[_Made]):
    """What was made of a network at one revision, on one day."""

    made: _Made
    revision: str
    on: date
    is_large: bool
    made_at: float  # seconds on the keeper's clock
    cpu_seconds: float = 0.0  # that making took
    newer: str | None = None  # the revision the network is at now; None: this one

    @property
    def is_current(self) -> bool:
        """Tell whether nothing changed since."""
        return self.newer is None


def in_thread(work: Work) -> Thread:
    """Do something beside the requests, on a connection of its own; return the thread that does."""

    def work_and_close() -> None:
        try:
            work()
        finally:
            connections.close_all()

    sys.setswitchinterval(TURN_SECONDS)  # a request that waits for the interpreter gets it soon
    thread = Thread(target=work_and_close, name="scharnier-renewal", daemon=True)
    thread.start()
    return thread


class Keeper(Generic[_Made]):
    """Keeps one value for each network, and makes it again when the network or the day changed.

    Notes
    -----
    Of a large network the older value is given, marked so, while the newer is made aside: who asks for it
    has to look in the database what may not wait (`read_standing`, `read_sight`). Making begins with the
    first reader after a change, but not before the older value is half a minute old, and longer where making
    takes long: else a network that changes all day would leave its readers little of the machine.
    """

    def __init__(
        self,
        make: Callable[[Snapshot, date], _Made],
        *,
        most: int = MOST_KEPT,
        at_once: int = MOST_AT_ONCE,
        aside: Callable[[Work], object] = in_thread,
        clock: Callable[[], float] = time.monotonic,
        cpu_clock: Callable[[], float] = time.thread_time,
    ) -> None:
        self._make, self._most, self._at_once, self._aside = make, most, at_once, aside
        self._clock, self._cpu_clock = clock, cpu_clock
        self._kept: dict[NetworkId, Kept[_Made]] = {}
        self._under_way: set[NetworkId] = set()
        self._lock = Lock()

    def read(self, network_id: NetworkId, *, on: date) -> Kept[_Made]:
        """Return what was made of a network; one query when nothing changed.

        Raises
        ------
        NetworkNotFound
        """
        at_revision = revision(network_id)
        with self._lock:
            kept = self._kept.pop(network_id, None)
            is_current = kept is not None and (kept.revision, kept.on) == (at_revision, on)
            if kept is None or not (is_current or kept.is_large):
                kept, is_current = self._made(network_id, on=on), True
            self._keep(network_id, kept)
            is_due = not is_current and self._is_due(network_id, kept)
            if is_due:
                self._under_way.add(network_id)
        if is_due:
            self._aside(partial(self._renew, network_id, on=on))
        return kept if is_current else replace(kept, newer=at_revision)

    def _is_due(self, network_id: NetworkId, kept: Kept[_Made]) -> bool:
        rest = max(LEAST_SECONDS, kept.cpu_seconds / MOST_SHARE)
        return network_id not in self._under_way and self._clock() - kept.made_at >= rest

    def _made(self, network_id: NetworkId, *, on: date) -> Kept[_Made]:
        cpu_before = self._cpu_clock()
        began_at, is_large = self._clock(), count_persons(network_id) > self._at_once
        with making_large() if is_large else nullcontext():
            snapshot = read_snapshot(network_id)
            made = self._make(snapshot, on)
        return Kept(
            made=made,
            revision=snapshot.revision,
            on=on,
            is_large=is_large,
            made_at=began_at,
            cpu_seconds=self._cpu_clock() - cpu_before,
        )

    def _keep(self, network_id: NetworkId, kept: Kept[_Made]) -> None:
        self._kept.pop(network_id, None)
        while len(self._kept) >= self._most:
            self._kept.pop(next(iter(self._kept)))  # the one not asked for longest
        self._kept[network_id] = kept

    def _renew(self, network_id: NetworkId, *, on: date) -> None:
        try:
            with wall.in_network(network_id), suppress(NetworkNotFound):  # it was removed meanwhile
                fresh = self._made(network_id, on=on)
                with self._lock:
                    self._keep(network_id, fresh)
        finally:
            with self._lock:
                self._under_way.discard(network_id)
