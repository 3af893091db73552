# SPDX-License-Identifier: EUPL-1.2
"""Signals as far as counting goes: who met something, where and when; no text and no person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite

import numpy as np

from scharnier.core.detection._chance import Numbers
from scharnier.core.detection._zones import DECIMETRES
from scharnier.core.kernel import Invalid

FURTHEST_M = 1e8  # from the origin of any map in metres


class BadSighting(Invalid):
    """A sighting has a partner, and a place in metres."""

    code = "detection.bad_sighting"


class NothingSeen(Invalid):
    """Nothing was seen up to and with the day."""

    code = "detection.nothing_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One signal as far as counting goes.

    Raises
    ------
    BadSighting
    """

    partner: str  # who met it
    x_m: float  # of any map in metres
    y_m: float
    on: date
    topic: str = ""  # each topic of a partner is a stream of its own; empty: topics do not matter

    def __post_init__(self) -> None:
        is_placed = all(isfinite(metres) and abs(metres) <= FURTHEST_M for metres in (self.x_m, self.y_m))
        if not self.partner or not is_placed:
            raise BadSighting(partner=self.partner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sightings as columns: n of them in s streams of p partners at l locations."""

    partners: tuple[str, ...]  # (p,), by name
    partner_of: Numbers  # (s,): in order, number of the partner of each stream; by name of the topic
    points: Numbers  # (l, 2): different places in decimetres, by x and then y
    stream: Numbers  # (n,): in order, number of the stream
    location: Numbers  # (n,): number of the location
    lag: Numbers  # (n,): days before the last day, >= 0
    today: date  # the last day

    def counts(self) -> Numbers:
        """Return how many were seen at each location, by stream and all together; shape (l, s + 1)."""
        n_streams = len(self.partner_of)
        cells = np.bincount(self.location * n_streams + self.stream, minlength=len(self.points) * n_streams)
        by_stream = cells.reshape(len(self.points), n_streams)
        return np.column_stack([by_stream, by_stream.sum(axis=1)])

    def place(self, location: int) -> tuple[float, float]:
        """Return where a location is, in metres."""
        x, y = (self.points[location] / DECIMETRES).tolist()
        return (x, y)

    def day(self, lag: int) -> date:
        """Return the day so many days before the last."""
        return self.today - timedelta(days=lag)


def tally_sightings(sightings: Iterable[Sighting], *, today: date) -> Tally:
    """Return sightings as columns, those after a day left out.

    Parameters
    ----------
    sightings
        In any order; places closer than a decimetre are one.
    today
        The last day that counts.

    Raises
    ------
    NothingSeen
        On the day or before.

    Examples
    --------
    >>> seen = [Sighting(partner=name, x_m=5, y_m=0, on=date(2026, 1, 1)) for name in ("police", "school")]
    >>> tally_sightings(seen, today=date(2026, 1, 3)).lag.tolist()
    [2, 2]
    """
    known = [each for each in sightings if each.on <= today]
    if not known:
        raise NothingSeen(day=today)
    partners = tuple(sorted({each.partner for each in known}))
    streams = sorted({(each.partner, each.topic) for each in known})
    number = {stream: place for place, stream in enumerate(streams)}
    metres = np.array([(each.x_m, each.y_m) for each in known])
    points, location = np.unique(np.rint(metres * DECIMETRES).astype(np.int64), axis=0, return_inverse=True)
    stream = np.array([number[each.partner, each.topic] for each in known])
    lag = np.array([(today - each.on).days for each in known])
    order = np.lexsort((location.ravel(), lag, stream))
    return Tally(
        partners=partners,
        partner_of=np.array([partners.index(partner) for partner, _topic in streams]),
        points=points,
        stream=stream[order],
        location=location.ravel()[order],
        lag=lag[order],
        today=today,
    )
