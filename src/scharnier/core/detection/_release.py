# SPDX-License-Identifier: EUPL-1.2
"""What may be shown of a find: enough partners, signals and addresses, counts in bands, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import ceil, hypot
from typing import Final

from scharnier.core.detection._bands import Band, band_count
from scharnier.core.kernel import Invalid

LEAST_PARTNERS, LEAST_SIGNALS, LEAST_ADDRESSES = 2, 5, 10
STEP_M: Final = 50.0  # of fixed circles: centres on a grid, radii whole steps


class BadWindow(Invalid):
    """A window does not end before it starts."""

    code = "detection.bad_window"


class Width(StrEnum):
    """How wide an area is, narrowest first."""

    RING = "ring"  # a fixed circle around the find
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of the neighbourhood with every address in it, also those where nothing was seen."""

    width: Width
    name: str
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Some days, both ends included.

    Raises
    ------
    BadWindow
    """

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise BadWindow(first=self.first_day, last=self.last_day)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first_day <= day <= self.last_day

    def meets(self, other: Window) -> bool:
        """Tell whether they have a day in common."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A signal by who met it, address and day."""

    partner: str
    address: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """All that partners are shown of a find."""

    width: Width
    name: str
    window: Window
    n_addresses: Band  # that count, >= 10
    partners: Mapping[str, Band]  # >= 2, each with at least one signal; the sum is not told


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A release with the addresses it is about, kept so that nothing of it is told a second time."""

    release: Release
    addresses: frozenset[str]

    def meets(self, area: Area, window: Window) -> bool:
        """Tell whether an area in a window has an address and a day in common with it."""
        return self.release.window.meets(window) and not self.addresses.isdisjoint(area.addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every release that was made, oldest first; none of them ever changes.

    No two have an address and a day in common, so that no release can be taken from another.
    """

    made: tuple[Released, ...] = ()
    excluded: frozenset[str] = frozenset()  # addresses that never count: institutions, partners' own

    def offer(
        self, areas: Sequence[Area], window: Window, signals: Iterable[Located]
    ) -> tuple[Ledger, Release | None]:
        """Return the ledger afterwards, and what may be shown of a find; None: nothing.

        Parameters
        ----------
        areas
            Around the find, narrowest first, each fixed beforehand (`fix_circle`), not by what was seen.
        window
            The days of the find.
        signals
            n signals, of any place and day.

        Notes
        -----
        What was released before on the narrowest area is shown again as it was. Else the narrowest area
        that may be shown is, with at least ten addresses more than any that was refused: or what they
        differ in would tell of a single one. O(n x areas).

        Examples
        --------
        >>> plein = Area(width=Width.RING, name="Plein", addresses=frozenset(map(str, range(12))))
        >>> day = date(2026, 3, 31)
        >>> seen = [Located(partner=name, address="1", on=day) for name in ("police", "school") * 5]
        >>> ledger, shown = Ledger().offer([plein], Window(first_day=day, last_day=day), seen)
        >>> {name: str(band) for name, band in shown.partners.items()}, str(shown.n_addresses)
        ({'police': '5-9', 'school': '5-9'}, '10-19')
        >>> ledger.offer([plein], Window(first_day=day, last_day=day), seen[:1])[1] == shown
        True
        """
        earlier = next(self._before(areas[:1], window), None)
        if earlier is not None:
            return self, earlier.release
        known = tuple(signals)
        refused: list[frozenset[str]] = []
        for area in areas:
            counted = area.addresses - self.excluded
            if any(len(counted - each) < LEAST_ADDRESSES for each in refused):
                continue
            release = self._release(area, window, known)
            refused += [counted] if len(counted) >= LEAST_ADDRESSES else []
            if release is not None:
                made = Released(release=release, addresses=area.addresses)
                return replace(self, made=(*self.made, made)), release
        return self, None

    def _before(self, areas: Collection[Area], window: Window) -> Iterator[Released]:
        return (made for area in areas for made in reversed(self.made) if made.meets(area, window))

    def _release(self, area: Area, window: Window, signals: Iterable[Located]) -> Release | None:
        counted = area.addresses - self.excluded
        seen = Counter(each.partner for each in signals if each.address in counted and window.holds(each.on))
        is_told = any(self._before([area], window))
        if is_told or len(counted) < LEAST_ADDRESSES or not may_show(seen):
            return None
        return Release(
            width=area.width,
            name=area.name,
            window=window,
            n_addresses=band_count(len(counted)),
            partners={name: band_count(seen[name]) for name in sorted(seen)},
        )


def may_show(seen: Mapping[str, int]) -> bool:
    """Tell whether counts of signals by partner may be shown in bands.

    Parameters
    ----------
    seen
        By partner, each >= 1.

    Notes
    -----
    At least two partners and five signals. Not two partners of whom one saw a single signal and the other
    fewer than five: who saw the one would know from the rule that the other saw four.

    Examples
    --------
    >>> may_show({"police": 3, "school": 2}), may_show({"police": 4, "school": 1}), may_show({"police": 9})
    (True, False, False)
    """
    counts = sorted(seen.values())
    if len(counts) < LEAST_PARTNERS or sum(counts) < LEAST_SIGNALS:
        return False
    return len(counts) > LEAST_PARTNERS or counts[0] > 1 or counts[1] >= LEAST_SIGNALS


def fix_circle(
    center: tuple[float, float], radius_m: float, *, wider: int = 0
) -> tuple[tuple[float, float], float]:
    """Return a circle on a fixed grid that covers another: its centre and radius in metres.

    Parameters
    ----------
    center
        Metres.
    radius_m
        >= 0.
    wider
        How many steps of fifty metres wider than need be, >= 0.

    Notes
    -----
    The edge of a find runs through a place where something was seen, and its centre is one; those of a
    fixed circle tell neither.

    Examples
    --------
    >>> fix_circle((1012.0, 988.0), 30.0), fix_circle((1012.0, 988.0), 30.0, wider=1)
    (((1000.0, 1000.0), 50.0), ((1000.0, 1000.0), 100.0))
    """
    x, y = (round(metres / STEP_M) * STEP_M for metres in center)
    reach = radius_m + hypot(x - center[0], y - center[1])
    return (x, y), (max(ceil(reach / STEP_M), 1) + wider) * STEP_M
