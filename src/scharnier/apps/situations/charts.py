# SPDX-License-Identifier: EUPL-1.2
"""A series of figures as a picture: where each mark stands, drawn on the server as SVG.

A figure that is known exactly is a dot, a band is a bar from its lower to its upper end. A band without an
end above is a foot where it begins, and a dashed line to the top. The same figures stand in a table beside
the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Final

from scharnier.core.situations import Indicator, Reading

WIDTH, HEIGHT = 420, 230  # of the drawing
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 16, 36  # room beside the field
HALF_A_LETTER: Final = 5.5
N_STEPS: Final = 4  # lines across, about
ROOM_ABOVE: Final = 1.25  # an open band is drawn so much higher than where it begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure in the picture."""

    on: date
    x: float
    top: float
    bottom: float
    is_exact: bool
    is_open: bool  # how high it goes is not known
    is_labelled: bool  # its day stands under it


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line across, and where its figure stands."""

    y: float
    value: float

    @property
    def foot(self) -> float:
        """Return where the figure beside it stands, so that its middle is at the line."""
        return round(self.y + HALF_A_LETTER, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All there is to draw, in the coordinates of the picture."""

    marks: tuple[Mark, ...]
    rules: tuple[Rule, ...]  # of the scale
    baseline: Rule | None
    target: Rule | None
    grid: str  # the lines of the scale
    path: str  # through what is known exactly; empty: fewer than two such figures

    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def has_open(self) -> bool:
        """Tell whether a figure has no end above."""
        return any(mark.is_open for mark in self.marks)

    @property
    def spans_years(self) -> bool:
        """Tell whether a day without its year could be of several."""
        return self.marks[0].on.year != self.marks[-1].on.year


def draw_chart(indicator: Indicator) -> Chart | None:
    """Return the picture of a series of figures; None without any."""
    readings = indicator.readings
    if not readings:
        return None
    low, high = _range(indicator)
    step = _step(high - low)
    bottom, top = floor(low / step) * step, ceil(high / step) * step
    scale = (HEIGHT - TOP - BOTTOM) / (top - bottom)

    def at(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - bottom) * scale, 1)

    marks = tuple(
        Mark(
            on=each.on,
            x=_across(place, len(readings)),
            top=at(top if each.high is None else each.high),
            bottom=at(each.low),
            is_exact=each.low == each.high,
            is_open=each.high is None,
            is_labelled=place in {0, len(readings) - 1},
        )
        for place, each in enumerate(readings)
    )
    exact = [mark for mark in marks if mark.is_exact]
    values = [bottom + n * step for n in range(round((top - bottom) / step) + 1)]
    rules = tuple(Rule(y=at(value), value=value) for value in values)
    return Chart(
        marks=marks,
        rules=rules,
        grid="".join(f"M{LEFT} {rule.y}H{WIDTH - RIGHT}" for rule in rules),
        baseline=_rule(indicator.baseline, at),
        target=_rule(indicator.target, at),
        path="M" + " L".join(f"{mark.x} {mark.top}" for mark in exact) if len(exact) > 1 else "",
    )


def _rule(value: float | None, at: Callable[[float], float]) -> Rule | None:
    return None if value is None else Rule(y=at(value), value=value)


def _range(indicator: Indicator) -> tuple[float, float]:
    ends = [end for each in indicator.readings for end in _ends(each)]
    ends += [each for each in (indicator.baseline, indicator.target) if each is not None]
    low, high = min(0.0, *ends), max(0.0, *ends)
    return low, high if high > low else low + 1


def _ends(reading: Reading) -> tuple[float, float]:
    return reading.low, reading.low * ROOM_ABOVE if reading.high is None else reading.high


def _step(spread: float) -> float:
    """Return a round distance between the lines: 1, 2 or 5 times a power of ten."""
    rough = spread / N_STEPS
    power = 10.0 ** floor(log10(rough))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= rough)


def _across(place: int, n: int) -> float:
    field = WIDTH - LEFT - RIGHT
    inset = field / (2 * n)
    return round(LEFT + inset + place * field / n, 1)
