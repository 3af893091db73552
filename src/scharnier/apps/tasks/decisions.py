# SPDX-License-Identifier: EUPL-1.2
"""What is decided about a task: when it is tried again, when it is given up. Pure: no clock, no rows."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

HASH_BYTES = 8


class Status(Enum):
    """Where a task is in its life; docs/how-to/run-the-worker.md tells what each asks of people."""

    READY = "ready"  # waits for its turn, the first time or again
    RUNNING = "running"  # a worker holds its lease
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # trying again would not help: an anticipated failure
    DEAD = "dead"  # given up after the last attempt


OPEN = (Status.READY.value, Status.RUNNING.value)
GIVEN_UP = (Status.FAILED.value, Status.DEAD.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a lease is, and how soon things are done again; all in seconds, above 0."""

    lease_seconds: float = 60.0
    pause_seconds: float = 10.0  # longest wait after a first attempt; doubles with each next
    longest_pause_seconds: float = 3600.0

    @property
    def beat_seconds(self) -> float:
        """How often a lease is renewed: two beats may be missed."""
        return self.lease_seconds / 3

    @property
    def poll_seconds(self) -> float:
        """How long a worker rests when nothing is ready."""
        return min(1.0, self.lease_seconds / 4)


def backoff_seconds(attempt: int, *, seed: str, pace: Pace) -> float:
    """Return how long to wait after an attempt: exponential, capped, with full jitter from the seed.

    Examples
    --------
    >>> pace = Pace(pause_seconds=10, longest_pause_seconds=60)
    >>> [round(backoff_seconds(attempt, seed="a task", pace=pace), 1) for attempt in (1, 2, 3, 50)]
    [2.1, 2.6, 2.2, 24.3]
    """
    doubled = math.ldexp(pace.pause_seconds, min(attempt, 500) - 1)
    return _share(f"{seed}:{attempt}") * min(pace.longest_pause_seconds, doubled)


def next_status(*, attempts: int, max_attempts: int, is_final: bool) -> Status:
    """Return what becomes of a task after an attempt that failed.

    Examples
    --------
    >>> next_status(attempts=1, max_attempts=5, is_final=False)
    <Status.READY: 'ready'>
    """
    if is_final:
        return Status.FAILED
    return Status.DEAD if attempts >= max_attempts else Status.READY


def next_time(due_at: datetime, *, every_seconds: int, at: datetime) -> datetime:
    """Return the first turn of a periodic task after now; turns that were missed are left out.

    Examples
    --------
    >>> next_time(datetime(2026, 3, 29, 3), every_seconds=3600, at=datetime(2026, 3, 29, 9, 30))
    datetime.datetime(2026, 3, 29, 10, 0)
    """
    every = timedelta(seconds=every_seconds)
    return due_at + every * max(1, (at - due_at) // every + 1)


def _share(seed: str) -> float:
    """Return a number in [0, 1) that follows from the seed."""
    digest = hashlib.blake2b(seed.encode(), digest_size=HASH_BYTES).digest()
    return (int.from_bytes(digest) >> 11) / 2**53  # as many bits as a float holds: never rounds to 1
