# SPDX-License-Identifier: EUPL-1.2
"""One thing done or read: identifiers only, so that erasing a person leaves nothing to erase here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

from scharnier.core.kernel import Invalid, NetworkId, PersonId

Outcome = Literal["done", "refused"]

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
_ACT: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_TAG: Final = re.compile(r"[a-z0-9_.-]{0,100}")  # a purpose or a legal basis; empty: none
_ID: Final = re.compile(r"[^\x00\ud800-\udfff]+")  # of a row: anything that every database can keep
_FACT: Final = re.compile(r"[^\s@\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,100}")


class InvalidEvent(Invalid):
    """An event of the log breaks a rule."""

    code = "audit.invalid_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """The installation itself, which acts in a network without a person: an import, a nightly job.

    Examples
    --------
    >>> System(network_id=NetworkId("kruisveld")).person_id is None
    True
    """

    network_id: NetworkId
    person_id: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did or read what, when, for whom and why.

    Raises
    ------
    InvalidEvent
        With a number below 1, a time that is not UTC, something that is no identifier, or facts that are
        not in order of their names or hold something else than identifiers.

    Examples
    --------
    >>> event = Event(
    ...     network_id=NetworkId("kruisveld"),
    ...     number=1,
    ...     at=datetime(2026, 3, 29, 12, tzinfo=UTC),
    ...     actor_id=PersonId("samira"),
    ...     act="card.read",
    ...     kind="person",
    ...     object_id="karel",
    ... )
    >>> event.outcome
    'done'
    """

    network_id: NetworkId
    number: int  # in the network's chain, from 1 without gaps
    at: datetime  # aware, UTC
    actor_id: PersonId | None  # None: the system
    act: str  # kind and verb, such as card.read
    kind: str  # of the object, such as person
    object_id: str
    on_behalf_of: str = ""  # organization, community or resident group; empty: nobody
    purpose: str = ""
    basis: str = ""  # legal basis
    outcome: Outcome = "done"
    facts: tuple[tuple[str, str], ...] = ()  # name and identifier, by name

    def __post_init__(self) -> None:
        for field in _wrong_fields(self):
            raise InvalidEvent(field=field, act=self.act)


def is_identifier(text: str) -> bool:
    """Tell whether a text can be a fact of an event: an identifier, a number or a code, never words.

    Parameters
    ----------
    text
        Any text.

    Examples
    --------
    >>> [is_identifier(text) for text in ("debt", "3", "two words", "ria@example.org", "")]
    [True, True, False, False, False]
    """
    return _FACT.fullmatch(text) is not None


def canonical_bytes(event: Event) -> bytes:
    """Return an event as bytes: the same event always gives the same, two events never do.

    Parameters
    ----------
    event
        A valid event.

    Returns
    -------
    bytes
        A JSON array of every field in fixed order, in UTF-8 without white space outside strings.

    Notes
    -----
    Different events give different bytes, since JSON keeps strings apart by quotation and escapes, a
    missing actor is `null`, and the time is written in one way, to the microsecond. O(length of the event).

    Examples
    --------
    >>> at = datetime(2026, 3, 29, 12, tzinfo=UTC)
    >>> canonical_bytes(
    ...     Event(network_id=NetworkId("n"), number=1, at=at, actor_id=None, act="network.loaded",
    ...           kind="network", object_id="n")
    ... )
    b'["n",1,"2026-03-29T12:00:00.000000+00:00",null,"","network.loaded","network","n","","","done",[]]'
    """
    fields = (
        event.network_id,
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.on_behalf_of,
        event.act,
        event.kind,
        event.object_id,
        event.purpose,
        event.basis,
        event.outcome,
        event.facts,
    )
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _wrong_fields(event: Event) -> Iterator[str]:
    patterns = {
        "network_id": _ID,
        "act": _ACT,
        "kind": _WORD,
        "object_id": _ID,
        "purpose": _TAG,
        "basis": _TAG,
    }
    yield from (name for name, pattern in patterns.items() if not pattern.fullmatch(getattr(event, name)))
    if event.number < 1:
        yield "number"
    if event.at.utcoffset() != timedelta(0):
        yield "at"
    if event.actor_id is not None and not _ID.fullmatch(event.actor_id):
        yield "actor_id"
    if event.on_behalf_of and not _ID.fullmatch(event.on_behalf_of):
        yield "on_behalf_of"
    if event.outcome not in get_args(Outcome):
        yield "outcome"
    if not _are_identifiers(event.facts):
        yield "facts"


def _are_identifiers(facts: tuple[tuple[str, str], ...]) -> bool:
    names = [name for name, _ in facts]
    in_order = names == sorted(set(names))
    return in_order and all(_WORD.fullmatch(name) and is_identifier(value) for name, value in facts)
