# SPDX-License-Identifier: EUPL-1.2
"""What a signal leaves for others to count with: who, where about, when, what about; never a word of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scharnier.core.kernel import AreaId, Invalid, OrganizationId, TopicId
from scharnier.core.network import Topic
from scharnier.core.signals._places import CELL_M, Spot, coarsen, measure_distance
from scharnier.core.signals._signals import Signal, SignalState


class NearnessUnclear(Invalid):
    """Near is a distance and a number of days, neither below nought."""

    code = "signals.nearness_unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What counts as the same place and the same time.

    Raises
    ------
    NearnessUnclear
    """

    within_m: float = 500.0  # metres, >= 0
    within_days: int = 28  # >= 0

    def __post_init__(self) -> None:
        if not self.within_m >= 0 or self.within_days < 0:
            raise NearnessUnclear(within_m=self.within_m, within_days=self.within_days)


NEAR = Nearness()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A signal as others may count with it: no text, no author, no address, no seriousness."""

    partner_id: OrganizationId | None  # None: residents, who count as one
    spot: Spot | None  # middle of a square of `CELL_M`; None: only the area is known
    spread_m: float  # how far it may reach, >= 0
    area_id: AreaId | None
    first_day: date
    last_day: date
    kept_until: date
    topics: frozenset[TopicId]


def leave_trace(signal: Signal) -> Trace | None:
    """Return what others may count with of a signal; None once it was withdrawn.

    Parameters
    ----------
    signal
        Of any owner.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, SignalId
    >>> from scharnier.core.signals import Happening, Place, Precision
    >>> lamp = Signal(id=SignalId("1"), network_id=NetworkId("n"), owner_id=OrganizationId("school"),
    ...     text="Lamp stuk", place=Place(precision=Precision.AREA, area_id=AreaId("noord")),
    ...     happened=Happening(on=date(2026, 3, 2)), told_on=date(2026, 3, 2), kept_until=date(2027, 3, 2))
    >>> leave_trace(lamp).area_id
    'noord'
    """
    if signal.state is SignalState.WITHDRAWN:
        return None
    place = signal.place
    return Trace(
        partner_id=signal.owner_id,
        spot=None if place.spot is None else coarsen(place.spot),
        spread_m=max(place.spread_m, CELL_M),
        area_id=place.area_id,
        first_day=signal.happened.first_day,
        last_day=signal.happened.last_day,
        kept_until=signal.kept_until,
        topics=signal.topics,
    )


def index_broader(topics: Iterable[Topic]) -> Mapping[TopicId, frozenset[TopicId]]:
    """Return every topic with itself and all that is broader, as far as the thesaurus goes.

    Parameters
    ----------
    topics
        n topics without circles, as a `Network` has them.

    Returns
    -------
    mapping of TopicId to frozenset of TopicId, shape (n,)

    Notes
    -----
    O(n * depth).

    Examples
    --------
    >>> from scharnier.core.network import Label
    >>> name = (Label(text="afval", language="nl"),)
    >>> waste = Topic(id=TopicId("waste"), labels=name)
    >>> litter = Topic(id=TopicId("litter"), labels=name, broader_ids=frozenset({waste.id}))
    >>> sorted(index_broader([waste, litter])["litter"])
    ['litter', 'waste']
    """
    direct = {topic.id: topic.broader_ids for topic in topics}
    return {topic_id: _climb(topic_id, direct) for topic_id in direct}


def is_alike(
    a: Trace,
    b: Trace,
    *,
    broader: Mapping[TopicId, frozenset[TopicId]] | None = None,
    nearness: Nearness = NEAR,
) -> bool:
    """Tell whether two traces speak of something alike: same matter, place and time.

    Parameters
    ----------
    a, b
        In any order.
    broader
        As `index_broader` gives it; without it only the same topic is the same matter.
    nearness
        What counts as near.

    Notes
    -----
    Matters are the same when a topic of one is, or is broader than, a topic of the other; what has no topic
    is like nothing. Places: at most `within_m` apart, or as far as the least exact of both reaches; with
    no spot on one side, the same area. Times: at most `within_days` between the last day of one and the
    first of the other. O(topics).

    Examples
    --------
    >>> from scharnier.core.signals._examples import BY_LIBRARY, BY_SCHOOL
    >>> is_alike(BY_SCHOOL, BY_LIBRARY)
    True
    """
    return (
        _is_same_matter(a.topics, b.topics, broader or {})
        and _is_same_place(a, b, nearness.within_m)
        and _days_between(a, b) <= nearness.within_days
    )


def _climb(topic_id: TopicId, direct: Mapping[TopicId, frozenset[TopicId]]) -> frozenset[TopicId]:
    found, ahead = set[TopicId](), {topic_id}
    while ahead:
        found |= ahead
        ahead = {above for each in ahead for above in direct.get(each, frozenset())} - found
    return frozenset(found)


def _is_same_matter(
    a: frozenset[TopicId], b: frozenset[TopicId], broader: Mapping[TopicId, frozenset[TopicId]]
) -> bool:
    above_a = a.union(*(broader.get(topic, frozenset()) for topic in a))
    above_b = b.union(*(broader.get(topic, frozenset()) for topic in b))
    return bool(above_a & b or a & above_b)


def _is_same_place(a: Trace, b: Trace, within_m: float) -> bool:
    if a.spot is None or b.spot is None:
        return a.area_id is not None and a.area_id == b.area_id
    return measure_distance(a.spot, b.spot) <= max(within_m, a.spread_m, b.spread_m)


def _days_between(a: Trace, b: Trace) -> int:
    return max((b.first_day - a.last_day).days, (a.first_day - b.last_day).days, 0)
