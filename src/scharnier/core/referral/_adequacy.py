# SPDX-License-Identifier: EUPL-1.2
"""How well referrals reached who could take them: per topic and area, never per person."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from scharnier.core.kernel import AreaId, Invalid, TopicId

SMALLEST = 5  # fewer referrals are not told apart: somebody might be recognised

Key = TypeVar("Key", bound=Hashable)


class BadCourse(Invalid):
    """A course asks at least one party, and counts no days or answers below nought."""

    code = "referral.bad_course"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What came of one referral that is over, as far as counting goes.

    Raises
    ------
    BadCourse
    """

    n_asks: int  # parties asked, >= 1
    n_unanswered: int = 0  # of those, 0..n_asks
    days_to_accept: int | None = None  # working days from first asking to acceptance; None: nobody accepted
    has_helped: bool | None = None  # None: nobody told
    topics: frozenset[TopicId] = frozenset()
    area_id: AreaId | None = None

    def __post_init__(self) -> None:
        is_counted = 0 <= self.n_unanswered <= self.n_asks and self.n_asks >= 1
        if not is_counted or (self.days_to_accept is not None and self.days_to_accept < 0):
            raise BadCourse(n_asks=self.n_asks)

    @property
    def is_right_at_once(self) -> bool:
        """Tell whether the first party asked accepted."""
        return self.n_asks == 1 and self.days_to_accept is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adequacy:
    """How well a group of referrals went."""

    n_referrals: int
    right_at_once_share: float  # 0..1, accepted by the first party asked
    mean_asks: float  # parties asked for each referral, >= 1
    accepted_share: float  # 0..1
    median_days_to_accept: float | None  # working days; None: nobody accepted
    unanswered_share: float  # 0..1 of all asks
    helped_share: float | None  # 0..1 of those of which somebody told; None: of fewer than five


def measure_adequacy(courses: Iterable[Course]) -> Adequacy | None:
    """Return how well referrals went; None for fewer than five.

    Examples
    --------
    >>> went = [Course(n_asks=1, days_to_accept=2, has_helped=True)] * 4 + [Course(n_asks=3, n_unanswered=1)]
    >>> found = measure_adequacy(went)
    >>> found.right_at_once_share, found.mean_asks, found.median_days_to_accept, found.helped_share
    (0.8, 1.4, 2.0, None)
    """
    found = list(courses)
    if len(found) < SMALLEST:
        return None
    n_asks = sum(course.n_asks for course in found)
    days = [course.days_to_accept for course in found if course.days_to_accept is not None]
    told = [course.has_helped for course in found if course.has_helped is not None]
    return Adequacy(
        n_referrals=len(found),
        right_at_once_share=sum(course.is_right_at_once for course in found) / len(found),
        mean_asks=n_asks / len(found),
        accepted_share=len(days) / len(found),
        median_days_to_accept=float(median(days)) if days else None,
        unanswered_share=sum(course.n_unanswered for course in found) / n_asks,
        helped_share=sum(told) / len(told) if len(told) >= SMALLEST else None,
    )


def adequacy_by(courses: Iterable[Course], keys: Callable[[Course], Iterable[Key]]) -> Mapping[Key, Adequacy]:
    """Return how well referrals went for each key with at least five of them.

    Parameters
    ----------
    courses
        n referrals that are over.
    keys
        What a referral counts under, such as its topics; never who was asked.

    Examples
    --------
    >>> noise = Course(n_asks=1, days_to_accept=0, topics=frozenset({TopicId("noise")}))
    >>> adequacy_by([noise] * 5, lambda course: course.topics)["noise"].right_at_once_share
    1.0
    """
    grouped: dict[Key, list[Course]] = {}
    for course in courses:
        for key in keys(course):
            grouped.setdefault(key, []).append(course)
    measured = {key: measure_adequacy(group) for key, group in grouped.items()}
    return {key: found for key, found in measured.items() if found is not None}
