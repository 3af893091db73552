# SPDX-License-Identifier: EUPL-1.2
"""The API of the front door: the same question, the same answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from scharnier.apps.http import ActorRequest, now, request_language, today
from scharnier.apps.overview import card_reads as reads
from scharnier.apps.overview import selectors, services
from scharnier.apps.overview.others import OthersPart
from scharnier.apps.people import selectors as people
from scharnier.apps.people.api import Page, PageQuery, link_pages
from scharnier.apps.signals.api import Candidate
from scharnier.core.kernel import AreaId
from scharnier.core.sharing import AudienceKind

router = Router(tags=["ask"])


class Question(Schema):
    """What is going on, and where."""

    text: str = Field(description="A few sentences in Dutch or English, without personal data of others.")
    place: str = Field("", description="Name or identifier of an area of the network.")
    area_id: str | None = Field(None, description="Of one of the `candidates` of an answer.")
    limit: Annotated[int, Field(ge=1, le=50, description="Most suggestions.")] = 3


class SuggestionItem(Schema):
    """One party that can take it."""

    kind: Literal["person", "organization"]
    id: str
    name: str
    sentence: str
    reasons: list[str]
    way_in: str


class PlaceHere(Schema):
    """The area that an answer is about."""

    id: str
    name: str = Field(description="As `place` it says this area and no other.")


class OthersHere(Schema):
    """Who else lately met something like it there: how many, never who."""

    partners: int | None = Field(description="Other organizations; null when it cannot be said.")
    residents: bool | None = Field(description="Whether residents told it too, five times or more.")
    sentence: str = Field(description="The same in words, or why it cannot be said.")


class Answer(Schema):
    """Who can take it, in the language of the request."""

    topics: list[str] = Field(description="What the text seems to be about, in words.")
    place: PlaceHere | None = Field(description="Where the answer is about; null: anywhere.")
    place_reason: Literal["near", "first"] | None = Field(
        description="Why this of several places: an organization of yours works there (near), or none tells"
        " (first); null when only one may be meant."
    )
    candidates: list[Candidate] = Field(
        description="Places that may be meant, when several are; the first is the one taken."
    )
    confidence: str = Field(description="clear, plausible, thin or none.")
    suggestions: list[SuggestionItem] = Field(description="Best first.")
    together: list[str] = Field(description="Identifiers of parties best asked as a set.")
    others: OthersHere = Field(description="Who else meets it.")


class CardRead(Schema):
    """One time that somebody opened your card, or wanted to."""

    at: datetime
    person_id: str | None = Field(description="Null for who does not want to be found, or has left.")
    name: str
    on_behalf_of: str = Field(description="Name of an organization; empty when not known.")
    purpose: str = Field(description="listing, contact (the ways to reach you were shown) or empty.")
    outcome: Literal["done", "refused"]


class CardReadPage(Page):
    """A part of the list of who looked at your card."""

    items: list[CardRead]


class SharingItem(Schema):
    """A running sharing: of your own card, or of somebody's card with you."""

    id: int
    direction: Literal["given", "received"]
    person_id: str = Field(description="Whose card.")
    audience_kind: Literal["person", "organization", "role"] | None
    audience_id: str | None = Field(description="Null for who does not want to be found, or has left.")
    purpose: str = Field(description="help, together, cover or emergency.")
    basis: str = Field(description="A ground of GDPR article 6(1), such as consent.")
    reason: str
    starts_at: datetime
    ends_at: datetime = Field(description="The first moment at which it does not run any more.")


class SharingItemPage(Page):
    """A part of the list of what you share and what is shared with you."""

    items: list[SharingItem]


@router.post("/ask", response=Answer, summary="Ask in plain words, get the people")
def ask(request: ActorRequest, question: Question) -> Answer:
    """Return who can take a problem; nothing of the text is kept."""
    found = services.ask(
        selectors.Question(
            text=question.text,
            place=question.place,
            area_id=None if question.area_id is None else AreaId(question.area_id),
        ),
        actor=request.actor,
        on=today(),
        at=now(),
        limit=question.limit,
        language=request_language(),
    )
    place = found.place
    candidates = place.candidates if place else ()
    return Answer(
        topics=list(found.topics),
        place=PlaceHere(id=place.taken.id, name=place.taken.name) if place else None,
        place_reason=place.reason if place else None,
        candidates=[Candidate(id=each.id, name=each.name) for each in candidates],
        confidence=found.confidence,
        suggestions=[_item(line) for line in found.suggestions],
        together=[link.id for link in found.together],
        others=_others(found.others),
    )


def _others(part: OthersPart | None) -> OthersHere:
    found = part.found if part else None
    return OthersHere(
        partners=found.n_partners if found else None,
        residents=found.has_residents if found else None,
        sentence=part.said if part else "",
    )


def _item(line: selectors.SuggestionLine) -> SuggestionItem:
    return SuggestionItem(
        kind="person" if line.link.kind == "person" else "organization",
        id=line.link.id,
        name=line.link.name,
        sentence=line.sentence,
        reasons=list(line.reasons),
        way_in=line.way_in,
    )


@router.get("/me/card-reads", response=CardReadPage, summary="Who looked at your own card")
def card_reads(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> CardReadPage:
    """Return who opened your card or wanted to, latest first; lists that name you do not count."""
    first = (query.page - 1) * query.pageSize
    lines, total = reads.read_lines(request.actor, first=first, most=query.pageSize, on=today())
    link_pages(request, response, query=query, total=total)
    items = [_read(line) for line in lines]
    return CardReadPage(items=items, total=total, page=query.page, pageSize=query.pageSize)


def _read(line: reads.ReadLine) -> CardRead:
    return CardRead(
        at=line.at,
        person_id=line.who.id if line.who else None,
        name=line.who.name if line.who else "",
        on_behalf_of=line.on_behalf_of,
        purpose=line.purpose,
        outcome="refused" if line.is_refused else "done",
    )


@router.get("/me/sharings", response=SharingItemPage, summary="What you share, and what is shared with you")
def sharings(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> SharingItemPage:
    """Return the running sharings: those of your own card first, then those with you."""
    page = people.sharing_page(request.actor, on=today(), at=now())
    items = [_sharing(line, direction="given") for line in page.given]
    items += [_sharing(line, direction="received") for line in page.received]
    link_pages(request, response, query=query, total=len(items))
    first = (query.page - 1) * query.pageSize
    part = items[first : first + query.pageSize]
    return SharingItemPage(items=part, total=len(items), page=query.page, pageSize=query.pageSize)


def _sharing(line: people.SharingLine, *, direction: Literal["given", "received"]) -> SharingItem:
    return SharingItem(
        id=line.pk,
        direction=direction,
        person_id=line.whose.id,
        audience_kind=AudienceKind(line.audience.kind).value if line.audience else None,
        audience_id=line.audience.id if line.audience else None,
        purpose=line.purpose,
        basis=line.basis,
        reason=line.reason,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
    )
