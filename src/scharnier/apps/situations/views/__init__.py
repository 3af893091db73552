# SPDX-License-Identifier: EUPL-1.2
"""Pages of shared situations."""

from scharnier.apps.situations.views._closing import closing, evaluation, recheck, score
from scharnier.apps.situations.views._figures import add_indicator, enter_figure, figures, indicator
from scharnier.apps.situations.views._lists import own
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
from scharnier.apps.situations.views._overview import overview
from scharnier.apps.situations.views._plan import begin_plan, plan
from scharnier.apps.situations.views._templates import drop_template, new_template, template, templates
from scharnier.apps.situations.views._work import act, action, agree, agreement, give, reopen, work

__all__ = [
    "act",
    "action",
    "add_indicator",
    "agree",
    "agreement",
    "begin_plan",
    "call_off_meeting",
    "closing",
    "drop_template",
    "enter_figure",
    "evaluation",
    "figures",
    "give",
    "indicator",
    "meeting",
    "meeting_calendar",
    "meetings",
    "minutes_pdf",
    "move_meeting",
    "new_template",
    "overview",
    "own",
    "plan",
    "plan_meeting",
    "recheck",
    "record_meeting",
    "reopen",
    "score",
    "template",
    "templates",
    "work",
]
