# SPDX-License-Identifier: EUPL-1.2
"""Templates: what a kind of situation usually needs, to begin with and to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scharnier.core.kernel import IndicatorId, Invalid, TopicId
from scharnier.core.situations._doing import Plan
from scharnier.core.situations._indicators import FigureSource, Indicator, Wanted
from scharnier.core.situations._words import check_words


class TemplateUnclear(Invalid):
    """A template has a name, days to reach the goal in, and each indicator once."""

    code = "situations.template_unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorHint:
    """A figure that often shows whether it works."""

    name: str
    unit: str = ""
    wanted: Wanted = Wanted.FEWER
    source: FigureSource = FigureSource.ENTERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a kind of situation usually needs, in one language; a network changes its own copy.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of any words in it.
    TemplateUnclear
        Without days, or with an indicator twice.
    """

    id: str
    name: str
    question: str = ""
    goal: str = ""
    baseline: str = ""  # how to say how it is now: advice, for only partners know how it is
    days: int  # from the start to the deadline, >= 1
    topics: frozenset[TopicId] = frozenset()
    indicators: tuple[IndicatorHint, ...] = ()
    agreements: tuple[str, ...] = ()  # to choose from
    actions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_words(self.name, *self.agreements, *self.actions, *(each.name for each in self.indicators))
        units = (each.unit for each in self.indicators)
        check_words(self.question, self.goal, self.baseline, *units, may_be_empty=True)
        names = {each.name for each in self.indicators}
        if self.days < 1 or len(names) < len(self.indicators):
            raise TemplateUnclear(template=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A plan and indicators to begin with; all of it can be changed."""

    plan: Plan
    indicators: tuple[Indicator, ...]


def start_from(template: Template, *, on: date, indicator_ids: Sequence[IndicatorId]) -> Start:
    """Return what a template gives to begin with; how it is now is left for partners to say.

    Parameters
    ----------
    template
        With k indicators.
    on
        The day on which the plan is begun.
    indicator_ids
        k new identifiers.

    Raises
    ------
    TemplateUnclear
        With another number of identifiers.

    Examples
    --------
    >>> blank = Template(id="blank", name="Leeg", days=90)
    >>> start_from(blank, on=date(2026, 3, 2), indicator_ids=[]).plan.deadline
    datetime.date(2026, 5, 31)
    """
    if len(indicator_ids) != len(template.indicators):
        raise TemplateUnclear(template=template.id)
    return Start(
        plan=Plan(
            goal=template.goal,
            deadline=on + timedelta(days=template.days),
        ),
        indicators=tuple(
            Indicator(id=indicator_id, name=hint.name, unit=hint.unit, wanted=hint.wanted, source=hint.source)
            for indicator_id, hint in zip(indicator_ids, template.indicators, strict=True)
        ),
    )
