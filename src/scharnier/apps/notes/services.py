# SPDX-License-Identifier: EUPL-1.2
"""Acts on what somebody writes down for themselves: keep it, throw it away, take it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from scharnier.apps.audit import services as log
from scharnier.apps.notes import access, models
from scharnier.apps.people.models import Person
from scharnier.core import notes, policy
from scharnier.core.kernel import Actor, Conflict, ReferralId


class TooManyNotes(Conflict):
    """As many notes wait as a list can hold."""

    code = "notes.too_many"


@transaction.atomic
def make_note(note: notes.Note, *, about: str, key: UUID, actor: Actor, at: datetime) -> bool:
    """Keep a note; false when it was kept before under the same key, and then nothing happens.

    Raises
    ------
    MayNotNote
    EmptyText, TextTooLong, PersonalDataFound, ReminderOutOfReach
    TooManyNotes
    """
    on = timezone.localdate(at)
    access.check_may_note(actor, on=on)
    writer = Person.objects.select_for_update().get(  # who sends the same twice at once waits here
        network_id=actor.network_id, text_id=actor.person_id
    )
    if access.own_notes(actor).filter(key=key).exists():
        return False
    notes.check_note(note, on=on)
    if access.waiting(actor).count() >= notes.MOST_WAITING:
        raise TooManyNotes(most=notes.MOST_WAITING)
    models.Note.objects.create(
        network_id=actor.network_id,
        writer=writer,
        key=key,
        text=note.text,
        place=note.place,
        about=about,
        candidate=note.candidate,
        remind_date=note.remind_date,
        made_at=at,
    )
    _record("note.made", key, actor=actor, at=at)
    return True


@transaction.atomic
def throw_away(key: UUID, *, actor: Actor, at: datetime) -> None:
    """Throw a note away; the words stay for a day, to take it back.

    Raises
    ------
    NoteNotFound
    """
    row = access.note_for_update(key, actor=actor, act=policy.Act.REMOVE)
    if row.thrown_away_at is None:
        row.thrown_away_at = at
        row.save(update_fields=["thrown_away_at"])
        _record("note.thrown_away", key, actor=actor, at=at)


@transaction.atomic
def take_back(key: UUID, *, actor: Actor, at: datetime) -> None:
    """Let a note wait again that was thrown away.

    Raises
    ------
    NoteNotFound
        Also when its words have gone.
    """
    row = access.note_for_update(key, actor=actor, act=policy.Act.CHANGE)
    if row.thrown_away_at is not None:
        row.thrown_away_at = None
        row.save(update_fields=["thrown_away_at"])
        _record("note.taken_back", key, actor=actor, at=at)


def hold_note(key: UUID, *, actor: Actor) -> models.Note:
    """Return a note of the actor's own, locked, to make something of it; call it inside the act that does.

    Raises
    ------
    NoteNotFound
    """
    return access.note_for_update(key, actor=actor, act=policy.Act.CHANGE)


def note_became(row: models.Note, referral_id: ReferralId, *, actor: Actor, at: datetime) -> None:
    """Let a note that is held point at the referral it became; it waits no more."""
    row.referral_id, row.thrown_away_at = referral_id, None
    row.save(update_fields=["referral_id", "thrown_away_at"])
    _record("note.became_referral", row.key, actor=actor, at=at)


def _record(act: str, key: UUID, *, actor: Actor, at: datetime) -> None:
    log.record(actor=actor, act=act, kind="note", object_id=str(key), at=at)
