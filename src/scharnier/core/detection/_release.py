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
from scharnier.core.detection._windows import Window

LEAST_PARTNERS, LEAST_SIGNALS, LEAST_ADDRESSES = 2, 5, 10
LEAST_EACH: Final = 2  # of a partner: whether it saw one or none is told to nobody
STEP_M: Final = 50.0  # of fixed circles: centres on a grid, radii whole steps


class Width(StrEnum):
    """How wide an area is, narrowest first."""

    RING = "ring"  # a fixed circle around the find
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood"
    CELL = "cell"  # of the map, with a month


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of the neighbourhood with every address in it, also those where nothing was seen."""

    width: Width
    name: str
    addresses: frozenset[str]


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
    partners: Mapping[str, Band]  # >= 2, each with two signals or more; the sum is not told


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A release with the addresses it is about, kept so that nothing of it is told a second time."""

    release: Release
    addresses: frozenset[str]

    def meets(self, area: Area, window: Window) -> bool:
        """Tell whether an area in a window has an address and a day in common with it."""
        return self.release.window.meets(window) and not self.addresses.isdisjoint(area.addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An area in a window of which nothing could be told; that too tells something, so it is kept."""

    addresses: frozenset[str]
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every answer that was given, oldest first; none of them ever changes.

    Two rules keep any number of answers from telling a count under five or a single address. No answer has
    an address and a day in common with an earlier release. And an area is looked at only when ten of its
    addresses have a day of which nobody ever asked: so all that a release tells may have happened there, at
    any of them, and what was refused before tells nothing of it.

    Notes
    -----
    A caller keeps the rows: of each release and each refusal the addresses and the window, of a release what
    was shown too; and `closed_before`. It keeps them for as long as a question may still reach back into
    those days, and lets go of them with `forget` alone, after which no question reaches back any more. For
    finds of 28 days that is 28 days after the last day of the window; for a map of months another month.
    One ledger a network, or else two ledgers tell together what neither tells alone.
    """

    made: tuple[Released, ...] = ()
    excluded: frozenset[str] = frozenset()  # addresses that never count: institutions, partners' own
    refused: tuple[Refused, ...] = ()
    closed_before: date | None = None  # of days before it answers were let go of: nothing is told any more

    def offer(
        self, areas: Sequence[Area], window: Window, signals: Iterable[Located]
    ) -> tuple[Ledger, Release | None]:
        """Return the ledger afterwards, and what may be shown of a find; None: nothing.

        Parameters
        ----------
        areas
            Around the find, narrowest first, each fixed beforehand (`fix_circle`), not by what was seen.
        window
            The days of the find, in whole weeks (`fix_days`).
        signals
            n signals, of any place and day.

        Notes
        -----
        What was released before on the narrowest area is shown again as it was. Else the narrowest area that
        may be looked at and shown is; those refused on the way are kept as well. O((n + days x answers)
        x areas).

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
        known, ledger = tuple(signals), self
        for area in areas:
            if not ledger.may_look(area, window):
                continue
            release = ledger._release(area, window, known)
            if release is not None:
                made = Released(release=release, addresses=area.addresses)
                return replace(ledger, made=(*ledger.made, made)), release
            no = Refused(addresses=area.addresses, window=window)
            ledger = replace(ledger, refused=(*ledger.refused, no))
        return ledger, None

    def may_look(self, area: Area, window: Window) -> bool:
        """Tell whether an answer about an area in a window is safe, whatever was seen there."""
        is_closed = self.closed_before is not None and window.first_day < self.closed_before
        return not is_closed and not any(self._before([area], window)) and self._is_fresh(area, window)

    def forget(self, *, before: date) -> Ledger:
        """Return the ledger without answers about days that all lie before a day; it stays shut for those.

        Examples
        --------
        >>> day = date(2026, 3, 31)
        >>> old = Refused(addresses=frozenset("abc"), window=Window(first_day=day, last_day=day))
        >>> later = Ledger(refused=(old,)).forget(before=date(2026, 5, 1))
        >>> later.refused, later.closed_before
        ((), datetime.date(2026, 5, 1))
        """
        shut = before if self.closed_before is None else max(before, self.closed_before)
        return replace(
            self,
            made=tuple(each for each in self.made if each.release.window.last_day >= shut),
            refused=tuple(each for each in self.refused if each.window.last_day >= shut),
            closed_before=shut,
        )

    def _before(self, areas: Collection[Area], window: Window) -> Iterator[Released]:
        return (made for area in areas for made in reversed(self.made) if made.meets(area, window))

    def _is_fresh(self, area: Area, window: Window) -> bool:
        """Tell whether ten addresses that count have a day in the window of which nobody asked."""
        counted, fresh = area.addresses - self.excluded, set[str]()
        asked = [each for each in self.refused if each.window.meets(window)]
        for day in reversed(window.days()):
            told = (each.addresses for each in asked if each.window.holds(day))
            fresh |= counted.difference(*told)
            if len(fresh) >= LEAST_ADDRESSES:
                return True
        return False

    def _release(self, area: Area, window: Window, signals: Iterable[Located]) -> Release | None:
        counted = area.addresses - self.excluded
        seen = Counter(each.partner for each in signals if each.address in counted and window.holds(each.on))
        if not may_show(seen):
            return None
        return Release(
            width=area.width,
            name=area.name,
            window=window,
            n_addresses=band_count(len(counted)),
            partners={name: band_count(n) for name, n in sorted(seen.items()) if n >= LEAST_EACH},
        )


def may_show(seen: Mapping[str, int]) -> bool:
    """Tell whether counts of signals by partner may be shown in bands.

    Parameters
    ----------
    seen
        By partner, each >= 0.

    Notes
    -----
    At least two partners and five signals, of partners who saw two or more: a single signal neither counts
    nor is told. So even who knows what all others saw cannot tell whether a partner saw one or none, two or
    four.

    Examples
    --------
    >>> may_show({"police": 3, "school": 2}), may_show({"police": 5, "school": 1}), may_show({"police": 9})
    (True, False, False)
    """
    counts = [n for n in seen.values() if n >= LEAST_EACH]
    return len(counts) >= LEAST_PARTNERS and sum(counts) >= LEAST_SIGNALS


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
