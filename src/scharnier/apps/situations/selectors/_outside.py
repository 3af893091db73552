# SPDX-License-Identifier: EUPL-1.2
"""What somebody sees of a situation who takes no part: that it is there, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scharnier.apps.situations import access, find_words
from scharnier.apps.situations.selectors import _page as page
from scharnier.apps.situations.selectors._seen import Seen
from scharnier.core import situations
from scharnier.core.kernel import Actor, InvitationId, OrganizationId, SituationId
from scharnier.core.situations import Capacity, InvitationState, Phase, State

MANY_FROM = 5  # below that a count is not told
OUT = (InvitationState.DECLINED, InvitationState.LEFT, InvitationState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """How it ended with the invitation of an organization of the reader that takes no part."""

    state: InvitationState  # one of `OUT`
    on: date
    reason: str  # its own; empty: it gave none


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An invitation to an organization of the reader, with the words meant for it."""

    id: InvitationId
    organization: str
    words: str
    by: str  # who leads it; empty: the coordinator invited
    answer_by: date
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedLine:
    """Who was invited, for the coordinator who mends; without the reasons they gave."""

    id: InvitationId
    name: str
    state: InvitationState
    can_withdraw: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsidePage:
    """A situation without any of its words."""

    id: str
    about: page.About
    state: State
    phase: Phase
    since: date | None
    has_many_partners: bool
    asked: tuple[Asked, ...]
    steps: tuple[page.StepLine, ...]  # of a coordinator
    invited: tuple[InvitedLine, ...]  # for a coordinator
    may_mend: bool
    is_led: bool


def outside_page(seen: Seen, *, on: date, language: str) -> OutsidePage:
    """Return what somebody sees of a situation who takes no part in it."""
    value = seen.value
    may_mend = Capacity.COORDINATOR in seen.capacities
    return OutsidePage(
        id=value.id,
        about=page.about_of(seen, language=language),
        state=value.state,
        phase=situations.phase_of(value.state),
        since=value.since,
        has_many_partners=len(value.coalition) >= MANY_FROM,
        asked=asked_in(seen, on=on),
        steps=page.steps_of(seen) if may_mend else (),
        invited=_invited(seen) if may_mend else (),
        may_mend=may_mend and value.state not in situations.ENDED,
        is_led=value.owner_id is not None,
    )


def asked_in(seen: Seen, *, on: date) -> tuple[Asked, ...]:
    """Return the invitations in a situation that wait for the reader."""
    found = access.asking(seen.actor).filter(situation=seen.row)
    answer_by = {each.id: each.answer_by for each in seen.value.invitations}
    return tuple(
        Asked(
            id=InvitationId(row.pk),
            organization=row.organization_name,
            words=find_words.reword(row.words, stored=seen.row.question, asks=seen.value.question),
            by=seen.names.get(seen.value.owner_id or "", ""),
            answer_by=answer_by[InvitationId(row.pk)],
            is_late=on > answer_by[InvitationId(row.pk)],
        )
        for row in found
    )


def own_answer(
    situation_id: SituationId, *, organization_id: OrganizationId, actor: Actor
) -> OwnAnswer | None:
    """Return how it ended with what an organization of the actor was last asked; None when it did not end."""
    found = access.own_invitations(actor).filter(
        situation=situation_id, organization__text_id=organization_id
    )
    last = found.first()
    if last is None or InvitationState(last.state) not in OUT:
        return None
    on = last.changed_on or last.invited_on
    return OwnAnswer(state=InvitationState(last.state), on=on, reason=last.reason)


def own_invitation(seen: Seen, invitation_id: InvitationId) -> situations.Invitation | None:
    """Return an invitation to an organization of the reader that can be answered or left, if any."""
    part = situations.InvitationPart.INVITED
    for each in seen.value.invitations:
        is_own = each.organization_id in seen.actor.acts_for
        if each.id == invitation_id and is_own and situations.steps_for_invitation(each.state, part):
            return each
    return None


def _invited(seen: Seen) -> tuple[InvitedLine, ...]:
    goes_on = seen.value.state not in situations.ENDED
    part = situations.InvitationPart.INVITER
    return tuple(
        InvitedLine(
            id=each.id,
            name=seen.names.get(each.organization_id, ""),
            state=each.state,
            can_withdraw=goes_on and bool(situations.steps_for_invitation(each.state, part)),
        )
        for each in seen.value.invitations
    )
