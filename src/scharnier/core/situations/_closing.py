# SPDX-License-Identifier: EUPL-1.2
"""How a situation ends: what was measured, what partners think of it, what was learned, and looking again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Final

from scharnier.core.kernel import Conflict, Invalid, NotAllowed, OrganizationId
from scharnier.core.situations._doing import Kept
from scharnier.core.situations._indicators import FigureSource
from scharnier.core.situations._words import check_words

LOWEST_SCORE, HIGHEST_SCORE = 1, 5
RECHECK_MONTHS: Final = (3, 6)
_MONTHS_A_YEAR: Final = 12


class EvaluationUnclear(Invalid):
    """An evaluation has a lesson, hours of no less than nought, and an interval around its ratio."""

    code = "situations.evaluation_unclear"


class ScoreUnclear(Invalid):
    """Each partner says once, from 1 to 5, how far the goal was reached."""

    code = "situations.score_unclear"


class NotInCoalition(NotAllowed):
    """Only who takes part says how far the goal was reached."""

    code = "situations.not_in_coalition"


class NothingToRecheck(Conflict):
    """No looking again is due."""

    code = "situations.nothing_to_recheck"


class Lasting(StrEnum):
    """What looking again found."""

    HOLDS = "holds"
    SLIPPED = "slipped"  # it comes back
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the formulas gave, zone beside control area.

    Raises
    ------
    EvaluationUnclear
        When the interval does not hold the ratio, or a figure is no number.
    """

    rate_ratio: float  # > 0; below 1: the zone fell more, or rose less
    low: float  # of the 95 % interval, > 0
    high: float
    displacement: float | None = None  # above 0: around it fell too; below -1: more moved than was won
    source: FigureSource = FigureSource.ENTERED  # what partners counted, or the maps of months

    def __post_init__(self) -> None:
        is_finite = all(map(isfinite, (self.high, self.displacement or 0.0)))
        if not is_finite or not 0 < self.low <= self.rate_ratio <= self.high:
            raise EvaluationUnclear(hours=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalScore:
    """How far one partner thinks the goal was reached; kept to itself until all have said so.

    Raises
    ------
    ScoreUnclear
    """

    organization_id: OrganizationId
    score: int  # 1 not at all .. 5 wholly

    def __post_init__(self) -> None:
        if not LOWEST_SCORE <= self.score <= HIGHEST_SCORE:
            raise ScoreUnclear(lowest=LOWEST_SCORE, highest=HIGHEST_SCORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What came of a plan.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of the lesson, and of words about residents that are there.
    EvaluationUnclear
        When the hours are below nought or no number.
    """

    lesson: str
    kept: Kept  # agreements, as `count_kept` gives it
    measured: Measured | None = None  # None: nothing could be measured
    hours: float | None = None  # spent by all together, >= 0
    residents_noticed: str = ""
    made_on: date

    def __post_init__(self) -> None:
        check_words(self.lesson)
        check_words(self.residents_noticed, may_be_empty=True)
        if self.hours is not None and not (isfinite(self.hours) and self.hours >= 0):
            raise EvaluationUnclear(hours=self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGoals:
    """The scores of all partners, or how many are still to come."""

    scores: tuple[GoalScore, ...]  # by organization; empty as long as one is missing
    n_missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """Looking again whether it held, some months after closing."""

    due: date
    done_on: date | None = None
    found: Lasting | None = None


def give_score(
    scores: tuple[GoalScore, ...], score: GoalScore, *, coalition: Collection[OrganizationId]
) -> tuple[GoalScore, ...]:
    """Return the scores with one more; a partner may change its own as long as nobody sees them.

    Parameters
    ----------
    scores
        Given so far.
    score
        Of one partner.
    coalition
        Who takes part.

    Raises
    ------
    NotInCoalition
    ScoreUnclear
        When all have answered: then the scores are open, and changing them would answer each other.

    Examples
    --------
    >>> school, police = OrganizationId("school"), OrganizationId("politie")
    >>> len(give_score((), GoalScore(organization_id=school, score=4), coalition=[school, police]))
    1
    """
    if score.organization_id not in coalition:
        raise NotInCoalition
    if not shown_goals(scores, coalition=coalition).n_missing:
        raise ScoreUnclear(lowest=LOWEST_SCORE, highest=HIGHEST_SCORE)
    others = (each for each in scores if each.organization_id != score.organization_id)
    return (*others, score)


def shown_goals(scores: Iterable[GoalScore], *, coalition: Collection[OrganizationId]) -> ShownGoals:
    """Return the scores of the partners once all have answered; until then only how many are missing.

    Parameters
    ----------
    scores
        Given so far; of who left they no longer count.
    coalition
        Who takes part.

    Examples
    --------
    >>> school, police = OrganizationId("school"), OrganizationId("politie")
    >>> shown_goals([GoalScore(organization_id=school, score=4)], coalition=[school, police])
    ShownGoals(scores=(), n_missing=1)
    """
    given = {each.organization_id: each for each in scores if each.organization_id in coalition}
    n_missing = len(set(coalition) - given.keys())
    shown = () if n_missing else tuple(given[organization_id] for organization_id in sorted(given))
    return ShownGoals(scores=shown, n_missing=n_missing)


def plan_rechecks(closed_on: date) -> tuple[Recheck, ...]:
    """Return when to look again after closing: three and six months later.

    Parameters
    ----------
    closed_on
        The day of closing.

    Notes
    -----
    The same day of the month, or its last day where that is earlier.

    Examples
    --------
    >>> [str(recheck.due) for recheck in plan_rechecks(date(2025, 11, 30))]
    ['2026-02-28', '2026-05-30']
    """
    return tuple(Recheck(due=_add_months(closed_on, months)) for months in RECHECK_MONTHS)


def do_recheck(rechecks: tuple[Recheck, ...], found: Lasting, *, on: date) -> tuple[Recheck, ...]:
    """Return the rechecks after the first that was due was done.

    Parameters
    ----------
    rechecks
        Of one situation, by day.
    found
        Whether it holds.
    on
        The day.

    Raises
    ------
    NothingToRecheck
        When none is open, or the first is not due yet.

    Examples
    --------
    >>> planned = plan_rechecks(date(2026, 3, 2))
    >>> do_recheck(planned, Lasting.HOLDS, on=date(2026, 6, 2))[0].found
    <Lasting.HOLDS: 'holds'>
    """
    for place, recheck in enumerate(rechecks):
        if recheck.done_on is None and recheck.due <= on:
            done = replace(recheck, done_on=on, found=found)
            return (*rechecks[:place], done, *rechecks[place + 1 :])
    raise NothingToRecheck


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
