# SPDX-License-Identifier: EUPL-1.2
"""The API of shared situations: what one may know of them, their steps, and invitations with their answers.

Private rooms and how partners stand do not leave through here.
"""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Final, Literal, TypedDict

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from scharnier.apps.http import ActorRequest, now, today
from scharnier.apps.people.api import Page, PageQuery, link_pages
from scharnier.apps.situations import access, selectors, services, taking_up, telling
from scharnier.core import situations
from scharnier.core.kernel import InvitationId, OrganizationId, SituationId
from scharnier.core.situations import InvitationStep, Step

CONFLICT: Final = {
    "description": "Somebody was first, or something has to be there before.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
MAY_CONFLICT: Final = {"responses": {409: CONFLICT}}
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Id = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]+$")]

router = Router(tags=["situations"])


class SituationItem(Schema):
    """A situation that goes on or has ended, as far as you may know of it."""

    id: str
    state: str = Field(description="Such as proposed, running or closed.")
    phase: str = Field(description="scanning, analysis, response or assessment.")
    since: date | None
    is_whole: bool = Field(description="Whether you take part and read it whole.")
    question: str = Field(description="Empty when you do not take part.")


class SituationPage(Page):
    """A part of the list of situations."""

    items: list[SituationItem]


class OpenStep(Schema):
    """A step that you may take now."""

    step: str
    asks_for: str = Field(description="What has to be said with it: nothing, reason or to_whom.")
    lacks: list[str] = Field(description="What has to be there first; empty when it can be taken.")


class InvitationItem(Schema):
    """An organization that was asked to take part."""

    id: str
    organization_id: str
    state: str
    invited_on: date
    words: str = Field(description="What it was told, for itself and for who takes part.")


class SituationWhole(SituationItem):
    """One situation; without the words and the names of partners for who takes no part."""

    topics: list[str]
    area_ids: list[str]
    owner_id: str | None
    partner_ids: list[str] = Field(description="Who takes part; empty when you do not.")
    invitations: list[InvitationItem] = Field(description="Of your own organizations, when you take no part.")
    steps: list[OpenStep]


class StepTaken(Schema):
    """A step, and what has to be said with it."""

    step: Step
    said: Words = Field("", description="The reason, or to whom.")


class Stands(Schema):
    """Where a situation or an invitation stands now."""

    state: str


class Invite(Schema):
    """Whom to ask, and what they read before they answer."""

    organization_ids: Annotated[list[Id], Field(min_length=1, max_length=50)]
    words: Words = Field(description="All they read of it before they answer.")


class Invited(Schema):
    """The invitations that were made."""

    invitation_ids: list[str]


class Reply(Schema):
    """An answer to an invitation; declining and leaving have a reason."""

    answer: Literal["accept", "decline", "leave"]
    reason: Words = ""


@router.get("/situations", response=SituationPage, summary="The situations you may know of")
def situation_list(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> SituationPage:
    """Return the situations you may know of, the newest first; the words of those you take part in."""
    first = (query.page - 1) * query.pageSize
    lines, total = selectors.known_situations(request.actor, first=first, most=query.pageSize)
    link_pages(request, response, query=query, total=total)
    items = [SituationItem(**_head(line)) for line in lines]
    return SituationPage(items=items, total=total, page=query.page, pageSize=query.pageSize)


@router.get("/situations/{slug:situation_id}", response=SituationWhole, summary="One situation")
def situation(request: ActorRequest, situation_id: str) -> SituationWhole:
    """Return one situation: whole for who takes part, else how it stands."""
    seen = selectors.glimpse(SituationId(situation_id), actor=request.actor)
    value = seen.value
    reads = access.reads(value, request.actor, on=today())
    line = selectors.KnownLine(
        id=value.id,
        question=value.question if reads else "",
        state=value.state,
        since=value.since,
        is_whole=reads,
    )
    return SituationWhole(
        **_head(line),
        topics=sorted(value.topics),
        area_ids=sorted(value.area_ids),
        owner_id=value.owner_id if reads else None,
        partner_ids=sorted(seen.partners) if reads else [],
        invitations=[
            InvitationItem(
                id=row.pk,
                organization_id=row.organization_text_id,
                state=row.state,
                invited_on=row.invited_on,
                words=row.words,
            )
            for row in seen.row.invitations.all()
            if reads or row.organization_text_id in request.actor.acts_for
        ],
        steps=[
            OpenStep(
                step=line.step.value,
                asks_for=line.said.value,
                lacks=[lack.value for lack in line.lacks],
            )
            for line in selectors.steps_of(seen)
        ],
    )


@router.post(
    "/situations/{slug:situation_id}/steps",
    response=Stands,
    summary="Bring a situation a step on",
    openapi_extra=MAY_CONFLICT,
)
def situation_step(request: ActorRequest, situation_id: str, taken: StepTaken) -> Stands:
    """Take a step that is open to you; 409 when it is not open now, or something has to be there first."""
    state = taking_up.take_step(
        SituationId(situation_id),
        taken.step,
        said=taken.said,
        actor=request.actor,
        on=today(),
        at=now(),
    )
    return Stands(state=state.value)


@router.post(
    "/situations/{slug:situation_id}/invitations",
    response={201: Invited},
    summary="Ask organizations to take part",
    openapi_extra=MAY_CONFLICT,
)
def situation_invite(request: ActorRequest, situation_id: str, asked: Invite) -> Status[Invited]:
    """Invite organizations, all or none; each gets a mail with the way to its answer."""
    made = telling.invite(
        SituationId(situation_id),
        [OrganizationId(each) for each in asked.organization_ids],
        words=asked.words,
        actor=request.actor,
        on=today(),
        at=now(),
    )
    return Status(HTTPStatus.CREATED, Invited(invitation_ids=list(made)))


@router.post(
    "/situations/{slug:situation_id}/invitations/{slug:invitation_id}/answer",
    response=Stands,
    summary="Answer an invitation, or leave",
    openapi_extra=MAY_CONFLICT,
)
def situation_answer(request: ActorRequest, situation_id: str, invitation_id: str, reply: Reply) -> Stands:
    """Answer for an organization that you act for."""
    state = telling.answer(
        SituationId(situation_id),
        InvitationId(invitation_id),
        services.Reply(step=InvitationStep(reply.answer), reason=reply.reason),
        actor=request.actor,
        on=today(),
        at=now(),
    )
    return Stands(state=state.value)


class _Head(TypedDict):
    id: str
    state: str
    phase: str
    since: date | None
    is_whole: bool
    question: str


def _head(line: selectors.KnownLine) -> _Head:
    return _Head(
        id=line.id,
        state=line.state.value,
        phase=situations.phase_of(line.state).value,
        since=line.since,
        is_whole=line.is_whole,
        question=line.question,
    )
