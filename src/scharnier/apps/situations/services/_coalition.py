# SPDX-License-Identifier: EUPL-1.2
"""Acts of the coalition: invite, answer, withdraw, leave, and note that no answer came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Organization
from scharnier.apps.situations import access, models, rows
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import audit, policy, situations, text
from scharnier.core.kernel import Actor, InvitationId, OrganizationId, SituationId
from scharnier.core.situations import (
    Capacity,
    Event,
    InvitationPart,
    InvitationState,
    InvitationStep,
)

INVITING = frozenset({Capacity.OWNER, Capacity.COORDINATOR})
OPEN = (InvitationState.INVITED.value, InvitationState.LAPSED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an organization says to an invitation; declining and leaving have a reason."""

    step: InvitationStep
    reason: str = ""


@transaction.atomic
def invite(  # whom, with what words
    situation_id: SituationId,
    organization_ids: Sequence[OrganizationId],
    *,
    words: str,
    actor: Actor,
    on: date,
    at: datetime,
) -> tuple[InvitationId, ...]:
    """Ask organizations to take part; the words are all they read of it before they answer.

    Raises
    ------
    SituationNotFound
    StepClosed
        When it has ended.
    StepOfOthers
        When the actor neither leads it nor is a coordinator.
    OrganizationNotFound
    InvitedTwice
        Also the organization that leads it.
    EmptyText, TextTooLong, PersonalDataFound
    """
    text.check_input(words)
    acted = _hold_inviting(situation_id, actor=actor)
    if acted.value.state in situations.ENDED:
        raise situations.StepClosed(state=acted.value.state.value, step="invite")
    made = []
    invitations = acted.value.invitations
    for organization_id in organization_ids:
        if organization_id == acted.value.owner_id:
            raise situations.InvitedTwice(organization_id=organization_id)
        row = people.organization(organization_id, actor=actor)
        invitation = situations.Invitation(
            id=InvitationId(working.new_id()), organization_id=organization_id, invited_on=on
        )
        invitations = situations.invite(invitations, invitation)
        _store_new(acted.row, invitation, row, words=words.strip(), place=len(invitations) - 1)
        acting.tell(acted, Event.INVITED, at=at, subject_id=invitation.id)
        acting.record("situation.invited", acted, at=at, facts={"organization": organization_id})
        made.append(invitation.id)
    return tuple(made)


@transaction.atomic
def answer(
    situation_id: SituationId,
    invitation_id: InvitationId,
    reply: Reply,
    *,
    actor: Actor,
    on: date,
    at: datetime,
) -> InvitationState:
    """Accept or decline an invitation, or leave, for an organization that the actor acts for.

    Raises
    ------
    SituationNotFound
        Also when another organization is asked.
    StepClosed
        When the situation has ended: leaving is all that is left to do.
    InvitationClosed, NoReason
    TextTooLong, PersonalDataFound
        Of the reason.
    """
    if reply.reason.strip():
        text.check_input(reply.reason)
    if not access.is_member(actor):
        raise access.SituationNotFound(situation_id=situation_id)
    row = access.hold(situation_id, network_id=actor.network_id)
    invitation = _own(row, invitation_id, actor=actor, on=on)
    value, step = rows.invitation_value(invitation), reply.step
    if step is not InvitationStep.LEAVE and row.state in situations.ENDED:
        raise situations.StepClosed(state=row.state, step=step.value)
    after = situations.step_invitation(value, step, by=InvitationPart.INVITED, on=on, reason=reply.reason)
    _store(invitation, after)
    acted = acting.Acted(
        row=row,
        value=rows.situation_value(row),
        by=actor,
        capacities=frozenset({Capacity.PARTNER}),
        answering_id=value.organization_id,
    )
    has_left = step is InvitationStep.LEAVE
    event = Event.LEFT if has_left else Event.ANSWERED
    acting.tell(acted, event, at=at, what=step.value, subject_id=value.id)
    act = "situation.left" if has_left else "situation.answered"
    acting.record(act, acted, at=at, facts={"answer": after.state.value})
    return after.state


@transaction.atomic
def withdraw(
    situation_id: SituationId, invitation_id: InvitationId, *, actor: Actor, on: date, at: datetime
) -> None:
    """Take back an invitation that was not accepted.

    Raises
    ------
    SituationNotFound, PieceNotFound
    StepOfOthers
    InvitationClosed
    """
    acted = _hold_inviting(situation_id, actor=actor)
    row = working.piece(acted.row.invitations.all(), invitation_id)
    after = situations.step_invitation(
        rows.invitation_value(row), InvitationStep.WITHDRAW, by=InvitationPart.INVITER, on=on
    )
    _store(row, after)
    acting.tell(acted, Event.ANSWERED, at=at, what=InvitationStep.WITHDRAW.value, subject_id=row.id)
    acting.record("situation.invitation_withdrawn", acted, at=at, facts={"invitation": row.id})


@transaction.atomic
def lapse(
    situation_id: SituationId, invitation_id: InvitationId, *, clock: audit.System, on: date, at: datetime
) -> None:
    """Note that an invitation got no answer in time; late is still better than never.

    Raises
    ------
    SituationNotFound, PieceNotFound
    InvitationClosed
        Also when the last day to answer has not passed.
    """
    acted = acting.hold(situation_id, by=clock)
    row = working.piece(acted.row.invitations.all(), invitation_id)
    after = situations.step_invitation(
        rows.invitation_value(row), InvitationStep.LAPSE, by=InvitationPart.CLOCK, on=on
    )
    _store(row, after)
    acting.tell(acted, Event.ANSWERED, at=at, what=InvitationStep.LAPSE.value, subject_id=row.id)
    acting.record("situation.invitation_lapsed", acted, at=at, facts={"invitation": row.id})


def _hold_inviting(situation_id: SituationId, *, actor: Actor) -> acting.Acted:
    acted = acting.hold(situation_id, by=actor)
    if not acted.capacities & INVITING:
        raise situations.StepOfOthers(step="invite", state=acted.value.state.value, capacity="partner")
    return acted


def _own(row: models.Situation, invitation_id: InvitationId, *, actor: Actor, on: date) -> models.Invitation:
    for each in row.invitations.all():
        if each.id != invitation_id or each.organization is None:
            continue
        asked = policy.Thing(
            kind=policy.Kind.SITUATION_INVITATION,
            network_id=actor.network_id,
            asked_organization_ids=frozenset({OrganizationId(each.organization.text_id)}),
        )
        if policy.allow(actor, policy.Act.HANDLE, asked, at=on):
            return each
    raise access.SituationNotFound(situation_id=row.id)


def _store_new(
    situation: models.Situation,
    value: situations.Invitation,
    organization: Organization,
    *,
    words: str,
    place: int,
) -> None:
    models.Invitation.objects.create(
        id=value.id,
        network_id=situation.network_id,
        situation=situation,
        organization=organization,
        organization_text_id=organization.text_id,
        organization_name=organization.name,
        words=words,
        invited_on=value.invited_on,
        state=value.state.value,
        place=place,
    )


def _store(row: models.Invitation, value: situations.Invitation) -> None:
    row.state, row.reason, row.changed_on = value.state.value, value.reason, value.changed_on
    row.save(update_fields=["state", "reason", "changed_on"])
