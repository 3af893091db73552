# SPDX-License-Identifier: EUPL-1.2
"""The API of the picture: who is tied to whom."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from scharnier.apps.http import ActorRequest, today
from scharnier.apps.people import models, rows
from scharnier.apps.people.api import Page, PageQuery, link_pages
from scharnier.apps.picture import access

router = Router(tags=["network"])


class TieItem(Schema):
    """A dated observation that one person can reach another, both of whom want to be found."""

    source: str = Field(description="Identifier of the person who can reach the other.")
    target: str = Field(description="Identifier of a person.")
    kind: str = Field(description="knows, works_with, refers_to or trusts.")
    observed_date: date = Field(description="When it was seen or confirmed last.")
    strength: float = Field(description="What is left of it today, 0..1; half after a year.")
    origin: str = Field(description="declared by a person, or derived from working together.")


class TiePage(Page):
    """A part of the list of ties."""

    items: list[TieItem]


@router.get("/network/ties", response=TiePage, summary="Who is tied to whom")
def ties(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> TiePage:
    """Return ties between people who want to be found, and one's own with those."""
    day = today()
    found = access.shown_ties(request.actor, on=day).select_related("source", "target")
    first, total = (query.page - 1) * query.pageSize, found.count()
    link_pages(request, response, query=query, total=total)
    return TiePage(
        items=[_tie_item(row, on=day) for row in found[first : first + query.pageSize]],
        total=total,
        page=query.page,
        pageSize=query.pageSize,
    )


def _tie_item(row: models.Tie, *, on: date) -> TieItem:
    tie = rows.tie_value(row)
    return TieItem(
        source=tie.source_id,
        target=tie.target_id,
        kind=tie.kind.value,
        observed_date=tie.observed_date,
        strength=round(tie.strength_on(on), 3),
        origin=tie.origin.value,
    )
