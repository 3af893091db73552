# SPDX-License-Identifier: EUPL-1.2
"""What people of Kruisveld met in two years: sentences of the sources, with place, day and reporter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from scharnier.core.kernel import AreaId, PersonId, TopicId
from scharnier.core.network import Membership, NetworkIndex
from scharnier.example._chance import chance
from scharnier.example._records import Concern, Place, read_concerns, read_source
from scharnier.example._values import KRUISVELD_DAY, Signal

N_SIGNALS = 300
TWO_YEARS = 730  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A signal that nobody was asked to take yet, with the concern that it speaks of."""

    signal: Signal
    concern: Concern


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    sentence: str
    language: str
    concern: Concern


def draw_reports(index: NetworkIndex, *, seed: int) -> tuple[Report, ...]:
    """Return 300 signals by date, no two of them in the same words."""
    rng = chance(seed, "signals")
    members, places = _members(index), {place.id: place for place in read_source("areas.toml").area}
    drawn: dict[str, Report] = {}
    for saying in _sayings(rng):
        if len(drawn) == N_SIGNALS:
            break
        place = places[rng.choice(saying.concern.areas.split())]
        text = _fill(saying, place, rng)
        if text not in drawn:
            drawn[text] = _draw_report(saying, text, place, members=members, index=index, rng=rng)
    by_date = sorted(drawn.values(), key=lambda report: report.signal.date)
    return tuple(
        replace(report, signal=replace(report.signal, id=f"signal-{number:03}"))
        for number, report in enumerate(by_date, start=1)
    )


def is_reached(index: NetworkIndex, area_ids: frozenset[AreaId], area_id: AreaId) -> bool:
    """Tell whether somebody with these areas meets what happens in an area; without areas, everything."""
    return not area_ids or not area_ids.isdisjoint(index.areas_around(area_id))


def _sayings(rng: Random) -> Sequence[_Saying]:
    """Return the sentences in an order by chance, each as often as its source says."""
    sayings = [
        _Saying(sentence=sentence, language=language, concern=concern)
        for concern in read_concerns()
        for language, sentences in (("nl", concern.says), ("en", concern.english))
        for sentence in sentences
        for _ in range(concern.often)
    ]
    return rng.sample(sayings, len(sayings))


def _fill(saying: _Saying, place: Place, rng: Random) -> str:
    words = {slot: rng.choice(choices) for slot, choices in saying.concern.slots.items()}
    text = saying.sentence.format(place=place.phrase, name=place.name, **words)
    return text[0].upper() + text[1:]


def _draw_report(
    saying: _Saying,
    text: str,
    place: Place,
    *,
    members: Mapping[str, Sequence[Membership]],
    index: NetworkIndex,
    rng: Random,
) -> Report:
    day, area_id = rng.choice(_days(saying.concern)), AreaId(place.id)
    pools = [
        pool
        for body in saying.concern.by.split()
        if (pool := _reporters(members[body], saying.language, index, area_id=area_id, on=day))
    ]
    signal = Signal(
        id="",
        text=text,
        language=saying.language,
        date=day,
        area_id=area_id,
        topic_ids=tuple(map(TopicId, saying.concern.topics.split())),
        reporter_id=rng.choice(rng.choice(pools)),
    )
    return Report(signal=signal, concern=saying.concern)


def _days(concern: Concern) -> list[date]:
    days = (KRUISVELD_DAY - timedelta(days=back) for back in range(1, TWO_YEARS + 1))
    return [
        day
        for day in days
        if (concern.since or day) <= day <= (concern.until or day)
        and (not concern.months or day.month in concern.months)
    ]


def _reporters(
    members: Sequence[Membership], language: str, index: NetworkIndex, *, area_id: AreaId, on: date
) -> list[PersonId]:
    """Return who of a body speaks the language and comes in the area on the day."""
    persons = [index.persons[member.person_id] for member in members if member.holds_on(on)]
    return [
        person.id
        for person in persons
        if language in person.languages and is_reached(index, person.area_ids, area_id)
    ]


def _members(index: NetworkIndex) -> Mapping[str, Sequence[Membership]]:
    """Return who speak for each body; who is in a community for an organization speaks for that one."""
    memberships = index.network.memberships
    working = {member.person_id for member in memberships if member.organization_id is not None}
    found: defaultdict[str, list[Membership]] = defaultdict(list)
    for member in memberships:
        if member.organization_id is not None:
            found[member.organization_id].append(member)
        elif member.person_id not in working:
            found[str(member.community_id or member.resident_group_id)].append(member)
    return found
