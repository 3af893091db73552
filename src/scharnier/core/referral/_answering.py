# SPDX-License-Identifier: EUPL-1.2
"""How an organization answers what it is asked: for itself to see first, and not of fewer than five."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from scharnier.core.referral._adequacy import SMALLEST
from scharnier.core.referral._life import State
from scharnier.core.referral._referral import Handling
from scharnier.core.referral._silence import count_working_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """How what was asked got answered."""

    n_asks: int  # answered, or left without an answer
    median_days: float | None  # working days to answer; None: fewer than five answered
    unanswered_share: float  # 0..1


def measure_answering(handlings: Iterable[Handling], *, free_days: Collection[date] = ()) -> Answering | None:
    """Return how what was asked got answered; None for fewer than five.

    Parameters
    ----------
    handlings
        n turns of one party; those that still wait, were called off or made by mistake do not count.
    free_days
        Holidays; Saturdays and Sundays are free anyway.

    Notes
    -----
    A yes and a no count alike. An answer after the time for it counts as an answer. O(n log n).

    Examples
    --------
    >>> measure_answering([]) is None
    True
    """
    asked = [handling for handling in handlings if handling.is_asked]
    days = [
        count_working_days(each.requested_at.date(), each.answered_at.date(), free_days=free_days)
        for each in asked
        if each.requested_at and each.answered_at
    ]
    n_silent = sum(each.turn.state is State.UNANSWERED and not each.answered_at for each in asked)
    n_asks = len(days) + n_silent
    if n_asks < SMALLEST:
        return None
    return Answering(
        n_asks=n_asks,
        median_days=float(median(days)) if len(days) >= SMALLEST else None,
        unanswered_share=n_silent / n_asks,
    )
