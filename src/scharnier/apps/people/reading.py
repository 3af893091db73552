# SPDX-License-Identifier: EUPL-1.2
"""Read the card of a person: nobody sees one before the reading is on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.people import access
from scharnier.apps.sharing import access as sharing
from scharnier.apps.sharing.models import Sharing
from scharnier.core.kernel import Actor, PersonId
from scharnier.core.network import Purpose
from scharnier.core.sharing import AudienceKind

CONSENT = "consent"  # the legal basis on which cards are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A card that was opened, and what let it be seen where that was not what its person lets all see."""

    row: access.VisiblePerson
    shared: Sharing | None


def open_card(person_id: PersonId, *, actor: Actor, on: date, at: datetime) -> Opened:
    """Return a person's row, with the reading on record unless it is the actor's own.

    Raises
    ------
    PersonNotFound
        Also on record, and in the same time whether there is such a person or not.
    """
    try:
        opened = _find(person_id, actor=actor, on=on, at=at)
    except access.PersonNotFound:
        _record_refusal(person_id, actor=actor, at=at)
        raise
    if person_id != actor.person_id:
        _record_reading(opened.row, shared=opened.shared, actor=actor, at=at)
    return opened


def _find(person_id: PersonId, *, actor: Actor, on: date, at: datetime) -> Opened:
    row = access.person(person_id, actor=actor, on=on)
    if person_id == actor.person_id:
        return Opened(row=row, shared=None)
    shared = _sharing_of(row, actor=actor, at=at)
    if shared is None and not row.is_listed:
        raise access.PersonNotFound(person_id=person_id)  # the sharing ended this very moment
    return Opened(row=row, shared=shared)


def record_shared(rows: Iterable[access.VisiblePerson], *, actor: Actor, at: datetime) -> None:
    """Put on record which cards of a list are read through a sharing; the others are for all to read."""
    for row in rows:
        shared = _sharing_of(row, actor=actor, at=at)
        if shared is not None:
            _record_reading(row, shared=shared, actor=actor, at=at)


def _sharing_of(row: access.VisiblePerson, *, actor: Actor, at: datetime) -> Sharing | None:
    """Return the sharing through which the actor sees more of a card than every member does."""
    if row.is_reachable or row.text_id not in actor.shared_with_me:
        return None
    return sharing.received(actor, at=at).filter(person_id=row.text_id).first()


@transaction.atomic
def _record_reading(row: access.VisiblePerson, *, shared: Sharing | None, actor: Actor, at: datetime) -> None:
    purpose = (Purpose.CONTACT if row.may_contact else Purpose.LISTING).value
    log.record(
        actor=actor,
        act="card.read",
        kind="person",
        object_id=row.text_id,
        at=at,
        on_behalf_of=_on_behalf_of(actor, shared),
        purpose=shared.purpose if shared else purpose,
        basis=shared.basis if shared else CONSENT,
        facts={"sharing": str(shared.pk)} if shared else {},
    )


@transaction.atomic
def _record_refusal(person_id: PersonId, *, actor: Actor, at: datetime) -> None:
    is_there = access.is_there(person_id, actor=actor)
    log.record(
        actor=actor,
        act="card.read",
        kind="person" if is_there else "nobody",
        object_id=person_id if is_there else "-",  # what was typed may be a name
        at=at,
        on_behalf_of=_on_behalf_of(actor),
        outcome="refused",
    )


def _on_behalf_of(actor: Actor, shared: Sharing | None = None) -> str:
    """Return for which organization somebody reads: that of the sharing, or the only one it can be."""
    if shared is not None and shared.audience_kind == AudienceKind.ORGANIZATION:
        return shared.audience_id
    return next(iter(actor.acts_for)) if len(actor.acts_for) == 1 else ""
