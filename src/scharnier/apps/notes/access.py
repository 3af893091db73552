# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of a note: one's own, whatever one's role."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from scharnier.apps.notes import models
from scharnier.apps.people import access as people
from scharnier.core import notes, policy
from scharnier.core.kernel import Actor, NotAllowed, NotFound


class NoteNotFound(NotFound):
    """No such note of the actor's own."""

    code = "notes.note_not_found"


class MayNotNote(NotAllowed):
    """Whoever can ask the network nothing has nothing to note for it."""

    code = "notes.may_not_note"


def check_may_note(actor: Actor, *, on: date) -> None:
    """Let those pass who may write notes.

    Raises
    ------
    MayNotNote
    """
    own = policy.Thing(kind=policy.Kind.NOTE, network_id=actor.network_id, about=frozenset({actor.person_id}))
    if not policy.allow(actor, policy.Act.CREATE, own, at=on):
        raise MayNotNote(role=actor.role.value)


def own_notes(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Note]:
    """Return what the actor wrote down, thrown away or not, oldest first."""
    meaning: people.Meaning = {policy.Condition.OWN: Q(writer__text_id=actor.person_id)}
    allowed = people.allowed(actor, act, policy.Kind.NOTE, meaning=meaning)
    return models.Note.objects.filter(allowed, network_id=actor.network_id).order_by("made_at", "pk")


def waiting(actor: Actor) -> QuerySet[models.Note]:
    """Return what the actor wrote down that waits, oldest first."""
    return own_notes(actor).filter(thrown_away_at__isnull=True, referral_id="")


def referred(actor: Actor) -> QuerySet[models.Note]:
    """Return what the actor wrote down that became a referral, latest first."""
    return own_notes(actor).exclude(referral_id="").order_by("-made_at", "-pk")


def to_take_back(actor: Actor, *, at: datetime) -> QuerySet[models.Note]:
    """Return what the actor threw away and can still take back, latest first."""
    since = at - timedelta(days=notes.UNDO_DAYS)
    found = own_notes(actor).filter(thrown_away_at__gt=since).exclude(text="")
    return found.order_by("-thrown_away_at", "-pk")


def note_for_update(key: UUID, *, actor: Actor, act: policy.Act) -> models.Note:
    """Return a note of the actor's own with words in it, locked until the transaction ends.

    Raises
    ------
    NoteNotFound
        Also when it is somebody else's.
    """
    row = own_notes(actor, act=act).exclude(text="").select_for_update(of=("self",)).filter(key=key).first()
    if row is None:
        raise NoteNotFound(note_id=str(key))
    return row
