# SPDX-License-Identifier: EUPL-1.2
"""The API of signals: an organization's own, in and out, and how many others meet something alike."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Final, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from scharnier.apps.http import ActorRequest, candidates_of, now, request_language
from scharnier.apps.people.api import Page, PageQuery, link_pages
from scharnier.apps.signals import selectors, services
from scharnier.core import signals
from scharnier.core.kernel import (
    Actor,
    AreaId,
    OrganizationId,
    ResidentGroupId,
    ScharnierError,
    SignalId,
    TopicId,
)
from scharnier.core.signals import Grain, Happening, Place, Seriousness, SignalState, SignalStep, Source, Spot
from scharnier.formats import wording

MOST_AT_ONCE: Final = 100
MOST_SUBJECTS: Final = 50
STEPS: Final = {  # that lead to a state
    SignalState.HANDLED: SignalStep.HANDLE,
    SignalState.OPEN: SignalStep.REOPEN,
    SignalState.WITHDRAWN: SignalStep.WITHDRAW,
}
PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
OF_STEP: Final = {
    "responses": {409: {"description": "That step is not open from its state.", "content": PROBLEM}}
}
NO_ZERO_BYTE: Final = r"^[^\u0000]*$"
Words = Annotated[str, Field(pattern=NO_ZERO_BYTE)]
Names = Annotated[list[Words], Field(max_length=MOST_SUBJECTS)]

router = Router(tags=["signals"])


class PlaceIn(Schema):
    """Where something was met: one of words, an area and a point, or more of them."""

    words: Annotated[Words, Field(description="An area, a street, an address, or where about a point.")] = ""
    area_id: Annotated[Words | None, Field(description="Where the network does not know the street.")] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180, description="WGS 84.")] = None
    latitude: Annotated[float | None, Field(ge=-85, le=85, description="WGS 84.")] = None


class SignalIn(Schema):
    """What an organization meets. Its words hold no personal data of others."""

    text: Words
    place: Annotated[PlaceIn | Words, Field(description="Or only its words.")]
    happened_on: date
    grain: Annotated[Grain, Field(description="How exactly the date is known.")] = Grain.DAY
    topics: Annotated[Names, Field(description="Identifiers of topics.")] = []
    groups: Annotated[Names, Field(description="Identifiers of groups of residents.")] = []
    seriousness: Seriousness = Seriousness.ANNOYING
    reference: Annotated[
        str,
        Field(max_length=100, pattern=NO_ZERO_BYTE, description="Of your own system: it comes in once."),
    ] = ""
    organization_id: Annotated[
        Words | None, Field(description="Whose it is, when you act for more than one organization.")
    ] = None


class BatchIn(Schema):
    """Several signals, each of which stands or falls by itself."""

    signals: Annotated[list[SignalIn], Field(min_length=1, max_length=MOST_AT_ONCE)]


class StateIn(Schema):
    """Where a signal is to stand."""

    state: Annotated[SignalState, Field(description="Of what is withdrawn, the words go at once.")]


class PlaceItem(Schema):
    """Where something was met."""

    precision: str = Field(description="point, address, street or area.")
    words: str
    area_id: str | None
    longitude: float | None
    latitude: float | None


class SignalItem(Schema):
    """A signal as its owner reads it."""

    id: str
    organization_id: str | None = Field(description="None: of you alone, or of a resident.")
    text: str | None = Field(description="None: its words went, and that it was met counts.")
    place: PlaceItem
    happened_on: date
    grain: str
    topics: list[str]
    groups: list[str]
    seriousness: str
    state: str
    source: str = Field(description="member, resident, file, api or open311.")
    reference: str
    told_at: datetime


class SignalPage(Page):
    """A part of the list of signals."""

    items: list[SignalItem]


class Candidate(Schema):
    """A place that may be meant."""

    id: str = Field(description="Send it as `area_id`, beside the words.")
    name: str


class Result(Schema):
    """What became of one signal of several."""

    outcome: Literal["new", "known", "refused"]
    reference: str
    signal_id: str | None = Field(description="None: it is refused.")
    type: str = Field(description="Of a refusal, as in a problem document; else empty.")
    detail: str = Field(description="Why it is refused, in the language of the request; else empty.")
    candidates: list[Candidate] = Field(description="Places that may be meant, when none or several are.")


class OthersItem(Schema):
    """Who else lately met something alike here: how many, never who and never how often."""

    n_partners: int = Field(description="Other organizations.")
    has_residents: bool = Field(description="Residents told it too, five times or more.")


class Batch(Schema):
    """What became of each, in the order in which they came."""

    results: list[Result]


@router.get("/signals", response=SignalPage, summary="The signals of your organizations")
def own_signals(request: ActorRequest, response: HttpResponse, query: Query[PageQuery]) -> SignalPage:
    """Return your own signals and those of the organizations you act for, with their words, latest first."""
    first = (query.page - 1) * query.pageSize
    found = selectors.read_signals(request.actor, first=first, most=query.pageSize)
    link_pages(request, response, query=query, total=found.n_signals)
    items = [_item(one) for one in found.signals]
    return SignalPage(items=items, total=found.n_signals, page=query.page, pageSize=query.pageSize)


@router.post("/signals", response={200: SignalItem, 201: SignalItem}, summary="Tell a signal")
def tell_signal(request: ActorRequest, body: SignalIn) -> Status[SignalItem]:
    """Keep a signal of an organization that you act for; 200 and what is here when its reference is."""
    signal_id, is_new = _tell(body, actor=request.actor, known=selectors.read_ground(request.actor))
    status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    return Status(status, _item(selectors.read_signal(signal_id, actor=request.actor)))


@router.post("/signals/batch", response=Batch, summary="Tell several signals")
def tell_signals(request: ActorRequest, body: BatchIn) -> Batch:
    """Keep each signal that can be kept, and say of every other why not."""
    known = selectors.read_ground(request.actor)
    return Batch(results=[_result(said, actor=request.actor, known=known) for said in body.signals])


@router.get("/signals/{slug:signal_id}", response=SignalItem, summary="One signal")
def own_signal(request: ActorRequest, signal_id: str) -> SignalItem:
    """Return a signal of yours, or of an organization you act for."""
    return _item(selectors.read_signal(SignalId(signal_id), actor=request.actor))


@router.get("/signals/{slug:signal_id}/others", response=OthersItem, summary="Who else meets this")
def others(request: ActorRequest, signal_id: str) -> OthersItem:
    """Return how many others meet something like a signal of yours; fifty different ones a day."""
    found = services.look(SignalId(signal_id), actor=request.actor, at=now())
    return OthersItem(n_partners=found.n_partners, has_residents=found.has_residents)


@router.patch(
    "/signals/{slug:signal_id}",
    response=SignalItem,
    summary="Handle a signal, open it again or take it back",
    openapi_extra=OF_STEP,
)
def step_signal(request: ActorRequest, signal_id: str, body: StateIn) -> SignalItem:
    """Bring a signal to a state; nothing happens when it stands there already."""
    before = selectors.read_signal(SignalId(signal_id), actor=request.actor)
    if before.value.state is not body.state:
        services.step_signal(SignalId(signal_id), STEPS[body.state], actor=request.actor, at=now())
    return _item(selectors.read_signal(SignalId(signal_id), actor=request.actor))


def _result(said: SignalIn, *, actor: Actor, known: selectors.Ground) -> Result:
    try:
        signal_id, is_new = _tell(said, actor=actor, known=known)
    except ScharnierError as error:
        return Result(
            outcome="refused",
            reference=said.reference,
            signal_id=None,
            type=f"urn:problem-type:scharnier:{error.code}",
            detail=wording.say_error(error, language=request_language()),
            candidates=[Candidate(id=each.id, name=each.name) for each in candidates_of(error)],
        )
    outcome: Literal["new", "known"] = "new" if is_new else "known"
    return Result(
        outcome=outcome, reference=said.reference, signal_id=signal_id, type="", detail="", candidates=[]
    )


def _tell(said: SignalIn, *, actor: Actor, known: selectors.Ground) -> tuple[SignalId, bool]:
    """Keep a signal; return its number, and whether it is new."""
    told = services.Told(
        text=said.text,
        place=_place(said.place, known=known),
        happened=Happening(on=said.happened_on, grain=said.grain),
        topics=frozenset(map(TopicId, said.topics)),
        resident_group_ids=frozenset(map(ResidentGroupId, said.groups)),
        seriousness=said.seriousness,
        owner_id=_owner_id(said, actor=actor),
        reference=said.reference,
    )
    try:
        return services.tell_signal(told, actor=actor, at=now(), source=Source.API), True
    except services.ReferenceTaken as error:
        return SignalId(str(error.facts["signal_id"])), False


def _owner_id(said: SignalIn, *, actor: Actor) -> OrganizationId:
    if said.organization_id is not None:
        return OrganizationId(said.organization_id)
    if len(actor.acts_for) != 1:
        raise signals.OwnerUnclear(source=Source.API.value)
    return next(iter(actor.acts_for))


def _place(place: PlaceIn | str, *, known: selectors.Ground) -> Place:
    said = PlaceIn(words=place) if isinstance(place, str) else place
    if (said.longitude is None) != (said.latitude is None):
        raise signals.PlaceUnclear(lacks="spot")
    spot = None
    if said.longitude is not None and said.latitude is not None:
        spot = Spot(longitude=said.longitude, latitude=said.latitude)
    return signals.find_place(
        said.words,
        areas=known.areas,
        locations=known.locations,
        area_id=None if said.area_id is None else AreaId(said.area_id),
        spot=spot,
    )


def _item(own: selectors.OwnSignal) -> SignalItem:
    value, place = own.value, own.value.place
    return SignalItem(
        id=value.id,
        organization_id=value.owner_id,
        text=value.text,
        place=PlaceItem(
            precision=place.precision.value,
            words=place.words,
            area_id=place.area_id,
            longitude=place.spot.longitude if place.spot else None,
            latitude=place.spot.latitude if place.spot else None,
        ),
        happened_on=value.happened.on,
        grain=value.happened.grain.value,
        topics=sorted(value.topics),
        groups=sorted(value.resident_group_ids),
        seriousness=value.seriousness.value,
        state=value.state.value,
        source=value.source.value,
        reference=own.reference,
        told_at=own.told_at,
    )
