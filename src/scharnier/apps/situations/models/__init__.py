# SPDX-License-Identifier: EUPL-1.2
"""Tables of shared situations."""

from scharnier.apps.situations.models._closing import Evaluation, Recheck, Result, Score, Template
from scharnier.apps.situations.models._doing import Action, Agreement, Indicator, Meeting, Reading
from scharnier.apps.situations.models._maps import MapMonth
from scharnier.apps.situations.models._rooms import Room, Status, StoryLine
from scharnier.apps.situations.models._scans import Found, ScanAnswer, ScanGround, ScanRun
from scharnier.apps.situations.models._situations import BundlePartner, Invitation, Situation

__all__ = [
    "Action",
    "Agreement",
    "BundlePartner",
    "Evaluation",
    "Found",
    "Indicator",
    "Invitation",
    "MapMonth",
    "Meeting",
    "Reading",
    "Recheck",
    "Result",
    "Room",
    "ScanAnswer",
    "ScanGround",
    "ScanRun",
    "Score",
    "Situation",
    "Status",
    "StoryLine",
    "Template",
]
