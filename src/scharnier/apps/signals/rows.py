# SPDX-License-Identifier: EUPL-1.2
"""Signals, traces and matches as rows, and rows as those values, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from scharnier.apps.signals import models
from scharnier.core import signals
from scharnier.core.kernel import (
    AreaId,
    MatchId,
    NetworkId,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    SignalId,
    TopicId,
)
from scharnier.core.signals import Place, Precision, Signal, Source, Spot, Trace

OF_TRACE = (  # all that is read of a signal to count with it
    "cell_longitude",
    "cell_latitude",
    "spread_m",
    "area_text_id",
    "first_day",
    "last_day",
    "kept_until",
    "topic_ids",
    "source",
    "organization__text_id",
)


def signal_parts(value: Signal) -> dict[str, Any]:
    """Return the columns of a signal that are its own: who tells it and when are the caller's."""
    place, spot = value.place, value.place.spot
    return {
        **_counted(value),
        "text": value.text,
        "precision": place.precision.value,
        "place_words": place.words.strip(),
        "longitude": spot.longitude if spot else None,
        "latitude": spot.latitude if spot else None,
        "happened_on": value.happened.on,
        "grain": value.happened.grain.value,
        "resident_group_ids": sorted(value.resident_group_ids),
        "seriousness": value.seriousness.value,
        "state": value.state.value,
    }


def signal_value(row: models.Signal) -> Signal:
    """Return the signal of a row; what its own author left behind alone counts as a resident's."""
    organization_id = OrganizationId(row.organization.text_id) if row.organization else None
    source = Source(row.source)
    if organization_id is None and row.author is None:
        source = Source.RESIDENT
    return Signal(
        id=SignalId(row.id),
        network_id=NetworkId(row.network_id),
        owner_id=None if source is Source.RESIDENT else organization_id,
        text=row.text,
        place=_place(row),
        happened=signals.Happening(on=row.happened_on, grain=signals.Grain(row.grain)),
        told_on=timezone.localdate(row.told_at),
        kept_until=row.kept_until,
        source=source,
        author_id=PersonId(row.author.text_id) if row.author else None,
        topics=frozenset(map(TopicId, row.topic_ids)),
        resident_group_ids=frozenset(map(ResidentGroupId, row.resident_group_ids)),
        seriousness=signals.Seriousness(row.seriousness),
        state=signals.SignalState(row.state),
    )


def trace_of(columns: Mapping[str, Any]) -> Trace:
    """Return the trace of a signal of which no more than `OF_TRACE` was read."""
    of_resident = columns["source"] == Source.RESIDENT.value
    partner_id = None if of_resident else columns["organization__text_id"]
    return _trace(columns, partner_id=partner_id)


def side_row(
    trace: Trace, *, match: models.Match, organization_pk: int, signal_pk: str | None
) -> models.Side:
    """Return the row of a side that is asked."""
    return models.Side(
        match=match, organization_id=organization_pk, signal_id=signal_pk, **trace_parts(trace)
    )


def match_value(row: models.Match) -> signals.Match | None:
    """Return the match of a row; None when one of the two left the network."""
    sides = sorted(row.sides.all(), key=lambda side: side.pk)
    if len(sides) != 2:  # noqa: PLR2004  # as many as a match has
        return None
    first, second = map(_side, sides)
    return signals.Match(id=MatchId(row.id), sides=(first, second), asked_on=row.asked_on)


def match_values(found: Iterable[models.Match]) -> tuple[signals.Match, ...]:
    """Return the matches of rows of which both sides are there."""
    return tuple(value for value in map(match_value, found) if value is not None)


def trace_parts(trace: Trace) -> dict[str, Any]:
    """Return the columns of a trace."""
    return {
        "cell_longitude": trace.spot.longitude if trace.spot else None,
        "cell_latitude": trace.spot.latitude if trace.spot else None,
        "spread_m": trace.spread_m,
        "area_text_id": trace.area_id or "",
        "first_day": trace.first_day,
        "last_day": trace.last_day,
        "kept_until": trace.kept_until,
        "topic_ids": sorted(trace.topics),
    }


def _counted(value: Signal) -> dict[str, Any]:
    trace = signals.leave_trace(value)
    return trace_parts(trace) if trace else {}  # what was withdrawn keeps what it had, and counts nowhere


def _place(row: models.Signal) -> Place:
    area_id = AreaId(row.area_text_id) if row.area_text_id else None
    if not row.precision:
        spot = _spot(row.cell_longitude, row.cell_latitude)
        return Place(precision=Precision.POINT if spot else Precision.AREA, spot=spot, area_id=area_id)
    return Place(
        precision=Precision(row.precision),
        spot=_spot(row.longitude, row.latitude),
        words=row.place_words,
        area_id=area_id,
    )


def _side(row: models.Side) -> signals.Side:
    columns = {name: getattr(row, name) for name in OF_TRACE if hasattr(row, name)}
    return signals.Side(
        trace=_trace(columns, partner_id=row.organization.text_id),
        naming=signals.Naming(row.naming),
        decided_on=row.decided_on,
    )


def _trace(columns: Mapping[str, Any], *, partner_id: str | None) -> Trace:
    return Trace(
        partner_id=None if partner_id is None else OrganizationId(partner_id),
        spot=_spot(columns["cell_longitude"], columns["cell_latitude"]),
        spread_m=columns["spread_m"],
        area_id=AreaId(columns["area_text_id"]) if columns["area_text_id"] else None,
        first_day=columns["first_day"],
        last_day=columns["last_day"],
        kept_until=columns["kept_until"],
        topics=frozenset(map(TopicId, columns["topic_ids"])),
    )


def _spot(longitude: float | None, latitude: float | None) -> Spot | None:
    if longitude is None or latitude is None:
        return None
    return Spot(longitude=longitude, latitude=latitude)
