# SPDX-License-Identifier: EUPL-1.2
"""Figures from signals: how many there were in a month, in bands, within the areas and topics of a situation.

The one place where situations read signals. `traces_of` is the seam: what it returns is counted here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from scharnier.core.detection import Band, Sighting, band_count
from scharnier.core.kernel import NetworkId
from scharnier.core.signals import Trace
from scharnier.core.situations import Reading, Situation

LEAST_PARTNERS: Final = 2
LEAST_SHOWN: Final = 5


def traces_of(_network_id: NetworkId, *, since: date) -> tuple[Trace, ...]:
    """Return what the signals of a network let others count with since a day."""
    del since
    return ()


def sightings_of(_network_id: NetworkId, *, since: date, today: date) -> tuple[Sighting, ...]:
    """Return the signals of a network in metres, as the scan counts them."""
    del since, today
    return ()


def signals_of_month(situation: Situation, traces: Iterable[Trace], *, month: date) -> Band | None:
    """Return how many signals there were in a month; None when that would point at one partner.

    Notes
    -----
    A signal counts when it lies in one of its areas and is about one of its topics, and may have been met in
    that month; without areas or topics every one counts.
    """
    first, last = _ends_of(month)
    found = [trace for trace in traces if _counts(trace, situation) and first <= trace.last_day <= last]
    partners = {trace.partner_id for trace in found}
    if len(found) >= LEAST_SHOWN and len(partners) < LEAST_PARTNERS:
        return None
    return band_count(len(found))


def readings_of(
    situation: Situation, traces: Iterable[Trace], *, since: date, today: date
) -> tuple[Reading, ...]:
    """Return the figures of the whole months from a day up to today, in bands."""
    kept = tuple(traces)
    found = (
        (_ends_of(month)[1], signals_of_month(situation, kept, month=month))
        for month in _months(since, today)
    )
    return tuple(Reading(on=last, low=band.low, high=band.high) for last, band in found if band is not None)


def _counts(trace: Trace, situation: Situation) -> bool:
    is_here = not situation.area_ids or trace.area_id in situation.area_ids
    return is_here and (not situation.topics or bool(trace.topics & situation.topics))


def _months(since: date, today: date) -> Iterator[date]:
    month = since.replace(day=1)
    while _ends_of(month)[1] < today:
        yield month
        month = _ends_of(month)[1] + timedelta(days=1)


def _ends_of(month: date) -> tuple[date, date]:
    first = month.replace(day=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])
