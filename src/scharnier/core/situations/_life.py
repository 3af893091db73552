# SPDX-License-Identifier: EUPL-1.2
"""The life of a shared situation: one table of states and steps, in the four phases of SARA."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.kernel import Conflict, Invalid, NotAllowed


class State(StrEnum):
    """Where a situation stands."""

    SIGNAL_BUNDLE = "signal_bundle"  # signals that belong together, and nobody said so yet
    PROPOSED = "proposed"  # partners are asked whether they take part
    ACCEPTED = "accepted"
    PLAN = "plan"  # the plan is complete and waits to begin
    RUNNING = "running"
    EVALUATING = "evaluating"
    CLOSED = "closed"
    HANDED_OVER = "handed_over"
    DISMISSED = "dismissed"


class Phase(StrEnum):
    """The phases of working on a problem (SARA)."""

    SCANNING = "scanning"
    ANALYSIS = "analysis"
    RESPONSE = "response"
    ASSESSMENT = "assessment"


class Step(StrEnum):
    """What can be done to a situation."""

    PROPOSE = "propose"
    ACCEPT = "accept"
    PLAN = "plan"
    RUN = "run"
    EVALUATE = "evaluate"
    RESUME = "resume"  # the evaluation says: not there yet
    CLOSE = "close"
    HAND_OVER = "hand_over"
    DISMISS = "dismiss"
    REOPEN = "reopen"  # it came back, or should not have been dismissed


class Capacity(StrEnum):
    """In what capacity somebody acts on a situation."""

    OWNER = "owner"  # for the organization that leads it
    PARTNER = "partner"  # for an organization in the coalition, or with signals in the bundle
    COORDINATOR = "coordinator"
    CLOCK = "clock"  # the nightly scan and the deadlines


class Said(StrEnum):
    """What has to be said with a step."""

    NOTHING = "nothing"
    REASON = "reason"
    TO_WHOM = "to_whom"


class Guard(StrEnum):
    """What a situation must have before a step."""

    NOTHING = "nothing"
    COALITION = "coalition"  # an owner, and two partners heard
    PLAN = "plan"  # goal, baseline, deadline, and an action with an owner
    EVALUATION = "evaluation"


class StepClosed(Conflict):
    """The step is not open from this state."""

    code = "situations.step_closed"


class StepOfOthers(NotAllowed):
    """The step is open, but for somebody else."""

    code = "situations.step_of_others"


class NothingSaid(Invalid):
    """The step needs a reason, or to whom, and nothing was said."""

    code = "situations.nothing_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a step leads, who may take it, what has to be there and what has to be said."""

    to: State
    by: frozenset[Capacity]
    guard: Guard = Guard.NOTHING
    said: Said = Said.NOTHING


_OWNER = frozenset({Capacity.OWNER})
_LEADING = _OWNER | {Capacity.COORDINATOR}
_ANYBODY = frozenset(Capacity)

_DISMISS = Move(to=State.DISMISSED, by=_LEADING, said=Said.REASON)
_HAND_OVER = Move(to=State.HANDED_OVER, by=_LEADING, said=Said.TO_WHOM)
_EVALUATE = Move(to=State.EVALUATING, by=_LEADING | {Capacity.CLOCK})

