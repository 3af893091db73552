# SPDX-License-Identifier: EUPL-1.2
"""Read the card of a person: nobody sees one before the reading is on record."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.people import access
from scharnier.core.kernel import Actor, PersonId
from scharnier.core.network import Purpose

CONSENT = "consent"  # the legal basis on which cards are shown


def open_card(person_id: PersonId, *, actor: Actor, on: date, at: datetime) -> access.VisiblePerson:
    """Return a person's row, with the reading on record unless it is the actor's own.

    Raises
    ------
    PersonNotFound
        Also on record, and in the same time whether there is such a person or not.
    """
    try:
        row = access.person(person_id, actor=actor, on=on)
    except access.PersonNotFound:
        _record_refusal(person_id, actor=actor, at=at)
        raise
    if person_id != actor.person_id:
        _record_reading(row, actor=actor, at=at)
    return row


@transaction.atomic
def _record_reading(row: access.VisiblePerson, *, actor: Actor, at: datetime) -> None:
    log.record(
        actor=actor,
        act="card.read",
        kind="person",
        object_id=row.text_id,
        at=at,
        on_behalf_of=_on_behalf_of(actor),
        purpose=(Purpose.CONTACT if row.may_contact else Purpose.LISTING).value,
        basis=CONSENT,
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


def _on_behalf_of(actor: Actor) -> str:
    """Return the one organization that somebody can only be acting for; with more, nobody knows which."""
    return next(iter(actor.acts_for)) if len(actor.acts_for) == 1 else ""
