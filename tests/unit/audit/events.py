# SPDX-License-Identifier: EUPL-1.2
"""Events to test with, and chains of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scharnier.core import audit
from scharnier.core.kernel import NetworkId, PersonId
from tests.factories import NOON

READING = audit.Event(
    network_id=NetworkId("kruisveld"),
    number=1,
    at=NOON,
    actor_id=PersonId("samira"),
    on_behalf_of="schuldhulp",
    act="card.read",
    kind="person",
    object_id="karel",
    purpose="contact",
    basis="consent",
    facts=(("format", "page"), ("topic_1", "debt")),
)


def an_event(**parts: object) -> audit.Event:
    """A reading of Karel's card by Samira; say what is otherwise."""
    return replace(READING, **parts)  # type: ignore[arg-type]  # the parts that a test names


def a_chain(events: Iterable[audit.Event]) -> list[audit.Entry]:
    """The events in a row, numbered and linked."""
    entries: list[audit.Entry] = []
    digest = audit.GENESIS
    for number, event in enumerate(events, start=1):
        numbered = replace(event, number=number)
        digest = audit.link(digest, numbered)
        entries.append(audit.Entry(number=number, event=numbered, digest=digest))
    return entries


def head_of(entries: list[audit.Entry]) -> audit.Head:
    return audit.Head(number=entries[-1].number, digest=entries[-1].digest) if entries else audit.Head()
