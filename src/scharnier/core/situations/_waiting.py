# SPDX-License-Identifier: EUPL-1.2
"""What a situation waits for, and whom: as long as it has not ended, it always waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scharnier.core.kernel import Actor, OrganizationId, PersonId, SituationId
from scharnier.core.situations._closing import shown_goals
from scharnier.core.situations._doing import ActionState, due_agreements
from scharnier.core.situations._invitations import InvitationState
from scharnier.core.situations._life import ENDED, Capacity, State
from scharnier.core.situations._situation import Situation, capacities_of


class Awaited(StrEnum):
    """What is waited for."""

    PROPOSING = "proposing"  # or dismissing
    ANSWER = "answer"  # to an invitation
    OWNER = "owner"  # nobody leads it
    ACCEPTING = "accepting"
    PLANNING = "planning"
    STARTING = "starting"
    ACTION = "action"
    ACTION_OWNER = "action_owner"  # nobody does it
    AGREEMENT = "agreement"  # to be looked at
    EVALUATING = "evaluating"
    SCORE = "score"  # how far the goal was reached
    CLOSING = "closing"
    RECHECK = "recheck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """One thing waited for, of whom, and since or until when."""

    situation_id: SituationId
    awaited: Awaited
    capacity: Capacity
    due: date | None = None  # until when; None: no day was promised
    organization_id: OrganizationId | None = None  # None: whoever has the capacity
    person_id: PersonId | None = None  # None: anybody of the organization
    subject_id: str = ""  # of the action, agreement or invitation


_OF_STATE: Mapping[State, Awaited] = {
    State.PROPOSED: Awaited.ACCEPTING,
    State.ACCEPTED: Awaited.PLANNING,
    State.PLAN: Awaited.STARTING,
    State.RUNNING: Awaited.EVALUATING,
    State.EVALUATING: Awaited.CLOSING,
}
_AT_WORK = frozenset({State.ACCEPTED, State.PLAN, State.RUNNING, State.EVALUATING})


def what_waits(situation: Situation, *, on: date) -> tuple[Awaiting, ...]:
    """Return everything a situation waits for on a day, oldest promise first.

    Parameters
    ----------
    situation
        In any state.
    on
        The day.

    Returns
    -------
    tuple of Awaiting, shape (k,)
        k >= 1 until it ended; of what was closed only a recheck that is due. By day, what has none last.

    Notes
    -----
    O(n log n) for n invitations, actions, agreements and partners.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> bundle = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2))
    >>> [(each.awaited.value, each.capacity.value) for each in what_waits(bundle, on=date(2026, 3, 2))]
    [('proposing', 'coordinator')]
    """
    found = [
        *_of_whole(situation),
        *_of_rechecks(situation, on),
        *_of_invitations(situation),
        *_of_work(situation, on),
    ]
    found += _of_scores(situation)
    return tuple(sorted(found, key=_order))


def waiting_for(actor: Actor, situations: Iterable[Situation], *, on: date) -> tuple[Awaiting, ...]:
    """Return what waits for somebody, oldest promise first.

    Parameters
    ----------
    actor
        Who looks.
    situations
        n situations of any network.
    on
        The day.

    Notes
    -----
    What waits for a person by name waits for nobody else; what waits for an organization, for everybody who
    acts for it; what waits for a capacity, for who has it. O(total).

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, Role
    >>> bundle = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2))
    >>> noor = Actor(network_id=NetworkId("n"), person_id=PersonId("noor"), role=Role.COORDINATOR)
    >>> [each.awaited.value for each in waiting_for(noor, [bundle], on=date(2026, 3, 2))]
    ['proposing']
    """
    found = [
        awaiting
        for situation in situations
        if situation.network_id == actor.network_id
        for awaiting in what_waits(situation, on=on)
        if _is_for(awaiting, actor, capacities_of(situation, actor))
    ]
    return tuple(sorted(found, key=_order))


def _of_whole(situation: Situation) -> Iterator[Awaiting]:
    leader = Capacity.COORDINATOR if situation.owner_id is None else Capacity.OWNER
    if situation.state is State.SIGNAL_BUNDLE:
        yield Awaiting(situation_id=situation.id, awaited=Awaited.PROPOSING, capacity=leader)
    if situation.state is State.PROPOSED and situation.owner_id is None:
        yield Awaiting(situation_id=situation.id, awaited=Awaited.OWNER, capacity=Capacity.COORDINATOR)
    if situation.state in _OF_STATE:
        due = situation.plan.deadline if situation.state is State.RUNNING else None
        awaited = _OF_STATE[situation.state]
        yield Awaiting(situation_id=situation.id, awaited=awaited, capacity=leader, due=due)


def _of_rechecks(situation: Situation, on: date) -> Iterator[Awaiting]:
    due = [each.due for each in situation.rechecks if each.done_on is None and each.due <= on]
    if situation.state is State.CLOSED and due:
        yield Awaiting(
            situation_id=situation.id, awaited=Awaited.RECHECK, capacity=Capacity.OWNER, due=min(due)
        )


def _of_invitations(situation: Situation) -> Iterator[Awaiting]:
    if situation.state in ENDED:
        return
    for invitation in situation.invitations:
        if invitation.state in {InvitationState.INVITED, InvitationState.LAPSED}:
            yield Awaiting(
                situation_id=situation.id,
                awaited=Awaited.ANSWER,
                capacity=Capacity.PARTNER,
                due=invitation.answer_by,
                organization_id=invitation.organization_id,
                subject_id=invitation.id,
            )


def _of_work(situation: Situation, on: date) -> Iterator[Awaiting]:
    if situation.state not in _AT_WORK:
        return
    for action in situation.actions:
        if action.state is ActionState.OPEN:
            yield Awaiting(
                situation_id=situation.id,
                awaited=Awaited.ACTION if action.has_owner else Awaited.ACTION_OWNER,
                capacity=Capacity.PARTNER,
                due=action.due,
                organization_id=action.organization_id,
                person_id=action.person_id,
                subject_id=action.id,
            )
    for agreement in due_agreements(situation.agreements, on=on):
        yield Awaiting(
            situation_id=situation.id,
            awaited=Awaited.AGREEMENT,
            capacity=Capacity.OWNER,
            due=agreement.review_on,
            subject_id=agreement.id,
        )


def _of_scores(situation: Situation) -> Iterator[Awaiting]:
    is_asked = situation.state is State.EVALUATING
    if not is_asked or not shown_goals(situation.scores, coalition=situation.coalition).n_missing:
        return
    given = {score.organization_id for score in situation.scores}
    for organization_id in sorted(situation.coalition - given):
        yield Awaiting(
            situation_id=situation.id,
            awaited=Awaited.SCORE,
            capacity=Capacity.PARTNER,
            organization_id=organization_id,
        )


def _is_for(awaiting: Awaiting, actor: Actor, capacities: frozenset[Capacity]) -> bool:
    if awaiting.person_id is not None:
        return awaiting.person_id == actor.person_id
    if awaiting.organization_id is not None:
        return awaiting.organization_id in actor.acts_for
    return awaiting.capacity in capacities


def _order(awaiting: Awaiting) -> tuple[bool, date, str, str, str, str]:
    return (
        awaiting.due is None,
        awaiting.due or date.max,
        awaiting.situation_id,
        awaiting.awaited.value,
        awaiting.organization_id or "",
        awaiting.subject_id,
    )
