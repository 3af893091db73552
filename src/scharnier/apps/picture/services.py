# SPDX-License-Identifier: EUPL-1.2
"""Acts on one's own ties: one transaction each, a new revision of the network, and an event in its log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from scharnier.apps.audit import services as log
from scharnier.apps.people import access as people
from scharnier.apps.people import gone, models
from scharnier.apps.people import services as revisions
from scharnier.apps.picture import access
from scharnier.apps.tombstones import selectors as tombstones
from scharnier.core.kernel import Actor, Conflict, PersonId
from scharnier.core.network import TieKind, TieOrigin

FULL = 1.0  # how sure somebody is of a tie on the day they enter it


class TieExists(Conflict):
    """Between these two there is a tie of that kind already."""

    code = "picture.tie_exists"


class TieObjected(Conflict):
    """The other one does not want to be named by the actor."""

    code = "picture.tie_objected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A tie that was taken away, with all it takes to put it back."""

    source_id: str
    target_id: str
    kind: str
    strength: float
    observed_date: date
    origin: str


@transaction.atomic
def declare_tie(target_id: PersonId, *, kind: TieKind, actor: Actor, on: date, at: datetime) -> bool:
    """Enter a tie from the actor to somebody; one that is there already is confirmed.

    Returns whether it is new.

    Raises
    ------
    PersonNotFound
        When the actor may not know of them; without that, only who is tied already may get another tie.
    TieObjected
    """
    own = people.own_person_for_update(actor)  # two entries at once wait for each other here
    target = access.reachable_person(target_id, actor=actor, on=on)
    row = models.Tie.objects.filter(source=own, target=target, kind=kind.value).first()
    if row is not None:
        _confirm(row, actor=actor, on=on, at=at)
        return False
    _check_welcome(own.text_id, target.text_id, actor=actor)
    row = models.Tie.objects.create(
        network_id=actor.network_id,
        source=own,
        target=target,
        kind=kind.value,
        strength=FULL,
        observed_date=on,
        origin=TieOrigin.DECLARED.value,
    )
    _finish("tie.declared", row, actor=actor, at=at)
    return True


@transaction.atomic
def confirm_tie(tie_pk: int, *, actor: Actor, on: date, at: datetime) -> None:
    """Say that a tie which the actor entered still holds on this day.

    Raises
    ------
    TieNotFound
    """
    _confirm(access.declared_tie_for_update(tie_pk, actor=actor), actor=actor, on=on, at=at)


def _confirm(row: models.Tie, *, actor: Actor, on: date, at: datetime) -> None:
    row.observed_date = on
    row.save(update_fields=["observed_date"])
    _finish("tie.confirmed", row, actor=actor, at=at)


@transaction.atomic
def change_tie(tie_pk: int, *, kind: TieKind, actor: Actor, on: date, at: datetime) -> None:
    """Say what a person really is to the actor; that holds from this day.

    Raises
    ------
    TieNotFound
    TieExists
    """
    people.own_person_for_update(actor)
    row = access.declared_tie_for_update(tie_pk, actor=actor)
    _check_single(row.source_id, row.target_id, kind=kind.value, but=row.pk)
    row.kind, row.observed_date = kind.value, on
    row.save(update_fields=["kind", "observed_date"])
    _finish("tie.changed", row, actor=actor, at=at)


@transaction.atomic
def remove_tie(tie_pk: int, *, actor: Actor, at: datetime) -> Removed:
    """Take away a tie that the actor is at either end of; what comes back can undo it.

    Raises
    ------
    TieNotFound
    """
    row = access.tie_of_two_for_update(tie_pk, actor=actor)
    removed = Removed(
        source_id=row.source.text_id,
        target_id=row.target.text_id,
        kind=row.kind,
        strength=row.strength,
        observed_date=row.observed_date,
        origin=row.origin,
    )
    models.Tie.objects.filter(pk=row.pk).delete()
    _finish("tie.removed", row, actor=actor, at=at)
    return removed


@transaction.atomic
def restore_tie(removed: Removed, *, actor: Actor, at: datetime) -> None:
    """Put back a tie that the actor took away, as it was.

    Raises
    ------
    TieNotFound
        When it was not the actor's, or one of the two is no longer there.
    TieExists
    TieObjected
    """
    ends = {removed.source_id, removed.target_id}
    found = models.Person.objects.select_for_update().filter(
        network_id=actor.network_id, text_id__in=sorted(ends)
    )
    persons = {row.text_id: row for row in found.order_by("pk")}
    if set(persons) != ends or actor.person_id not in ends:
        raise access.TieNotFound(source_id=removed.source_id, target_id=removed.target_id)
    source, target = persons[removed.source_id], persons[removed.target_id]
    _check_single(source.pk, target.pk, kind=removed.kind)
    _check_welcome(source.text_id, target.text_id, actor=actor)
    row = models.Tie.objects.create(
        network_id=actor.network_id,
        source=source,
        target=target,
        kind=removed.kind,
        strength=removed.strength,
        observed_date=removed.observed_date,
        origin=removed.origin,
    )
    _finish("tie.restored", row, actor=actor, at=at)


def _check_single(source_pk: int, target_pk: int, *, kind: str, but: int | None = None) -> None:
    others = models.Tie.objects.filter(source_id=source_pk, target_id=target_pk, kind=kind)
    if others.filter(~Q(pk=but)).exists():
        raise TieExists(kind=kind)


def _check_welcome(source_id: str, target_id: str, *, actor: Actor) -> None:
    if tombstones.is_gone(gone.TIE, gone.tie_name(source_id, target_id), network_id=actor.network_id):
        raise TieObjected


def _finish(act: str, row: models.Tie, *, actor: Actor, at: datetime) -> None:
    revisions.bump_revision(actor.network_id)
    log.record(
        actor=actor,
        act=act,
        kind="tie",
        object_id=gone.tie_name(row.source.text_id, row.target.text_id),
        at=at,
        facts={"kind": row.kind},
    )
