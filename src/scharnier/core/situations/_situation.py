# SPDX-License-Identifier: EUPL-1.2
"""A whole situation, and what each step of its life asks for and leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scharnier.core import policy
from scharnier.core.kernel import (
    Actor,
    AreaId,
    Conflict,
    Invalid,
    InvitationId,
    NetworkId,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    Role,
    SituationId,
    TopicId,
)
from scharnier.core.policy import Act
from scharnier.core.situations._closing import Evaluation, GoalScore, NotInCoalition, Recheck, plan_rechecks
from scharnier.core.situations._doing import Action, Agreement, Plan
from scharnier.core.situations._indicators import Indicator
from scharnier.core.situations._invitations import Invitation, InvitationState, coalition_of
from scharnier.core.situations._life import Capacity, Guard, Said, State, Step, check_move, find_move
from scharnier.core.situations._meetings import Meeting
from scharnier.core.situations._rooms import Part, PartnerStatus
from scharnier.core.situations._silencing import Find, Silence
from scharnier.core.situations._words import check_words

LEAST_HEARD = 2  # partners who answered before a situation is accepted
_NO_PLAN = Plan()
_BY_PLAN = frozenset({State.PLAN, State.RUNNING, State.EVALUATING})  # partners work by it


class SituationUnclear(Invalid):
    """A situation stands where something it must have is missing."""

    code = "situations.unclear"


class NotReady(Conflict):
    """The step is open, but something has to be there first."""

    code = "situations.not_ready"


class PlanEmptied(Invalid):
    """A part of a plan that partners work by would be gone."""

    code = "situations.plan_emptied"


class Lack(StrEnum):
    """What has to be there first."""

    OWNER = "owner"
    HEARD = "heard"  # two partners who answered, a yes among them
    GOAL = "goal"
    BASELINE = "baseline"
    DEADLINE = "deadline"
    ACTION = "action"  # with somebody who does it
    EVALUATION = "evaluation"


class Origin(StrEnum):
    """How a situation came to be."""

    SCAN = "scan"
    HAND = "hand"
    OTHERS = "others"  # from a match of two partners


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads a situation: a person for an organization."""

    organization_id: OrganizationId
    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A problem that several partners share; no person's name and no signal's text stands in it.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of the question, and of words that are there.
    SituationUnclear
        Facts: `lack`. When it is accepted or further without an owner, closed without an evaluation,
        dismissed without a reason, or handed over to nobody.
    """

    id: SituationId
    network_id: NetworkId
    question: str  # what is going on, in the partners' words
    made_on: date
    origin: Origin = Origin.HAND
    state: State = State.SIGNAL_BUNDLE
    since: date | None = None  # when it came to its state
    owner_id: OrganizationId | None = None
    lead_id: PersonId | None = None  # who leads it for the owner
    topics: frozenset[TopicId] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()
    resident_group_ids: frozenset[ResidentGroupId] = frozenset()
    signal_partner_ids: frozenset[OrganizationId] = frozenset()  # whose signals are in the bundle
    find: Find | None = None
    invitations: tuple[Invitation, ...] = ()
    plan: Plan = _NO_PLAN
    agreements: tuple[Agreement, ...] = ()
    actions: tuple[Action, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    parts: tuple[Part, ...] = ()
    statuses: tuple[PartnerStatus, ...] = ()  # one a partner
    evaluation: Evaluation | None = None
    earlier_evaluations: tuple[Evaluation, ...] = ()  # before it was taken up again
    scores: tuple[GoalScore, ...] = ()  # read through `shown_goals` only
    rechecks: tuple[Recheck, ...] = ()
    reason: str = ""  # said with the last step that asked for one
    handed_to: str = ""  # to whom

    def __post_init__(self) -> None:
        check_words(self.question)
        check_words(self.reason, self.handed_to, may_be_empty=True)
        lack = _contradiction(self)
        if lack:
            raise SituationUnclear(lack=lack, state=self.state.value)

    @property
    def coalition(self) -> frozenset[OrganizationId]:
        """Who takes part: the owner, and who accepted and did not leave."""
        owner = frozenset() if self.owner_id is None else frozenset({self.owner_id})
        return owner | coalition_of(self.invitations)


def capacities_of(situation: Situation, actor: Actor) -> frozenset[Capacity]:
    """Return in what capacities somebody acts on a situation.

    Parameters
    ----------
    situation
        Of the actor's network; of another nobody has any.
    actor
        Who acts.

    Notes
    -----
    In a bundle, who has signals in it is a partner already. The clock is nobody. Whom the policy lets do
    nothing, such as a researcher, has no capacity, whatever organization they act for.

    Examples
    --------
    >>> bundle = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2))
    >>> noor = Actor(network_id=NetworkId("n"), person_id=PersonId("noor"), role=Role.COORDINATOR)
    >>> capacities_of(bundle, noor)
    frozenset({<Capacity.COORDINATOR: 'coordinator'>})
    """
    if actor.network_id != situation.network_id:
        return frozenset()
    partners = situation.coalition
    if situation.state is State.SIGNAL_BUNDLE:
        partners |= situation.signal_partner_ids
    has = {
        Capacity.OWNER: situation.owner_id in actor.acts_for and _may(actor.role, Act.FOLLOW),
        Capacity.PARTNER: bool(partners & actor.acts_for) and _may(actor.role, Act.CHANGE),
        Capacity.COORDINATOR: _may(actor.role, Act.MEND),
    }
    return frozenset(capacity for capacity, holds in has.items() if holds)


def what_is_missing(situation: Situation, step: Step) -> tuple[Lack, ...]:
    """Return what has to be there before a step that the state opens; nothing when it can be taken.

    Parameters
    ----------
    situation
        As it stands.
    step
        What somebody wants to do.

    Raises
    ------
    StepClosed

    Notes
    -----
    Accepting asks for an owner and two partners heard, the owner counting as one: two who say yes, or one
    yes and one no with its reason. A plan asks for a goal, a baseline, a deadline and an action that
    somebody does. Closing asks for an evaluation made since it was last taken up.

    Examples
    --------
    >>> proposed = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2), state=State.PROPOSED)
    >>> [lack.value for lack in what_is_missing(proposed, Step.ACCEPT)]
    ['owner', 'heard']
    """
    checks = {
        Guard.NOTHING: {},
        Guard.COALITION: {
            Lack.OWNER: situation.owner_id is not None,
            Lack.HEARD: _is_heard(situation),
        },
        Guard.PLAN: {
            **_filled(situation.plan),
            Lack.ACTION: any(action.has_owner for action in situation.actions),
        },
        Guard.EVALUATION: {Lack.EVALUATION: situation.evaluation is not None},
    }
    found = checks[find_move(situation.state, step).guard]
    return tuple(lack for lack, is_there in found.items() if not is_there)


def take_step(situation: Situation, step: Step, *, by: Capacity, on: date, said: str = "") -> Situation:
    """Return the situation after a step.

    Parameters
    ----------
    situation
        As it stands.
    step
        What is done.
    by
        In what capacity.
    on
        The day.
    said
        The reason, or to whom.

    Raises
    ------
    StepClosed, StepOfOthers, NothingSaid
    NotReady
        Facts: `lacks`, what is missing.
    EmptyText, TextTooLong, PersonalDataFound
        Of what is said.

    Notes
    -----
    Closing plans the rechecks. What is taken up again keeps its evaluation among the earlier ones, and asks
    every partner anew how far the goal was reached.

    Examples
    --------
    >>> bundle = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2))
    >>> take_step(bundle, Step.PROPOSE, by=Capacity.CLOCK, on=date(2026, 3, 3)).state
    <State.PROPOSED: 'proposed'>
    """
    move = check_move(situation.state, step, by=by, said=said)
    lacks = what_is_missing(situation, step)
    if lacks:
        raise NotReady(step=step.value, lacks=tuple(lack.value for lack in lacks))
    begun = _take_up(situation, to=move.to, on=on) if step in {Step.RESUME, Step.REOPEN} else situation
    return replace(
        begun,
        state=move.to,
        since=on,
        reason=said.strip() if move.said is Said.REASON else "",
        handed_to=said.strip() if move.said is Said.TO_WHOM else "",
        rechecks=plan_rechecks(on) if move.to is State.CLOSED else begun.rechecks,
    )


def change_plan(situation: Situation, plan: Plan) -> Situation:
    """Return the situation with another plan.

    Parameters
    ----------
    situation
        As it stands.
    plan
        As it is from now on.

    Raises
    ------
    PlanEmptied
        From when the plan is ready until the end, of what was there already. Facts: `lacks`, what would go.

    Examples
    --------
    >>> bundle = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2))
    >>> change_plan(bundle, Plan(goal="Rust op het plein")).plan.goal
    'Rust op het plein'
    """
    filled, stays = _filled(situation.plan), _filled(plan)
    gone = tuple(lack.value for lack in filled if filled[lack] and not stays[lack])
    if gone and situation.state in _BY_PLAN:
        raise PlanEmptied(lacks=gone)
    return replace(situation, plan=plan)


def _filled(plan: Plan) -> Mapping[Lack, bool]:
    return {
        Lack.GOAL: bool(plan.goal.strip()),
        Lack.BASELINE: bool(plan.baseline.strip()),
        Lack.DEADLINE: plan.deadline is not None,
    }


def pass_lead(situation: Situation, lead: Lead, *, invitation_id: InvitationId, on: date) -> Situation:
    """Return the situation led by another organization, or by another person of the same.

    Parameters
    ----------
    situation
        As it stands.
    lead
        Who leads it from now; once accepted, one of the coalition.
    invitation_id
        Under which the former owner goes on as a partner, and can leave as any other.
    on
        The day.

    Raises
    ------
    NotInCoalition

    Examples
    --------
    >>> bundle = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2))
    >>> noor = Lead(organization_id=OrganizationId("school"), person_id=PersonId("noor"))
    >>> pass_lead(bundle, noor, invitation_id=InvitationId("1"), on=date(2026, 3, 3)).owner_id
    'school'
    """
    new, former = lead.organization_id, situation.owner_id
    if situation.state not in _WITHOUT_OWNER and new not in situation.coalition:
        raise NotInCoalition
    invitations = situation.invitations
    is_partner = former == new or former in coalition_of(invitations)
    if former is not None and not is_partner:
        stays = Invitation(
            id=invitation_id,
            organization_id=former,
            invited_on=on,
            state=InvitationState.ACCEPTED,
            changed_on=on,
        )
        invitations = (*invitations, stays)
    return replace(situation, owner_id=new, lead_id=lead.person_id, invitations=invitations)


def silence_of(situation: Situation) -> Silence | None:
    """Return where the scan keeps silent because of a situation; None when it does not.

    Parameters
    ----------
    situation
        That was found by the scan and dismissed, or any other.

    Examples
    --------
    >>> bundle = Situation(id=SituationId("s"), network_id=NetworkId("n"), question="Lawaai op het plein",
    ...     made_on=date(2026, 3, 2))
    >>> silence_of(bundle) is None
    True
    """
    find, since = situation.find, situation.since
    if situation.state is not State.DISMISSED or find is None or since is None:
        return None
    return Silence(zone=find.zone, since=since, recurrence_weeks=find.recurrence_weeks)


def _may(role: Role, act: Act) -> bool:
    return bool(policy.conditions_for(role, act, policy.Kind.SITUATION))


_WITHOUT_OWNER = frozenset({State.SIGNAL_BUNDLE, State.PROPOSED, State.DISMISSED, State.HANDED_OVER})


def _contradiction(situation: Situation) -> str:
    if situation.owner_id is None and situation.state not in _WITHOUT_OWNER:
        return Lack.OWNER.value
    if situation.state is State.CLOSED and situation.evaluation is None:
        return Lack.EVALUATION.value
    if situation.state is State.DISMISSED and not situation.reason.strip():
        return Said.REASON.value
    if situation.state is State.HANDED_OVER and not situation.handed_to.strip():
        return Said.TO_WHOM.value
    return ""


def _is_heard(situation: Situation) -> bool:
    said_yes = situation.coalition
    said_no = {
        each.organization_id for each in situation.invitations if each.state is InvitationState.DECLINED
    }
    return bool(said_yes) and len(said_yes | said_no) >= LEAST_HEARD


def _take_up(situation: Situation, *, to: State, on: date) -> Situation:
    last = () if situation.evaluation is None else (situation.evaluation,)
    return replace(
        situation,
        state=to,
        since=on,
        evaluation=None,
        earlier_evaluations=(*situation.earlier_evaluations, *last),
        scores=(),
        rechecks=(),
    )
