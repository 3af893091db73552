# SPDX-License-Identifier: EUPL-1.2
"""Acts on indicators: name one, say where it began and where it should go, and enter its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.situations import counting, models, rows
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import Actor, AreaId, Conflict, IndicatorId, Invalid, NetworkId, SituationId
from scharnier.core.situations import Event, FigureSource, MonthTold, Reading, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is counted, where it began and where it should go."""

    name: str
    unit: str = ""
    wanted: Wanted = Wanted.FEWER
    source: FigureSource = FigureSource.ENTERED
    baseline: float | None = None
    target: float | None = None


class FigureCounted(Conflict):
    """Figures that are counted from signals are not entered by hand."""

    code = "situations.figure_counted"


class FiguresEntered(Invalid):
    """What was entered by hand is not mixed with what is counted from signals."""

    code = "situations.figures_entered"


@transaction.atomic
def add_indicator(situation_id: SituationId, aim: Aim, *, actor: Actor, at: datetime) -> IndicatorId:
    """Name a figure that shows whether the plan works; what is said twice stands once.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed
    IndicatorUnclear, EmptyText, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="measure")
    value = _aimed(situations.Indicator(id=IndicatorId(working.new_id()), name=aim.name.strip()), aim)
    for before in acted.value.indicators:
        if replace(before, id=value.id, readings=()) == value:
            return before.id
    store_indicator(acted.row, value)
    acting.tell(acted, Event.FIGURE, at=at, what="named", subject_id=value.id)
    acting.record("situation.indicator_added", acted, at=at, facts={"indicator": value.id})
    return value.id


@transaction.atomic
def change_indicator(
    situation_id: SituationId, indicator_id: IndicatorId, aim: Aim, *, actor: Actor, at: datetime
) -> None:
    """Say otherwise what a figure is called, where it began or where it should go; what was entered stays.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound
    IndicatorUnclear, EmptyText, TextTooLong, PersonalDataFound
    FiguresEntered
        When it is to be counted from signals from now on, and figures were entered.
    """
    acted = working.hold_work(situation_id, actor=actor, step="measure")
    row = working.piece(acted.row.indicators.prefetch_related("readings"), indicator_id)
    before = rows.indicator_value(row)
    value = _aimed(before, aim)
    if value.source is not before.source:
        _turn_source(acted.row, row, value)
    row.name, row.unit = value.name, value.unit
    row.wanted, row.source = value.wanted.value, value.source.value
    row.baseline, row.target = value.baseline, value.target
    row.save(update_fields=["name", "unit", "wanted", "source", "baseline", "target"])
    acting.tell(acted, Event.FIGURE, at=at, what="aimed", subject_id=row.id)
    acting.record("situation.indicator_changed", acted, at=at, facts={"indicator": row.id})


@transaction.atomic
def enter_figure(
    situation_id: SituationId,
    indicator_id: IndicatorId,
    *,
    on: date,
    figure: float,
    actor: Actor,
    at: datetime,
) -> None:
    """Enter a figure for the period that ends on a day; one of the same day is corrected.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed, PieceNotFound
    IndicatorUnclear
        When the figure is no number.
    FigureCounted
    """
    acted = working.hold_work(situation_id, actor=actor, step="measure")
    row = working.piece(acted.row.indicators.prefetch_related("readings"), indicator_id)
    value = rows.indicator_value(row)
    if value.source is FigureSource.SIGNALS:
        raise FigureCounted
    reading = Reading(on=on, low=figure, high=figure)
    situations.enter_reading(value, reading)
    store_reading(row, reading)
    acting.tell(acted, Event.FIGURE, at=at, what="entered", subject_id=row.id)
    acting.record("situation.figure_entered", acted, at=at, facts={"indicator": row.id})


def store_indicator(row: models.Situation, value: situations.Indicator) -> models.Indicator:
    """Store a new indicator; from signals with the figures of the months of which there is a map."""
    indicator = models.Indicator.objects.create(
        id=value.id,
        network_id=row.network_id,
        situation=row,
        name=value.name,
        unit=value.unit,
        wanted=value.wanted.value,
        source=value.source.value,
        baseline=value.baseline,
        target=value.target,
    )
    if value.source is FigureSource.SIGNALS:
        count_figures(row, indicator, counting.read_months(NetworkId(row.network_id)))
    return indicator


def store_reading(row: models.Indicator, reading: Reading) -> None:
    """Store a figure, in the place of one of the same day."""
    models.Reading.objects.update_or_create(
        network_id=row.network_id,
        indicator=row,
        on=reading.on,
        defaults={"low": reading.low, "high": reading.high},
    )


def count_figures(row: models.Situation, indicator: models.Indicator, months: Iterable[MonthTold]) -> int:
    """Store what the maps of months tell of a situation's areas and is not known; return how many are."""
    network_id = NetworkId(row.network_id)
    area_ids = counting.areas_within(frozenset(map(AreaId, row.area_ids)), network_id=network_id)
    readings = counting.readings_of(months, area_ids)
    known = {each.on for each in indicator.readings.all()}
    for reading in readings:
        if reading.on not in known:
            store_reading(indicator, reading)
    return len(readings)


def _turn_source(row: models.Situation, indicator: models.Indicator, value: situations.Indicator) -> None:
    """Let figures come from elsewhere: those of the map can be counted again, those of people cannot."""
    if value.source is FigureSource.ENTERED:
        indicator.readings.all().delete()
        return
    if value.readings:
        raise FiguresEntered
    count_figures(row, indicator, counting.read_months(NetworkId(row.network_id)))


def _aimed(value: situations.Indicator, aim: Aim) -> situations.Indicator:
    return replace(
        value,
        name=aim.name.strip(),
        unit=aim.unit.strip(),
        wanted=aim.wanted,
        source=aim.source,
        baseline=aim.baseline,
        target=aim.target,
    )
