# SPDX-License-Identifier: EUPL-1.2
"""What ends every act: a new revision of the network, and an event in its log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import uuid4

from scharnier.apps.audit import services as log
from scharnier.apps.people import models
from scharnier.core.kernel import Actor, NetworkId

NO_FACTS: Final[Mapping[str, str]] = MappingProxyType({})


def bump_revision(network_id: NetworkId, *, in_sight: bool = True) -> None:
    """Make every process read the network again; call it inside the transaction of the change.

    Parameters
    ----------
    network_id
    in_sight
        False only for what changes neither who may be seen nor a tie; what was drawn then stays.

    Notes
    -----
    A revision is never used twice, not even after an older copy of the database was put back.
    """
    revision = uuid4().hex
    changed = {"revision": revision, "sight": revision} if in_sight else {"revision": revision}
    models.Network.objects.filter(id=network_id).update(**changed)


def finish_act(  # noqa: PLR0913  the parts of an event, each by its name
    act: str,
    *,
    kind: str,
    object_id: str,
    actor: Actor,
    at: datetime,
    on_behalf_of: str = "",
    facts: Mapping[str, str] = NO_FACTS,
    in_sight: bool = True,
) -> None:
    """Bump the revision and put the act on record; call it last, inside the transaction of the act."""
    bump_revision(actor.network_id, in_sight=in_sight)
    log.record(
        actor=actor,
        act=act,
        kind=kind,
        object_id=object_id,
        at=at,
        on_behalf_of=on_behalf_of,
        facts=facts,
    )
