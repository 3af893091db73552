# SPDX-License-Identifier: EUPL-1.2
"""Pages of referrals: what waits, one need brought to others, and each step on its way."""

from scharnier.apps.referral.views._figures import adequacy, how_we_match
from scharnier.apps.referral.views._introductions import introduce
from scharnier.apps.referral.views._next import ask_next
from scharnier.apps.referral.views._of_note import of_note
from scharnier.apps.referral.views._refer import refer
from scharnier.apps.referral.views._referral import begin, deed, send, show, work
from scharnier.apps.referral.views._steps import step

__all__ = [
    "adequacy",
    "ask_next",
    "begin",
    "deed",
    "how_we_match",
    "introduce",
    "of_note",
    "refer",
    "send",
    "show",
    "step",
    "work",
]
