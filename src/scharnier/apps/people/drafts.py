# SPDX-License-Identifier: EUPL-1.2
"""The only way to a file on its way into a network: one's own, for an hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from scharnier.apps.people import models
from scharnier.core import policy
from scharnier.core.kernel import Actor, NotAllowed, NotFound

LASTS: Final = timedelta(hours=1)


class MayNotImport(NotAllowed):
    """The actor may not bring a file into the network."""

    code = "people.may_not_import"


class DraftNotFound(NotFound):
    """The actor keeps no file ready, or it waited too long."""

    code = "people.draft_not_found"


def may_import(actor: Actor, *, on: date) -> bool:
    """Tell whether somebody may bring a file into their network."""
    thing = policy.Thing(kind=policy.Kind.NETWORK, network_id=actor.network_id)
    return policy.allow(actor, policy.Act.CHANGE, thing, at=on)


def check_may_import(actor: Actor, *, on: date) -> None:
    """Let those pass who may bring a file into their network.

    Raises
    ------
    MayNotImport
    """
    if not may_import(actor, on=on):
        raise MayNotImport


def own_drafts(actor: Actor) -> QuerySet[models.ImportDraft]:
    """Return the file that the actor keeps ready to be imported, if there is one."""
    return models.ImportDraft.objects.filter(
        network_id=actor.network_id, person__text_id=actor.person_id
    ).order_by("pk")


def own_draft(
    actor: Actor,
    *,
    on: date,
    at: datetime,
    kind: models.DraftKind = models.DraftKind.NETWORK,
    lock: bool = False,
) -> models.ImportDraft:
    """Return the file of a kind that the actor keeps ready, locked until the transaction ends if need be.

    Raises
    ------
    MayNotImport
    DraftNotFound
        Also when it is over an hour old, or when another kind of file took its place.
    """
    check_may_import(actor, on=on)
    found = own_drafts(actor).filter(kind=kind.value, made_at__gt=at - LASTS)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise DraftNotFound
    return row
