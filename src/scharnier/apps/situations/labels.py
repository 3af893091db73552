# SPDX-License-Identifier: EUPL-1.2
"""How pages and mails say where a shared situation stands, what it waits for and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from scharnier.core.situations import (
    ActionState,
    AgreementState,
    FigureSource,
    Lasting,
    Phase,
    Progress,
    State,
    Topical,
    Wanted,
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
    Progress.UNCHANGED: _("This stays as it was."),
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
    FigureSource.SIGNALS: _("Scharnier counts signals"),
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
    1: _("1: not at all"),
    2: _("2: a little"),
    3: _("3: halfway"),
    4: _("4: largely"),
    5: _("5: wholly"),
}
DONE_TOGETHER: Mapping[str, Said] = {  # in the story, after who did it
    "plan_written": _("wrote the plan"),
    "plan_begun": _("began the plan from an example"),
    "given": _("said who does something"),
    "planned": _("planned a meeting"),
    "moved": _("moved a meeting"),
    "called_off": _("called a meeting off"),
    "recorded": _("wrote the minutes of a meeting"),
    "named": _("chose a figure to follow"),
    "aimed": _("changed a figure to follow"),
    "entered": _("filled in a figure"),
}
