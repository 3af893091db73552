# SPDX-License-Identifier: EUPL-1.2
"""The signals of Kruisveld as people tell them, with what several partners meet at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians
from random import Random

from scharnier.core.kernel import AreaId, OrganizationId, PersonId, TopicId
from scharnier.core.network import NetworkIndex, index_network
from scharnier.example._chance import chance
from scharnier.example._kruisveld import load_kruisveld
from scharnier.example._records import read_planted, read_rows
from scharnier.example._values import KRUISVELD_DAY, Signal

DEGREE_M = 111_195.0  # of latitude
ALONG_M, AT_HAND_M = 120.0, 25.0  # how far from the middle of a street things are met; of what is planted

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A signal as a person tells it."""

    id: str
    text: str
    date: date
    person_id: PersonId
    organization_id: OrganizationId | None  # for which; None: for oneself
    area_id: AreaId
    spot: Pair | None  # longitude and latitude; None: no more than the area is known
    topic_ids: tuple[TopicId, ...]


def load_told(seed: int = 1) -> tuple[Told, ...]:
    """Return the 300 signals, and what several partners met at once, by date.

    Examples
    --------
    >>> len(load_told()) > len(load_kruisveld().signals)
    True
    """
    whole = load_kruisveld(seed)
    index, middles, rng = index_network(whole.network), read_streets(), chance(seed, "spots")
    drawn = [_told(signal, index=index, middles=middles, rng=rng) for signal in whole.signals]
    return tuple(
        sorted(
            (*drawn, *_planted(index, middles, rng, begin=len(drawn) + 1)),
            key=lambda told: (told.date, told.id),
        )
    )


def read_streets() -> Mapping[AreaId, Pair]:
    """Return longitude and latitude of the middle of each street; streets have no outline."""
    return {
        AreaId(row["area"]): (float(row["longitude"]), float(row["latitude"]))
        for row in read_rows("streets.csv")
    }


def _told(signal: Signal, *, index: NetworkIndex, middles: Mapping[AreaId, Pair], rng: Random) -> Told:
    middle = middles.get(signal.area_id)
    return Told(
        id=signal.id,
        text=signal.text,
        date=signal.date,
        person_id=signal.reporter_id,
        organization_id=_works_for(signal.reporter_id, on=signal.date, index=index),
        area_id=signal.area_id,
        spot=_near(middle, rng, within_m=ALONG_M) if middle else None,
        topic_ids=signal.topic_ids,
    )


def _planted(
    index: NetworkIndex, middles: Mapping[AreaId, Pair], rng: Random, *, begin: int
) -> Iterator[Told]:
    times = [(planted, ago) for planted in read_planted() for ago in planted.ago]
    for number, (planted, ago) in enumerate(times, start=begin):
        day, area_id = KRUISVELD_DAY - timedelta(days=ago), AreaId(planted.area)
        yield Told(
            id=f"signal-{number:03}",
            text=planted.text,
            date=day,
            person_id=PersonId(planted.by),
            organization_id=_works_for(PersonId(planted.by), on=day, index=index),
            area_id=area_id,
            spot=_near(middles[area_id], rng, within_m=AT_HAND_M),
            topic_ids=tuple(map(TopicId, planted.topics.split())),
        )


def _works_for(person_id: PersonId, *, on: date, index: NetworkIndex) -> OrganizationId | None:
    """Return the organization that somebody speaks for on a day; who is only a resident tells for oneself."""
    held = (member for member in index.memberships_of[person_id] if member.holds_on(on))
    return next((member.organization_id for member in held if member.organization_id is not None), None)


def _near(middle: Pair, rng: Random, *, within_m: float) -> Pair:
    east, north = (rng.uniform(-within_m, within_m) / DEGREE_M for _ in range(2))
    longitude, latitude = middle
    return round(longitude + east / cos(radians(latitude)), 6), round(latitude + north, 6)
