# SPDX-License-Identifier: EUPL-1.2
"""Signals, traces and matches with defaults; say only what the test is about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from scharnier.core import signals
from scharnier.core.kernel import AreaId, MatchId, NetworkId, OrganizationId, PersonId, SignalId, TopicId
from scharnier.core.signals import Happening, Place, Precision, Side, Source, Spot, Trace

MONDAY = date(2026, 3, 2)
SCHOOL, LIBRARY, POLICE = map(OrganizationId, ("school", "bibliotheek", "politie"))
SQUARE = Spot(longitude=5.1213, latitude=52.0907)
LITTER, WASTE, NOISE = map(TopicId, ("litter", "waste", "noise"))
BROADER = {LITTER: frozenset({LITTER, WASTE}), WASTE: frozenset({WASTE}), NOISE: frozenset({NOISE})}
WORDS = "De container achter de gymzaal staat elke vrijdag open"


def north(spot: Spot, metres: float) -> Spot:
    return Spot(longitude=spot.longitude, latitude=spot.latitude + metres / 111_195)


def a_signal(**changes: Any) -> signals.Signal:
    values: dict[str, Any] = {
        "id": SignalId("1"),
        "network_id": NetworkId("kruisveld"),
        "owner_id": SCHOOL,
        "text": WORDS,
        "place": Place(precision=Precision.POINT, spot=SQUARE),
        "happened": Happening(on=MONDAY),
        "told_on": MONDAY,
        "kept_until": MONDAY + timedelta(days=365),
        "source": Source.MEMBER,
        "author_id": PersonId("samira"),
        "topics": frozenset({LITTER}),
    }
    return signals.Signal(**values | changes)


def a_trace(partner_id: OrganizationId | None = SCHOOL, **changes: Any) -> Trace:
    values: dict[str, Any] = {
        "partner_id": partner_id,
        "spot": SQUARE,
        "spread_m": 100.0,
        "area_id": AreaId("noord"),
        "first_day": MONDAY,
        "last_day": MONDAY,
        "kept_until": MONDAY + timedelta(days=365),
        "topics": frozenset({LITTER}),
    }
    return Trace(**values | changes)


def a_match(
    first: Trace | None = None,
    second: Trace | None = None,
    *,
    match_id: str = "m",
    asked_on: date = MONDAY,
) -> signals.Match:
    sides = Side(trace=first or a_trace(SCHOOL)), Side(trace=second or a_trace(LIBRARY))
    return signals.Match(id=MatchId(match_id), sides=sides, asked_on=asked_on)
