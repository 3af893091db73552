# SPDX-License-Identifier: EUPL-1.2
"""Acts on roles in time: people say where they belong, and an organization says so too."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from scharnier.apps.people import access, gone, models
from scharnier.apps.people.services._revisions import finish_act
from scharnier.apps.tombstones import services as tombstones
from scharnier.core import network
from scharnier.core.kernel import Actor, Conflict, Invalid, OrganizationId, PersonId

_Party = TypeVar("_Party", models.Organization, models.Community, models.ResidentGroup)


class UnknownParty(Invalid):
    """No such organization, community or resident group in the network, or no such successor."""

    code = "people.unknown_party"


class RoleEnded(Conflict):
    """The role has ended already."""

    code = "people.role_ended"


@transaction.atomic
def start_role(value: network.Membership, *, actor: Actor, at: datetime) -> None:
    """Give the actor a role from a day on; an organization has to confirm it before others see it.

    An earlier objection of the actor to being named there ends with it.

    Raises
    ------
    PersonNotFound
        Also when the role is somebody else's.
    UnknownParty
    """
    if value.person_id != actor.person_id:
        raise access.PersonNotFound(person_id=value.person_id)
    person = access.own_person_for_update(actor)
    organization = _party(models.Organization, value.organization_id, actor=actor)
    row = models.Membership.objects.create(
        network_id=actor.network_id,
        person=person,
        organization=organization,
        community=_party(models.Community, value.community_id, actor=actor),
        resident_group=_party(models.ResidentGroup, value.resident_group_id, actor=actor),
        role=value.role,
        start_date=value.start_date,
        end_date=value.end_date,
        is_confirmed=organization is None or value.organization_id in actor.acts_for,
    )
    tombstones.let_back(gone.MEMBERSHIP, gone.role_name(value), network_id=actor.network_id)
    _finish("membership.started", row, actor=actor, at=at)


@transaction.atomic
def end_role(
    membership_pk: int,
    *,
    last_day: date,
    successor_id: PersonId | None,
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    """End a role on a day, with who takes it over.

    Raises
    ------
    MembershipNotFound
    RoleEnded
    InvalidRelation
    UnknownParty
        When the actor may not know of the successor.
    """
    row = access.changeable_membership_for_update(membership_pk, actor=actor)
    if row.end_date is not None and row.end_date < on:
        raise RoleEnded(end_date=row.end_date)
    if row.start_date is not None and last_day < row.start_date:
        raise network.InvalidRelation(start_date=row.start_date, end_date=last_day)
    row.end_date = last_day
    row.successor = _successor(successor_id, of=row, actor=actor, on=on) if successor_id else None
    row.save(update_fields=["end_date", "successor"])
    _finish("membership.ended", row, actor=actor, at=at)


@transaction.atomic
def answer_claim(
    membership_pk: int,
    *,
    organization_id: OrganizationId,
    is_right: bool,
    actor: Actor,
    at: datetime,
) -> None:
    """Say for an organization whether somebody belongs to it, as they say; when not, the role goes.

    Raises
    ------
    MembershipNotFound
        Also when the actor does not act for the organization, or it is their own.
    """
    found = access.claims(organization_id, actor=actor).exclude(person__text_id=actor.person_id)
    row = found.select_for_update(of=("self",)).filter(pk=membership_pk).first()
    if row is None:
        raise access.MembershipNotFound(membership_id=membership_pk)
    if is_right:
        row.is_confirmed = True
        row.save(update_fields=["is_confirmed"])
    act = "membership.confirmed" if is_right else "membership.refused"
    _finish(act, row, actor=actor, at=at, on_behalf_of=organization_id)
    if not is_right:
        row.delete()


def _party(kind: type[_Party], text_id: str | None, *, actor: Actor) -> _Party | None:
    if text_id is None:
        return None
    found: _Party | None = kind.objects.filter(network_id=actor.network_id, text_id=text_id).first()
    if found is None:
        raise UnknownParty(party_id=text_id)
    return found


def _successor(person_id: PersonId, *, of: models.Membership, actor: Actor, on: date) -> models.Person:
    row = access.persons(actor, on=on).filter(text_id=person_id).exclude(pk=of.person_id).first()
    if row is None:
        raise UnknownParty(party_id=person_id)
    return row


def _finish(act: str, row: models.Membership, *, actor: Actor, at: datetime, on_behalf_of: str = "") -> None:
    finish_act(
        act,
        kind="membership",
        object_id=str(row.pk),
        actor=actor,
        at=at,
        on_behalf_of=on_behalf_of,
        facts={"person": row.person.text_id},
    )
