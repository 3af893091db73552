# SPDX-License-Identifier: EUPL-1.2
"""Rows of a referral as the values of the core."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from scharnier.apps.people.models import Community
from scharnier.apps.referral import models
from scharnier.core import referral
from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    ResidentGroupId,
    ServiceId,
    TopicId,
    TurnId,
)

CAUSES: Collection[str] = {
    referral.Step.FAIL,
    referral.Step.CANCEL,
    referral.Step.VOID,
    referral.Step.DECLINE,
}


def party_value(
    *, person_text_id: str = "", organization_text_id: str = "", community: Community | None = None
) -> referral.Party:
    """Return a party; the identifiers of a person and of an organization stay where these are gone."""
    return referral.Party(
        person_id=PersonId(person_text_id) if person_text_id else None,
        organization_id=OrganizationId(organization_text_id) if organization_text_id else None,
        community_id=CommunityId(community.text_id) if community else None,
    )


def candidate_value(row: models.Turn) -> referral.Party:
    """Return who is asked in a turn."""
    return party_value(
        person_text_id=row.person_text_id,
        organization_text_id=row.organization_text_id,
        community=row.community,
    )


def sender_value(row: models.Referral) -> referral.Party:
    """Return who sent a referral."""
    organization = row.sender_organization
    return party_value(
        person_text_id=row.sender_text_id,
        organization_text_id=organization.text_id if organization else "",
    )


def rather_value(row: models.Turn) -> referral.Party | None:
    """Return whom who declined named instead."""
    person, organization = row.rather_person, row.rather_organization
    if person is None and organization is None:
        return None
    return party_value(
        person_text_id=person.text_id if person else "",
        organization_text_id=organization.text_id if organization else "",
    )


def turns_in_order(row: models.Referral) -> list[models.Turn]:
    """Return the turns of a referral that were read along, oldest first."""
    return sorted(row.turns.all(), key=lambda turn: (turn.round, turn.place_in_round))


def turn_value(row: models.Turn) -> referral.Turn:
    """Return a turn of the chain."""
    return referral.Turn(
        id=TurnId(row.id),
        candidate=candidate_value(row),
        round=row.round,
        state=referral.State(row.state),
    )


def chain_value(row: models.Referral, turns: Iterable[models.Turn]) -> referral.Chain:
    """Return the chain of a referral; the turns oldest first."""
    return referral.Chain(
        turns=tuple(map(turn_value, turns)),
        open_since=row.open_since,
        is_outcome_told=row.outcome_told_at is not None,
        is_given_up=row.given_up_at is not None,
    )


def referral_value(row: models.Referral, turns: Sequence[models.Turn]) -> referral.Referral:
    """Return a whole referral; its events and feedback are read along, or were before.

    A referral about a group that is gone, or whose purpose was erased, is about a problem.
    """
    events = sorted(row.events.all(), key=lambda event: (event.at, event.pk))
    group = row.resident_group if row.about == referral.About.GROUP else None
    is_resident = row.about == referral.About.RESIDENT and bool(row.purpose)
    has_lost_it = row.about in (referral.About.GROUP, referral.About.RESIDENT) and not (group or is_resident)
    return referral.Referral(
        id=ReferralId(row.id),
        network_id=NetworkId(row.network_id),
        text=row.text,
        language=row.language,
        sender=sender_value(row),
        made_at=timezone.localtime(row.made_at),
        handlings=tuple(_handling_value(turn, events=events) for turn in turns),
        about=referral.About.PROBLEM if has_lost_it else referral.About(row.about),
        area_id=AreaId(row.area.text_id) if row.area else None,
        topics=frozenset(map(TopicId, row.topic_ids)),
        resident_group_id=ResidentGroupId(group.text_id) if group else None,
        purpose=row.purpose,
        consented_on=row.consented_on if is_resident else None,
        open_since=row.open_since,
        outcome_told_at=_local(row.outcome_told_at),
        given_up_at=_local(row.given_up_at),
        cause=_last_words(events, steps={referral.Deed.GIVE_UP}),
        feedback=tuple(map(feedback_value, sorted(row.feedback.all(), key=lambda said: said.pk))),
    )


def feedback_value(row: models.Feedback) -> referral.Feedback:
    """Return what somebody said of whether it helped."""
    return referral.Feedback(
        by=referral.Teller(row.told_by),
        helped=referral.Helped(row.helped),
        words=row.words,
        told_at=timezone.localtime(row.told_at),
    )


def introduction_value(row: models.Introduction) -> referral.Introduction:
    """Return an introduction; the person asked in its turn is the party."""
    turn = row.turn
    return referral.Introduction(
        asker_id=PersonId(turn.referral.sender_text_id),
        party_id=PersonId(turn.person_text_id),
        introducer_ids=tuple(PersonId(name) for name in (row.first_text_id, row.second_text_id) if name),
        asked_on=timezone.localtime(row.asked_at).date(),
        n_yes=row.n_yes,
        is_declined=row.is_declined,
    )


def _handling_value(row: models.Turn, *, events: Sequence[models.Event]) -> referral.Handling:
    of_turn = [event for event in events if event.turn_id == row.id]
    return referral.Handling(
        turn=turn_value(row),
        service_id=ServiceId(row.service.text_id) if row.service else None,
        proposal=referral.Proposal(
            by=referral.ProposedBy(row.proposed_by), place=row.place, propensity=row.propensity
        ),
        requested_at=_local(row.requested_at),
        answered_at=_local(row.answered_at),
        ended_at=_local(row.ended_at),
        reason=referral.Reason(row.reason) if row.reason else None,
        words=_last_words(of_turn, steps=CAUSES),
        rather=rather_value(row),
        until=row.until,
        result=_last_words(of_turn, steps={referral.Step.COMPLETE}),
        hours=row.hours,
    )


def _last_words(events: Iterable[models.Event], *, steps: Collection[str]) -> str:
    return next((event.words for event in reversed(list(events)) if event.step in steps), "")


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None
