# SPDX-License-Identifier: EUPL-1.2
"""The chain: each digest holds the one before, so no event can change, go or move without being found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scharnier.core.audit._events import Event, canonical_bytes

GENESIS: Final = "0" * 64  # what the first event follows on


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a stored log: an event with its digest."""

    number: int
    event: Event | None  # None: what stands there is no event any more
    digest: str  # 64 hexadecimal digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far a chain goes, known apart from its entries."""

    number: int = 0  # of the last event; 0: none yet
    digest: str = GENESIS


class Fault(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    MISSING = "missing"
    OUT_OF_ORDER = "out_of_order"
    CUT_OFF = "cut_off"  # the end is gone
    BEYOND_HEAD = "beyond_head"  # more events than the head knows of
    OTHER_HEAD = "other_head"  # every event is sound, and the head names another digest
    REWRITTEN = "rewritten"  # sound in itself, and not what was noted of it earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where a chain is not whole.

    Examples
    --------
    >>> Break(number=7, fault=Fault.CHANGED).code
    'audit.changed'
    """

    number: int
    fault: Fault

    @property
    def code(self) -> str:
        """The code of the sentence that says it."""
        return f"audit.{self.fault.value}"

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts for that sentence."""
        return {"number": self.number}


def link(previous_digest: str, event: Event) -> str:
    """Return the digest of an event that follows on another.

    Parameters
    ----------
    previous_digest
        64 hexadecimal digits: the digest of the event before, `GENESIS` for the first.
    event
        The event to add.

    Returns
    -------
    str
        64 hexadecimal digits: SHA-256 over the 32 bytes of the previous digest and the event's
        canonical bytes.

    Raises
    ------
    ValueError
        When the previous digest is not hexadecimal.

    References
    ----------
    .. [1] S. Haber, W. S. Stornetta (1991), How to time-stamp a digital document, J. Cryptology 3, 99-111.
    .. [2] NIST (2015), FIPS 180-4, Secure Hash Standard.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from scharnier.core.kernel import NetworkId
    >>> loaded = Event(network_id=NetworkId("n"), number=1, at=datetime(2026, 3, 29, tzinfo=UTC),
    ...                actor_id=None, act="network.loaded", kind="network", object_id="n")
    >>> link(GENESIS, loaded)[:16]
    'a08bc4b9067ee18a'
    """
    return hashlib.sha256(bytes.fromhex(previous_digest) + canonical_bytes(event)).hexdigest()


def verify_chain(entries: Iterable[Entry], *, head: Head, noted: Iterable[Head] = ()) -> Break | None:
    """Return the first break of a chain, or None when it is whole.

    Parameters
    ----------
    entries
        The n entries of one network in the order in which they are stored; read once.
    head
        How far the chain goes, as stored beside it.
    noted
        Heads of the same chain as they were at earlier moments, kept elsewhere.

    Returns
    -------
    Break or None
        The lowest number that is not right, with what is wrong with it.

    Notes
    -----
    O(n) time; memory grows with the noted heads only. Who can rewrite the entries *and* the head can
    make another whole chain; a head noted elsewhere, such as on paper, shows that too.

    Examples
    --------
    >>> verify_chain([], head=Head()) is None
    True
    >>> verify_chain([], head=Head(number=2, digest="ab" * 32)).fault.value
    'cut_off'
    """
    waiting, digests = iter(entries), {kept.number: kept.digest for kept in noted}
    number, digest = 0, GENESIS
    for entry in waiting:
        number += 1
        fault = _fault(entry, number=number, previous_digest=digest, head=head, rest=waiting)
        if fault is None and digests.get(number, entry.digest) != entry.digest:
            fault = Fault.REWRITTEN
        if fault is not None:
            return Break(number=number, fault=fault)
        digest = entry.digest
    if number < max(head.number, *digests, 0):
        return Break(number=number + 1, fault=Fault.CUT_OFF)
    return None if digest == head.digest else Break(number=number, fault=Fault.OTHER_HEAD)


def _fault(
    entry: Entry, *, number: int, previous_digest: str, head: Head, rest: Iterator[Entry]
) -> Fault | None:
    if entry.number != number:
        follows = any(later.number == number for later in rest)
        return Fault.OUT_OF_ORDER if follows or entry.number < number else Fault.MISSING
    if number > head.number:
        return Fault.BEYOND_HEAD
    event = entry.event
    if event is None or event.number != number or link(previous_digest, event) != entry.digest:
        return Fault.CHANGED
    return None
