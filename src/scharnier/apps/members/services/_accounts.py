# SPDX-License-Identifier: EUPL-1.2
"""Acts on accounts: another role, an end to it, and going by oneself."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.members import access
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Account
from scharnier.apps.sharing import services as sharing
from scharnier.core import policy
from scharnier.core.kernel import Actor, Conflict, NotAllowed, Role
from scharnier.core.network import Purpose


class LastCoordinator(Conflict):
    """The network would have no coordinator any more."""

    code = "members.last_coordinator"


class OwnRole(NotAllowed):
    """An administrator keeps the house and gives no role to oneself."""

    code = "members.own_role"


@transaction.atomic
def change_role(account_pk: int, *, role: Role, actor: Actor, at: datetime) -> None:
    """Give somebody another role in the actor's network.

    Raises
    ------
    AccountNotFound
    OwnRole
    LastCoordinator
    """
    access.network_for_update(actor)
    row = access.account(account_pk, actor=actor, act=policy.Act.CHANGE)
    if row.person.text_id == actor.person_id and actor.role is Role.ADMINISTRATOR:
        raise OwnRole
    if role is not Role.COORDINATOR:
        keep_a_coordinator(row)
    before, row.role = row.role, role.value
    row.save(update_fields=["role"])
    log.record(
        actor=actor,
        act="account.role_changed",
        kind="account",
        object_id=row.person.text_id,
        at=at,
        facts={"before": before, "after": role.value},
    )


@transaction.atomic
def end_account(account_pk: int, *, actor: Actor, at: datetime) -> None:
    """End somebody's access to the actor's network; the card stays as its person's consent says.

    Raises
    ------
    AccountNotFound
    LastCoordinator
    """
    access.network_for_update(actor)
    row = access.account(account_pk, actor=actor, act=policy.Act.REMOVE)
    keep_a_coordinator(row)
    person_id = row.person.text_id
    row.delete()
    log.record(actor=actor, act="account.ended", kind="account", object_id=person_id, at=at)


@transaction.atomic
def leave_network(*, hide_card: bool, actor: Actor, on: date, at: datetime) -> None:
    """End the actor's own access to the network; the card stays as consent says, or is hidden at once.

    Raises
    ------
    AccountNotFound
    LastCoordinator
    """
    if hide_card:
        for purpose in Purpose:
            people.withdraw_consent(purpose, actor=actor, on=on, at=at)
        sharing.stop_all(actor=actor, at=at)
    end_account(access.own_account(actor).pk, actor=actor, at=at)


def keep_a_coordinator(row: Account) -> None:
    """Refuse to go on when the row is the only coordinator; the network's row is locked by now.

    Raises
    ------
    LastCoordinator
    """
    others = Account.objects.filter(network_id=row.network_id, role=Role.COORDINATOR.value).exclude(pk=row.pk)
    if row.role == Role.COORDINATOR.value and not others.exists():
        raise LastCoordinator
