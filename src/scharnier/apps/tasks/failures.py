# SPDX-License-Identifier: EUPL-1.2
"""What is kept of an error: its kind, and a code or a place; what it says may name people."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from scharnier.apps.tasks.definitions import TryLater
from scharnier.core.kernel import ScharnierError

OURS = "scharnier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an attempt failed, in words without persons."""

    error_class: str
    message: str
    is_final: bool = False  # trying again would not help


def failure_of(error: BaseException) -> Failure:
    """Return what may be kept of an error; anticipated failures are final."""
    error_class = f"{type(error).__module__}.{type(error).__qualname__}"
    match error:
        case TryLater():
            return Failure(error_class=error_class, message=error.reason)
        case ScharnierError():
            return Failure(error_class=error_class, message=error.code, is_final=True)
        case _:
            return Failure(error_class=error_class, message=_place(error))


def expired(worker: str) -> Failure:
    """Return the failure of a worker that did not come back in time."""
    return Failure(error_class="LeaseExpired", message=f"worker {worker}")


def _place(error: BaseException) -> str:
    """Return where it was raised: the last line in a module of ours, else the last line of all."""
    places = [
        f"{frame.f_globals.get('__name__', '?')}:{number}"
        for frame, number in traceback.walk_tb(error.__traceback__)
    ]
    ours = [place for place in places if place.split(".")[0] == OURS]
    return (ours or places or ["?"])[-1]
