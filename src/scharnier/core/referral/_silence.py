# SPDX-License-Identifier: EUPL-1.2
"""Silence as an outcome: when somebody is reminded, and who hears of it next, in working days."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np

from scharnier.core.kernel import Invalid


class BadLadder(Invalid):
    """The rungs of a ladder rise by at least one working day each, and one of them ends the wait."""

    code = "referral.bad_ladder"


class Rung(StrEnum):
    """Who hears that an answer stays out."""

    CANDIDATE = "candidate"  # a reminder
    STAND_IN = "stand_in"
    ORGANIZATION = "organization"  # its contact
    COORDINATOR = "coordinator"
    LAPSE = "lapse"  # the turn is unanswered; the sender hears who is the next best


_USUAL = (
    (Rung.CANDIDATE, 3),
    (Rung.STAND_IN, 5),
    (Rung.ORGANIZATION, 7),
    (Rung.COORDINATOR, 9),
    (Rung.LAPSE, 10),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """After how many working days of silence each rung is climbed.

    Raises
    ------
    BadLadder
        When the days do not rise from 1, or the last rung is not `LAPSE`.
    """

    rungs: tuple[tuple[Rung, int], ...] = _USUAL

    def __post_init__(self) -> None:
        days = [0, *(days for _, days in self.rungs)]
        is_rising = all(later > earlier for earlier, later in pairwise(days))
        if not self.rungs or not is_rising or self.rungs[-1][0] is not Rung.LAPSE:
            raise BadLadder(days=tuple(days[1:]))


_OF_MOST = Ladder()
USUAL_DAYS = _USUAL[-1][1]
HELD_LASTS = timedelta(days=7)  # another system is asked every day; after a week of silence it says nothing
LEAST_DAYS, MOST_DAYS = len(_USUAL), 40  # a working day for each rung; two months


def ladder_within(n_days: int) -> Ladder:
    """Return the usual ladder, stretched to an organization's time to answer.

    Parameters
    ----------
    n_days
        Working days to answer, 5 to 40.

    Raises
    ------
    BadLadder

    Notes
    -----
    Each rung keeps its share of the time, in whole days, as far as they rise by at least one.

    Examples
    --------
    >>> [days for _, days in ladder_within(20).rungs], [days for _, days in ladder_within(5).rungs]
    ([6, 10, 14, 18, 20], [1, 2, 3, 4, 5])
    """
    if not LEAST_DAYS <= n_days <= MOST_DAYS:
        raise BadLadder(days=(n_days,))
    rungs: list[tuple[Rung, int]] = []
    for place, (rung, usual) in enumerate(_USUAL, start=1):
        earliest = rungs[-1][1] + 1 if rungs else 1
        latest = n_days - (len(_USUAL) - place)
        rungs.append((rung, min(max(earliest, round(usual * n_days / USUAL_DAYS)), latest)))
    return Ladder(rungs=tuple(rungs))


def add_working_days(day: date, n_days: int, *, free_days: Collection[date] = ()) -> date:
    """Return the working day a number of working days after a day.

    Parameters
    ----------
    day
        Where the count begins; on a free day it begins on the next working day.
    n_days
        Working days, >= 0.
    free_days
        Holidays; Saturdays and Sundays are free anyway.

    Examples
    --------
    >>> add_working_days(date(2026, 4, 2), 2, free_days=[date(2026, 4, 3), date(2026, 4, 6)])  # round Easter
    datetime.date(2026, 4, 8)
    """
    moved: date = np.busday_offset(day, n_days, roll="forward", holidays=sorted(free_days)).astype(date)
    return moved


def count_working_days(first: date, last: date, *, free_days: Collection[date] = ()) -> int:
    """Return how many working days lie between two days; none when the last comes before the first.

    Parameters
    ----------
    first, last
        The last day does not count, the first does; from a Friday to the Monday after is one day.
    free_days
        Holidays; Saturdays and Sundays are free anyway.

    Examples
    --------
    >>> count_working_days(date(2026, 4, 2), date(2026, 4, 8), free_days=[date(2026, 4, 3), date(2026, 4, 6)])
    2
    """
    return max(0, int(np.busday_count(first, last, holidays=sorted(free_days))))


def is_held(heard_at: datetime | None, *, at: datetime) -> bool:
    """Tell whether another system works on what was asked, as it said not long ago.

    Parameters
    ----------
    heard_at
        When the other system last said so; None: never.
    at
        Now.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> [is_held(heard_at, at=noon) for heard_at in (noon - timedelta(days=1), noon - HELD_LASTS, None)]
    [True, False, False]
    """
    return heard_at is not None and at - heard_at < HELD_LASTS


def rungs_due(  # the parts of a silence
    asked_on: date,
    *,
    on: date,
    ladder: Ladder = _OF_MOST,
    climbed: Iterable[Rung] = (),
    is_held: bool = False,
    free_days: Collection[date] = (),
) -> tuple[Rung, ...]:
    """Return the rungs to climb on a day, lowest first.

    Parameters
    ----------
    asked_on
        When the party was asked.
    on
        Today.
    ladder
        Of the organization that is asked.
    climbed
        The rungs that were climbed before, or that nobody stands on.
    is_held
        Whether another system works on it: then people are reminded, but it does not become unanswered.
    free_days
        Holidays between the two.

    Notes
    -----
    Whatever day this is asked, no rung is passed over and none is climbed twice; whoever is silent long
    enough reaches `LAPSE`.

    Examples
    --------
    >>> rungs_due(date(2026, 3, 2), on=date(2026, 3, 5))
    (<Rung.CANDIDATE: 'candidate'>,)
    """
    before = {*climbed, Rung.LAPSE} if is_held else set(climbed)
    due = ((rung, add_working_days(asked_on, days, free_days=free_days)) for rung, days in ladder.rungs)
    return tuple(rung for rung, day in due if day <= on and rung not in before)
