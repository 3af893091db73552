# SPDX-License-Identifier: EUPL-1.2
"""What is told of a find besides its release: nothing that does not follow from it, and how rare it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from math import floor, log2
from typing import Final

from scharnier.core.detection import Band, band_count, may_show
from scharnier.core.kernel import NetworkId, TopicId

LEAST_WEEKS: Final = 8.0  # chance gives more often what is no find
MOST_WEEKS: Final = 512.0  # rarer is told as this
LEAST_COUNT: Final = 2  # of a partner that is told of at all
MOST_TOPICS: Final = 3


def choose_seed(network_id: NetworkId, day: date) -> int:
    """Return where chance begins in the scan of a network on a day: the same whenever it is made again.

    Examples
    --------
    >>> choose_seed(NetworkId("kruisveld"), date(2026, 3, 31))
    2552220969
    """
    return int.from_bytes(sha256(f"{network_id} {day.isoformat()}".encode()).digest()[:4])


def coarsen_weeks(weeks: float) -> float:
    """Return how rare a find is in steps that each double, so that no count can be worked back from it.

    Parameters
    ----------
    weeks
        By chance such a find comes once in so many, > 0.

    Returns
    -------
    float
        8, 16, 32 .. 512, never more than `weeks` itself; 0 for less than 8, which is no find.

    Examples
    --------
    >>> [coarsen_weeks(weeks) for weeks in (7.9, 8.0, 31.0, 1e9)]
    [0.0, 8.0, 16.0, 512.0]
    """
    if weeks < LEAST_WEEKS:
        return 0.0
    return min(LEAST_WEEKS * 2.0 ** floor(log2(weeks / LEAST_WEEKS)), MOST_WEEKS)


def share_bands(partners: Mapping[str, Band]) -> Mapping[str, float]:
    """Return each partner's part of what was released, in 0..1; together 1.

    Parameters
    ----------
    partners
        At least one, each with two signals or more.

    Notes
    -----
    By the lowest count of each band, so that a share tells nothing that the bands do not.

    Examples
    --------
    >>> share_bands({"police": band_count(7), "school": band_count(5)})
    {'police': 0.5, 'school': 0.5}
    """
    lowest = {name: max(band.low, LEAST_COUNT) for name, band in partners.items()}
    total = sum(lowest.values())
    return {name: n / total for name, n in lowest.items()}


def choose_topics(seen: Iterable[tuple[str, frozenset[TopicId]]]) -> tuple[TopicId, ...]:
    """Return what a find is about, most often met first: topics that could be shown by themselves.

    Parameters
    ----------
    seen
        Of each signal who met it, and its topics.

    Notes
    -----
    A topic is told by the rule for counts, so that none tells of a single partner or of fewer than five
    signals. The order is that of bands. O(topics of all signals).

    Examples
    --------
    >>> noise = frozenset({TopicId("noise")})
    >>> litter = ("school", frozenset({TopicId("litter")}))
    >>> choose_topics([*[("police", noise)] * 3, *[("school", noise)] * 2, litter])
    ('noise',)
    """
    counts: dict[TopicId, Counter[str]] = defaultdict(Counter)
    for partner, topics in seen:
        for topic in topics:
            counts[topic][partner] += 1
    told = {topic: band_count(found.total()).low for topic, found in counts.items() if may_show(found)}
    return tuple(sorted(told, key=lambda topic: (-told[topic], topic))[:MOST_TOPICS])
