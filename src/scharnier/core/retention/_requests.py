# SPDX-License-Identifier: EUPL-1.2
"""By when somebody who asks for their data has to be answered."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def answer_by(received: date) -> date:
    """Return the last day on which a request about one's own data is answered in time.

    Parameters
    ----------
    received
        The day on which the request came in.

    Returns
    -------
    date
        The same day of the next month, or the last of that month when it has no such day.

    References
    ----------
    .. [1] Regulation (EU) 2016/679 (GDPR), art. 12(3); Regulation (EEC, Euratom) 1182/71, art. 3(2)(c).

    Examples
    --------
    >>> answer_by(date(2026, 1, 31)).isoformat()
    '2026-02-28'
    >>> answer_by(date(2026, 12, 5)).isoformat()
    '2027-01-05'
    """
    years, month = divmod(received.month, 12)
    year, month = received.year + years, month + 1
    return date(year, month, min(received.day, monthrange(year, month)[1]))
