# SPDX-License-Identifier: EUPL-1.2
"""How well referrals go in a network: per topic and area, never per person, and not of fewer than five."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scharnier.apps.referral import access, rows
from scharnier.core import referral
from scharnier.core.kernel import Actor, AreaId, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAdequacy:
    """How well the referrals of a network that are over went."""

    whole: referral.Adequacy | None  # None: there are fewer than five
    by_topic: Mapping[TopicId, referral.Adequacy]
    by_area: Mapping[AreaId, referral.Adequacy]


def read_adequacy(actor: Actor, *, on: date, free_days: Collection[date] = ()) -> NetworkAdequacy:
    """Return how well referrals go in the actor's network.

    Raises
    ------
    MayNotCount
    """
    access.check_may_count(actor, on=on)
    courses = tuple(_courses(actor, free_days=free_days))
    return NetworkAdequacy(
        whole=referral.measure_adequacy(courses),
        by_topic=referral.adequacy_by(courses, lambda course: course.topics),
        by_area=referral.adequacy_by(
            courses, lambda course: () if course.area_id is None else (course.area_id,)
        ),
    )


def _courses(actor: Actor, *, free_days: Collection[date]) -> Iterator[referral.Course]:
    for row in access.over(actor):
        whole = rows.referral_value(row, rows.turns_in_order(row))
        course = referral.course_of(whole, free_days=free_days)
        if course is not None:
            yield course
