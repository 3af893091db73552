# SPDX-License-Identifier: EUPL-1.2
"""How pages and mails say where a shared situation stands, what it waits for and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from scharnier.core.situations import Phase, State

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
