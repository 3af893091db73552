# SPDX-License-Identifier: EUPL-1.2
"""Turn a network into candidates and the documents that speak for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scharnier.core.kernel import OrganizationId, PersonId, TopicId
from scharnier.core.network import (
    Membership,
    NetworkIndex,
    Organization,
    Person,
    Purpose,
    Service,
    ServiceStatus,
)
from scharnier.core.referral._lessons import Lesson, lessons_of
from scharnier.core.referral._model import Outcome, Party
from scharnier.core.referral._ranking import Document
from scharnier.core.referral._topics import TopicFinder
from scharnier.core.text import Language, Lexicon, detect_language

OWN = 1.0  # weight of what is said about the candidate itself
OF_COLLEAGUES = 0.4  # weight of a service or remit for the people of its organization
OF_MEMBERS = 0.3  # weight of a card for the person's organization
TOOK_ONE = 0.2  # weight of one problem taken up for who took it: five say as much as a remit
HINT_TOPIC, HINT_BROADER, HINT_NAME = 4.0, 0.25, 0.5  # beside 1 for a word of the need
HINT_ELSE = -0.5  # for a word that no topic is named with: it says little of the matter
ENOUGH_TEXT = 200  # characters that show a language


def person_key(person_id: PersonId) -> str:
    """Return the candidate identifier of a person.

    Examples
    --------
    >>> person_key(PersonId("ria"))
    'person/ria'
    """
    return f"person/{person_id}"


def organization_key(organization_id: OrganizationId) -> str:
    """Return the candidate identifier of an organization.

    Examples
    --------
    >>> organization_key(OrganizationId("library"))
    'organization/library'
    """
    return f"organization/{organization_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Who can be suggested on a day, in what capacity, and what speaks for them."""

    documents: tuple[Document, ...]
    candidates: tuple[str, ...]  # sorted
    parties: Mapping[str, Party]
    roles: Mapping[PersonId, Membership]  # the role a person is suggested in
    topics: Mapping[str, frozenset[TopicId]]  # of each candidate, broader ones included
    services: Mapping[OrganizationId, tuple[Service, ...]]  # active ones


def describe_network(
    index: NetworkIndex,
    outcomes: Sequence[Outcome],
    *,
    finder: TopicFinder,
    lexicon: Lexicon,
    on: date,
) -> Directory:
    """Return the directory of a network on a day: only persons who consent to being listed."""
    return _Description(index=index, finder=finder, lexicon=lexicon, on=on).directory(outcomes)


def describe_outcome(
    outcome: Outcome, *, index: NetworkIndex, finder: TopicFinder, lexicon: Lexicon
) -> Document:
    """Return a problem that a party took as the directory of the network would hold it."""
    return _Description(index=index, finder=finder, lexicon=lexicon, on=outcome.on).outcome(outcome)


