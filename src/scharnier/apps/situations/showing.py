# SPDX-License-Identifier: EUPL-1.2
"""Situations in words: what waits, what has to be there first, the story and who is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from scharnier.apps.situations import labels, selectors
from scharnier.core.situations import (
    Awaited,
    Awaiting,
    Capacity,
    Event,
    InvitationState,
    InvitationStep,
    Lack,
    PartnerState,
    PartnerStatus,
    Step,
)

MADE_TOGETHER = frozenset({Event.ACTION_MADE, Event.ACTION_ENDED, Event.MET, Event.FIGURE})
STEP_OF: dict[Awaited, Step] = {
    Awaited.PROPOSING: Step.PROPOSE,
    Awaited.ACCEPTING: Step.ACCEPT,
    Awaited.STARTING: Step.RUN,
    Awaited.EVALUATING: Step.EVALUATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Words, and where to go with them; without an address they only say so."""

    said: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWay:
    """A step with what is missing before it."""

    said: str
    address: str
    missing: tuple[Way, ...]
    is_way_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an organization stands, as it says itself."""

    said: str
    tone: str
    words: str
    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerShown:
    """An organization as the overview shows it."""

    name: str
    is_owner: bool
    state: str
    tone: str
    answer_by: date | None
    reason: str
    leave: str  # addresses; empty: not for the reader
    answer: str
    withdraw: str
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentShown:
    """A line of the story."""

    at: datetime
    said: str
    note: str = ""  # what exactly, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for the reader."""

    said: str
    text: str
    address: str
    due: date | None
    is_late: bool


def page_of(name: str, *parts: str) -> str:
    """Return the address of a page of situations; empty when there is none of that name."""
    try:
        return reverse(f"situations:{name}", args=parts)
    except NoReverseMatch:
        return ""


def show_waiting(lines: Iterable[selectors.WaitLine], *, on: date) -> tuple[Waiting, ...]:
    """Return what waits for somebody in words, each with where to do it."""
    return tuple(
        Waiting(
            said=str(labels.AWAITED[line.awaiting.awaited]),
            text=line.text,
            address=_place_of_line(line),
            due=line.awaiting.due,
            is_late=line.awaiting.due is not None and line.awaiting.due < on,
        )
        for line in lines
    )


def _place_of_line(line: selectors.WaitLine) -> str:
    """Return where to go; who may read no word of a find is led to where it is told in words."""
    if line.awaiting.awaited is Awaited.PROPOSING and not line.text:
        return f"{page_of('found')}#find-{line.awaiting.situation_id}"
    return place_of(line.awaiting)


def place_of(awaiting: Awaiting) -> str:
    """Return the address of the page where something awaited is done."""
    situation_id = awaiting.situation_id
    if awaiting.awaited is Awaited.ANSWER:
        return page_of("invitation", situation_id, awaiting.subject_id)
    if awaiting.awaited in STEP_OF:
        return page_of("take_step", situation_id, STEP_OF[awaiting.awaited].value)
    name = labels.AWAITED_PAGES.get(awaiting.awaited, "overview")
    return page_of(name, situation_id) or page_of("overview", situation_id)


def show_others(waits: Iterable[tuple[Awaiting, str]]) -> Iterator[str]:
    """Yield of whom else something is awaited, each once."""
    seen = set()
    for awaiting, name in waits:
        who = name or _who(awaiting)
        said = f"{who} {labels.AWAITED_OF_OTHERS[awaiting.awaited]}"
        if said not in seen:
            seen.add(said)
            yield said


def _who(awaiting: Awaiting) -> str:
    if awaiting.awaited is Awaited.PROPOSING:
        return gettext("A partner or the coordinator")
    if awaiting.capacity is Capacity.COORDINATOR:
        return gettext("The coordinator")
    return gettext("Who leads") if awaiting.capacity is Capacity.OWNER else gettext("A partner")


