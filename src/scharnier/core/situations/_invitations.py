# SPDX-License-Identifier: EUPL-1.2
"""The coalition: who is invited to a situation, what they say, and how they leave again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from scharnier.core.kernel import Conflict, Invalid, InvitationId, NotAllowed, OrganizationId

INVITATION_DAYS: Final = 14  # to answer


class InvitationClosed(Conflict):
    """The step is not open from where the invitation stands."""

    code = "situations.invitation_closed"


class InvitationOfOthers(NotAllowed):
    """Somebody else answers or withdraws this invitation."""

    code = "situations.invitation_of_others"


class NoReason(Invalid):
    """Declining and leaving are said with a reason, so that the others can go on."""

    code = "situations.no_reason"


class InvitedTwice(Conflict):
    """The organization takes part already, or its invitation is open."""

    code = "situations.invited_twice"


class InvitationState(StrEnum):
    """Where an invitation stands."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    LEFT = "left"


class InvitationStep(StrEnum):
    """What can be done to an invitation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    LEAVE = "leave"


class InvitationPart(StrEnum):
    """In what capacity somebody acts on an invitation."""

    INVITED = "invited"
    INVITER = "inviter"  # the owner, or a coordinator
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    to: InvitationState
    by: InvitationPart
    needs_reason: bool = False


_ACCEPT = _Turn(to=InvitationState.ACCEPTED, by=InvitationPart.INVITED)
_DECLINE = _Turn(to=InvitationState.DECLINED, by=InvitationPart.INVITED, needs_reason=True)
_WITHDRAW = _Turn(to=InvitationState.WITHDRAWN, by=InvitationPart.INVITER)
_LEAVE = _Turn(to=InvitationState.LEFT, by=InvitationPart.INVITED, needs_reason=True)

_TURNS: Mapping[InvitationState, Mapping[InvitationStep, _Turn]] = {
    InvitationState.INVITED: {
        InvitationStep.ACCEPT: _ACCEPT,
        InvitationStep.DECLINE: _DECLINE,
        InvitationStep.LAPSE: _Turn(to=InvitationState.LAPSED, by=InvitationPart.CLOCK),
        InvitationStep.WITHDRAW: _WITHDRAW,
    },
    InvitationState.LAPSED: {  # late is better than never
        InvitationStep.ACCEPT: _ACCEPT,
        InvitationStep.DECLINE: _DECLINE,
        InvitationStep.WITHDRAW: _WITHDRAW,
    },
    InvitationState.ACCEPTED: {InvitationStep.LEAVE: _LEAVE},
    InvitationState.DECLINED: {},  # who thinks again is invited again
    InvitationState.WITHDRAWN: {},
    InvitationState.LEFT: {},
}
_TAKING_PART = frozenset({InvitationState.INVITED, InvitationState.ACCEPTED, InvitationState.LAPSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One organization asked to take part in a situation, and what it said."""

    id: InvitationId
    organization_id: OrganizationId
    invited_on: date
    state: InvitationState = InvitationState.INVITED
    reason: str = ""  # why it declined or left
    changed_on: date | None = None  # of the last step

    @property
    def answer_by(self) -> date:
        """The last day to answer."""
        return self.invited_on + timedelta(days=INVITATION_DAYS)


def steps_for_invitation(state: InvitationState, part: InvitationPart) -> tuple[InvitationStep, ...]:
    """Return the steps that somebody may take, in the order of `InvitationStep`.

    Parameters
    ----------
    state
        Of the invitation.
    part
        Of who looks.

    Examples
    --------
    >>> steps_for_invitation(InvitationState.ACCEPTED, InvitationPart.INVITED)
    (<InvitationStep.LEAVE: 'leave'>,)
    """
    found = _TURNS[state]
    return tuple(step for step in InvitationStep if step in found and found[step].by is part)


def step_invitation(
    invitation: Invitation, step: InvitationStep, *, by: InvitationPart, on: date, reason: str = ""
) -> Invitation:
    """Return the invitation after a step.

    Parameters
    ----------
    invitation
        As it stands.
    step
        What is done.
    by
        In what capacity.
    on
        The day.
    reason
        Of declining and leaving; read by the coalition.

    Raises
    ------
    InvitationClosed
        Also when it would lapse before `answer_by` has passed.
    InvitationOfOthers
    NoReason

    Examples
    --------
    >>> asked = Invitation(id=InvitationId("1"), organization_id=OrganizationId("school"),
    ...     invited_on=date(2026, 3, 2))
    >>> step_invitation(asked, InvitationStep.ACCEPT, by=InvitationPart.INVITED, on=date(2026, 3, 3)).state
    <InvitationState.ACCEPTED: 'accepted'>
    """
    found = _TURNS[invitation.state].get(step)
    is_early = step is InvitationStep.LAPSE and on <= invitation.answer_by
    if found is None or is_early:
        raise InvitationClosed(state=invitation.state.value, step=step.value)
    if found.by is not by:
        raise InvitationOfOthers(step=step.value)
    if found.needs_reason and not reason.strip():
        raise NoReason(step=step.value)
    return replace(invitation, state=found.to, reason=reason.strip(), changed_on=on)


def invite(invitations: tuple[Invitation, ...], invitation: Invitation) -> tuple[Invitation, ...]:
    """Return the invitations with a new one.

    Parameters
    ----------
    invitations
        Of one situation, oldest first.
    invitation
        New.

    Raises
    ------
    InvitedTwice
        When the organization takes part, or has an invitation that it can still answer.

    Examples
    --------
    >>> asked = Invitation(id=InvitationId("1"), organization_id=OrganizationId("school"),
    ...     invited_on=date(2026, 3, 2))
    >>> len(invite((), asked))
    1
    """
    for other in invitations:
        is_same = other.organization_id == invitation.organization_id
        if other.id == invitation.id or (is_same and other.state in _TAKING_PART):
            raise InvitedTwice(organization_id=invitation.organization_id)
    return (*invitations, invitation)


def coalition_of(invitations: Iterable[Invitation]) -> frozenset[OrganizationId]:
    """Return the organizations that said yes and did not leave.

    Parameters
    ----------
    invitations
        Of one situation.

    Examples
    --------
    >>> asked = Invitation(id=InvitationId("1"), organization_id=OrganizationId("school"),
    ...     invited_on=date(2026, 3, 2))
    >>> coalition_of([asked])
    frozenset()
    """
    return frozenset(each.organization_id for each in invitations if each.state is InvitationState.ACCEPTED)
