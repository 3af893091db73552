# SPDX-License-Identifier: EUPL-1.2
"""Events to rows and back, in one way only: what reads back otherwise was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from scharnier.apps.audit import models
from scharnier.core import audit
from scharnier.core.kernel import NetworkId, PersonId


def event_row(event: audit.Event, *, digest: str) -> models.AuditEvent:
    """Return the row of an event."""
    return models.AuditEvent(**_columns(event), digest=digest)


def event_value(row: models.AuditEvent) -> audit.Event:
    """Return the event of a row (raises ValueError, TypeError or InvalidEvent when it holds none)."""
    facts: Mapping[str, str] = json.loads(row.facts) if row.facts else {}
    return audit.Event(
        network_id=NetworkId(row.network_id),
        number=row.number,
        at=datetime.fromisoformat(row.at),
        actor_id=PersonId(row.actor_id) if row.actor_id else None,
        on_behalf_of=row.on_behalf_of,
        act=row.act,
        kind=row.kind,
        object_id=row.object_id,
        purpose=row.purpose,
        basis=row.basis,
        outcome="refused" if row.outcome == "refused" else "done",
        facts=tuple(sorted(facts.items())),
    )


def entry_value(row: models.AuditEvent) -> audit.Entry:
    """Return the entry of a row; without an event when its columns say one in another way than we write."""
    event: audit.Event | None
    try:
        event = event_value(row)
    except (ValueError, TypeError, AttributeError, audit.InvalidEvent):
        event = None
    if event is not None and any(getattr(row, name) != value for name, value in _columns(event).items()):
        event = None
    return audit.Entry(number=row.number, event=event, digest=row.digest)


def _columns(event: audit.Event) -> Mapping[str, str | int]:
    facts = json.dumps(dict(event.facts), ensure_ascii=False, separators=(",", ":"))
    return {
        "network_id": event.network_id,
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": event.actor_id or "",
        "on_behalf_of": event.on_behalf_of,
        "act": event.act,
        "kind": event.kind,
        "object_id": event.object_id,
        "purpose": event.purpose,
        "basis": event.basis,
        "outcome": event.outcome,
        "facts": facts if event.facts else "",
    }
