# SPDX-License-Identifier: EUPL-1.2
"""What came of it where counts are known in bands only: the answers that hold whatever the counts were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from scharnier.core.detection._bands import Band, add_bands
from scharnier.core.detection._evaluation import Change, Weeks, measure_change
from scharnier.core.detection._release import LEAST_EACH, LEAST_SIGNALS, Release
from scharnier.core.detection._windows import Window

NOTHING_TOLD: Final = Band(low=0, high=None)
NOT_ASKED: Final = Weeks(before=(1,), after=(1,))  # of the ring: an empty one would change the others
MOVED_ALL: Final = -1  # the displacement at which as much moved as was won

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class BandMonths:
    """What was counted in an area month by month, in bands, as many months before as after."""

    before: tuple[Band, ...]
    after: tuple[Band, ...]

    @property
    def is_told(self) -> bool:
        """Tell whether every month has something, and an end above."""
        return all(band.low > 0 and band.high is not None for band in (*self.before, *self.after))


def count_release(release: Release | None) -> Band:
    """Return how many signals count in what was released of a square.

    Parameters
    ----------
    release
        Of a square and a month; None: it was left out.

    Notes
    -----
    A partner counts who saw two or more, as in `may_show`; five at least together. Of a square that was left
    out nothing is known: one partner alone may have seen any number there.

    Examples
    --------
    >>> from scharnier.core.detection import Width, band_count
    >>> march = Window(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31))
    >>> shown = Release(width=Width.CELL, name="1", window=march, n_addresses=band_count(40),
    ...     partners={"school": band_count(11), "police": band_count(3)})
    >>> str(count_release(shown)), str(count_release(None))
    ('12-23', '0+')
    """
    if release is None:
        return NOTHING_TOLD
    bands = [Band(low=max(band.low, LEAST_EACH), high=band.high) for band in release.partners.values()]
    total = add_bands(bands)
    return Band(low=max(total.low, LEAST_SIGNALS), high=total.high)


def measure_bands(
    zone: BandMonths, ring: BandMonths | None, control: BandMonths, *, baseline: Window, found_from: date
) -> Change | None:
    """Return how a zone changed beside a control area, as far as bands tell; None: they tell too little.

    Parameters
    ----------
    zone, control
        In bands, as many months of both.
    ring
        The same around the zone; None: it was not counted.
    baseline
        The days of *before*.
    found_from
        First day of the window in which the zone was found.

    Raises
    ------
    PeakAsBaseline
        A zone picked for being high falls by itself: regression to the mean.

    Notes
    -----
    The ratio is that of `measure_change` in the middle of the bands. Its interval runs from the low end where
    counts in the bands make the ratio lowest (zone: least after, most before; control: most after, least
    before) to the high end where they make it highest. So it holds the interval of the sums of before and
    after, whatever the counts were: a larger zone count before, say, lowers ln RR by more than it narrows
    1.96 sqrt(1/A1 + 1/A0 + 1/C1 + 1/C0) as long as every sum is one or more. How much months differ within
    their bands is not seen. Displacement is told only when all counts in the bands put it on the same side
    of 0 and of -1. Too little is an open end, or a month of which nothing is told.

    Examples
    --------
    >>> from scharnier.core.detection import band_count
    >>> fell = BandMonths(before=(band_count(150), band_count(120)), after=(band_count(12), band_count(7)))
    >>> same = BandMonths(before=(band_count(250), band_count(250)), after=(band_count(250), band_count(250)))
    >>> winter = Window(first_day=date(2026, 1, 1), last_day=date(2026, 2, 28))
    >>> went = measure_bands(fell, None, same, baseline=winter, found_from=date(2026, 3, 2))
    >>> round(went.low, 3), round(went.rate_ratio, 3), round(went.high, 3)
    (0.009, 0.072, 0.527)
    """
    middle = measure_change(
        _middle(zone), _middle(ring) if ring else NOT_ASKED, _middle(control),
        baseline=baseline, found_from=found_from,
    )  # fmt: skip
    if not (zone.is_told and control.is_told):
        return None
    lowest = measure_change(
        _falling(zone), NOT_ASKED, _rising(control), baseline=baseline, found_from=found_from
    )
    highest = measure_change(
        _rising(zone), NOT_ASKED, _falling(control), baseline=baseline, found_from=found_from
    )
    is_sure = ring is not None and ring.is_told and _is_sure(zone, ring, control)
    return Change(
        rate_ratio=middle.rate_ratio,
        low=lowest.low,
        high=highest.high,
        overdispersion=max(lowest.overdispersion, highest.overdispersion),
        displacement=middle.displacement if is_sure else None,
    )


def _middle(months: BandMonths) -> Weeks:
    """Return twice the middle of each band, which is whole and gives the same ratios."""
    before, after = (
        tuple(low + high for low, high in zip(_lows(bands), _highs(bands), strict=True))
        for bands in (months.before, months.after)
    )
    return Weeks(before=before, after=after)


def _falling(months: BandMonths) -> Weeks:
    return Weeks(before=_highs(months.before), after=_lows(months.after))


def _rising(months: BandMonths) -> Weeks:
    return Weeks(before=_lows(months.before), after=_highs(months.after))


def _lows(bands: Sequence[Band]) -> tuple[int, ...]:
    return tuple(band.low for band in bands)


def _highs(bands: Sequence[Band]) -> tuple[int, ...]:
    return tuple(band.low if band.high is None else band.high for band in bands)


def _is_sure(zone: BandMonths, ring: BandMonths, control: BandMonths) -> bool:
    """Tell whether all counts in the bands say the same of what moved."""
    place, around = _gain(zone, control), _gain(ring, control)
    fell = sum(_highs(zone.after)) < sum(_lows(zone.before)) and max(place) < 0
    return fell and len({_side(moved / won) for moved, won in product(around, place)}) == 1


def _gain(area: BandMonths, control: BandMonths) -> Ends:
    """Return the least and the most that an area can have risen beside the control area."""
    (a0, b0), (a1, b1), (c0, d0), (c1, d1) = (
        (sum(_lows(bands)), sum(_highs(bands)))
        for bands in (area.before, area.after, control.before, control.after)
    )
    return a1 / d1 - b0 / c0, b1 / c1 - a0 / d0


def _side(displacement: float) -> int:
    return (displacement > 0) - (displacement < MOVED_ALL)
