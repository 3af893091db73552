# SPDX-License-Identifier: EUPL-1.2
"""Until which day something can wait."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from scharnier.core.referral import WAIT_DAYS, Ladder, add_working_days


def answer_due(asked_on: date, *, ladder: Ladder | None = None, free_days: Collection[date] = ()) -> date:
    """Return the day on which silence becomes the answer.

    Parameters
    ----------
    asked_on
        When the party was asked.
    ladder
        Of the organization that is asked; None: that of most.
    free_days
        Holidays in between.

    Examples
    --------
    >>> answer_due(date(2026, 3, 2))
    datetime.date(2026, 3, 16)
    """
    _, n_days = (ladder or Ladder()).rungs[-1]
    return add_working_days(asked_on, n_days, free_days=free_days)


def introduction_due(asked_on: date, *, free_days: Collection[date] = ()) -> date:
    """Return the day from which an asker is shown another way in.

    Parameters
    ----------
    asked_on
        When somebody was asked to introduce.
    free_days
        Holidays in between.

    Examples
    --------
    >>> introduction_due(date(2026, 3, 2))
    datetime.date(2026, 3, 9)
    """
    return add_working_days(asked_on, WAIT_DAYS, free_days=free_days)
