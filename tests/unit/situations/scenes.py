# SPDX-License-Identifier: EUPL-1.2
"""Situations in every state with defaults; say only what the test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from scharnier.core import situations
from scharnier.core.kernel import (
    ActionId,
    AgreementId,
    IndicatorId,
    InvitationId,
    MeetingId,
    NetworkId,
    OrganizationId,
    PartId,
    PersonId,
    SituationId,
)
from scharnier.core.situations import (
    Action,
    Agreement,
    Evaluation,
    Find,
    Indicator,
    Invitation,
    InvitationState,
    Kept,
    Meeting,
    Part,
    Plan,
    Readers,
    Situation,
    State,
    Zone,
)

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SCHOOL, LIBRARY, POLICE, HOUSING = map(OrganizationId, ("school", "bibliotheek", "politie", "corporatie"))
SAMIRA, KAREL = PersonId("samira"), PersonId("karel")
PHONE = "bel 06-12345678"


def days(n: int) -> date:
    return MONDAY + timedelta(days=n)


def an_invitation(
    organization_id: OrganizationId = LIBRARY,
    state: InvitationState = InvitationState.INVITED,
    *,
    invitation_id: str = "",
    **changes: Any,
) -> Invitation:
    return Invitation(
        id=InvitationId(invitation_id or organization_id),
        organization_id=organization_id,
        invited_on=changes.pop("invited_on", MONDAY),
        state=state,
        **changes,
    )


def an_action(action_id: str = "1", **changes: Any) -> Action:
    values: dict[str, Any] = {
        "id": ActionId(action_id),
        "text": "De lamp maken",
        "person_id": KAREL,
        "organization_id": LIBRARY,
        "due": days(14),
    }
    return Action(**values | changes)


def an_agreement(agreement_id: str = "1", **changes: Any) -> Agreement:
    values: dict[str, Any] = {
        "id": AgreementId(agreement_id),
        "text": "We bellen elkaar eerst",
        "party_ids": frozenset({SCHOOL, LIBRARY}),
        "made_on": MONDAY,
        "review_on": days(30),
    }
    return Agreement(**values | changes)


def an_indicator(indicator_id: str = "1", **changes: Any) -> Indicator:
    values: dict[str, Any] = {"id": IndicatorId(indicator_id), "name": "Signalen in de zone"}
    return Indicator(**values | changes)


def a_meeting(**changes: Any) -> Meeting:
    values: dict[str, Any] = {
        "id": MeetingId("1"),
        "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=1),
    }
    return Meeting(**values | changes)


def a_part(**changes: Any) -> Part:
    values: dict[str, Any] = {
        "id": PartId("1"),
        "title": "Roosters",
        "text": "De pauze is om tien uur",
        "readers": Readers(source_id=SCHOOL),
        "opens_on": MONDAY,
    }
    return Part(**values | changes)


def a_find(**changes: Any) -> Find:
    values: dict[str, Any] = {
        "zone": Zone(x_m=0, y_m=0, radius_m=150),
        "first_day": days(-14),
        "last_day": MONDAY,
        "llr": 7.5,
        "recurrence_weeks": 60.0,
        "partner_ids": frozenset({SCHOOL, LIBRARY}),
    }
    return Find(**values | changes)


def an_evaluation(**changes: Any) -> Evaluation:
    values: dict[str, Any] = {
        "lesson": "Eerst praten, dan pas handhaven",
        "kept": Kept(n_kept=2, n_judged=3),
        "made_on": days(120),
    }
    return Evaluation(**values | changes)


FULL_PLAN = Plan(goal="Het plein is van iedereen", baseline="Vijf signalen in de week", deadline=days(90))
HEARD = (an_invitation(LIBRARY, InvitationState.ACCEPTED),)


def a_situation(state: State = State.SIGNAL_BUNDLE, **changes: Any) -> Situation:
    """Make a situation that has everything its state asks for, led by the school with the library."""
    values: dict[str, Any] = {
        "id": SituationId("s"),
        "network_id": NetworkId("kruisveld"),
        "question": "Wat gebeurt er in de avond op het plein?",
        "made_on": MONDAY,
        "state": state,
        "since": MONDAY,
        "owner_id": SCHOOL,
        "lead_id": SAMIRA,
        "invitations": HEARD,
        "plan": FULL_PLAN,
        "actions": (an_action(),),
    }
    if state is State.CLOSED:
        values |= {"evaluation": an_evaluation(), "rechecks": situations.plan_rechecks(MONDAY)}
    if state is State.DISMISSED:
        values["reason"] = "Het was een eenmalig feest"
    if state is State.HANDED_OVER:
        values["handed_to"] = "De gebiedsmanager"
    return Situation(**values | changes)
