# SPDX-License-Identifier: EUPL-1.2
"""The API of the front door: the same question, the same answer."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router, Schema
from pydantic import Field

from scharnier.apps.http import ActorRequest, request_language, today
from scharnier.apps.overview import selectors

router = Router(tags=["ask"])


class Question(Schema):
    """What is going on, and where."""

    text: str = Field(description="A few sentences in Dutch or English, without personal data of others.")
    place: str = Field("", description="Name or identifier of an area of the network.")
    limit: Annotated[int, Field(ge=1, le=50, description="Most suggestions.")] = 3


class SuggestionItem(Schema):
    """One party that can take it."""

    kind: Literal["person", "organization"]
    id: str
    name: str
    sentence: str
    reasons: list[str]
    way_in: str


class Answer(Schema):
    """Who can take it, in the language of the request."""

    topics: list[str] = Field(description="What the text seems to be about, in words.")
    confidence: str = Field(description="clear, plausible, thin or none.")
    suggestions: list[SuggestionItem] = Field(description="Best first.")
    together: list[str] = Field(description="Identifiers of parties best asked as a set.")


@router.post("/ask", response=Answer, summary="Ask in plain words, get the people")
def ask(request: ActorRequest, question: Question) -> Answer:
    """Return who can take a problem; nothing of the text is kept."""
    found = selectors.answer(
        selectors.Question(text=question.text, place=question.place),
        actor=request.actor,
        on=today(),
        limit=question.limit,
        language=request_language(),
    )
    return Answer(
        topics=list(found.topics),
        confidence=found.confidence,
        suggestions=[_item(line) for line in found.suggestions],
        together=[link.id for link in found.together],
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
