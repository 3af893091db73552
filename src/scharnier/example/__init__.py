# SPDX-License-Identifier: EUPL-1.2
"""Example: Kruisveld, an invented neighbourhood from readable sources and a seed."""

from scharnier.example._kruisveld import load_kruisveld
from scharnier.example._referrals import Ask, Referred, Said, Stepped, load_referrals
from scharnier.example._values import KRUISVELD_DAY, Account, Asked, Example, Signal

__all__ = [
    "KRUISVELD_DAY",
    "Account",
    "Ask",
    "Asked",
    "Example",
    "Referred",
    "Said",
    "Signal",
    "Stepped",
    "load_kruisveld",
    "load_referrals",
]
