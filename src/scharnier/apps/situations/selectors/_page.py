# SPDX-License-Identifier: EUPL-1.2
"""What the overview of a situation shows: what it is, how it stands, who is in it, and the story so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people import selectors as names
from scharnier.apps.situations import models, rows
from scharnier.apps.situations.selectors._meetings import Promise, promises_of
from scharnier.apps.situations.selectors._seen import Seen
from scharnier.core import situations
from scharnier.core.kernel import InvitationId, OrganizationId
from scharnier.core.situations import (
    Awaiting,
    Capacity,
    Event,
    InvitationPart,
    InvitationState,
    InvitationStep,
    Lack,
    Said,
    Step,
)

INVITING = frozenset({Capacity.OWNER, Capacity.COORDINATOR})
TALKING = frozenset({Step.HAND_OVER, Step.DISMISS})  # ways out, never the next step
OF_PROMISES = frozenset({Event.ACTION_ENDED, Event.AGREEMENT_JUDGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a situation is about, in names."""

    topics: tuple[str, ...]
    areas: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step that the reader may take, with what has to be there first."""

    step: Step
    lacks: tuple[Lack, ...]
    said: Said
    is_way_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    """An organization that takes part, was asked to, or has signals in a bundle."""

    name: str
    is_owner: bool
    state: InvitationState | None  # None: it has signals in it, and nobody asked it yet
    status: situations.PartnerStatus | None  # None: it said nothing, or not to the reader
    answer_by: date | None = None  # as long as it can still answer in time
    reason: str = ""
    invitation_id: InvitationId | None = None
    steps: tuple[InvitationStep, ...] = ()  # that the reader may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of the story."""

    at: datetime
    event: Event
    what: str
    who: str  # an organization; empty: the coordinator, or the clock
    is_clock: bool
    whom: str  # of an invitation
    promise: Promise | None = None  # of which it says what became of it, as long as that holds


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """What who takes part sees of a situation at a glance."""

    about: About
    owner: str
    lead: str  # empty: nobody, or who does not want to be found
    made_on: date
    goal: str
    deadline: date | None
    reason: str
    handed_to: str
    waits: tuple[Awaiting, ...]  # for the reader
    waits_for_others: tuple[tuple[Awaiting, str], ...]  # with the name of who
    steps: tuple[StepLine, ...]
    partners: tuple[PartnerLine, ...]
    story: tuple[Moment, ...]
    may_invite: bool
    may_pass_lead: bool
    may_tell_status: bool


def overview_page(seen: Seen, *, on: date, language: str) -> OverviewPage:
    """Return what the reader sees of a situation at a glance."""
    value, row = seen.value, seen.row
    mine = situations.waiting_for(seen.actor, [value], on=on)
    goes_on = value.state not in situations.ENDED
    return OverviewPage(
        about=about_of(seen, language=language),
        owner=seen.names.get(value.owner_id or "", ""),
        lead=_lead(seen, on=on),
        made_on=value.made_on,
        goal=value.plan.goal,
        deadline=value.plan.deadline,
        reason=value.reason,
        handed_to=value.handed_to,
        waits=mine,
        waits_for_others=tuple(
            (each, seen.names.get(each.organization_id or "", ""))
            for each in situations.what_waits(value, on=on)
            if each not in mine
        ),
        steps=steps_of(seen),
        partners=tuple(_partners(seen, on=on)),
        story=tuple(_story(seen, models.StoryLine.objects.filter(situation=row))),
        may_invite=may_invite(seen),
        may_pass_lead=may_pass_lead(seen),
        may_tell_status=goes_on and bool(value.coalition & seen.actor.acts_for),
    )


def may_invite(seen: Seen) -> bool:
    """Tell whether the reader may ask organizations to take part."""
    return seen.value.state not in situations.ENDED and bool(seen.capacities & INVITING)


def may_pass_lead(seen: Seen) -> bool:
    """Tell whether the reader may say who leads: the leader, a coordinator, a partner where nobody does."""
    takes_up = seen.value.owner_id is None and Capacity.PARTNER in seen.capacities
    return seen.value.state not in situations.ENDED and (bool(seen.capacities & INVITING) or takes_up)


