# SPDX-License-Identifier: EUPL-1.2
"""The people of Kruisveld who are drawn: a role and a sentence from the sources, the rest by chance."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scharnier.core.kernel import CommunityId, OrganizationId, PersonId, ResidentGroupId
from scharnier.core.network import Accepting, Availability, Consent, Membership, Person, Purpose
from scharnier.example._bodies import area_ids, topic_ids
from scharnier.example._chance import chance, happens, some_day
from scharnier.example._people import email_of
from scharnier.example._records import Kind, Lists, NameList, Role, read_names, read_roles
from scharnier.example._values import KRUISVELD_DAY

TWO_YEARS, THREE_YEARS = 730, 1095  # days
ACCEPTING = (Accepting.YES,) * 6 + (Accepting.LIMITED,) * 2 + (Accepting.NO, Accepting.UNKNOWN)
CAPACITY: Mapping[Kind, tuple[int, int]] = {
    "professional": (6, 16),
    "volunteer": (2, 5),
    "entrepreneur": (1, 4),
    "resident": (1, 3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Somebody who is drawn, with the role it was drawn for."""

    person: Person
    role: Role


def draw_neighbours(lists: Lists, *, seed: int) -> tuple[Neighbour, ...]:
    """Return one person for each sentence in the roles."""
    rng = chance(seed, "people")
    sayings = [(role, said) for role in read_roles() for said in role.says]
    names = _draw_names(read_names(), len(sayings), rng)
    return tuple(
        Neighbour(person=_draw_person(name, role, said, lists=lists, rng=rng), role=role)
        for name, (role, said) in zip(names, sayings, strict=True)
    )


def to_memberships(neighbours: Sequence[Neighbour], *, seed: int) -> Iterator[Membership]:
    """Yield the roles of people who are drawn, begun on a day by chance."""
    rng = chance(seed, "memberships")
    for neighbour in neighbours:
        yield from _memberships(neighbour.person.id, neighbour.role, some_day(rng, within=8 * 365))


def _draw_names(lists: Sequence[NameList], n_names: int, rng: Random) -> list[tuple[str, str]]:
    """Return names with the languages of the family; each given name once."""
    given = [(name, each) for each in lists for name in each.given]
    return [
        (f"{name} {rng.choice(each.family)}", each.languages) for name, each in rng.sample(given, n_names)
    ]


def _draw_person(name: tuple[str, str], role: Role, said: str, *, lists: Lists, rng: Random) -> Person:
    full_name, languages = name
    person_id = _identifier(full_name)
    return Person(
        id=PersonId(person_id),
        name=full_name,
        summary=said,
        competences=role.competences,
        topics=topic_ids(role.topics),
        area_ids=area_ids(role.areas),
        languages=frozenset(languages.split()),
        email=email_of(person_id, role.organization if role.ended is None else None),
        reach=rng.choice(lists.reach[role.kind]),
        availability=_draw_availability(role.kind, rng),
        consents=tuple(_draw_consents(lists.consents[role.kind], rng)),
    )


def _identifier(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")


def _draw_availability(kind: Kind, rng: Random) -> Availability:
    capacity = rng.randint(*CAPACITY[kind])
    accepting = rng.choice(ACCEPTING)
    is_dated = accepting is not Accepting.UNKNOWN and happens(rng, 60)
    return Availability(
        accepting=accepting,
        until=KRUISVELD_DAY + timedelta(days=rng.randint(-20, 90)) if is_dated else None,
        open_requests=capacity if happens(rng, 8) else rng.randrange(capacity),
        capacity=capacity,
        last_active_date=some_day(rng, within=400, skew=3),
    )


def _draw_consents(chances: Mapping[str, int], rng: Random) -> Iterator[Consent]:
    given = some_day(rng, within=THREE_YEARS)
    ends = given + timedelta(days=TWO_YEARS) if happens(rng, 60) else None
    for purpose in Purpose:
        if happens(rng, chances[purpose]):
            yield Consent(purpose=purpose, given_date=given, end_date=ends)


def _memberships(person_id: PersonId, role: Role, begun: date) -> Iterator[Membership]:
    if role.organization:
        yield Membership(
            person_id=person_id,
            organization_id=OrganizationId(role.organization),
            role=role.role,
            start_date=role.begun or begun,
            end_date=role.ended,
            successor_id=PersonId(role.successor) if role.successor else None,
        )
    if role.community:
        community_role = "" if role.organization else role.role
        yield Membership(
            person_id=person_id,
            community_id=CommunityId(role.community),
            role=community_role,
            start_date=begun,
        )
    if role.group:
        yield Membership(person_id=person_id, resident_group_id=ResidentGroupId(role.group), start_date=begun)