def candidate_key(party: Party) -> str:
    """Return the candidate identifier of a party; of a person, whatever stands behind them.

    Examples
    --------
    >>> candidate_key(Party(organization_id=OrganizationId("library")))
    'organization/library'
    """
    if party.person_id is not None:
        return person_key(party.person_id)
    return f"organization/{party.organization_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Description:
    index: NetworkIndex
    finder: TopicFinder
    lexicon: Lexicon
    on: date

    def directory(self, outcomes: Sequence[Outcome]) -> Directory:
        listed = [each for each in self.index.network.persons if self._is_listed(each)]
        roles = {person.id: role for person in listed if (role := self._role(person.id)) is not None}
        parties = {organization_key(each.id): Party(organization_id=each.id) for each in self._organizations}
        parties |= {person_key(person.id): _party(person.id, roles.get(person.id)) for person in listed}
        colleagues = _colleagues(roles.values())
        documents = [
            *(self._organization(each, colleagues) for each in self._organizations),
            *(self._service(each, colleagues) for each in self._services()),
            *(self._card(person, roles.get(person.id)) for person in listed),
            *(self.outcome(each) for each in outcomes if Lesson.TAKES in lessons_of(each)),
        ]
        return Directory(
            documents=tuple(documents),
            candidates=tuple(sorted(parties)),
            parties=parties,
            roles=roles,
            topics=_topics_of(documents),
            services=_active(self._services()),
        )

    @property
    def _organizations(self) -> tuple[Organization, ...]:
        return self.index.network.organizations

    def _services(self) -> Iterator[Service]:
        return (each for each in self.index.network.services if each.status is ServiceStatus.ACTIVE)

    def _is_listed(self, person: Person) -> bool:
        return person.consents_to(Purpose.LISTING, on=self.on)

    def _role(self, person_id: PersonId) -> Membership | None:
        """Return the role that says most about a person: in an organization before a community."""
        current = [role for role in self.index.memberships_of.get(person_id, ()) if role.holds_on(self.on)]
        current.sort(key=_precedence)
        return current[0] if current else None

    def _organization(self, each: Organization, colleagues: Mapping[OrganizationId, list[str]]) -> Document:
        text = f"{each.remit} {each.description}"
        supports = _with_colleagues(each.id, colleagues)
        return self._document(
            text, title=f"{each.name} {each.alternate_name}", topics=each.topics, supports=supports
        )

    def _service(self, each: Service, colleagues: Mapping[OrganizationId, list[str]]) -> Document:
        text = f"{each.description} {each.eligibility} {each.how_to_apply}"
        supports = _with_colleagues(each.organization_id, colleagues)
        title = f"{each.name} {each.alternate_name}"
        document = self._document(text, title=title, topics=each.topics, supports=supports)
        return replace(document, service_id=each.id)

    def _card(self, person: Person, role: Membership | None) -> Document:
        said = (person.summary, *person.competences, role.role if role else "")
        supports = {person_key(person.id): OWN}
        if role is not None and role.organization_id is not None:
            supports[organization_key(role.organization_id)] = OF_MEMBERS
        return self._document(". ".join(said), title="", topics=person.topics, supports=supports)

    def outcome(self, outcome: Outcome) -> Document:
        """Return a problem that a party took, as a document that speaks for it."""
        supports = {}
        if outcome.party.organization_id is not None:
            supports[organization_key(outcome.party.organization_id)] = TOOK_ONE
        if outcome.party.person_id is not None:
            supports = dict.fromkeys(supports, TOOK_ONE * OF_COLLEAGUES)
            supports[person_key(outcome.party.person_id)] = TOOK_ONE
        return self._document(
            outcome.text, title="", topics=outcome.topics, supports=supports, taken_on=outcome.on
        )

    def _document(
        self,
        text: str,
        *,
        title: str,
        topics: frozenset[TopicId],
        supports: Mapping[str, float],
        taken_on: date | None = None,
    ) -> Document:
        default: Language = "en" if self.index.network.language == "en" else "nl"
        whole = f"{title}. {text}"
        language = detect_language(whole[:ENOUGH_TEXT], lexicon=self.lexicon, default=default) or default
        found = self.finder.with_broader((*topics, *self.finder.find(whole, language=language)))
        tags = [self.index.topics[topic_id] for topic_id in sorted(topics & self.index.topics.keys())]
        names = " ".join(
            tag.name(language) for tag in tags if not tag.fields
        )  # the thesaurus says more itself
        return Document(
            text=f"{text} {names}".strip(),
            title=title,
            language=language,
            supports=supports,
            terms=(*topic_terms(topics), *topic_terms(found)),  # a declared topic says it twice
            taken_on=taken_on,
        )


def topic_terms(topic_ids: Iterable[TopicId]) -> tuple[str, ...]:
    """Return topics as terms that no word can be, so that Dutch and English texts meet.

    Examples
    --------
    >>> topic_terms([TopicId("litter")])
    ('topic/litter',)
    """
    return tuple(f"topic/{topic_id}" for topic_id in sorted(topic_ids))


def topic_hints(finder: TopicFinder, topic_ids: Iterable[TopicId], terms: Iterable[str]) -> dict[str, float]:
    """Return weights for the topics of a need, and against its terms that no topic is named with."""
    direct = frozenset(topic_ids)
    hints = {term: HINT_ELSE for term in terms if not finder.names_with(term)}
    hints |= dict.fromkeys(topic_terms(finder.with_broader(direct) - direct), HINT_BROADER)
    hints |= dict.fromkeys(finder.name_terms(direct), HINT_NAME)
    return hints | dict.fromkeys(topic_terms(direct), HINT_TOPIC)


def _party(person_id: PersonId, role: Membership | None) -> Party:
    if role is None:
        return Party(person_id=person_id)
    return Party(person_id=person_id, organization_id=role.organization_id, community_id=role.community_id)


def _precedence(role: Membership) -> tuple[bool, bool, str, str]:
    """Return what sorts roles: in an organization first, then in a community; ties by identifier, role."""
    party_id = role.organization_id or role.community_id or role.resident_group_id or ""
    return role.organization_id is None, role.community_id is None, party_id, role.role


def _colleagues(roles: Iterable[Membership]) -> Mapping[OrganizationId, list[str]]:
    found: defaultdict[OrganizationId, list[str]] = defaultdict(list)
    for role in roles:
        if role.organization_id is not None:
            found[role.organization_id].append(person_key(role.person_id))
    return found


def _with_colleagues(
    organization_id: OrganizationId, colleagues: Mapping[OrganizationId, list[str]]
) -> dict[str, float]:
    supports = {organization_key(organization_id): OWN}
    return supports | dict.fromkeys(colleagues.get(organization_id, ()), OF_COLLEAGUES)


def _active(services: Iterable[Service]) -> Mapping[OrganizationId, tuple[Service, ...]]:
    found: defaultdict[OrganizationId, tuple[Service, ...]] = defaultdict(tuple)
    for service in services:
        found[service.organization_id] += (service,)
    return found


def _topics_of(documents: Iterable[Document]) -> Mapping[str, frozenset[TopicId]]:
    found: defaultdict[str, set[TopicId]] = defaultdict(set)
    for document in documents:
        if document.taken_on is None:
            for candidate in document.supports:
                found[candidate].update(TopicId(term.removeprefix("topic/")) for term in document.terms)
    return {candidate: frozenset(topics) for candidate, topics in found.items()}
