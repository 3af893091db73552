# SPDX-License-Identifier: EUPL-1.2
"""How pages say what waits, what was done and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from scharnier.core.referral import About, Awaited, Deed, Helped, Progress, Reason, State, Step, Teller

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Said: TypeAlias = "str | _StrPromise"

ABOUTS: Mapping[About, Said] = {
    About.PROBLEM: _("A problem or a question"),
    About.SITUATION: _("A situation that several meet"),
    About.GROUP: _("A group of residents"),
    About.RESIDENT: _("One resident, who agrees to it"),
}
STATES: Mapping[State, Said] = {
    State.DRAFT: _("draft"),
    State.REQUESTED: _("asked"),
    State.UNANSWERED: _("no answer came"),
    State.ACCEPTED: _("said yes"),
    State.REJECTED: _("declined"),
    State.IN_PROGRESS: _("busy with it"),
    State.ON_HOLD: _("waiting"),
    State.COMPLETED: _("done"),
    State.FAILED: _("did not work out"),
    State.CANCELLED: _("called off"),
    State.ENTERED_IN_ERROR: _("a mistake"),
}
TONES: Mapping[State, str] = {  # the colour beside the word
    State.ACCEPTED: "yes",
    State.IN_PROGRESS: "yes",
    State.COMPLETED: "yes",
    State.ON_HOLD: "limited",
    State.UNANSWERED: "no",
    State.REJECTED: "no",
    State.FAILED: "no",
}
ENDS: Mapping[State | None, Said] = {  # of a whole, by what became of its turns, the best first
    State.COMPLETED: _("It was done."),
    State.CANCELLED: _("It was called off."),
    State.ENTERED_IN_ERROR: _("It was a mistake."),
    None: _("It is over."),
}
MINE: Mapping[Awaited, Said] = {  # when it waits for the reader
    Awaited.SENDING: _("This is a draft. Nobody sees it but you."),
    Awaited.ANSWER: _("You are asked. Do you take this on?"),
    Awaited.START: _("You said yes. Say so when you begin."),
    Awaited.RESULT: _("You are busy with it. Say so when it is done."),
    Awaited.RESUMING: _("You let it wait."),
    Awaited.NEXT_PARTY: _("Nobody has this now. Ask somebody else, or say why it stops."),
    Awaited.OUTCOME: _("It is done. Did it help?"),
}
OTHERS: Mapping[Awaited, Said] = {  # when it waits for %(who)s
    Awaited.SENDING: _("%(who)s has not sent this yet."),
    Awaited.ANSWER: _("%(who)s is asked, and has not answered yet."),
    Awaited.START: _("%(who)s said yes, and has not begun yet."),
    Awaited.RESULT: _("%(who)s is busy with it."),
    Awaited.RESUMING: _("%(who)s lets it wait."),
    Awaited.NEXT_PARTY: _("Nobody has this now. %(who)s looks for somebody else."),
    Awaited.OUTCOME: _("It is done. %(who)s still says whether it helped."),
}
DONE: Mapping[Step | Deed, Said] = {  # after the name of who did it
    Step.SEND: _("sent it"),
    Step.ACCEPT: _("said yes"),
    Step.DECLINE: _("declined"),
    Step.START: _("began"),
    Step.PAUSE: _("let it wait"),
    Step.RESUME: _("went on"),
    Step.COMPLETE: _("did it"),
    Step.FAIL: _("stopped: it did not work out"),
    Step.CANCEL: _("called it off"),
    Step.VOID: _("took it back: a mistake"),
    Deed.MAKE: _("wrote this"),
    Deed.ASK_NEXT: _("chose whom to ask next"),
    Deed.REOPEN: _("opened it again"),
    Deed.GIVE_UP: _("gave it up"),
    Deed.TELL_OUTCOME: _("said whether it helped"),
}
BY_ITSELF: Mapping[Step | Deed, Said] = {  # what the clock did
    Step.SEND: _("sent after the introduction"),
    Step.LAPSE: _("no answer came in time"),
    Step.RESUME: _("the day has come to go on"),
}
REASONS: Mapping[Reason, Said] = {  # as who declines chooses them, and as others read them
    Reason.NOT_MY_REMIT: _("This is not our work"),
    Reason.NOT_MY_AREA: _("We do not work there"),
    Reason.NO_CAPACITY: _("No room right now"),
    Reason.ALREADY_KNOWN: _("We are already on it"),
    Reason.NOT_ELIGIBLE: _("We may not help with this one"),
    Reason.CONFLICT: _("We are too close to it to take it on"),
    Reason.OTHER: _("Something else"),
}
PROGRESS: Mapping[Progress, Said] = {
    Progress.WAITING: _("asked to introduce you"),
    Progress.MADE: _("introduced you"),
    Progress.OTHER_WAY: _("this way in did not open; take another"),
}
HELPED: Mapping[Helped, Said] = {
    Helped.YES: _("Yes"),
    Helped.PARTLY: _("In part"),
    Helped.NO: _("No"),
}
TELLERS: Mapping[Teller, Said] = {
    Teller.CONCERNED: _("the one it was for"),
    Teller.SENDER: _("who asked"),
    Teller.RECEIVER: _("who did it"),
}
BUTTONS: Mapping[Step, Said] = {
    Step.ACCEPT: _("Yes, I take this on"),
    Step.DECLINE: _("I cannot take this on"),
    Step.START: _("I have begun"),
    Step.PAUSE: _("Let it wait"),
    Step.RESUME: _("I go on"),
    Step.COMPLETE: _("It is done"),
    Step.FAIL: _("It did not work out"),
    Step.CANCEL: _("Call it off"),
    Step.VOID: _("This was a mistake"),
}