def about_of(seen: Seen, *, language: str) -> About:
    """Return what a situation is about, in names."""
    value, actor = seen.value, seen.actor
    topics = names.topic_choices(value.topics, actor=actor, language=language)
    areas = people.areas(actor).filter(text_id__in=sorted(value.area_ids)) if value.area_ids else ()
    groups = people.resident_groups(actor).filter(text_id__in=sorted(value.resident_group_ids))
    return About(
        topics=tuple(name for _id, name in topics),
        areas=tuple(each.name for each in areas),
        groups=tuple(each.name for each in groups) if value.resident_group_ids else (),
    )


def steps_of(seen: Seen) -> tuple[StepLine, ...]:
    """Return the steps that the reader may take now, the ways out last, with what is missing before each."""
    value = seen.value
    found = {step for each in seen.capacities for step in situations.steps_for(value.state, each)}
    lines = [
        StepLine(
            step=step,
            lacks=situations.what_is_missing(value, step),
            said=situations.find_move(value.state, step).said,
            is_way_out=step in TALKING,
        )
        for step in Step
        if step in found
    ]
    return tuple(sorted(lines, key=lambda line: line.is_way_out))


def _lead(seen: Seen, *, on: date) -> str:
    if seen.value.lead_id is None:
        return ""
    found = people.persons(seen.actor, on=on).filter(text_id=seen.value.lead_id)
    return found.values_list("name", flat=True).first() or ""


def _partners(seen: Seen, *, on: date) -> Iterator[PartnerLine]:
    value = seen.value
    if value.owner_id is not None:
        yield _partner(seen, value.owner_id, is_owner=True)
    for invitation in value.invitations:
        if invitation.organization_id != value.owner_id:
            yield _invited(seen, invitation, on=on)
    if value.state is situations.State.SIGNAL_BUNDLE:
        for organization_id in sorted(value.signal_partner_ids - value.coalition):
            yield replace(_partner(seen, organization_id), state=None)


def _invited(seen: Seen, invitation: situations.Invitation, *, on: date) -> PartnerLine:
    is_open = invitation.state is InvitationState.INVITED and on <= invitation.answer_by
    return replace(
        _partner(seen, invitation.organization_id),
        state=invitation.state,
        answer_by=invitation.answer_by if is_open else None,
        reason=invitation.reason,
        invitation_id=invitation.id,
        steps=tuple(_invitation_steps(seen, invitation)),
    )


def _partner(seen: Seen, organization_id: OrganizationId, *, is_owner: bool = False) -> PartnerLine:
    return PartnerLine(
        name=seen.names.get(organization_id, ""),
        is_owner=is_owner,
        state=InvitationState.ACCEPTED,
        status=_status(seen, organization_id),
    )


def _invitation_steps(seen: Seen, invitation: situations.Invitation) -> Iterator[InvitationStep]:
    if seen.value.state in situations.ENDED:
        return
    if invitation.organization_id in seen.actor.acts_for:
        yield from situations.steps_for_invitation(invitation.state, InvitationPart.INVITED)
    if seen.capacities & INVITING:
        yield from situations.steps_for_invitation(invitation.state, InvitationPart.INVITER)


def _status(seen: Seen, organization_id: OrganizationId) -> situations.PartnerStatus | None:
    """Return how a partner stands, when it said so to an organization that the reader acts for."""
    coalition = seen.value.coalition
    for status in seen.value.statuses:
        if status.readers.source_id == organization_id and any(
            situations.is_reader(status.readers, own, coalition=coalition) for own in seen.own_ids
        ):
            return status
    return None


def _story(seen: Seen, found: QuerySet[models.StoryLine]) -> Iterator[Moment]:
    lines = [(row, rows.story_value(row)) for row in found.order_by("at", "pk")]
    values = [value for _row, value in lines]
    shown = {
        id(value)
        for own in seen.own_ids
        for value in situations.order_story(values, own, coalition=seen.partners)
    }
    invited = {each.id: each.organization_id for each in seen.value.invitations}
    promises: Mapping[tuple[str, str], Promise] = {
        (each.id, each.state.value): each for each in promises_of(seen)
    }
    for row, value in lines:
        if id(value) in shown:
            said = (value.subject_id, row.what)
            organization_id = invited.get(InvitationId(value.subject_id), "")
            yield Moment(
                at=value.at,
                event=value.event,
                what=row.what,
                who=seen.names.get(row.source_text_id, ""),
                is_clock=not row.source_text_id and not row.by_text_id,
                whom=seen.names.get(organization_id, ""),
                promise=promises.get(said) if value.event in OF_PROMISES else None,
            )
