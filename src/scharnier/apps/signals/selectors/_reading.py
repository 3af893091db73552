# SPDX-License-Identifier: EUPL-1.2
"""Reads of signals: one's own with their words, and what others may count with, without any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from scharnier.apps.signals import access, ground, models, rows
from scharnier.core import signals
from scharnier.core.detection import Projection, Sighting
from scharnier.core.kernel import Actor, AreaId, NetworkId, OrganizationId, SignalId, TopicId
from scharnier.core.signals import Signal, SignalState, SignalStep, Spot, Trace

RESIDENTS: Final = "residents"  # the stream of all residents together
PARTNER: Final = "partner "  # before the identifier of an organization, so that none is called as residents
LONGEST_DAYS: Final = 7  # so exactly is a day known that the scan counts with


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSignal:
    """A signal as its owner or author reads it."""

    value: Signal
    owner_name: str  # empty: of its author alone
    is_own: bool  # the reader wrote it
    told_at: datetime
    story: tuple[tuple[str, datetime], ...]  # what was done, and when
    steps: tuple[SignalStep, ...]  # that the reader can take
    reference: str  # of the system that sent it


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which of one's own signals to read."""

    state: SignalState | None = None
    topic_id: TopicId | None = None
    owner_id: OrganizationId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A part of one's own signals, latest first, and how many there are."""

    signals: tuple[OwnSignal, ...]
    n_signals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Signals as the scan counts them, in metres, and the way back to degrees."""

    sightings: tuple[Sighting, ...]
    projection: Projection | None  # None: nothing was seen
    traces: tuple[Trace, ...]  # of each of them, in the same order
    n_left_out: int  # without a place on the map, or known to a month only


def read_signals(actor: Actor, asked: Asked = Asked(), *, first: int = 0, most: int = 50) -> Read:
    """Return signals of the actor and of the organizations they act for, with their words, latest first."""
    found = _asked(access.signals_with_text(actor), asked)
    if asked.topic_id is not None:
        pks = [pk for pk, topics in found.values_list("pk", "topic_ids") if asked.topic_id in topics]
        part = found.filter(pk__in=pks[first : first + most])
        return Read(signals=_own(part, actor), n_signals=len(pks))
    return Read(signals=_own(found[first : first + most], actor), n_signals=found.order_by().count())


def read_signal(signal_id: SignalId, *, actor: Actor) -> OwnSignal:
    """Return one signal of the actor's own, or of an organization they act for.

    Raises
    ------
    SignalNotFound
    """
    found = _own(access.signals_with_text(actor).filter(pk=signal_id), actor)
    if not found:
        raise access.SignalNotFound(signal_id=signal_id)
    return found[0]


def read_traces(network_id: NetworkId, *, since: date) -> tuple[Trace, ...]:
    """Return what the signals of a network that can have been met since a day let others count with.

    No word, no exact place and no author is read from the database.
    """
    found = access.counted(network_id).filter(last_day__gte=since)
    return tuple(rows.trace_of(columns) for columns in found.values(*rows.OF_TRACE))


def read_sightings(
    network_id: NetworkId, *, today: date, since: date, flat: Projection | None = None
) -> Sightings:
    """Return the signals met from a day up to and with today as the scan counts them, one stream a partner.

    Without a flat map they are laid on one around their own middle.

    Notes
    -----
    Places are the middles of squares, or of areas where no more is known. A day known to a week is the
    middle of it, today at the latest. What is known to a month only is left out: a window of the scan
    is no longer than that.
    """
    traces = [trace for trace in read_traces(network_id, since=since) if trace.first_day <= today]
    traces = [trace for trace in traces if today <= trace.kept_until]
    middles = ground.middles(network_id)
    seen = [(trace, spot) for trace, spot in _placed(traces, middles) if _is_dated(trace)]
    if not seen:
        return Sightings(sightings=(), projection=flat, traces=(), n_left_out=len(traces))
    flat = flat or Projection.around([(spot.longitude, spot.latitude) for _, spot in seen])
    return Sightings(
        sightings=tuple(_sighting(trace, spot, flat=flat, today=today) for trace, spot in seen),
        projection=flat,
        traces=tuple(trace for trace, _ in seen),
        n_left_out=len(traces) - len(seen),
    )


def stream_of(partner_id: OrganizationId | None) -> str:
    """Return what the stream of a partner is called; residents are one together."""
    return RESIDENTS if partner_id is None else f"{PARTNER}{partner_id}"


def partner_of(stream: str) -> OrganizationId | None:
    """Return whose stream it is; None: of residents."""
    return None if stream == RESIDENTS else OrganizationId(stream.removeprefix(PARTNER))


def _asked(found: QuerySet[models.Signal], asked: Asked) -> QuerySet[models.Signal]:
    if asked.state is not None:
        found = found.filter(state=asked.state.value)
    if asked.owner_id is not None:
        found = found.filter(organization__text_id=asked.owner_id)
    return found


def _own(found: QuerySet[models.Signal], actor: Actor) -> tuple[OwnSignal, ...]:
    return tuple(_own_signal(row, actor) for row in found)


def _own_signal(row: models.Signal, actor: Actor) -> OwnSignal:
    return OwnSignal(
        value=rows.signal_value(row),
        owner_name=row.organization.name if row.organization else "",
        is_own=row.author is not None and row.author.text_id == actor.person_id,
        told_at=row.told_at,
        story=tuple((step, datetime.fromisoformat(at)) for step, at in row.story),
        steps=signals.steps_for_signal(SignalState(row.state)),
        reference=row.reference,
    )


def _placed(traces: list[Trace], middles: Mapping[AreaId, Spot]) -> Iterator[tuple[Trace, Spot]]:
    for trace in traces:
        spot = trace.spot or (middles.get(trace.area_id) if trace.area_id else None)
        if spot is not None:
            yield trace, spot


def _is_dated(trace: Trace) -> bool:
    return (trace.last_day - trace.first_day).days < LONGEST_DAYS


def _sighting(trace: Trace, spot: Spot, *, flat: Projection, today: date) -> Sighting:
    middle = trace.first_day + timedelta(days=(trace.last_day - trace.first_day).days // 2)
    x, y = flat.to_metres((spot.longitude, spot.latitude))
    return Sighting(partner=stream_of(trace.partner_id), x_m=x, y_m=y, on=min(middle, today))
