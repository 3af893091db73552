# SPDX-License-Identifier: EUPL-1.2
"""Reads of the log: who looked at one's own card, and whether a whole log is as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError

from scharnier.apps.audit import access, models, rows
from scharnier.core import audit
from scharnier.core.kernel import Actor, NetworkId, NotFound

BATCH_ROWS: Final = 1000


class LogNotFound(NotFound):
    """No network of that name has a log."""

    code = "audit.log_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """A part of a list of events, latest first."""

    events: tuple[audit.Event, ...]
    total: int  # on all pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What verifying the log of one network found."""

    network_id: NetworkId
    head: audit.Head
    broken: audit.Break | None


def card_reads(actor: Actor, *, first: int, most: int) -> EventPage:
    """Return who read the actor's own card, from a position on; a row that was tampered with is left out."""
    found = access.reads_of_own_card(actor)
    entries_found = (rows.entry_value(row) for row in found[first : first + most])
    events = tuple(entry.event for entry in entries_found if entry.event is not None)
    return EventPage(events=events, total=found.count())


def own_acts(actor: Actor) -> Iterator[audit.Event]:
    """Yield what the actor did, first things first; a row that was tampered with is left out."""
    entries_found = map(rows.entry_value, access.own_acts(actor).iterator())
    return (entry.event for entry in entries_found if entry.event is not None)


def logged_networks(network_id: str = "") -> tuple[NetworkId, ...]:
    """Return the networks with a log, or the one of that name.

    Raises
    ------
    LogNotFound
    """
    named = {
        *models.AuditHead.objects.values_list("network_id", flat=True),
        *models.AuditEvent.objects.values_list("network_id", flat=True).distinct(),
    }
    if not network_id:
        return tuple(map(NetworkId, sorted(named)))
    if network_id not in named:
        raise LogNotFound(network_id=network_id)
    return (NetworkId(network_id),)


def has_other_acts(network_id: NetworkId, *, than: str) -> bool:
    """Tell whether the log of a network holds more than one act, again and again."""
    return access.events(network_id).exclude(act=than).exists()


def verify_log(network_id: NetworkId, *, noted: Iterable[audit.Head] = ()) -> Finding:
    """Return whether the log of a network is whole, while others go on appending.

    Notes
    -----
    The last number is read before the head, and no entry past both after it: what is appended meanwhile
    is left for the next time.
    """
    last = access.events(network_id).order_by("-number").values_list("number", flat=True).first()
    head = _head(network_id)
    until = max(head.number, last) if isinstance(last, int) else head.number  # SQLite keeps text as a number
    broken = audit.verify_chain(entries(network_id, until=until), head=head, noted=noted)
    return Finding(network_id=network_id, head=head, broken=broken)


def entries(network_id: NetworkId, *, until: int) -> Iterator[audit.Entry]:
    """Yield the log of a network in order up to a number, a batch at a time."""
    after = 0
    while batch := _batch(network_id, after=after, until=until):
        yield from batch
        after = batch[-1].number


def _batch(network_id: NetworkId, *, after: int, until: int) -> Sequence[audit.Entry]:
    found = access.events(network_id).filter(number__gt=after, number__lte=until)
    try:
        return [rows.entry_value(row) for row in found[:BATCH_ROWS]]
    except DatabaseError:  # a text that is none: SQLite keeps any bytes
        numbers = found.values_list("number", flat=True)[:BATCH_ROWS]
        return [_entry(network_id, number=number) for number in numbers]


def _entry(network_id: NetworkId, *, number: int) -> audit.Entry:
    try:
        return rows.entry_value(access.events(network_id).get(number=number))
    except DatabaseError:
        return audit.Entry(number=number, event=None, digest="")


def _head(network_id: NetworkId) -> audit.Head:
    """Return the head as stored; one that cannot be read, or is not there, knows of nothing."""
    try:
        row = models.AuditHead.objects.filter(network_id=network_id).first()
    except DatabaseError:
        return audit.Head()
    if row is None or not isinstance(row.number, int):
        return audit.Head()
    return audit.Head(number=row.number, digest=row.digest)
