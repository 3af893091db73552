# SPDX-License-Identifier: EUPL-1.2
"""Put on record what is done and read, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.transaction import TransactionManagementError

from scharnier.apps.audit import access, models, rows
from scharnier.core import audit
from scharnier.core.kernel import Actor

NO_FACTS: Final[Mapping[str, str]] = MappingProxyType({})


def record(  # noqa: PLR0913  the parts of an event, each by its name
    *,
    actor: Actor | audit.System,
    act: str,
    kind: str,
    object_id: str,
    at: datetime,
    on_behalf_of: str = "",
    purpose: str = "",
    basis: str = "",
    outcome: audit.Outcome = "done",
    facts: Mapping[str, str] = NO_FACTS,
) -> None:
    """Append an event to the log of the actor's network; call it last, inside the transaction of the act.

    Raises
    ------
    TransactionManagementError
        Outside a transaction: an act and its event are kept together or not at all.
    InvalidEvent

    Notes
    -----
    The head of the log stays locked until the transaction ends, so that numbers have no gaps. Whoever
    takes other locks takes them before.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError(f"{act} needs the transaction of its act.")
    head = access.head_for_update(actor.network_id)
    event = audit.Event(
        network_id=actor.network_id,
        number=head.number + 1,
        at=at.astimezone(UTC) if at.tzinfo else at,  # without a zone no event takes it
        actor_id=actor.person_id,
        on_behalf_of=on_behalf_of,
        act=act,
        kind=kind,
        object_id=object_id,
        purpose=purpose,
        basis=basis,
        outcome=outcome,
        facts=tuple(sorted(facts.items())),
    )
    digest = audit.link(head.digest, event)
    rows.event_row(event, digest=digest).save(force_insert=True)
    models.AuditHead.objects.filter(network_id=actor.network_id).update(number=event.number, digest=digest)