def show_steps(situation_id: str, steps: Iterable[selectors.StepLine]) -> tuple[StepWay, ...]:
    """Return the steps that somebody may take, each with what has to be there first."""
    return tuple(
        StepWay(
            said=str(labels.STEPS[line.step]),
            address=page_of("take_step", situation_id, line.step.value),
            missing=tuple(show_lacks(situation_id, line.lacks)),
            is_way_out=line.is_way_out,
        )
        for line in steps
    )


def show_lacks(situation_id: str, lacks: Iterable[Lack]) -> Iterator[Way]:
    """Yield what is missing, each with where to mend it."""
    for lack in lacks:
        yield Way(said=str(labels.LACKS[lack]), address=page_of(labels.LACK_PAGES[lack], situation_id))


def show_partners(situation_id: str, partners: Iterable[selectors.PartnerLine]) -> tuple[PartnerShown, ...]:
    """Return who is in it in words."""
    return tuple(_partner(situation_id, line) for line in partners)


def _partner(situation_id: str, line: selectors.PartnerLine) -> PartnerShown:
    ways = dict(_ways(situation_id, line))
    is_withdrawn = line.state is InvitationState.WITHDRAWN
    return PartnerShown(
        name=line.name,
        is_owner=line.is_owner,
        state="" if line.is_owner else _state(line.state),
        tone=labels.INVITATION_TONES.get(line.state, "") if line.state else "",
        answer_by=line.answer_by,
        reason="" if is_withdrawn else line.reason,
        leave=ways.get(InvitationStep.LEAVE, ""),
        answer=ways.get(InvitationStep.ACCEPT, ""),
        withdraw=ways.get(InvitationStep.WITHDRAW, ""),
        standing=_standing(line.status) if line.status else None,
    )


def _state(state: InvitationState | None) -> str:
    return str(labels.INVITATION_STATES[state]) if state else gettext("has signals of this")


def _ways(situation_id: str, line: selectors.PartnerLine) -> Iterator[tuple[InvitationStep, str]]:
    for step in line.steps:
        name = "withdraw" if step is InvitationStep.WITHDRAW else "invitation"
        yield step, page_of(name, situation_id, line.invitation_id or "")


def _standing(status: PartnerStatus) -> Standing:
    return Standing(
        said=str(labels.PARTNER_STATES[status.state]),
        tone=labels.PARTNER_TONES.get(status.state, ""),
        words=status.words,
        told_on=status.told_on,
    )


def show_story(story: Iterable[selectors.Moment]) -> tuple[MomentShown, ...]:
    """Return the story in sentences, first things first."""
    return tuple(MomentShown(at=moment.at, said=_sentence(moment), note=_note(moment)) for moment in story)


def _note(moment: selectors.Moment) -> str:
    promise = moment.promise
    if promise is None:
        return ""
    if promise.state.value == "open":
        return promise.text
    said = f"{promise.text} ({labels.say_outcome(promise)})"
    return f"{said}: “{promise.reason}”" if promise.reason else said


def _sentence(moment: selectors.Moment) -> str:
    who = moment.who or ("Scharnier" if moment.is_clock else gettext("The coordinator"))
    whom = moment.whom or gettext("a partner")
    if moment.event is Event.ANSWERED:
        return str(labels.ANSWERS[moment.what]) % {"who": who, "whom": whom}
    if moment.event is Event.INVITED and moment.whom:
        return gettext("%(who)s invited %(whom)s") % {"who": who, "whom": whom}
    if moment.event is Event.STEP and moment.what in labels.STEP_DONE:
        return f"{who} {labels.STEP_DONE[moment.what]}"
    if moment.event in MADE_TOGETHER and moment.what in labels.DONE_TOGETHER:
        return f"{who} {labels.DONE_TOGETHER[moment.what]}"
    if moment.event is Event.STATUS and moment.what in labels.PARTNER_STATES:
        return f"{who}: {labels.PARTNER_STATES[PartnerState(moment.what)]}"
    return f"{who} {labels.EVENTS[moment.event]}"
