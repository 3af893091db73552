# SPDX-License-Identifier: EUPL-1.2
"""What the pages of situations show, as frozen values."""

from scharnier.apps.situations.selectors._closing import Closing, ScoreLine, read_closing
from scharnier.apps.situations.selectors._lists import Line, own_situations
from scharnier.apps.situations.selectors._meetings import (
    MeetingPage,
    Point,
    read_meeting,
    read_meetings,
    read_points,
)
from scharnier.apps.situations.selectors._seen import Seen, look
from scharnier.apps.situations.selectors._work import (
    ActionLine,
    AgreementLine,
    Work,
    doers_of,
    partners_of,
    people_of,
    read_action,
    read_agreement,
    read_work,
    template_of,
    unused,
)

__all__ = [
    "ActionLine",
    "AgreementLine",
    "Closing",
    "Line",
    "MeetingPage",
    "Point",
    "ScoreLine",
    "Seen",
    "Work",
    "doers_of",
    "look",
    "own_situations",
    "partners_of",
    "people_of",
    "read_action",
    "read_agreement",
    "read_closing",
    "read_meeting",
    "read_meetings",
    "read_points",
    "read_work",
    "template_of",
    "unused",
]
