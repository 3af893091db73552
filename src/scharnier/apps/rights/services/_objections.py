# SPDX-License-Identifier: EUPL-1.2
"""Acts of objection: what others say about somebody goes at once, and stays away until they let it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.people import access as people
from scharnier.apps.people import gone, rows
from scharnier.apps.people import services as revisions
from scharnier.apps.people.models import Tie
from scharnier.apps.picture.access import TieNotFound
from scharnier.apps.rights import access
from scharnier.apps.tombstones import services as tombstones
from scharnier.core.kernel import Actor


@transaction.atomic
def object_to_tie(tie_pk: int, *, actor: Actor, on: date, at: datetime) -> None:
    """Take away that somebody names the actor, in every way; they cannot name the actor again.

    Raises
    ------
    TieNotFound
        Also when the actor entered it: that is changed or taken away among the own contacts.
    """
    # the other one's card too: who enters a contact waits for it
    found = access.said_ties(actor).select_for_update(of=("self", "source"))
    row = found.filter(pk=tie_pk).first()
    if row is None:
        raise TieNotFound(tie_id=tie_pk)
    name = gone.tie_name(row.source.text_id, actor.person_id)
    Tie.objects.filter(source_id=row.source_id, target_id=row.target_id).delete()
    _object(gone.TIE, name, actor=actor, on=on, at=at)


@transaction.atomic
def object_to_role(membership_pk: int, *, actor: Actor, on: date, at: datetime) -> None:
    """Take away that the actor has a role somewhere; only the actor can bring it back.

    Raises
    ------
    MembershipNotFound
    """
    found = access.own_roles(actor)
    row = found.select_for_update(of=("self",)).filter(pk=membership_pk).first()
    if row is None:
        raise people.MembershipNotFound(membership_id=membership_pk)
    name = gone.role_name(rows.membership_value(row))
    same = {
        "organization": row.organization,
        "community": row.community,
        "resident_group": row.resident_group,
    }
    found.filter(**same).delete()
    _object(gone.MEMBERSHIP, name, actor=actor, on=on, at=at)


@transaction.atomic
def withdraw_objection(objection_pk: int, *, actor: Actor, at: datetime) -> None:
    """Let back what the actor objected to; others have to say it again.

    Raises
    ------
    ObjectionNotFound
    """
    row = access.objections(actor).select_for_update().filter(pk=objection_pk).first()
    if row is None:
        raise access.ObjectionNotFound(objection_id=objection_pk)
    tombstones.let_back(row.kind, row.object_id, network_id=actor.network_id)
    revisions.finish_act("objection.withdrawn", kind=row.kind, object_id=row.object_id, actor=actor, at=at)


def _object(kind: str, name: str, *, actor: Actor, on: date, at: datetime) -> None:
    tombstones.mark_gone(kind, name, network_id=actor.network_id, by=access.BY_OBJECTION, on=on)
    revisions.finish_act("objection.made", kind=kind, object_id=name, actor=actor, at=at)
