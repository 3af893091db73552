# SPDX-License-Identifier: EUPL-1.2
"""How often and how long it is tried, and when a webhook is switched off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

MOST_ATTEMPTS: Final = 56  # with the usual pauses of background work about a day
OLD_SECRET_LASTS: Final = timedelta(days=1)
FAILS_FOR: Final = timedelta(days=5)
MOST_WEBHOOKS: Final = 20  # of one network
SAID_GONE: Final = 410  # the answer by which a receiver says that it wants nothing any more
TAKEN: Final = range(200, 300)


def is_taken(status: int | None) -> bool:
    """Tell whether an answer means that the receiver took what it was sent.

    Parameters
    ----------
    status
        Of the answer; None: there was none.

    Notes
    -----
    A redirect takes nothing: it is not followed.

    Examples
    --------
    >>> is_taken(204), is_taken(302), is_taken(None)
    (True, False, False)
    """
    return status in TAKEN


def is_given_up(*, attempt: int, is_test: bool) -> bool:
    """Tell whether nothing more is tried after an attempt that failed.

    Parameters
    ----------
    attempt
        Which one it was, 1 for the first.
    is_test
        A test is tried once: who asked for it looks at what comes of it.

    Examples
    --------
    >>> is_given_up(attempt=1, is_test=False), is_given_up(attempt=1, is_test=True)
    (False, True)
    >>> is_given_up(attempt=MOST_ATTEMPTS, is_test=False)
    True
    """
    return is_test or attempt >= MOST_ATTEMPTS


def is_switched_off(*, status: int | None, failing_since: datetime, at: datetime) -> bool:
    """Tell whether a failure switches a webhook off.

    Parameters
    ----------
    status
        Of the answer; None: there was none.
    failing_since
        The first failure since the last success.
    at
        The moment of this failure, not before that one.

    References
    ----------
    .. [1] Standard Webhooks specification 1.0.0 (2023), "Webhook delivery": disabling of endpoints.

    Examples
    --------
    >>> noon = datetime(2026, 3, 29, 12)
    >>> is_switched_off(status=410, failing_since=noon, at=noon)
    True
    >>> is_switched_off(status=500, failing_since=noon, at=noon + timedelta(days=4))
    False
    >>> is_switched_off(status=500, failing_since=noon, at=noon + timedelta(days=5))
    True
    """
    return status == SAID_GONE or at - failing_since >= FAILS_FOR
