# SPDX-License-Identifier: EUPL-1.2
"""A signal: what somebody meets, in words that stay with the owner."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from scharnier.core import text
from scharnier.core.kernel import (
    Conflict,
    Invalid,
    NetworkId,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    SignalId,
    TopicId,
)
from scharnier.core.signals._places import Place

LONGEST_TEXT: Final = 2000  # characters
KEPT_AT_MOST: Final = timedelta(days=731)  # two years, also with a leap day
_WEEK: Final = timedelta(days=6)


class HappeningUnclear(Invalid):
    """Something happened in days to come, or is kept shorter or longer than it may be."""

    code = "signals.happening_unclear"


class OwnerUnclear(Invalid):
    """A signal is of an organization, of a resident, or came by a way that says who owns it."""

    code = "signals.owner_unclear"


class SignalDone(Conflict):
    """The step is not open for the signal any more."""

    code = "signals.done"


class Grain(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    WEEK = "week"  # from Monday
    MONTH = "month"


class Seriousness(StrEnum):
    """How serious it is, in plain grades, lightest first."""

    ANNOYING = "annoying"
    HARMFUL = "harmful"
    DANGEROUS = "dangerous"


class Source(StrEnum):
    """How a signal came in."""

    MEMBER = "member"
    RESIDENT = "resident"  # by the open form, without an account
    FILE = "file"
    API = "api"
    OPEN311 = "open311"


class SignalState(StrEnum):
    """Where a signal stands."""

    OPEN = "open"
    HANDLED = "handled"  # it goes on counting: it was met
    WITHDRAWN = "withdrawn"  # it should not have been there; it counts nowhere


class SignalStep(StrEnum):
    """What its owner or author does with a signal."""

    HANDLE = "handle"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


SIGNAL_STEPS: Mapping[SignalState, Mapping[SignalStep, SignalState]] = {
    SignalState.OPEN: {
        SignalStep.HANDLE: SignalState.HANDLED,
        SignalStep.WITHDRAW: SignalState.WITHDRAWN,
    },
    SignalState.HANDLED: {
        SignalStep.REOPEN: SignalState.OPEN,
        SignalStep.WITHDRAW: SignalState.WITHDRAWN,
    },
    SignalState.WITHDRAWN: {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """When something was met: on a day, or in a week or a month of which it was one.

    Examples
    --------
    >>> met = Happening(on=date(2026, 2, 11), grain=Grain.MONTH)
    >>> str(met.first_day), str(met.last_day)
    ('2026-02-01', '2026-02-28')
    """

    on: date
    grain: Grain = Grain.DAY

    @property
    def first_day(self) -> date:
        """The first day on which it can have been."""
        if self.grain is Grain.WEEK:
            return self.on - timedelta(days=self.on.weekday())
        return self.on.replace(day=1) if self.grain is Grain.MONTH else self.on

    @property
    def last_day(self) -> date:
        """The last day on which it can have been."""
        if self.grain is Grain.WEEK:
            return self.first_day + _WEEK
        if self.grain is Grain.MONTH:
            return self.on.replace(day=monthrange(self.on.year, self.on.month)[1])
        return self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What somebody meets in the neighbourhood; its text is read by its owner alone.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of the text: the facts say what points at one person.
    OwnerUnclear
        Without an organization from anybody but a resident or a member who speaks for themselves; or with an
        author from the open form, where nobody is known.
    HappeningUnclear
        When it is kept for less than no time since it was told, or for more than `KEPT_AT_MOST`; or when it
        was told before it can have happened.
    """

    id: SignalId
    network_id: NetworkId
    owner_id: OrganizationId | None  # None: of a resident
    text: str | None = field(repr=False)  # None: its words went, and that it was met stays
    place: Place
    happened: Happening
    told_on: date
    kept_until: date  # last day
    source: Source = Source.MEMBER
    author_id: PersonId | None = None  # a member; never told to others
    topics: frozenset[TopicId] = frozenset()
    resident_group_ids: frozenset[ResidentGroupId] = frozenset()  # groups concerned
    seriousness: Seriousness = Seriousness.ANNOYING
    state: SignalState = SignalState.OPEN

    def __post_init__(self) -> None:
        if self.text is not None:
            text.check_input(self.text, max_characters=LONGEST_TEXT)
        by_resident = self.source is Source.RESIDENT
        by_themselves = self.source is Source.MEMBER and self.author_id is not None
        if self.owner_id is None and not (by_resident or by_themselves):
            raise OwnerUnclear(source=self.source.value)
        if by_resident and self.author_id is not None:
            raise OwnerUnclear(source=self.source.value)
        is_kept = self.told_on <= self.kept_until <= self.told_on + KEPT_AT_MOST
        if not is_kept or self.told_on < self.happened.first_day:
            raise HappeningUnclear(most=self.told_on + KEPT_AT_MOST, told_on=self.told_on)


def steps_for_signal(state: SignalState) -> tuple[SignalStep, ...]:
    """Return the steps open to who owns or wrote a signal, in the order of `SignalStep`.

    Examples
    --------
    >>> [step.value for step in steps_for_signal(SignalState.OPEN)]
    ['handle', 'withdraw']
    """
    return tuple(step for step in SignalStep if step in SIGNAL_STEPS[state])


def step_signal(signal: Signal, step: SignalStep) -> Signal:
    """Return the signal after a step.

    Parameters
    ----------
    signal
        As it stands.
    step
        What its owner or author does.

    Raises
    ------
    SignalDone

    Examples
    --------
    >>> from scharnier.core.signals._places import Precision
    >>> lamp = Signal(id=SignalId("1"), network_id=NetworkId("n"), owner_id=OrganizationId("school"),
    ...     text="Lamp stuk", place=Place(precision=Precision.STREET, words="Venusstraat"),
    ...     happened=Happening(on=date(2026, 3, 2)), told_on=date(2026, 3, 2), kept_until=date(2027, 3, 2))
    >>> step_signal(lamp, SignalStep.HANDLE).state
    <SignalState.HANDLED: 'handled'>
    """
    to = SIGNAL_STEPS[signal.state].get(step)
    if to is None:
        raise SignalDone(state=signal.state.value, step=step.value)
    return replace(signal, state=to)
