# SPDX-License-Identifier: EUPL-1.2
"""Reads of the referral function: who can take a need, how a referral stands, and what waits for whom."""

from scharnier.apps.referral.selectors._adequacy import NetworkAdequacy, read_adequacy
from scharnier.apps.referral.selectors._answers import KEEPER, NOBODY, Fitted, Found, fit, suggest
from scharnier.apps.referral.selectors._bodies import read_bodies
from scharnier.apps.referral.selectors._lines import (
    GONE,
    FeedbackLine,
    IntroductionLine,
    Named,
    RemarkLine,
    StoryLine,
    TurnLine,
    WaitLine,
)
from scharnier.apps.referral.selectors._page import ReferralPage, read_referral, referral_page
from scharnier.apps.referral.selectors._work import (
    AskedToIntroduce,
    Whose,
    WorkLine,
    WorkPage,
    has_work,
    introductions_to_make,
    work_list,
)

__all__ = [
    "GONE",
    "KEEPER",
    "NOBODY",
    "AskedToIntroduce",
    "FeedbackLine",
    "Fitted",
    "Found",
    "IntroductionLine",
    "Named",
    "NetworkAdequacy",
    "ReferralPage",
    "RemarkLine",
    "StoryLine",
    "TurnLine",
    "WaitLine",
    "Whose",
    "WorkLine",
    "WorkPage",
    "fit",
    "has_work",
    "introductions_to_make",
    "read_adequacy",
    "read_bodies",
    "read_referral",
    "referral_page",
    "suggest",
    "work_list",
]
