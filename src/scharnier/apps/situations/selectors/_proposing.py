# SPDX-License-Identifier: EUPL-1.2
"""Whom to invite to a situation: organizations with the reasons for each, in words that give nothing away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scharnier.apps.people import access as people
from scharnier.apps.people import rows as people_rows
from scharnier.apps.people import selectors as names
from scharnier.apps.situations.selectors._seen import Seen
from scharnier.core import situations
from scharnier.core.kernel import AreaId, OrganizationId, PersonId, TopicId
from scharnier.core.network import Consent, Purpose
from scharnier.core.situations import Weight

OPEN = (
    situations.InvitationState.INVITED,
    situations.InvitationState.ACCEPTED,
    situations.InvitationState.LAPSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedLine:
    """An organization to invite, with the reasons that hold."""

    id: OrganizationId
    name: str
    weight: Weight | None
    topics: tuple[str, ...]
    works_here: bool
    hinges: tuple[str, ...]  # names of people who agreed to be named


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Whom to invite: who is proposed, and everybody else."""

    proposed: tuple[ProposedLine, ...]
    others: tuple[tuple[str, str], ...]  # identifier and name


def propose_partners(seen: Seen, *, on: date, language: str) -> Proposal:
    """Return whom to invite to a situation, as far as the reader may know of them."""
    actor, value = seen.actor, seen.value
    found = {row.text_id: row for row in people.organizations(actor).select_related("parent")}
    taken = {each.organization_id for each in value.invitations if each.state in OPEN}
    taken |= {value.owner_id} if value.owner_id else set()
    partners = situations.propose_coalition(
        _matter(seen),
        map(people_rows.organization_value, found.values()),
        _hinges(seen, on=on),
        on=on,
        excluded=taken,
    )
    persons = dict(people.persons(actor, on=on).values_list("text_id", "name"))
    topics = dict(names.topic_choices(_all(partners), actor=actor, language=language))
    lines = tuple(
        ProposedLine(
            id=each.organization_id,
            name=found[each.organization_id].name,
            weight=each.weight,
            topics=tuple(topics[topic] for topic in sorted(each.topics) if topic in topics),
            works_here=each.works_here and bool(value.area_ids),
            hinges=tuple(persons[person] for person in each.hinge_ids if person in persons),
        )
        for each in partners
    )
    proposed = {line.id for line in lines} | taken
    others = tuple((key, row.name) for key, row in found.items() if OrganizationId(key) not in proposed)
    return Proposal(proposed=lines, others=others)


def leaders(seen: Seen, *, on: date) -> tuple[tuple[str, str], ...]:
    """Return who can lead: people with a role in an organization that said yes, or in one's own."""
    actor, value = seen.actor, seen.value
    wanted = set(value.coalition)
    if value.owner_id is None:
        wanted |= seen.partners & actor.acts_for
    roles = people.memberships(actor, on=on).filter(
        organization__text_id__in=sorted(wanted), is_confirmed=True
    )
    listed = roles.select_related("organization", "person").order_by("organization__name", "person__name")
    current = [
        row
        for row in listed
        if (row.start_date is None or row.start_date <= on) and (row.end_date is None or row.end_date >= on)
    ]
    pairs = {
        f"{row.organization.text_id}:{row.person.text_id}": f"{row.person.name} ({row.organization.name})"
        for row in current
        if row.organization is not None
    }
    return tuple(pairs.items())


def _matter(seen: Seen) -> situations.Matter:
    return situations.Matter(
        topics=_with_broader(seen), area_ids=_with_around(seen), shares=dict(_shares(seen))
    )


def _shares(seen: Seen) -> Iterator[tuple[OrganizationId, float]]:
    for each in seen.row.bundle.all():
        yield OrganizationId(each.organization.text_id), each.share


def _with_broader(seen: Seen) -> frozenset[TopicId]:
    broader = dict(people.topics(seen.actor).values_list("text_id", "broader_ids"))
    found: set[str] = set()
    waiting = list(seen.value.topics)
    while waiting:
        topic_id = waiting.pop()
        if topic_id not in found:
            found.add(topic_id)
            waiting.extend(broader.get(topic_id, ()))
    return frozenset(map(TopicId, found))


def _with_around(seen: Seen) -> frozenset[AreaId]:
    """Return the areas of a situation with those they lie in and those that lie in them."""
    within = dict(people.areas(seen.actor).values_list("text_id", "parent__text_id"))
    found = set(seen.value.area_ids)
    for area_id in seen.value.area_ids:
        parent = within.get(area_id)
        while parent is not None and parent not in found:
            found.add(AreaId(parent))
            parent = within.get(parent)
    found |= {AreaId(each) for each, parent in within.items() if parent in seen.value.area_ids}
    return frozenset(found)


def _hinges(seen: Seen, *, on: date) -> Iterator[situations.Hinge]:
    """Yield the contacts of the reader with the organizations they join, by a role or a contact of their own.

    Nobody else: who does not know the reader would be a name in a list.
    """
    actor = seen.actor
    ties = list(people.ties(actor, on=on).values_list("source__text_id", "target__text_id"))
    known = {other for pair in ties if actor.person_id in pair for other in pair} - {actor.person_id}
    roles = people.memberships(actor, on=on).filter(organization__isnull=False)
    of_person: defaultdict[str, set[str]] = defaultdict(set)
    for person, organization in roles.values_list("person__text_id", "organization__text_id"):
        of_person[person].add(organization)
    joined = {person: set(of_person.get(person, ())) for person in known}
    for pair in ties:
        for person, other in (pair, pair[::-1]):
            if person in known:
                joined[person] |= of_person.get(other, set())
    consents = _consents(seen, known, on=on)
    for person in sorted(joined):
        yield situations.Hinge(
            person_id=PersonId(person),
            organization_ids=frozenset(map(OrganizationId, joined[person])),
            consents=consents.get(person, ()),
        )


def _consents(seen: Seen, known: Collection[str], *, on: date) -> Mapping[str, tuple[Consent, ...]]:
    found: defaultdict[str, list[Consent]] = defaultdict(list)
    persons = people.persons(seen.actor, on=on).filter(text_id__in=sorted(known))
    given = persons.values_list("text_id", "consents__purpose", "consents__given_date", "consents__end_date")
    for person, purpose, given_date, end_date in given:
        if purpose is not None:
            found[person].append(Consent(purpose=Purpose(purpose), given_date=given_date, end_date=end_date))
    return {person: tuple(consents) for person, consents in found.items()}


def _all(partners: tuple[situations.ProposedPartner, ...]) -> frozenset[TopicId]:
    return frozenset(topic for each in partners for topic in each.topics)
