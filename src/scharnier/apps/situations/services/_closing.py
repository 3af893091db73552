# SPDX-License-Identifier: EUPL-1.2
"""Acts of the end: what came of the plan, what each partner thinks of it, and looking again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.situations import models
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import audit, situations
from scharnier.core.kernel import Actor, NetworkId, SituationId
from scharnier.core.situations import Capacity, Event, FigureSource, Lasting, Measured, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What partners say came of it, besides what is counted."""

    lesson: str
    measured: Measured | None = None
    hours: float | None = None
    residents_noticed: str = ""


@transaction.atomic
def evaluate(situation_id: SituationId, findings: Findings, *, actor: Actor, on: date, at: datetime) -> None:
    """Write the evaluation, or mend it as long as the situation is not closed.

    Raises
    ------
    SituationNotFound, NotInCoalition
    StepClosed
        When it is not being evaluated.
    StepOfOthers
        When the actor does not act for the owner.
    EvaluationUnclear, EmptyText, TextTooLong, PersonalDataFound
    """
    acted = _hold_evaluating(situation_id, actor=actor)
    if Capacity.OWNER not in acted.capacities:
        raise situations.StepOfOthers(step="evaluate", state=State.EVALUATING.value, capacity="")
    value = situations.Evaluation(
        lesson=findings.lesson.strip(),
        kept=situations.count_kept(acted.value.agreements),
        measured=findings.measured,
        hours=findings.hours,
        residents_noticed=findings.residents_noticed.strip(),
        made_on=on,
    )
    models.Evaluation.objects.update_or_create(
        network_id=acted.row.network_id,
        situation=acted.row,
        is_earlier=False,
        defaults=_stored(value),
    )
    acting.tell(acted, Event.EVALUATED, at=at)
    acting.record("situation.evaluated", acted, at=at)


@transaction.atomic
def give_score(situation_id: SituationId, score: int, *, actor: Actor, at: datetime) -> None:
    """Say for the actor's organization how far the goal was reached; nobody sees it until all have said so.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed
    ScoreUnclear
        Also when all have answered: then the scores stand.
    """
    acted = _hold_evaluating(situation_id, actor=actor)
    organization_id = acting.check_takes_part(acted)
    given = situations.GoalScore(organization_id=organization_id, score=score)
    situations.give_score(acted.value.scores, given, coalition=acted.value.coalition)
    models.Score.objects.update_or_create(
        network_id=acted.row.network_id,
        situation=acted.row,
        organization_text_id=organization_id,
        defaults={"score": score},
    )
    acting.record("situation.scored", acted, at=at)


@transaction.atomic
def recheck(situation_id: SituationId, found: Lasting, *, actor: Actor, on: date, at: datetime) -> None:
    """Say whether it held, some months after closing.

    Raises
    ------
    SituationNotFound
    StepOfOthers
        When the actor does not act for the owner.
    NothingToRecheck
    """
    acted = acting.hold(situation_id, by=actor)
    if Capacity.OWNER not in acted.capacities:
        raise situations.StepOfOthers(step="recheck", state=acted.value.state.value, capacity="")
    done = situations.do_recheck(acted.value.rechecks, found, on=on)
    for row, value in zip(acted.row.rechecks.order_by("due"), done, strict=True):
        if row.done_on != value.done_on:
            row.done_on, row.found = value.done_on, found.value
            row.save(update_fields=["done_on", "found"])
    acting.tell(acted, Event.RECHECKED, at=at, what=found.value)
    acting.record("situation.rechecked", acted, at=at, facts={"found": found.value})


def record_reminder(row: models.Recheck, *, at: datetime) -> None:
    """Put on record that who leads was reminded of looking again."""
    network_id = NetworkId(row.network_id)
    log.record(
        actor=audit.System(network_id=network_id),
        act="situation.recheck_reminded",
        kind="situation",
        object_id=row.situation_id,
        at=at,
    )


def keep_result(row: models.Situation, value: situations.Situation, *, on: date) -> None:
    """Store what stays of a situation that ended once its words are gone: figures, and no organization."""
    evaluation = value.evaluation
    kept = evaluation.kept if evaluation else situations.count_kept(value.agreements)
    measured = evaluation.measured if evaluation else None
    models.Result.objects.update_or_create(
        network_id=row.network_id,
        situation_id=row.id,
        defaults={
            "state": value.state.value,
            "ended_on": on,
            "topic_ids": sorted(value.topics),
            "area_ids": sorted(value.area_ids),
            "n_partners": len(value.coalition),
            "n_kept": kept.n_kept,
            "n_judged": kept.n_judged,
            **_figures(measured),
            "hours": evaluation.hours if evaluation else None,
        },
    )


def _hold_evaluating(situation_id: SituationId, *, actor: Actor) -> acting.Acted:
    acted = working.hold_work(situation_id, actor=actor, step="evaluate")
    if acted.value.state is not State.EVALUATING:
        raise situations.StepClosed(state=acted.value.state.value, step="evaluate")
    return acted


def _stored(value: situations.Evaluation) -> dict[str, object]:
    measured = value.measured
    return {
        "is_from_signals": measured is not None and measured.source is FigureSource.SIGNALS,
        "lesson": value.lesson,
        "n_kept": value.kept.n_kept,
        "n_judged": value.kept.n_judged,
        **_figures(measured),
        "hours": value.hours,
        "residents_noticed": value.residents_noticed,
        "made_on": value.made_on,
    }


def _figures(measured: Measured | None) -> dict[str, float | None]:
    if measured is None:
        return dict.fromkeys(("rate_ratio", "low", "high", "displacement"))
    return {
        "rate_ratio": measured.rate_ratio,
        "low": measured.low,
        "high": measured.high,
        "displacement": measured.displacement,
    }
