# SPDX-License-Identifier: EUPL-1.2
"""Figures that show whether a plan works: from signals, in bands, or entered by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isfinite

from scharnier.core.kernel import IndicatorId, Invalid
from scharnier.core.situations._words import check_words


class IndicatorUnclear(Invalid):
    """An indicator has a name, figures that are numbers, and a target on the wanted side of its baseline."""

    code = "situations.indicator_unclear"


class Wanted(StrEnum):
    """Which way a figure should go."""

    FEWER = "fewer"
    MORE = "more"


class FigureSource(StrEnum):
    """Where the figures come from."""

    SIGNALS = "signals"  # in bands
    ENTERED = "entered"


class Progress(StrEnum):
    """How a figure stands beside its baseline and target; in bands only what holds for the whole band."""

    UNKNOWN = "unknown"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    BETTER = "better"
    REACHED = "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure for the period that ends on a day: a number, or the band in which it lies.

    Raises
    ------
    IndicatorUnclear
        When a bound is no number, or the upper lies below the lower.
    """

    on: date
    low: float
    high: float | None  # equal to `low` when exact; None: the last band, which is open

    def __post_init__(self) -> None:
        is_number = isfinite(self.low) and (self.high is None or isfinite(self.high))
        if not is_number or (self.high is not None and self.high < self.low):
            raise IndicatorUnclear(name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A named series of figures, where it began and where it should go.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of the name, and of a unit that is there.
    IndicatorUnclear
        When the target is not on the wanted side of the baseline, or a day has two figures.
    """

    id: IndicatorId
    name: str
    unit: str = ""
    wanted: Wanted = Wanted.FEWER
    source: FigureSource = FigureSource.ENTERED
    baseline: float | None = None  # a mean of before the scan window, never its peak
    target: float | None = None
    readings: tuple[Reading, ...] = ()  # by day

    def __post_init__(self) -> None:
        check_words(self.name)
        check_words(self.unit, may_be_empty=True)
        numbers = [figure for figure in (self.baseline, self.target) if figure is not None]
        days = [reading.on for reading in self.readings]
        if not all(map(isfinite, numbers)) or days != sorted(set(days)) or not self._aims_right():
            raise IndicatorUnclear(name=self.name)

    def _aims_right(self) -> bool:
        if self.baseline is None or self.target is None:
            return True
        gain = self.target - self.baseline
        return gain > 0 if self.wanted is Wanted.MORE else gain < 0


def enter_reading(indicator: Indicator, reading: Reading) -> Indicator:
    """Return the indicator with a figure; one of the same day is corrected.

    Parameters
    ----------
    indicator
        As it stands.
    reading
        Of any day.

    Examples
    --------
    >>> noise = Indicator(id=IndicatorId("1"), name="Klachten over lawaai")
    >>> len(enter_reading(noise, Reading(on=date(2026, 3, 2), low=5, high=9)).readings)
    1
    """
    others = [each for each in indicator.readings if each.on != reading.on]
    return replace(indicator, readings=tuple(sorted([*others, reading], key=lambda each: each.on)))


def judge_progress(indicator: Indicator) -> Progress:
    """Return how the last figure stands beside baseline and target.

    Parameters
    ----------
    indicator
        With or without figures.

    Notes
    -----
    A band is judged by its ends: reached, better or worse is said only of a whole band. O(1).

    Examples
    --------
    >>> noise = Indicator(id=IndicatorId("1"), name="Klachten over lawaai", baseline=12, target=5,
    ...     readings=(Reading(on=date(2026, 3, 2), low=5, high=9),))
    >>> judge_progress(noise)
    <Progress.BETTER: 'better'>
    """
    if indicator.baseline is None or not indicator.readings:
        return Progress.UNKNOWN
    worst, best = _ends(indicator)
    sign = 1 if indicator.wanted is Wanted.MORE else -1
    base = sign * indicator.baseline
    if indicator.target is not None and worst >= sign * indicator.target:
        return Progress.REACHED
    if worst > base:
        return Progress.BETTER
    return Progress.WORSE if best < base else Progress.UNCHANGED


def _ends(indicator: Indicator) -> tuple[float, float]:
    """Return the worst and the best that the last figure can be, with more always meaning better."""
    last = indicator.readings[-1]
    high = float("inf") if last.high is None else last.high
    return (last.low, high) if indicator.wanted is Wanted.MORE else (-high, -last.low)
