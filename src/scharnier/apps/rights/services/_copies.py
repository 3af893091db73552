# SPDX-License-Identifier: EUPL-1.2
"""Acts of copying: everything about a person, with a line in the log that it was given."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.rights import selectors
from scharnier.core.kernel import Actor


@transaction.atomic
def copy_own_data(*, form: str, actor: Actor, on: date, at: datetime) -> selectors.DataCopy:
    """Return everything the network holds about the actor, and put on record that it was given.

    Raises
    ------
    PersonNotFound
    """
    copy = selectors.copy_of(actor, on=on, at=at)
    log.record(
        actor=actor,
        act="data.copied",
        kind="person",
        object_id=actor.person_id,
        at=at,
        facts={"format": form},
    )
    return copy
