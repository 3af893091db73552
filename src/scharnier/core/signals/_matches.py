# SPDX-License-Identifier: EUPL-1.2
"""Two partners who meet something alike: both hear that it is so, each decides whether to be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from scharnier.core.kernel import Conflict, Invalid, MatchId, NotFound, OrganizationId, TopicId
from scharnier.core.signals._traces import NEAR, Nearness, Trace, is_alike

ANSWER_DAYS: Final = 14  # to decide; what lapsed can still be said
RUNS_DAYS: Final = 56  # so long no second match of the same pair on the same matter


class NoPair(Invalid):
    """A match is of two different organizations that meet something alike."""

    code = "signals.no_pair"


class MatchRuns(Conflict):
    """The two have a match on this matter already."""

    code = "signals.match_runs"


class MatchNotFound(NotFound):
    """That partner has no side in the match."""

    code = "signals.match_not_found"


class NamingClosed(Conflict):
    """The step is not open to that side of the match."""

    code = "signals.naming_closed"


class NotBothNamed(Conflict):
    """Something is begun together by two who are both named."""

    code = "signals.not_both_named"


class Naming(StrEnum):
    """What one side decided."""

    ASKED = "asked"
    NAMED = "named"
    NOT_NAMED = "not_named"
    LAPSED = "lapsed"  # no word in time; the other sees no difference with a no


class NamingStep(StrEnum):
    """What can be done to one side."""

    NAME = "name"
    KEEP_UNNAMED = "keep_unnamed"
    LAPSE = "lapse"  # by the clock


NAMINGS: Mapping[Naming, Mapping[NamingStep, Naming]] = {
    Naming.ASKED: {
        NamingStep.NAME: Naming.NAMED,
        NamingStep.KEEP_UNNAMED: Naming.NOT_NAMED,
        NamingStep.LAPSE: Naming.LAPSED,
    },
    Naming.LAPSED: {NamingStep.NAME: Naming.NAMED, NamingStep.KEEP_UNNAMED: Naming.NOT_NAMED},
    Naming.NOT_NAMED: {NamingStep.NAME: Naming.NAMED},
    Naming.NAMED: {},  # what was told cannot be untold
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One partner of a match, and what it decided."""

    trace: Trace
    naming: Naming = Naming.ASKED
    decided_on: date | None = None

    @property
    def partner_id(self) -> OrganizationId | None:
        """Whose side it is; never None inside a match."""
        return self.trace.partner_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two partners with something alike; only the two know of it.

    Raises
    ------
    NoPair
        When a side is of residents, or both are of one organization.
    """

    id: MatchId
    sides: tuple[Side, Side]
    asked_on: date

    def __post_init__(self) -> None:
        if None in self.pair or len(self.pair) < len(self.sides):
            raise NoPair(n_partners=len(self.pair - {None}))

    @property
    def pair(self) -> frozenset[OrganizationId | None]:
        """The two partners."""
        return frozenset(side.partner_id for side in self.sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What both are sent: that there is a match. No content, and not with whom."""

    match_id: MatchId
    to_id: OrganizationId


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchView:
    """A match as one of the two sees it."""

    match_id: MatchId
    asked_on: date
    own: Naming
    other_id: OrganizationId | None  # once the other wants to be named; a no and silence look the same


def open_match(
    match: Match,
    earlier: Iterable[Match],
    *,
    broader: Mapping[TopicId, frozenset[TopicId]] | None = None,
    nearness: Nearness = NEAR,
) -> tuple[Notice, Notice]:
    """Return the two notices of a new match, or refuse it.

    Parameters
    ----------
    match
        New, with both sides still asked.
    earlier
        n matches of the network.
    broader, nearness
        As for `is_alike`.

    Raises
    ------
    NoPair
        When what the two meet is not alike.
    MatchRuns
        When the same two have one on something alike, from less than `RUNS_DAYS` ago.

    Notes
    -----
    O(n).

    Examples
    --------
    >>> from scharnier.core.signals._examples import MATCH
    >>> [notice.to_id for notice in open_match(MATCH, [])]
    ['school', 'library']
    """
    first, second = match.sides
    if not is_alike(first.trace, second.trace, broader=broader, nearness=nearness):
        raise NoPair(n_partners=len(match.pair))
    for other in earlier:
        is_same_pair = other.pair == match.pair
        if is_same_pair and runs_on(
            other, first.trace, on=match.asked_on, broader=broader, nearness=nearness
        ):
            raise MatchRuns
    a, b = (Notice(match_id=match.id, to_id=side.partner_id) for side in match.sides if side.partner_id)
    return a, b


