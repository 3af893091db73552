# SPDX-License-Identifier: EUPL-1.2
"""A rule of retention, and the two questions that are asked of it: is this over, and since when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scharnier.core.kernel import Invalid


class OutOfBounds(Invalid):
    """A network keeps something shorter or longer than the rule allows, or it is no rule at all."""

    code = "retention.out_of_bounds"


class Fate(StrEnum):
    """What happens to a thing that is over."""

    DELETE = "delete"
    EMPTY = "empty"  # the words go, that it was there stays
    ERASE = "erase"  # a person, with all that is about them
    KEEP = "keep"  # it stays, and the rule says why


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long one kind of thing is kept, within which bounds a network may choose, and what happens then.

    Raises
    ------
    OutOfBounds
        When the days lie outside the bounds, or a warning would come before anything else.

    Examples
    --------
    >>> RetentionRule(id="mail", fate=Fate.EMPTY, kept_days=30, least_days=7, most_days=90).warned_days
    0
    """

    id: str
    fate: Fate
    kept_days: int = 0  # after the moment that the rule counts from; of no meaning for what stays
    least_days: int = 0
    most_days: int = 0
    warned_days: int = 0  # how long before the end whom it is about is told; 0: not

    def __post_init__(self) -> None:
        is_bounded = 0 <= self.least_days <= self.kept_days <= self.most_days
        if not is_bounded or not 0 <= self.warned_days <= self.least_days:
            raise OutOfBounds(rule=self.id, days=self.kept_days, least=self.least_days, most=self.most_days)


def limit(rule: RetentionRule, *, on: date) -> date:
    """Return the first day of which things are still kept: what dates from before it is over.

    Parameters
    ----------
    rule
        How long it is kept.
    on
        The day on which is looked.

    Returns
    -------
    date
        `kept_days` before `on`; the first day of the calendar when that lies before it.

    Notes
    -----
    Queries are made from it: a thing is over exactly when its day is before this one.

    Examples
    --------
    >>> limit(RetentionRule(id="mail", fate=Fate.EMPTY, kept_days=30, most_days=30), on=date(2026, 3, 31))
    datetime.date(2026, 3, 1)
    """
    if rule.fate is Fate.KEEP:
        return date.min
    return date.fromordinal(max(1, on.toordinal() - rule.kept_days))


def is_over(rule: RetentionRule, *, since: date, on: date) -> bool:
    """Tell whether something has been kept for long enough.

    Parameters
    ----------
    rule
        How long it is kept.
    since
        The day from which the rule counts.
    on
        The day on which is looked.

    Examples
    --------
    >>> mail = RetentionRule(id="mail", fate=Fate.EMPTY, kept_days=30, most_days=30)
    >>> [is_over(mail, since=date(2026, 3, 1), on=date(2026, 3, day)) for day in (1, 31)]
    [False, False]
    >>> is_over(mail, since=date(2026, 3, 1), on=date(2026, 4, 1))
    True
    """
    return rule.fate is not Fate.KEEP and since.toordinal() + rule.kept_days < on.toordinal()


def adapt(rule: RetentionRule, *, kept_days: int) -> RetentionRule:
    """Return a rule with another time, as a network chose it.

    Parameters
    ----------
    rule
        The rule as it ships.
    kept_days
        Days, within the bounds of the rule.

    Raises
    ------
    OutOfBounds

    Examples
    --------
    >>> mail = RetentionRule(id="mail", fate=Fate.EMPTY, kept_days=30, least_days=7, most_days=90)
    >>> adapt(mail, kept_days=14).kept_days
    14
    """
    return replace(rule, kept_days=kept_days)
