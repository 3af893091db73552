# SPDX-License-Identifier: EUPL-1.2
"""Acts on agreements: what partners promise each other, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.situations import models, rows
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import Actor, AgreementId, OrganizationId, SituationId
from scharnier.core.situations import AgreementState, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What partners agree on, between whom, and when they look back on it."""

    text: str
    party_ids: frozenset[OrganizationId]
    review_on: date


@transaction.atomic
def agree(
    situation_id: SituationId, promise: Promise, *, actor: Actor, on: date, at: datetime
) -> AgreementId:
    """Write down what partners agree on; what is said twice, as by a double click, stands once.

    Raises
    ------
    SituationNotFound, StepClosed
    NotInCoalition
        Also when a party does not take part.
    AgreementUnclear, EmptyText, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="agree")
    working.check_partners(acted, promise.party_ids)
    value = situations.Agreement(
        id=AgreementId(working.new_id()),
        text=promise.text.strip(),
        party_ids=promise.party_ids,
        made_on=on,
        review_on=promise.review_on,
    )
    for before in acted.value.agreements:
        if replace(before, id=value.id) == value:
            return before.id
    models.Agreement.objects.create(
        id=value.id,
        network_id=acted.row.network_id,
        situation=acted.row,
        text=value.text,
        party_ids=sorted(value.party_ids),
        made_on=on,
        review_on=value.review_on,
    )
    acting.tell(acted, Event.AGREED, at=at, subject_id=value.id)
    acting.record("situation.agreed", acted, at=at, facts={"agreement": value.id})
    return value.id


@transaction.atomic
def judge_agreement(
    situation_id: SituationId,
    agreement_id: AgreementId,
    state: AgreementState,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """Say what became of an agreement, and why it was not kept; or that it is open again.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound
    TextTooLong, PersonalDataFound
        Of the reason.
    """
    acted = working.hold_work(situation_id, actor=actor, step="judge")
    row = working.piece(acted.row.agreements.all(), agreement_id)
    judged = situations.judge_agreement(rows.agreement_value(row), state, reason=reason)
    row.state, row.reason = judged.state.value, judged.reason
    row.save(update_fields=["state", "reason"])
    acting.tell(acted, Event.AGREEMENT_JUDGED, at=at, what=state.value, subject_id=row.id)
    facts = {"agreement": row.id, "state": state.value}
    acting.record("situation.agreement_judged", acted, at=at, facts=facts)


@transaction.atomic
def review_later(
    situation_id: SituationId, agreement_id: AgreementId, *, review_on: date, actor: Actor, at: datetime
) -> None:
    """Look back on an agreement on another day; it is open until then.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound
    AgreementUnclear
        When that day is not after the one on which it was made.
    """
    acted = working.hold_work(situation_id, actor=actor, step="judge")
    row = working.piece(acted.row.agreements.all(), agreement_id)
    again = situations.judge_agreement(rows.agreement_value(row), AgreementState.OPEN)
    later = replace(again, review_on=review_on)
    row.review_on, row.state, row.reason = later.review_on, later.state.value, later.reason
    row.save(update_fields=["review_on", "state", "reason"])
    acting.tell(acted, Event.AGREEMENT_JUDGED, at=at, what=later.state.value, subject_id=row.id)
    facts = {"agreement": row.id, "state": later.state.value}
    acting.record("situation.agreement_judged", acted, at=at, facts=facts)
