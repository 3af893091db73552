# SPDX-License-Identifier: EUPL-1.2
"""What follows a signal, looked at once for each half year and kept with every run until the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import models
from scharnier.core import situations
from scharnier.core.detection import Sighting
from scharnier.core.kernel import NetworkId


def follow(network_id: NetworkId, *, on: date) -> tuple[date, object]:
    """Return the first day of the half year that is told of, and what is stored of it.

    What an earlier run told of it stays, whatever became of the signals. Call it where the network is.
    """
    half_year = situations.half_year_before(on)
    runs = models.ScanRun.objects.filter(network_id=network_id, done_at__isnull=False)
    told = runs.filter(followed_from=half_year.first_day).order_by("-day").first()
    if told is not None:
        return half_year.first_day, told.following
    seed = situations.choose_seed(network_id, half_year.first_day)
    seen = _sightings(network_id, on=on, since=half_year.first_day)
    found = situations.find_following(seen, half_year, seed=seed)
    return half_year.first_day, msgspec.to_builtins(found)


def _sightings(network_id: NetworkId, *, on: date, since: date) -> Iterator[Sighting]:
    """Yield what is known to a day and a square, but of squares that never count."""
    squares = models.ScanGround.objects.filter(network_id=network_id).values_list("excluded", flat=True)
    excluded = frozenset(squares.first() or ())
    found = signals.read_sightings(network_id, today=on, since=since)
    for sighting, trace in zip(found.sightings, found.traces, strict=True):
        if trace.spot is None or trace.first_day != trace.last_day:
            continue
        if situations.name_square(trace.spot) not in excluded:
            yield sighting