MOVES: Mapping[State, Mapping[Step, Move]] = {
    State.SIGNAL_BUNDLE: {
        Step.PROPOSE: Move(to=State.PROPOSED, by=_ANYBODY),
        Step.DISMISS: _DISMISS,
    },
    State.PROPOSED: {
        Step.ACCEPT: Move(to=State.ACCEPTED, by=_LEADING, guard=Guard.COALITION),
        Step.HAND_OVER: _HAND_OVER,
        Step.DISMISS: _DISMISS,
    },
    State.ACCEPTED: {
        Step.PLAN: Move(to=State.PLAN, by=_OWNER, guard=Guard.PLAN),
        Step.HAND_OVER: _HAND_OVER,
        Step.DISMISS: _DISMISS,
    },
    State.PLAN: {
        Step.RUN: Move(to=State.RUNNING, by=_OWNER, guard=Guard.PLAN),
        Step.HAND_OVER: _HAND_OVER,
        Step.DISMISS: _DISMISS,
    },
    State.RUNNING: {  # what was begun is evaluated or handed over, never dismissed
        Step.EVALUATE: _EVALUATE,
        Step.HAND_OVER: _HAND_OVER,
    },
    State.EVALUATING: {
        Step.RESUME: Move(to=State.RUNNING, by=_OWNER, said=Said.REASON),
        Step.CLOSE: Move(to=State.CLOSED, by=_OWNER, guard=Guard.EVALUATION),
        Step.HAND_OVER: _HAND_OVER,
    },
    State.CLOSED: {Step.REOPEN: Move(to=State.RUNNING, by=_LEADING, guard=Guard.PLAN, said=Said.REASON)},
    State.HANDED_OVER: {Step.REOPEN: Move(to=State.PROPOSED, by=_LEADING, said=Said.REASON)},
    State.DISMISSED: {Step.REOPEN: Move(to=State.PROPOSED, by=_LEADING, said=Said.REASON)},
}

ENDED = frozenset({State.CLOSED, State.HANDED_OVER, State.DISMISSED})

_PHASES: Mapping[State, Phase] = {
    State.SIGNAL_BUNDLE: Phase.SCANNING,
    State.PROPOSED: Phase.SCANNING,
    State.ACCEPTED: Phase.ANALYSIS,
    State.PLAN: Phase.ANALYSIS,
    State.RUNNING: Phase.RESPONSE,
    State.EVALUATING: Phase.ASSESSMENT,
    State.CLOSED: Phase.ASSESSMENT,
    State.HANDED_OVER: Phase.ASSESSMENT,
    State.DISMISSED: Phase.SCANNING,
}


def phase_of(state: State) -> Phase:
    """Return the phase in which a state lies.

    Parameters
    ----------
    state
        Of a situation.

    Notes
    -----
    SARA is scanning, analysis, response, assessment [1]_. What ended stays in the phase to which it came;
    handing over counts as an assessment.

    References
    ----------
    .. [1] J. Eck, W. Spelman (1987), Problem-solving: problem-oriented policing in Newport News.

    Examples
    --------
    >>> phase_of(State.PLAN)
    <Phase.ANALYSIS: 'analysis'>
    """
    return _PHASES[state]


def steps_for(state: State, capacity: Capacity) -> tuple[Step, ...]:
    """Return the steps that somebody may take now, in the order of `Step`, whether or not all is there.

    Parameters
    ----------
    state
        Of a situation.
    capacity
        Of who looks.

    Examples
    --------
    >>> [step.value for step in steps_for(State.EVALUATING, Capacity.OWNER)]
    ['resume', 'close', 'hand_over']
    """
    found = MOVES[state]
    return tuple(step for step in Step if step in found and capacity in found[step].by)


def find_move(state: State, step: Step) -> Move:
    """Return where a step leads and what it asks for.

    Parameters
    ----------
    state, step
        What is done, and from where.

    Raises
    ------
    StepClosed

    Examples
    --------
    >>> find_move(State.PROPOSED, Step.DISMISS).said
    <Said.REASON: 'reason'>
    """
    found = MOVES[state].get(step)
    if found is None:
        raise StepClosed(state=state.value, step=step.value)
    return found


def check_move(state: State, step: Step, *, by: Capacity, said: str = "") -> Move:
    """Return where a step leads, for somebody who may take it and said what has to be said.

    Parameters
    ----------
    state, step
        What is done, and from where.
    by
        In what capacity.
    said
        The reason, or to whom; blank words are none.

    Raises
    ------
    StepClosed
        When the table does not open the step from this state.
    StepOfOthers
        When it opens the step for others only.
    NothingSaid
        When the step needs something said and nothing was.

    Examples
    --------
    >>> check_move(State.PLAN, Step.RUN, by=Capacity.OWNER).to
    <State.RUNNING: 'running'>
    """
    found = find_move(state, step)
    if by not in found.by:
        raise StepOfOthers(state=state.value, step=step.value, capacity=by.value)
    if found.said is not Said.NOTHING and not said.strip():
        raise NothingSaid(step=step.value, said=found.said.value)
    return found
