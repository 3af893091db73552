# SPDX-License-Identifier: EUPL-1.2
"""What two partners began together, on the page of their match."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import reverse

from scharnier.apps.http import ActorRequest, today
from scharnier.apps.situations import access, selectors, services
from scharnier.core.kernel import MatchId, OrganizationId

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The way to what was begun of a match, or whether it can be begun, or how it ended for the reader."""

    address: str = ""  # empty: nothing that the reader may know of
    may_begin: bool = False
    answer: selectors.OwnAnswer | None = None  # how it ended for the reader's organization


@register.simple_tag
def begun_of_match(request: ActorRequest, match_id: str, organization_id: str, *, both_named: bool) -> Begun:
    """Return what was begun of a match of which an organization of the reader is one of the two."""
    if not both_named:
        return Begun()
    situation_id = services.id_of_match(MatchId(match_id))
    if not selectors.is_there(situation_id, network_id=request.actor.network_id):
        return Begun(may_begin=access.may_begin(request.actor, on=today()))
    if access.figures(request.actor).filter(pk=situation_id).exists():
        return Begun(address=reverse("situations:overview", args=[situation_id]))
    return Begun(
        answer=selectors.own_answer(
            situation_id, organization_id=OrganizationId(organization_id), actor=request.actor
        )
    )
