# SPDX-License-Identifier: EUPL-1.2
"""Acts on situations: one transaction, one line of the story and one event of the log, each."""

from scharnier.apps.situations.services._actions import Task, end_action, give_action, make_action
from scharnier.apps.situations.services._agreements import Promise, agree, judge_agreement, review_later
from scharnier.apps.situations.services._closing import (
    Findings,
    evaluate,
    give_score,
    keep_result,
    recheck,
    record_reminder,
)
from scharnier.apps.situations.services._coalition import Reply, answer, invite, lapse, withdraw
from scharnier.apps.situations.services._drawing import draw_months
from scharnier.apps.situations.services._excluding import count_again, exclude_place
from scharnier.apps.situations.services._figures import (
    Aim,
    FigureCounted,
    FiguresEntered,
    add_indicator,
    change_indicator,
    count_figures,
    enter_figure,
    store_reading,
)
from scharnier.apps.situations.services._making import (
    GroupNotFound,
    Match,
    SituationWish,
    TooFewPartners,
    begin_of_match,
    begin_situation,
    id_of_match,
)
from scharnier.apps.situations.services._meetings import (
    Appointment,
    MeetingHeld,
    Minutes,
    call_off_meeting,
    move_meeting,
    plan_meeting,
    record_meeting,
)
from scharnier.apps.situations.services._plans import begin_plan, write_plan
from scharnier.apps.situations.services._releasing import Book, open_book, write_answers
from scharnier.apps.situations.services._rooms import (
    For,
    Furnishing,
    RoomNotFound,
    Standing,
    change_room,
    open_room,
    remove_room,
    tell_status,
)
from scharnier.apps.situations.services._scanning import Scanned, scan
from scharnier.apps.situations.services._steps import capacity_for, pass_lead, take_step
from scharnier.apps.situations.services._templates import (
    MayNotShape,
    check_may_shape,
    drop_template,
    may_shape,
    save_template,
)
from scharnier.apps.situations.services._working import PieceNotFound

__all__ = [
    "Aim",
    "Appointment",
    "Book",
    "FigureCounted",
    "FiguresEntered",
    "Findings",
    "For",
    "Furnishing",
    "GroupNotFound",
    "Match",
    "MayNotShape",
    "MeetingHeld",
    "Minutes",
    "PieceNotFound",
    "Promise",
    "Reply",
    "RoomNotFound",
    "Scanned",
    "SituationWish",
    "Standing",
    "Task",
    "TooFewPartners",
    "add_indicator",
    "agree",
    "answer",
    "begin_of_match",
    "begin_plan",
    "begin_situation",
    "call_off_meeting",
    "capacity_for",
    "change_indicator",
    "change_room",
    "check_may_shape",
    "count_again",
    "count_figures",
    "draw_months",
    "drop_template",
    "end_action",
    "enter_figure",
    "evaluate",
    "exclude_place",
    "give_action",
    "give_score",
    "id_of_match",
    "invite",
    "judge_agreement",
    "keep_result",
    "lapse",
    "make_action",
    "may_shape",
    "move_meeting",
    "open_book",
    "open_room",
    "pass_lead",
    "plan_meeting",
    "recheck",
    "record_meeting",
    "record_reminder",
    "remove_room",
    "review_later",
    "save_template",
    "scan",
    "store_reading",
    "take_step",
    "tell_status",
    "withdraw",
    "write_answers",
    "write_plan",
]
