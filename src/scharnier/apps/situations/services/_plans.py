# SPDX-License-Identifier: EUPL-1.2
"""Acts on the plan: begin it from a template, and write goal, baseline and deadline."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _figures as figures
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import Actor, IndicatorId, SituationId
from scharnier.core.situations import Event


@transaction.atomic
def write_plan(situation_id: SituationId, plan: situations.Plan, *, actor: Actor, at: datetime) -> None:
    """Write what partners want to reach, from where and by when; each may still be missing.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PlanEmptied
    """
    acted = working.hold_work(situation_id, actor=actor, step="plan")
    _store(acted, situations.change_plan(acted.value, plan).plan)
    acting.tell(acted, Event.STEP, at=at, what="plan_written")
    acting.record("situation.plan_written", acted, at=at)


@transaction.atomic
def begin_plan(
    situation_id: SituationId, template: situations.Template, *, actor: Actor, on: date, at: datetime
) -> None:
    """Begin the plan from a template: what is empty is filled, and its indicators come with it.

    What partners wrote or measured already stays as it is.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed
    """
    acted = working.hold_work(situation_id, actor=actor, step="plan")
    ids = [IndicatorId(working.new_id()) for _ in template.indicators]
    start = situations.start_from(template, on=on, indicator_ids=ids)
    now = acted.value.plan
    acted.row.template_id = template.id
    _store(
        acted,
        situations.Plan(
            goal=now.goal or start.plan.goal,
            baseline=now.baseline,
            deadline=now.deadline or start.plan.deadline,
        ),
    )
    known = {each.name for each in acted.value.indicators}
    for indicator in start.indicators:
        if indicator.name not in known:
            figures.store_indicator(acted.row, indicator)
    acting.tell(acted, Event.STEP, at=at, what="plan_begun")
    acting.record("situation.plan_begun", acted, at=at, facts={"template": template.id})


def _store(acted: acting.Acted, plan: situations.Plan) -> None:
    row = acted.row
    row.goal, row.baseline, row.deadline = plan.goal.strip(), plan.baseline.strip(), plan.deadline
    row.save(update_fields=["goal", "baseline", "deadline", "template_id"])
