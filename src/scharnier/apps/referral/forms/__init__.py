# SPDX-License-Identifier: EUPL-1.2
"""Forms of referrals: one for the need, one for each step that needs something said."""

from scharnier.apps.referral.forms._links import AnswerTimeForm, LinkDeclineForm
from scharnier.apps.referral.forms._refer import NextForm, ReferForm
from scharnier.apps.referral.forms._steps import (
    CauseForm,
    CompleteForm,
    DeclineForm,
    OutcomeForm,
    PauseForm,
    RemarkForm,
    ReplyForm,
    party_of,
    usual_pause,
)

__all__ = [
    "AnswerTimeForm",
    "CauseForm",
    "CompleteForm",
    "DeclineForm",
    "LinkDeclineForm",
    "NextForm",
    "OutcomeForm",
    "PauseForm",
    "ReferForm",
    "RemarkForm",
    "ReplyForm",
    "party_of",
    "usual_pause",
]
