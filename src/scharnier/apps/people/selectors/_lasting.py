# SPDX-License-Identifier: EUPL-1.2
"""Keep Python's collector away from what is made to stay: it holds every request while it looks."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

SWEEP_EVERY = 16  # times that something large was made
_times = count(1)


@contextmanager
def making_large() -> Iterator[None]:
    """Make something large that stays; of a network of 5,000 persons one look takes a fifth of a second.

    Notes
    -----
    While it is made the collector would look through it again and again, and afterwards in the middle of
    requests. What is no longer used goes without it, but for what refers to itself: of that some is left each
    time, so now and then everything is looked through once.
    """
    gc.disable()
    try:
        yield
        if next(_times) % SWEEP_EVERY == 0:
            gc.unfreeze()
            gc.collect()
        gc.freeze()
    finally:
        gc.enable()
