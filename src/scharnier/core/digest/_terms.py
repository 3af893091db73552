# SPDX-License-Identifier: EUPL-1.2
"""How often, on which day and at which hour somebody wants to be told by mail what waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from scharnier.core.kernel import Invalid
from scharnier.core.referral import add_working_days

WEEKDAYS: Final = range(1, 6)  # as ISO 8601 counts them, from Monday
HOURS: Final = (7, 8, 12, 17)  # never an hour that the clock skips or has twice
LATEST: Final = timedelta(days=1)  # what was not sent by then waits for the next time
_WEEK: Final = timedelta(days=7)


class BadTerms(Invalid):
    """The day is from Monday to Friday, and the hour one of those offered."""

    code = "digest.bad_terms"


class Often(StrEnum):
    """How often somebody is told."""

    NEVER = "never"
    WORKING_DAYS = "working_days"  # each of them
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTerms:
    """When somebody wants to be told by mail what waits for them; as usual: on Monday at eight.

    Raises
    ------
    BadTerms
    """

    often: Often = Often.WEEKLY
    weekday: int = 1  # 1..5, from Monday; counts when weekly only
    hour: int = 8  # where the network is

    def __post_init__(self) -> None:
        if self.weekday not in WEEKDAYS or self.hour not in HOURS:
            raise BadTerms(weekday=self.weekday, hour=self.hour)


def latest_slot(terms: MailTerms, *, at: datetime, free_days: Collection[date] = ()) -> datetime | None:
    """Return the last moment, at or before now, at which somebody wanted to be told.

    Parameters
    ----------
    terms
        How often, on which day and at which hour.
    at
        Now, by the clock where the network is: an aware datetime in that zone.
    free_days
        Holidays of the weeks around; Saturdays and Sundays are free anyway.

    Returns
    -------
    datetime or None
        In the zone of `at`; None: never, or not within two weeks.

    Notes
    -----
    On a free day nobody is told. Once a week it then is the next working day, on which it counts once.

    Examples
    --------
    >>> easter = [date(2026, 4, 6)]
    >>> latest_slot(MailTerms(), at=datetime(2026, 4, 7, 9), free_days=easter)
    datetime.datetime(2026, 4, 7, 8, 0)
    """
    found = (
        datetime.combine(day, time(terms.hour), tzinfo=at.tzinfo)
        for day in _days(terms, on=at.date(), free_days=free_days)
    )
    return max((slot for slot in found if slot <= at), default=None)


def digest_due(
    terms: MailTerms, *, at: datetime, since: datetime | None = None, free_days: Collection[date] = ()
) -> date | None:
    """Return the day whose digest is to be sent now, unless it was; None when none is.

    Parameters
    ----------
    terms
        How often, on which day and at which hour.
    at
        Now, by the clock where the network is.
    since
        When the terms were chosen; what was due before is not sent afterwards.
    free_days
        Holidays of the weeks around.

    Notes
    -----
    A worker that stood still sends late, for a day.

    Examples
    --------
    >>> [digest_due(MailTerms(), at=datetime(2026, 3, day, 8)) for day in (2, 3)]
    [datetime.date(2026, 3, 2), None]
    """
    slot = latest_slot(terms, at=at, free_days=free_days)
    if slot is None or at - slot >= LATEST or (since is not None and slot < since):
        return None
    return slot.date()


def _days(terms: MailTerms, *, on: date, free_days: Collection[date]) -> Iterator[date]:
    """Yield the days on which somebody is told, of the last two weeks."""
    if terms.often is Often.WORKING_DAYS:
        for n_days in range(15):
            day = on - timedelta(days=n_days)
            if add_working_days(day, 0, free_days=free_days) == day:
                yield day
    if terms.often is Often.WEEKLY:
        chosen = on - timedelta(days=on.isoweekday() - terms.weekday)
        for day in (chosen, chosen - _WEEK, chosen - 2 * _WEEK):
            yield add_working_days(day, 0, free_days=free_days)
