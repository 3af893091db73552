# SPDX-License-Identifier: EUPL-1.2
"""What partners do together: the plan, agreements and actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scharnier.core.kernel import ActionId, AgreementId, Conflict, Invalid, OrganizationId, PersonId
from scharnier.core.situations._words import check_words

LEAST_PARTIES = 2


class AgreementUnclear(Invalid):
    """An agreement is between two or more, and is looked at again after it was made."""

    code = "situations.agreement_unclear"


class ActionClosed(Conflict):
    """An action that was ended is opened again before it ends otherwise."""

    code = "situations.action_closed"


class ActionUnexplained(Invalid):
    """What was not done, or could not be, is said with a reason."""

    code = "situations.action_unexplained"


class AgreementState(StrEnum):
    """What became of an agreement."""

    OPEN = "open"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    DROPPED = "dropped"  # nobody holds anybody to it any more; it counts neither way


class ActionState(StrEnum):
    """What became of an action; *not possible* and *not done* are not the same (MARAC)."""

    OPEN = "open"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"  # circumstances
    NOT_DONE = "not_done"  # the organization did not do it


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What partners want to reach, from where, by when; each may still be missing.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of words that are there.
    """

    goal: str = ""
    baseline: str = ""  # how it is now, in words; figures stand in the indicators
    deadline: date | None = None

    def __post_init__(self) -> None:
        check_words(self.goal, self.baseline, may_be_empty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What partners promise each other.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of the text, or of the reason.
    AgreementUnclear
        With fewer than two parties, or to be looked at before the day after it was made.
    """

    id: AgreementId
    text: str
    party_ids: frozenset[OrganizationId]
    made_on: date
    review_on: date
    state: AgreementState = AgreementState.OPEN
    reason: str = ""  # why it was not kept, or holds no more, as far as that was said

    def __post_init__(self) -> None:
        check_words(self.text)
        check_words(self.reason, may_be_empty=True)
        if len(self.party_ids) < LEAST_PARTIES or self.review_on <= self.made_on:
            raise AgreementUnclear(n_parties=len(self.party_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What one person does for one organization, by a day.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of the text, or of the reason.
    ActionUnexplained
        When it ended otherwise than done, and no reason is there.
    """

    id: ActionId
    text: str
    person_id: PersonId | None  # None: the person was erased or left, and somebody else is to be named
    organization_id: OrganizationId
    due: date
    state: ActionState = ActionState.OPEN
    reason: str = ""
    ended_on: date | None = None

    def __post_init__(self) -> None:
        check_words(self.text)
        check_words(self.reason, may_be_empty=True)
        is_explained = bool(self.reason.strip())
        if self.state in {ActionState.NOT_POSSIBLE, ActionState.NOT_DONE} and not is_explained:
            raise ActionUnexplained(state=self.state.value)

    @property
    def has_owner(self) -> bool:
        """Tell whether somebody does it."""
        return self.person_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many agreements were kept, of those that were judged."""

    n_kept: int
    n_judged: int  # kept or not; what is open or was dropped counts neither way


def judge_agreement(agreement: Agreement, state: AgreementState, *, reason: str = "") -> Agreement:
    """Return the agreement with what became of it, or open again.

    Parameters
    ----------
    agreement
        As it stands.
    state
        What became of it.
    reason
        Why it was not kept, or holds no more; of what was kept or is open it is let go.

    Raises
    ------
    TextTooLong, PersonalDataFound
        Of the reason.

    Examples
    --------
    >>> parties = frozenset(map(OrganizationId, ("school", "gemeente")))
    >>> walk = Agreement(id=AgreementId("1"), text="Samen lopen", party_ids=parties,
    ...     made_on=date(2026, 3, 2), review_on=date(2026, 4, 1))
    >>> judge_agreement(walk, AgreementState.NOT_KEPT, reason=" Geen rooster. ").reason
    'Geen rooster.'
    >>> judge_agreement(walk, AgreementState.KEPT, reason="Geen rooster.").reason
    ''
    """
    is_over = state in {AgreementState.NOT_KEPT, AgreementState.DROPPED}
    return replace(agreement, state=state, reason=reason.strip() if is_over else "")


def end_action(action: Action, state: ActionState, *, on: date, reason: str = "") -> Action:
    """Return the action as it ended, or open again.

    Parameters
    ----------
    action
        As it stands.
    state
        What became of it; open to take it up again.
    on
        The day.
    reason
        Why it was not done, or could not be.

    Raises
    ------
    ActionClosed
        When it ended before and is not opened again first, or is open already.
    ActionUnexplained

    Examples
    --------
    >>> lamp = Action(id=ActionId("1"), text="Lamp maken", person_id=PersonId("karel"),
    ...     organization_id=OrganizationId("gemeente"), due=date(2026, 4, 1))
    >>> end_action(lamp, ActionState.DONE, on=date(2026, 3, 30)).state
    <ActionState.DONE: 'done'>
    """
    is_open = action.state is ActionState.OPEN
    if is_open is (state is ActionState.OPEN):
        raise ActionClosed(state=action.state.value)
    return replace(action, state=state, reason=reason.strip(), ended_on=on if is_open else None)


def incomplete_actions(actions: Iterable[Action], *, on: date) -> tuple[Action, ...]:
    """Return what a meeting looks at first: actions over their day, and those not done or not possible.

    Parameters
    ----------
    actions
        n actions.
    on
        The day of the meeting.

    Returns
    -------
    tuple of Action, shape (k,)
        Not done, not possible, then open and overdue; each the oldest promise first. What ended after that
        day was still open on it.

    Notes
    -----
    O(n log n).

    References
    ----------
    SafeLives (2014), MARAC minutes: incomplete actions are reviewed first.

    Examples
    --------
    >>> lamp = Action(id=ActionId("1"), text="Lamp maken", person_id=PersonId("karel"),
    ...     organization_id=OrganizationId("gemeente"), due=date(2026, 4, 1))
    >>> incomplete_actions([lamp], on=date(2026, 4, 1)), len(incomplete_actions([lamp], on=date(2026, 4, 2)))
    ((), 1)
    """
    places = {ActionState.NOT_DONE: 0, ActionState.NOT_POSSIBLE: 1, ActionState.OPEN: 2}
    found = [
        action
        for action in actions
        if action.state in places and (action.due < on or has_ended_undone(action, on=on))
    ]
    return tuple(sorted(found, key=lambda action: (places[action.state], action.due, action.id)))


def has_ended_undone(action: Action, *, on: date) -> bool:
    """Tell whether by a day an action had ended without being done: it was not possible, or nobody did it.

    Parameters
    ----------
    action
        As it stands.
    on
        The day.

    Examples
    --------
    >>> lamp = Action(id=ActionId("1"), text="Lamp maken", person_id=PersonId("karel"),
    ...     organization_id=OrganizationId("gemeente"), due=date(2026, 4, 1))
    >>> ended = end_action(lamp, ActionState.NOT_POSSIBLE, on=date(2026, 3, 30), reason="Geen stroom")
    >>> [has_ended_undone(each, on=date(2026, 3, 30)) for each in (lamp, ended)]
    [False, True]
    """
    is_undone = action.state in {ActionState.NOT_POSSIBLE, ActionState.NOT_DONE}
    return is_undone and (action.ended_on is None or action.ended_on <= on)


def due_agreements(agreements: Iterable[Agreement], *, on: date) -> tuple[Agreement, ...]:
    """Return the open agreements that are to be looked at by a day, oldest promise first.

    Parameters
    ----------
    agreements
        n agreements.
    on
        The day.

    Examples
    --------
    >>> parties = frozenset(map(OrganizationId, ("school", "gemeente")))
    >>> walk = Agreement(id=AgreementId("1"), text="Samen lopen", party_ids=parties,
    ...     made_on=date(2026, 3, 2), review_on=date(2026, 4, 1))
    >>> len(due_agreements([walk], on=date(2026, 4, 1)))
    1
    """
    found = [each for each in agreements if each.state is AgreementState.OPEN and each.review_on <= on]
    return tuple(sorted(found, key=lambda each: (each.review_on, each.id)))


def count_kept(agreements: Iterable[Agreement]) -> Kept:
    """Return how many agreements were kept, of those that were judged.

    Parameters
    ----------
    agreements
        n agreements.

    Examples
    --------
    >>> count_kept([])
    Kept(n_kept=0, n_judged=0)
    """
    counts: Mapping[AgreementState, int] = _count(agreements)
    n_kept = counts[AgreementState.KEPT]
    return Kept(n_kept=n_kept, n_judged=n_kept + counts[AgreementState.NOT_KEPT])


def _count(agreements: Iterable[Agreement]) -> dict[AgreementState, int]:
    counts = dict.fromkeys(AgreementState, 0)
    for agreement in agreements:
        counts[agreement.state] += 1
    return counts
