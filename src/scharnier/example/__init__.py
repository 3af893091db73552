# SPDX-License-Identifier: EUPL-1.2
"""Example: Kruisveld, an invented neighbourhood from readable sources and a seed."""

from scharnier.example._kruisveld import load_kruisveld
from scharnier.example._referrals import Ask, Referred, Said, Stepped, load_referrals
from scharnier.example._situations import Agreed, Done, Ended, Met, Series, Shared, load_situations
from scharnier.example._told import Told, load_told
from scharnier.example._values import KRUISVELD_DAY, Account, Asked, Example, Signal

__all__ = [
    "KRUISVELD_DAY",
    "Account",
    "Agreed",
    "Ask",
    "Asked",
    "Done",
    "Ended",
    "Example",
    "Met",
    "Referred",
    "Said",
    "Series",
    "Shared",
    "Signal",
    "Stepped",
    "Told",
    "load_kruisveld",
    "load_referrals",
    "load_situations",
    "load_told",
]
