# SPDX-License-Identifier: EUPL-1.2
"""The life of a turn: one party asked to take a need, from draft to an outcome or a named cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.kernel import Conflict, Invalid, NotAllowed


class State(StrEnum):
    """Where a turn stands: the states of FHIR Task, and *unanswered*, which it lacks."""

    DRAFT = "draft"
    REQUESTED = "requested"
    UNANSWERED = "unanswered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


class Step(StrEnum):
    """What can be done to a turn."""

    SEND = "send"
    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"  # the time to answer is over
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    FAIL = "fail"
    CANCEL = "cancel"
    VOID = "void"  # it should never have been there


class Part(StrEnum):
    """In what capacity somebody takes part in a referral."""

    SENDER = "sender"
    CANDIDATE = "candidate"
    COORDINATOR = "coordinator"
    CLOCK = "clock"


class Given(StrEnum):
    """What has to be said with a step."""

    NOTHING = "nothing"
    REASON = "reason"  # one of the coded reasons to decline
    CAUSE = "cause"  # in words: why it ends without being done
    UNTIL = "until"  # a day
    RESULT = "result"  # in words: what was done


class IllegalStep(Conflict):
    """The step is not open from this state."""

    code = "referral.illegal_step"


class NotYourStep(NotAllowed):
    """The step is open, but for somebody else."""

    code = "referral.not_your_step"


class NothingGiven(Invalid):
    """The step needs words, a reason or a day that were not given."""

    code = "referral.nothing_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """Where a step leads, who may take it, and what has to be said with it."""

    to: State
    by: frozenset[Part]
    given: Given = Given.NOTHING


_SENDER = frozenset({Part.SENDER})
_CANDIDATE = frozenset({Part.CANDIDATE})
_CLOCK = frozenset({Part.CLOCK})
_ASKING = frozenset({Part.SENDER, Part.COORDINATOR})  # a coordinator acts where a sender has gone

_ACCEPT = Transition(to=State.ACCEPTED, by=_CANDIDATE)
_DECLINE = Transition(to=State.REJECTED, by=_CANDIDATE, given=Given.REASON)
_START = Transition(to=State.IN_PROGRESS, by=_CANDIDATE)
_PAUSE = Transition(to=State.ON_HOLD, by=_CANDIDATE, given=Given.UNTIL)
_COMPLETE = Transition(to=State.COMPLETED, by=_CANDIDATE, given=Given.RESULT)
_FAIL = Transition(to=State.FAILED, by=_CANDIDATE | _ASKING, given=Given.CAUSE)
_CANCEL = Transition(to=State.CANCELLED, by=_ASKING, given=Given.CAUSE)
_VOID = Transition(to=State.ENTERED_IN_ERROR, by=_ASKING, given=Given.CAUSE)

TRANSITIONS: Mapping[State, Mapping[Step, Transition]] = {
    State.DRAFT: {
        Step.SEND: Transition(to=State.REQUESTED, by=_SENDER | _CLOCK),  # the clock: once introduced
        Step.VOID: Transition(to=State.ENTERED_IN_ERROR, by=_ASKING),  # nobody saw it yet
    },
    State.REQUESTED: {
        Step.ACCEPT: _ACCEPT,
        Step.DECLINE: _DECLINE,
        Step.LAPSE: Transition(to=State.UNANSWERED, by=_CLOCK),
        Step.CANCEL: _CANCEL,
        Step.VOID: _VOID,
    },
    State.UNANSWERED: {  # late is better than never
        Step.ACCEPT: _ACCEPT,
        Step.DECLINE: _DECLINE,
        Step.CANCEL: _CANCEL,
        Step.VOID: _VOID,
    },
    State.ACCEPTED: {
        Step.START: _START,
        Step.PAUSE: _PAUSE,
        Step.COMPLETE: _COMPLETE,
        Step.FAIL: _FAIL,
        Step.CANCEL: _CANCEL,
        Step.VOID: _VOID,
    },
    State.IN_PROGRESS: {
        Step.PAUSE: _PAUSE,
        Step.COMPLETE: _COMPLETE,
        Step.FAIL: _FAIL,
        Step.CANCEL: _CANCEL,
        Step.VOID: _VOID,
    },
    State.ON_HOLD: {
        Step.RESUME: Transition(to=State.IN_PROGRESS, by=_CANDIDATE | _CLOCK),  # the day it waited for
        Step.COMPLETE: _COMPLETE,
        Step.FAIL: _FAIL,
        Step.CANCEL: _CANCEL,
        Step.VOID: _VOID,
    },
    State.REJECTED: {Step.VOID: _VOID},
    State.COMPLETED: {Step.VOID: _VOID},
    State.FAILED: {Step.VOID: _VOID},
    State.CANCELLED: {Step.VOID: _VOID},
    State.ENTERED_IN_ERROR: {},
}

FRUITLESS = frozenset({State.REJECTED, State.UNANSWERED, State.FAILED})  # somebody else has to be found


def steps_for(state: State, part: Part) -> tuple[Step, ...]:
    """Return the steps that somebody can take now, in the order of `Step`.

    Examples
    --------
    >>> [step.value for step in steps_for(State.REQUESTED, Part.CANDIDATE)]
    ['accept', 'decline']
    """
    found = TRANSITIONS[state]
    return tuple(step for step in Step if step in found and part in found[step].by)


def what_to_give(state: State, step: Step) -> Given:
    """Return what has to be said with a step.

    Raises
    ------
    IllegalStep

    Examples
    --------
    >>> what_to_give(State.REQUESTED, Step.DECLINE)
    <Given.REASON: 'reason'>
    """
    return _transition(state, step).given


def next_state(state: State, step: Step, *, by: Part, given: object = None) -> State:
    """Return the state after a step.

    Parameters
    ----------
    state
        Where the turn stands.
    step
        What is done.
    by
        In what capacity.
    given
        What is said with it: a reason, words or a day; blank words are none.

    Raises
    ------
    IllegalStep
        When the table does not open the step from this state.
    NotYourStep
        When it opens the step for others only.
    NothingGiven
        When the step needs something said and nothing was.

    References
    ----------
    HL7 FHIR R4 (2019), Task, state machine.

    Examples
    --------
    >>> next_state(State.REQUESTED, Step.ACCEPT, by=Part.CANDIDATE)
    <State.ACCEPTED: 'accepted'>
    """
    found = _transition(state, step)
    if by not in found.by:
        raise NotYourStep(state=state.value, step=step.value, part=by.value)
    is_given = bool(given.strip()) if isinstance(given, str) else given is not None
    if found.given is not Given.NOTHING and not is_given:
        raise NothingGiven(step=step.value, given=found.given.value)
    return found.to


def _transition(state: State, step: Step) -> Transition:
    found = TRANSITIONS[state].get(step)
    if found is None:
        raise IllegalStep(state=state.value, step=step.value)
    return found
