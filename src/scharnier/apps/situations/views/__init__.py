# SPDX-License-Identifier: EUPL-1.2
"""Pages of shared situations."""

from scharnier.apps.situations.views._closing import closing, evaluation, recheck, score
from scharnier.apps.situations.views._coalition import invitation, partners, withdraw
from scharnier.apps.situations.views._excluded import count_again, excluded
from scharnier.apps.situations.views._figures import add_indicator, enter_figure, figures, indicator
from scharnier.apps.situations.views._found import dismiss_found, found, propose_found
from scharnier.apps.situations.views._lists import begin, begin_of_match, own
from scharnier.apps.situations.views._maps import on_map
from scharnier.apps.situations.views._meetings import (
    call_off_meeting,
    meeting,
    meeting_calendar,
    meetings,
    minutes_pdf,
    move_meeting,
    plan_meeting,
    record_meeting,
)
from scharnier.apps.situations.views._overview import lead, overview, step
from scharnier.apps.situations.views._plan import begin_plan, plan
from scharnier.apps.situations.views._rooms import new_room, remove_room, room, rooms, standing
from scharnier.apps.situations.views._templates import drop_template, new_template, template, templates
from scharnier.apps.situations.views._work import act, action, agree, agreement, give, reopen, work

__all__ = [
    "act",
    "action",
    "add_indicator",
    "agree",
    "agreement",
    "begin",
    "begin_of_match",
    "begin_plan",
    "call_off_meeting",
    "closing",
    "count_again",
    "dismiss_found",
    "drop_template",
    "enter_figure",
    "evaluation",
    "excluded",
    "figures",
    "found",
    "give",
    "indicator",
    "invitation",
    "lead",
    "meeting",
    "meeting_calendar",
    "meetings",
    "minutes_pdf",
    "move_meeting",
    "new_room",
    "new_template",
    "on_map",
    "overview",
    "own",
    "partners",
    "plan",
    "plan_meeting",
    "propose_found",
    "recheck",
    "record_meeting",
    "remove_room",
    "reopen",
    "room",
    "rooms",
    "score",
    "standing",
    "step",
    "template",
    "templates",
    "withdraw",
    "work",
]
