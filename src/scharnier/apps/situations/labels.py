# SPDX-License-Identifier: EUPL-1.2
"""How pages and mails say where a shared situation stands, what it waits for and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from scharnier.core.situations import (
    Action,
    ActionState,
    Agreement,
    AgreementState,
    Audience,
    Awaited,
    Event,
    FigureSource,
    InvitationState,
    Lack,
    Lasting,
    PartnerState,
    Phase,
    Progress,
    ReasonKind,
    State,
    Step,
    Topical,
    Wanted,
    Weight,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Said: TypeAlias = "str | _StrPromise"

PHASES: Mapping[Phase, Said] = {  # of SARA, in plain words
    Phase.SCANNING: _("Noticing"),
    Phase.ANALYSIS: _("Finding out"),
    Phase.RESPONSE: _("Tackling"),
    Phase.ASSESSMENT: _("Looking back"),
}
STATES: Mapping[State, Said] = {
    State.SIGNAL_BUNDLE: _("noticed"),
    State.PROPOSED: _("looking for who joins"),
    State.ACCEPTED: _("taken on"),
    State.PLAN: _("plan ready"),
    State.RUNNING: _("under way"),
    State.EVALUATING: _("looking at what came of it"),
    State.CLOSED: _("closed"),
    State.HANDED_OVER: _("handed over"),
    State.DISMISSED: _("laid aside"),
}
TONES: Mapping[State, str] = {  # the colour beside the word
    State.ACCEPTED: "yes",
    State.PLAN: "yes",
    State.RUNNING: "yes",
    State.CLOSED: "yes",
    State.PROPOSED: "limited",
    State.EVALUATING: "limited",
    State.DISMISSED: "no",
}
STEPS: Mapping[Step, Said] = {  # as a button says them
    Step.PROPOSE: _("Look for who joins"),
    Step.ACCEPT: _("Take it on together"),
    Step.PLAN: _("The plan is ready"),
    Step.RUN: _("Begin"),
    Step.EVALUATE: _("Look at what came of it"),
    Step.RESUME: _("Go on, we are not there yet"),
    Step.CLOSE: _("Close it"),
    Step.HAND_OVER: _("Hand it over"),
    Step.DISMISS: _("Lay it aside"),
    Step.REOPEN: _("Take it up again"),
}
STEP_LEADS: Mapping[Step, Said] = {  # what a step does, before it is taken
    Step.PROPOSE: _("From then on partners can be invited."),
    Step.ACCEPT: _("From then on you make a plan with who said yes."),
    Step.PLAN: _("Then everybody sees that the plan stands and can begin."),
    Step.RUN: _("From now on everybody does what was agreed."),
    Step.EVALUATE: _("Each partner says how far you came. Nobody sees that until all have."),
    Step.RESUME: _("What you wrote now stays. At the end each partner is asked anew."),
    Step.CLOSE: _("After three and six months you are asked whether it held."),
    Step.HAND_OVER: _("It stops here and goes on elsewhere. Everybody who takes part reads to whom."),
    Step.DISMISS: _("It stops here. Everybody who takes part reads why. Later it can be taken up again."),
    Step.REOPEN: _("It goes on where it was."),
}
STEP_DONE: Mapping[str, Said] = {  # in the story, after who did it
    "begun": _("began this"),
    "lead_passed": _("said who leads"),
    "plan_written": _("wrote on the plan"),
    "plan_begun": _("began a plan from an example"),
    Step.PROPOSE.value: _("looked for who joins"),
    Step.ACCEPT.value: _("took it on"),
    Step.PLAN.value: _("had the plan ready"),
    Step.RUN.value: _("began with the plan"),
    Step.EVALUATE.value: _("began to look at what came of it"),
    Step.RESUME.value: _("went on, as it was not there yet"),
    Step.CLOSE.value: _("closed it"),
    Step.HAND_OVER.value: _("handed it over"),
    Step.DISMISS.value: _("laid it aside"),
    Step.REOPEN.value: _("took it up again"),
}
ANSWERS: Mapping[str, Said] = {  # in the story, with `who`, and `whom` an invitation was to
    "accept": _("%(who)s said yes"),
    "decline": _("%(who)s declined"),
    "withdraw": _("%(who)s took back the invitation to %(whom)s"),
    "lapse": _("No answer came from %(whom)s in time"),
}
EVENTS: Mapping[Event, Said] = {  # in the story, after who did it
    Event.STEP: _("did something"),
    Event.INVITED: _("invited a partner"),
    Event.ANSWERED: _("answered an invitation"),
    Event.LEFT: _("takes part no more"),
    Event.AGREED: _("wrote an agreement down"),
    Event.AGREEMENT_JUDGED: _("said whether an agreement was kept"),
    Event.ACTION_MADE: _("wrote an action down"),
    Event.ACTION_ENDED: _("said what came of an action"),
    Event.MET: _("wrote a meeting down"),
    Event.FIGURE: _("filled in a figure"),
    Event.STATUS: _("said how they stand"),
    Event.PART_SHARED: _("opened a private room"),
    Event.EVALUATED: _("looked at what came of it"),
    Event.RECHECKED: _("looked again, months later"),
}
LACKS: Mapping[Lack, Said] = {
    Lack.OWNER: _("an organization that leads"),
    Lack.HEARD: _("a yes, and at least two partners who answered"),
    Lack.GOAL: _("a goal"),
    Lack.BASELINE: _("where you start from"),
    Lack.DEADLINE: _("a day by which you want to be there"),
    Lack.ACTION: _("an action with somebody who does it"),
    Lack.EVALUATION: _("what came of it, written down"),
}
LACK_PAGES: Mapping[Lack, str] = {  # where each can be mended
    Lack.OWNER: "lead",
    Lack.HEARD: "partners",
    Lack.GOAL: "plan",
    Lack.BASELINE: "plan",
    Lack.DEADLINE: "plan",
    Lack.ACTION: "act",
    Lack.EVALUATION: "evaluation",
}
REASONS: Mapping[ReasonKind, Said] = {
    ReasonKind.SIGNALS: _("meets this here"),
    ReasonKind.MANDATE: _("this is part of their work"),
    ReasonKind.AREA: _("works here"),
    ReasonKind.HINGE: _("somebody knows them well"),
}
WEIGHTS: Mapping[Weight, Said] = {
    Weight.MUCH: _("meets this here often"),
    Weight.PART: _("meets this here now and then"),
    Weight.SOME: _("meets this here too"),
}
AWAITED: Mapping[Awaited, Said] = {  # when it waits for the reader
    Awaited.PROPOSING: _("Look for who joins, or lay it aside."),
    Awaited.ANSWER: _("You are invited. Do you join?"),
    Awaited.OWNER: _("Nobody leads this yet. Who does?"),
    Awaited.ACCEPTING: _("Take it on together once partners have answered."),
    Awaited.PLANNING: _("Make the plan: goal, start and first action."),
    Awaited.STARTING: _("The plan is ready. You can begin."),
    Awaited.ACTION: _("You have something to do."),
    Awaited.ACTION_OWNER: _("Say who of you does this action."),
    Awaited.AGREEMENT: _("Look whether an agreement was kept."),
    Awaited.EVALUATING: _("Look at what came of it by the day you agreed."),
    Awaited.SCORE: _("Say how far the goal was reached."),
    Awaited.CLOSING: _("Write down what came of it, and close it."),
    Awaited.RECHECK: _("Look again whether it held."),
}
AWAITED_OF_OTHERS: Mapping[Awaited, Said] = {  # after of whom
    Awaited.PROPOSING: _("looks for who joins"),
    Awaited.ANSWER: _("answers whether they join"),
    Awaited.OWNER: _("finds who leads it"),
    Awaited.ACCEPTING: _("decides to take it on"),
    Awaited.PLANNING: _("makes the plan"),
    Awaited.STARTING: _("begins with the plan"),
    Awaited.ACTION: _("still has something to do"),
    Awaited.ACTION_OWNER: _("says who does an action"),
    Awaited.AGREEMENT: _("looks whether an agreement was kept"),
    Awaited.EVALUATING: _("looks at what came of it"),
    Awaited.SCORE: _("says how far the goal was reached"),
    Awaited.CLOSING: _("writes down what came of it"),
    Awaited.RECHECK: _("looks again whether it held"),
}
AWAITED_PAGES: Mapping[Awaited, str] = {  # where it is done
    Awaited.OWNER: "lead",
    Awaited.PLANNING: "plan",
    Awaited.ACTION: "work",
    Awaited.ACTION_OWNER: "work",
    Awaited.AGREEMENT: "work",
    Awaited.SCORE: "score",
    Awaited.CLOSING: "closing",
    Awaited.RECHECK: "closing",
}
INVITATION_STATES: Mapping[InvitationState, Said] = {
    InvitationState.INVITED: _("invited"),
    InvitationState.ACCEPTED: _("takes part"),
    InvitationState.DECLINED: _("does not join"),
    InvitationState.LAPSED: _("gave no answer"),
    InvitationState.WITHDRAWN: _("invitation taken back"),
    InvitationState.LEFT: _("left"),
}
INVITATION_TONES: Mapping[InvitationState, str] = {
    InvitationState.ACCEPTED: "yes",
    InvitationState.INVITED: "limited",
    InvitationState.LAPSED: "no",
    InvitationState.DECLINED: "no",
}
PARTNER_STATES: Mapping[PartnerState, Said] = {
    PartnerState.LOOKING: _("looking into it"),
    PartnerState.BUSY: _("busy with it"),
    PartnerState.WAITING: _("waiting for somebody else"),
    PartnerState.READY: _("ready"),
}
PARTNER_TONES: Mapping[PartnerState, str] = {
    PartnerState.BUSY: "yes",
    PartnerState.READY: "yes",
    PartnerState.WAITING: "limited",
}
AUDIENCES: Mapping[Audience, Said] = {
    Audience.OWN: _("Only for my own organization"),
    Audience.NAMED: _("For partners I name"),
    Audience.COALITION: _("For everybody who takes part"),
}

# What partners do together.

ACTION_STATES: Mapping[ActionState, Said] = {
    ActionState.OPEN: _("open"),
    ActionState.DONE: _("done"),
    ActionState.NOT_POSSIBLE: _("was not possible"),
    ActionState.NOT_DONE: _("not done"),
}
ACTION_TONES: Mapping[ActionState, str] = {
    ActionState.DONE: "yes",
    ActionState.NOT_POSSIBLE: "limited",
    ActionState.NOT_DONE: "no",
}
AGREEMENT_STATES: Mapping[AgreementState, Said] = {
    AgreementState.OPEN: _("still runs"),
    AgreementState.KEPT: _("was kept"),
    AgreementState.NOT_KEPT: _("was not kept"),
    AgreementState.DROPPED: _("holds no more"),
}
AGREEMENT_TONES: Mapping[AgreementState, str] = {
    AgreementState.KEPT: "yes",
    AgreementState.NOT_KEPT: "no",
    AgreementState.DROPPED: "limited",
}
PROGRESS: Mapping[Progress, Said] = {
    Progress.UNKNOWN: _("It cannot be said yet which way this goes."),
    Progress.WORSE: _("This goes the wrong way."),
    Progress.UNCHANGED: _("No clear difference yet."),
    Progress.BETTER: _("This goes the right way."),
    Progress.REACHED: _("This is where we want it."),
}
PROGRESS_TONES: Mapping[Progress, str] = {
    Progress.WORSE: "no",
    Progress.UNCHANGED: "limited",
    Progress.BETTER: "yes",
    Progress.REACHED: "yes",
}
WANTED: Mapping[Wanted, Said] = {
    Wanted.FEWER: _("Less is better"),
    Wanted.MORE: _("More is better"),
}
SOURCES: Mapping[FigureSource, Said] = {
    FigureSource.ENTERED: _("We fill it in ourselves"),
    FigureSource.SIGNALS: _("Scharnier counts signals, from the maps of months"),
}
TOPICAL: Mapping[Topical, Said] = {
    Topical.INCOMPLETE_ACTION: _("An action that needs attention"),
    Topical.AGREEMENT: _("An agreement to look back on"),
    Topical.INVITATION: _("Who still has to answer"),
    Topical.INDICATOR: _("A figure"),
}
LASTING: Mapping[Lasting, Said] = {
    Lasting.HOLDS: _("It holds"),
    Lasting.SLIPPED: _("It comes back"),
    Lasting.UNKNOWN: _("We do not know"),
}
SCORES: Mapping[int, Said] = {
    1: _("1, not at all"),
    2: _("2, a little"),
    3: _("3, halfway"),
    4: _("4, largely"),
    5: _("5, wholly"),
}
DONE_TOGETHER: Mapping[str, Said] = {  # in the story, after who did it
    "plan_written": _("wrote the plan"),
    "plan_begun": _("began the plan from an example"),
    "open": _("took an action up again"),
    "given": _("said who does something"),
    "planned": _("planned a meeting"),
    "moved": _("moved a meeting"),
    "called_off": _("called a meeting off"),
    "recorded": _("wrote the minutes of a meeting"),
    "named": _("chose a figure to follow"),
    "aimed": _("changed a figure to follow"),
    "entered": _("filled in a figure"),
}


def say_outcome(promise: Action | Agreement) -> str:
    """Return what became of something that was promised."""
    if isinstance(promise, Action):
        return str(ACTION_STATES[promise.state])
    return str(AGREEMENT_STATES[promise.state])
