# SPDX-License-Identifier: EUPL-1.2
"""What partners need before they do something together: to take part, in what has not ended yet."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar
from uuid import uuid4

from django.db.models import Model, QuerySet

from scharnier.apps.situations.services import _acting as acting
from scharnier.core import situations
from scharnier.core.kernel import Actor, NotFound, OrganizationId, SituationId

_Row = TypeVar("_Row", bound=Model)


class PieceNotFound(NotFound):
    """No such agreement, action, meeting or figure in this situation."""

    code = "situations.piece_not_found"


def new_id() -> str:
    """Return an identifier that nobody had before."""
    return uuid4().hex


def hold_work(situation_id: SituationId, *, actor: Actor, step: str) -> acting.Acted:
    """Return a situation that goes on and in which somebody takes part, locked.

    Raises
    ------
    SituationNotFound, NotInCoalition
    StepClosed
        When it has ended.
    """
    acted = acting.hold(situation_id, by=actor)
    acting.check_takes_part(acted)
    if acted.value.state in situations.ENDED:
        raise situations.StepClosed(state=acted.value.state.value, step=step)
    return acted


def check_partners(acted: acting.Acted, organization_ids: Collection[OrganizationId]) -> None:
    """Let only organizations pass that take part.

    Raises
    ------
    NotInCoalition
    """
    if not set(organization_ids) <= acted.value.coalition:
        raise situations.NotInCoalition


def piece(found: QuerySet[_Row], piece_id: str) -> _Row:
    """Return one row of what belongs to a situation.

    Raises
    ------
    PieceNotFound
    """
    row = found.filter(pk=piece_id).first()
    if row is None:
        raise PieceNotFound(piece_id=piece_id)
    return row
