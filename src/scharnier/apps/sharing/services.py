# SPDX-License-Identifier: EUPL-1.2
"""Acts on what is shared: begin, stop, stop everything; one event of the log each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.sharing import access, models
from scharnier.core import sharing, text
from scharnier.core.kernel import Actor

LONGEST_REASON = 500  # characters


@transaction.atomic
def begin(
    wish: sharing.Sharing, *, reason: str, actor: Actor, at: datetime, on_behalf_of: str = ""
) -> models.Sharing:
    """Write a sharing; who may make it, the caller has asked the policy.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        When the reason says nothing, too much, or something about somebody else.
    """
    text.check_input(reason, max_characters=LONGEST_REASON)
    row = models.Sharing.objects.create(
        network_id=actor.network_id,
        person_id=wish.person_id,
        audience_kind=wish.audience.kind.value,
        audience_id=wish.audience.id,
        purpose=wish.purpose.value,
        reason=reason,
        basis=wish.basis.value,
        made_by=actor.person_id,
        on_behalf_of=on_behalf_of,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
    )
    _record("sharing.begun", row, actor=actor, at=at)
    return row


@transaction.atomic
def stop(sharing_pk: int, *, actor: Actor, at: datetime) -> None:
    """End a sharing of the actor's own card; the next request of who saw the card finds nothing.

    Raises
    ------
    SharingNotFound
    """
    end(access.given_for_update(sharing_pk, actor=actor, at=at), actor=actor, at=at)


@transaction.atomic
def stop_all(*, actor: Actor, at: datetime) -> None:
    """End every sharing of the actor's own card, also one that somebody broke the glass for."""
    for row in access.given(actor, at=at).select_for_update():
        end(row, actor=actor, at=at)


@transaction.atomic
def end(row: models.Sharing, *, actor: Actor, at: datetime) -> None:
    """End a sharing that the caller holds; who may end it, the caller has asked the policy."""
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _record("sharing.stopped", row, actor=actor, at=at)


def _record(act: str, row: models.Sharing, *, actor: Actor, at: datetime) -> None:
    log.record(
        actor=actor,
        act=act,
        kind="person",
        object_id=row.person_id,
        at=at,
        on_behalf_of=row.on_behalf_of,
        purpose=row.purpose,
        basis=row.basis,
        facts={"sharing": str(row.pk), "audience": row.audience_kind},
    )