def runs_on(
    match: Match,
    trace: Trace,
    *,
    on: date,
    broader: Mapping[TopicId, frozenset[TopicId]] | None = None,
    nearness: Nearness = NEAR,
) -> bool:
    """Tell whether a match of the partner that left a trace runs on the same matter.

    Parameters
    ----------
    match
        Of any state.
    trace
        Of a signal of one of the two, not by need the one that the match came of.
    on
        The day; a match runs for less than `RUNS_DAYS`.
    broader, nearness
        As for `is_alike`.

    Examples
    --------
    >>> from scharnier.core.signals._examples import BY_LIBRARY, MATCH
    >>> [runs_on(MATCH, BY_LIBRARY, on=date(2026, month, 10)) for month in (3, 9)]
    [True, False]
    """
    is_recent = abs((on - match.asked_on).days) < RUNS_DAYS
    if not is_recent or trace.partner_id not in match.pair:
        return False
    return is_alike(trace, match.sides[0].trace, broader=broader, nearness=nearness)


def step_match(match: Match, step: NamingStep, *, by: OrganizationId, on: date) -> Match:
    """Return the match after one side decided, or let its time pass.

    Parameters
    ----------
    match
        As it stands.
    step
        What is done.
    by
        Whose side.
    on
        The day.

    Raises
    ------
    MatchNotFound
        When that partner has no side in it.
    NamingClosed
        When the table does not open the step; or to lapse before `ANSWER_DAYS` have passed.

    Examples
    --------
    >>> from scharnier.core.signals._examples import MATCH
    >>> named = step_match(MATCH, NamingStep.NAME, by=OrganizationId("school"), on=date(2026, 3, 10))
    >>> view_match(named, OrganizationId("library")).other_id
    'school'
    """
    side = _side(match, by)
    to = NAMINGS[side.naming].get(step)
    is_early = step is NamingStep.LAPSE and on < lapses_on(match)
    if to is None or is_early:
        raise NamingClosed(naming=side.naming.value, step=step.value)
    changed = replace(side, naming=to, decided_on=on)
    first, second = match.sides
    return replace(match, sides=(changed, second) if side is first else (first, changed))


def naming_steps(naming: Naming) -> tuple[NamingStep, ...]:
    """Return what a partner itself can do, in the order of `NamingStep`.

    Parameters
    ----------
    naming
        Where its side stands.

    Examples
    --------
    >>> [step.value for step in naming_steps(Naming.ASKED)]
    ['name', 'keep_unnamed']
    """
    return tuple(step for step in NamingStep if step in NAMINGS[naming] and step is not NamingStep.LAPSE)


def lapses_on(match: Match) -> date:
    """Return the first day on which a side that said nothing lapses.

    Parameters
    ----------
    match
        Of any state.

    Examples
    --------
    >>> from scharnier.core.signals._examples import MATCH
    >>> lapses_on(MATCH)
    datetime.date(2026, 3, 24)
    """
    return match.asked_on + timedelta(days=ANSWER_DAYS + 1)


def view_match(match: Match, partner_id: OrganizationId) -> MatchView:
    """Return what one of the two may see of a match: never the other's signal, its name only once it agreed.

    Parameters
    ----------
    match
        Of any state.
    partner_id
        Who looks.

    Raises
    ------
    MatchNotFound

    Examples
    --------
    >>> from scharnier.core.signals._examples import MATCH
    >>> view_match(MATCH, OrganizationId("school")).other_id is None
    True
    """
    own = _side(match, partner_id)
    other = next(side for side in match.sides if side is not own)
    is_named = other.naming is Naming.NAMED
    return MatchView(
        match_id=match.id,
        asked_on=match.asked_on,
        own=own.naming,
        other_id=other.partner_id if is_named else None,
    )


def named_pair(match: Match) -> frozenset[OrganizationId]:
    """Return the two of a match, once both are named.

    Parameters
    ----------
    match
        Of any state.

    Raises
    ------
    NotBothNamed
        Also when one said no or let the time pass: who asks cannot tell which.

    Examples
    --------
    >>> from scharnier.core.signals._examples import MATCH as match
    >>> for partner_id in ("school", "library"):
    ...     match = step_match(match, NamingStep.NAME, by=OrganizationId(partner_id), on=date(2026, 3, 10))
    >>> sorted(named_pair(match))
    ['library', 'school']
    """
    named = {side.partner_id for side in match.sides if side.naming is Naming.NAMED}
    pair = frozenset(partner_id for partner_id in named if partner_id is not None)
    if pair != match.pair:
        raise NotBothNamed
    return pair


def _side(match: Match, partner_id: OrganizationId) -> Side:
    for side in match.sides:
        if side.partner_id == partner_id:
            return side
    raise MatchNotFound(match_id=match.id)
