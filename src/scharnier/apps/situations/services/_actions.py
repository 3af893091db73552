# SPDX-License-Identifier: EUPL-1.2
"""Acts on actions: what somebody does for an organization by a day, and how that ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Person
from scharnier.apps.situations import doers, models, rows
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import ActionId, Actor, OrganizationId, PersonId, SituationId
from scharnier.core.situations import ActionState, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done, by whom for which organization, and by when."""

    text: str
    organization_id: OrganizationId
    due: date
    person_id: PersonId | None = None  # None: the organization still says who


@transaction.atomic
def make_action(situation_id: SituationId, task: Task, *, actor: Actor, on: date, at: datetime) -> ActionId:
    """Write down what somebody does by a day; what is said twice, as by a double click, stands once.

    Raises
    ------
    SituationNotFound, StepClosed
    NotInCoalition
        Also when the organization does not take part.
    PersonNotFound
        Also when the person has no role in that organization.
    EmptyText, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="act")
    working.check_partners(acted, [task.organization_id])
    person = _doer(task.person_id, task.organization_id, actor=actor, on=on)
    value = situations.Action(
        id=ActionId(working.new_id()),
        text=task.text.strip(),
        person_id=task.person_id,
        organization_id=task.organization_id,
        due=task.due,
    )
    said = {
        "text": value.text,
        "person": person,
        "organization_text_id": value.organization_id,
        "due": value.due,
    }
    before = acted.row.actions.filter(**said, state=ActionState.OPEN.value).first()
    if before is not None:
        return ActionId(before.id)
    models.Action.objects.create(
        id=value.id,
        network_id=acted.row.network_id,
        situation=acted.row,
        person_text_id=person.text_id if person else "",
        **said,
    )
    acting.tell(acted, Event.ACTION_MADE, at=at, subject_id=value.id)
    acting.record("situation.action_made", acted, at=at, facts={"action": value.id})
    return value.id


@transaction.atomic
def end_action(  # noqa: PLR0913  # how it ended and why, by whom and when
    situation_id: SituationId,
    action_id: ActionId,
    state: ActionState,
    *,
    reason: str = "",
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    """Say how an action ended, or take it up again.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound
    ActionClosed, ActionUnexplained, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="act")
    row = working.piece(acted.row.actions.select_related("person"), action_id)
    ended = situations.end_action(rows.action_value(row), state, on=on, reason=reason)
    row.state, row.reason, row.ended_on = ended.state.value, ended.reason, ended.ended_on
    row.save(update_fields=["state", "reason", "ended_on"])
    acting.tell(acted, Event.ACTION_ENDED, at=at, what=state.value, subject_id=row.id)
    facts = {"action": row.id, "state": state.value}
    acting.record("situation.action_ended", acted, at=at, facts=facts)


@transaction.atomic
def give_action(  # noqa: PLR0913  # to whom, by whom and when
    situation_id: SituationId,
    action_id: ActionId,
    *,
    person_id: PersonId,
    due: date,
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    """Have somebody else of the organization do an open action, or have it done by another day.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound, PersonNotFound
    ActionClosed
        When it has ended.
    """
    acted = working.hold_work(situation_id, actor=actor, step="act")
    row = working.piece(acted.row.actions.all(), action_id)
    if row.state != ActionState.OPEN.value:
        raise situations.ActionClosed(state=row.state)
    row.person = _doer(person_id, OrganizationId(row.organization_text_id), actor=actor, on=on)
    row.person_text_id, row.due = person_id, due
    row.save(update_fields=["person", "person_text_id", "due"])
    acting.tell(acted, Event.ACTION_MADE, at=at, what="given", subject_id=row.id)
    acting.record("situation.action_given", acted, at=at, facts={"action": row.id})


def _doer(
    person_id: PersonId | None, organization_id: OrganizationId, *, actor: Actor, on: date
) -> Person | None:
    """Return who does it, locked: who is being erased is not named."""
    if person_id is None:
        return None
    roles = doers.roles_in([organization_id], actor=actor, on=on)
    found = people.persons(actor, on=on).filter(text_id=person_id, pk__in=roles.values("person_id"))
    row = found.select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise people.PersonNotFound(person_id=person_id)
    return row
