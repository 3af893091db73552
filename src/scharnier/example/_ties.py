# SPDX-License-Identifier: EUPL-1.2
"""Who can reach whom in Kruisveld: ties written by hand, and drawn ones of colleagues, circles and hinges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations, count
from random import Random

from scharnier.core.kernel import PersonId
from scharnier.core.network import Membership, Person, Tie, TieKind, TieOrigin
from scharnier.example._chance import chance, happens, some_day
from scharnier.example._records import read_rows
from scharnier.example._values import KRUISVELD_DAY

N_TIES = 500
THREE_YEARS = 1095  # days
N_TOGETHER, N_REFERRING = 190, 90  # most ties drawn in a body, and between bodies
HINGES = ("karel", "anneke", "fatma", "hassan", "rachida", "samira", "femke", "wilma")  # know many people
N_OF_HINGE = 8

_Link = tuple[PersonId, PersonId, TieKind]


def read_ties() -> tuple[Tie, ...]:
    """Return the ties written by hand, those of the people everybody knows."""
    return tuple(map(_tie, read_rows("ties.csv")))


def draw_ties(persons: Sequence[Person], memberships: Sequence[Membership], *, seed: int) -> tuple[Tie, ...]:
    """Return the ties written by hand, filled up to 500 by chance."""
    rng = chance(seed, "ties")
    by_hand = read_ties()
    taken = {_pair(tie.source_id, tie.target_id) for tie in by_hand}
    drawn: list[Tie] = []
    for source_id, target_id, kind in _links(persons, memberships, rng):
        if len(by_hand) + len(drawn) == N_TIES:
            break
        if _pair(source_id, target_id) not in taken:
            taken.add(_pair(source_id, target_id))
            drawn.append(_draw_tie(source_id, target_id, kind=kind, rng=rng))
    return (*by_hand, *drawn)


def _links(persons: Sequence[Person], memberships: Sequence[Membership], rng: Random) -> Iterator[_Link]:
    current = [each for each in memberships if each.holds_on(KRUISVELD_DAY)]
    return chain(
        _successions(memberships),
        _of_hinges(persons, rng),
        _sample(_together(current), N_TOGETHER, rng),
        _sample(_referring(persons, current), N_REFERRING, rng),
        _by_chance(persons, rng),
    )


def _successions(memberships: Iterable[Membership]) -> Iterator[_Link]:
    """Yield who went to who took over."""
    for each in memberships:
        if each.successor_id is not None:
            yield each.person_id, each.successor_id, TieKind.TRUSTS


def _of_hinges(persons: Sequence[Person], rng: Random) -> Iterator[_Link]:
    for hinge in HINGES:
        others = [person.id for person in persons if person.id != hinge]
        for other in rng.sample(others, N_OF_HINGE):
            yield PersonId(hinge), other, rng.choice((TieKind.KNOWS, TieKind.TRUSTS))


def _together(memberships: Iterable[Membership]) -> Iterator[_Link]:
    """Yield the pairs within an organization, and within a community."""
    bodies: defaultdict[tuple[str, str], list[PersonId]] = defaultdict(list)
    for each in memberships:
        if each.organization_id is not None:
            bodies["organization", each.organization_id].append(each.person_id)
        elif each.community_id is not None:
            bodies["community", each.community_id].append(each.person_id)
    for (kind, _), members in bodies.items():
        for source_id, target_id in combinations(members, 2):
            yield source_id, target_id, TieKind.WORKS_WITH if kind == "organization" else TieKind.KNOWS


def _referring(persons: Sequence[Person], memberships: Iterable[Membership]) -> Iterator[_Link]:
    """Yield the pairs of different organizations that meet the same matters."""
    bodies = {each.person_id: each.organization_id for each in memberships if each.organization_id}
    working = [person for person in persons if person.id in bodies]
    for one, other in combinations(working, 2):
        if bodies[one.id] != bodies[other.id] and not one.topics.isdisjoint(other.topics):
            yield one.id, other.id, TieKind.REFERS_TO


def _by_chance(persons: Sequence[Person], rng: Random) -> Iterator[_Link]:
    ids = [person.id for person in persons]
    for _ in count():
        source_id, target_id = rng.sample(ids, 2)
        yield source_id, target_id, TieKind.TRUSTS if happens(rng, 40) else TieKind.KNOWS


def _sample(links: Iterable[_Link], n_most: int, rng: Random) -> list[_Link]:
    found = list(links)
    return rng.sample(found, min(n_most, len(found)))


def _pair(source_id: PersonId, target_id: PersonId) -> frozenset[PersonId]:
    return frozenset((source_id, target_id))


def _draw_tie(source_id: PersonId, target_id: PersonId, *, kind: TieKind, rng: Random) -> Tie:
    is_derived = kind is TieKind.WORKS_WITH and happens(rng, 50)
    return Tie(
        source_id=source_id,
        target_id=target_id,
        kind=kind,
        strength=rng.randint(4, 10) / 10,
        observed_date=some_day(rng, within=THREE_YEARS, skew=1.6),
        origin=TieOrigin.DERIVED if is_derived else TieOrigin.DECLARED,
    )


def _tie(row: Mapping[str, str]) -> Tie:
    return Tie(
        source_id=PersonId(row["source"]),
        target_id=PersonId(row["target"]),
        kind=TieKind(row["kind"]),
        strength=float(row["strength"]),
        observed_date=date.fromisoformat(row["date"]),
        origin=TieOrigin(row["origin"]),
    )
