# SPDX-License-Identifier: EUPL-1.2
"""Rows of referrals: storage and constraints, no behaviour."""

from scharnier.apps.referral.models._introductions import Introduction
from scharnier.apps.referral.models._links import AnswerTime, Holder, Link, LinkCount
from scharnier.apps.referral.models._referrals import Referral, Turn
from scharnier.apps.referral.models._words import Event, Feedback, Remark

__all__ = [
    "AnswerTime",
    "Event",
    "Feedback",
    "Holder",
    "Introduction",
    "Link",
    "LinkCount",
    "Referral",
    "Remark",
    "Turn",
]
