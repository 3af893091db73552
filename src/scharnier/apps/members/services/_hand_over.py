# SPDX-License-Identifier: EUPL-1.2
"""Handing all roles of one person over to another, and undoing that the same day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from scharnier.apps.audit import services as log
from scharnier.apps.members import access, models
from scharnier.apps.people import access as people_access
from scharnier.apps.people import gone, rows
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Membership, Person
from scharnier.apps.tombstones import selectors as tombstones
from scharnier.core.kernel import Actor, Conflict, Invalid, NotFound, PersonId

PARTIES = ("organization_id", "community_id", "resident_group_id")


class SamePerson(Invalid):
    """Roles go to somebody else."""

    code = "members.same_person"


class UnknownSuccessor(NotFound):
    """Nobody the actor knows of answers to that identifier."""

    code = "members.unknown_successor"


class NothingToHandOver(Conflict):
    """The person has no role on that day."""

    code = "members.nothing_to_hand_over"


class HandOverTooLate(Conflict):
    """The day is over, or somebody changed the roles since."""

    code = "members.hand_over_too_late"


class UnwantedRole(Conflict):
    """The other one objected to having a role there."""

    code = "members.unwanted_role"


@transaction.atomic
def hand_over(
    *, from_person: PersonId, to_person: PersonId, actor: Actor, on: date, today: date, at: datetime
) -> models.HandOver:
    """End all current roles of one person on a day, and begin them for another on the next.

    Raises
    ------
    SamePerson
    UnknownSuccessor
    PersonNotFound
    NothingToHandOver
    UnwantedRole
    """
    if from_person == to_person:
        raise SamePerson
    access.network_for_update(actor)
    giver, taker = _giver(from_person, actor=actor, on=today), _taker(to_person, actor=actor, on=today)
    roles = list(access.current_roles(from_person, actor=actor, on=on).select_for_update())
    if not roles:
        raise NothingToHandOver
    _check_welcome(roles, taker=to_person, actor=actor)
    row = models.HandOver.objects.create(
        network_id=actor.network_id, from_person=giver, to_person=taker, on_date=on, made_date=today
    )
    for role in roles:
        _move(role, hand_over_row=row)
    people.bump_revision(actor.network_id)
    facts = {"from": from_person, "to": to_person, "roles": str(len(roles))}
    _record("roles.handed_over", row, actor=actor, at=at, facts=facts)
    return row


@transaction.atomic
def undo_hand_over(hand_over_pk: int, *, actor: Actor, today: date, at: datetime) -> None:
    """Put back on the same day what a hand-over changed.

    Raises
    ------
    HandOverNotFound
    HandOverTooLate
    """
    access.network_for_update(actor)
    row = access.hand_over_for_update(hand_over_pk, actor=actor)
    if row.undone_at or row.made_date != today:
        raise HandOverTooLate
    for step in row.steps.select_related("ended", "begun"):
        _move_back(step, hand_over_row=row)
    row.undone_at = at
    row.save(update_fields=["undone_at"])
    people.bump_revision(actor.network_id)
    _record("roles.hand_over_undone", row, actor=actor, at=at, facts={})


def _giver(person_id: PersonId, *, actor: Actor, on: date) -> Person:
    row = access.holders(actor, on=on).filter(text_id=person_id).first()
    if row is None:
        raise people_access.PersonNotFound(person_id=person_id)
    return row


def _taker(person_id: PersonId, *, actor: Actor, on: date) -> Person:
    row = access.successors(actor, on=on).filter(text_id=person_id).first()
    if row is None:
        raise UnknownSuccessor
    return row


def _check_welcome(roles: Iterable[Membership], *, taker: PersonId, actor: Actor) -> None:
    unwanted = tombstones.gone(gone.MEMBERSHIP, network_id=actor.network_id)
    if unwanted:
        names = {gone.role_name(replace(rows.membership_value(role), person_id=taker)) for role in roles}
        if names & unwanted:
            raise UnwantedRole


def _move(role: Membership, *, hand_over_row: models.HandOver) -> None:
    step = models.HandOverStep(
        hand_over=hand_over_row,
        ended=role,
        end_date_before=role.end_date,
        successor_before_id=role.successor_id,
    )
    step.begun = _begin(role, hand_over_row=hand_over_row)
    role.end_date, role.successor_id = hand_over_row.on_date, hand_over_row.to_person_id
    role.save(update_fields=["end_date", "successor"])
    step.save()


def _begin(role: Membership, *, hand_over_row: models.HandOver) -> Membership | None:
    """Return the same role for the other from the next day; None when the other has it by then."""
    start = hand_over_row.on_date + timedelta(days=1)
    same = {name: getattr(role, name) for name in (*PARTIES, "role")}
    lasting = Q(end_date__isnull=True) | Q(end_date__gte=start)
    if Membership.objects.filter(lasting, person_id=hand_over_row.to_person_id, **same).exists():
        return None
    return Membership.objects.create(
        network_id=role.network_id,
        person_id=hand_over_row.to_person_id,
        start_date=start,
        end_date=role.end_date,
        **same,
    )


def _move_back(step: models.HandOverStep, *, hand_over_row: models.HandOver) -> None:
    role = step.ended
    if (role.end_date, role.successor_id) != (hand_over_row.on_date, hand_over_row.to_person_id):
        raise HandOverTooLate
    role.end_date, role.successor_id = step.end_date_before, step.successor_before_id
    role.save(update_fields=["end_date", "successor"])
    if step.begun:
        step.begun.delete()


def _record(act: str, row: models.HandOver, *, actor: Actor, at: datetime, facts: dict[str, str]) -> None:
    log.record(actor=actor, act=act, kind="hand_over", object_id=str(row.pk), at=at, facts=facts)
