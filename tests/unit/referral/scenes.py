# SPDX-License-Identifier: EUPL-1.2
"""Referral values with sensible defaults, and a neighbourhood small enough to know by heart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from scharnier.core import network, referral, text
from scharnier.core.kernel import OrganizationId, PersonId, ServiceId, TopicId
from scharnier.core.referral._directory import Directory, describe_network
from scharnier.formats import lexicon
from tests.factories import DAY, a_membership, a_network, a_person, a_service, a_topic, an_organization

MATTERS = (
    a_topic("money", nl="geldzaken", en="money matters"),
    a_topic("debts", nl="schulden", en="debts", broader="money"),
    a_topic("litter", nl="zwerfafval", en="litter"),
    a_topic("noise", nl="lawaai", en="noise"),
)


@cache
def analyzer() -> text.Analyzer:
    return text.Analyzer(lexicon.load_lexicon())


def a_party(person: str | None = None, organization: str | None = None) -> referral.Party:
    return referral.Party(
        person_id=None if person is None else PersonId(person),
        organization_id=None if organization is None else OrganizationId(organization),
    )


def an_outcome(
    words: str,
    party: referral.Party,
    *,
    response: referral.Response = referral.Response.COMPLETED,
    reason: referral.Reason | None = None,
    on: date = DAY,
) -> referral.Outcome:
    return referral.Outcome(text=words, party=party, response=response, on=on, reason=reason)


def a_document(
    words: str,
    *supports: str,
    title: str = "",
    on: date | None = None,
    weights: Mapping[str, float] | None = None,
) -> referral.Document:
    return referral.Document(
        text=words,
        title=title,
        language="nl",
        supports=weights or dict.fromkeys(supports, 1.0),
        taken_on=on,
    )


def a_suggestion(
    person: str = "samira",
    *,
    score: float = 1.0,
    topics: str = "",
    room: float = 1.0,
    party: referral.Party | None = None,
) -> referral.Suggestion:
    return referral.Suggestion(
        party=party or a_party(person),
        score=score,
        expertise=referral.Expertise(score=score, topics=tuple(map(TopicId, topics.split()))),
        mandate=referral.Mandate(score=1.0),
        room=referral.Room(score=room),
        way_in=referral.WayIn(score=1.0, entry=referral.Entry.KNOWN),
        propensity=1.0,
    )


def fit(
    whole: network.Network,
    outcomes: Sequence[referral.Outcome] = (),
    *,
    topics: Sequence[network.Topic] = MATTERS,
    on: date = DAY,
    finder: referral.TopicFinder | None = None,
) -> referral.Matcher:
    """Read a network; four matters are quicker to recognise than the whole thesaurus."""
    return referral.fit_matcher(
        network.index_network(whole),
        outcomes,
        topics=topics,
        lexicon=lexicon.load_lexicon(),
        on=on,
        finder=finder,
    )


def ask(
    matcher: referral.Matcher,
    words: str,
    *,
    area: network.Area | None = None,
    asker: str | None = None,
    limit: int = 10,
    seed: int = 0,
) -> referral.Answer:
    need = referral.Need(
        text=words,
        area_id=None if area is None else area.id,
        asker_id=None if asker is None else PersonId(asker),
    )
    return referral.suggest_parties(matcher, need, limit=limit, seed=seed)


def a_finder(topics: Sequence[network.Topic] = MATTERS) -> referral.TopicFinder:
    return referral.TopicFinder(topics, analyzer())


def describe(
    whole: network.Network, outcomes: Sequence[referral.Outcome] = (), *, on: date = DAY
) -> tuple[network.NetworkIndex, Directory]:
    index = network.index_network(whole)
    directory = describe_network(index, outcomes, finder=a_finder(), lexicon=lexicon.load_lexicon(), on=on)
    return index, directory


def names(parties: Iterable[referral.Party]) -> list[str]:
    return [str(party.person_id or party.organization_id) for party in parties]


def names_in(answer: referral.Answer) -> list[str]:
    return names(suggestion.party for suggestion in answer.suggestions)


ORGANIZATIONS = (
    an_organization("schuldhulp", remit="Helpt bij schulden, achterstallige huur en deurwaarders."),
    an_organization("opbouwwerk", remit="Brengt buren bij elkaar, bemiddelt bij ruzie en lawaai."),
    an_organization("reiniging", remit="Haalt zwerfafval op en leegt de containers."),
    an_organization("bibliotheek", remit="Leert lezen, schrijven en werken met de computer."),
)
PERSONS = (
    a_person("samira", summary="Ik loop mee bij schulden en brieven van deurwaarders."),
    a_person("karel", summary="Ik bemiddel bij ruzie tussen buren en lawaai in de nacht."),
    a_person("mo", summary="Ik ruim met buren zwerfafval op."),
)
ROLES = (
    a_membership("samira", organization="schuldhulp", role="schuldhulpmaatje"),
    a_membership("karel", organization="opbouwwerk", role="opbouwwerker"),
    a_membership("mo", community="koor"),
)
SERVICE = ServiceId("spreekuur")


def a_neighbourhood(**parts: object) -> network.Network:
    """Four organizations with a matter each and three people; `parts` replace or add."""
    whole: dict[str, object] = {
        "organizations": ORGANIZATIONS,
        "persons": PERSONS,
        "memberships": ROLES,
        "services": (a_service(organization="schuldhulp", description="Hulp bij schulden."),),
        "communities": (network.Community(id=ROLES[2].community_id, name="Koor"),),
    }
    return a_network(**(whole | parts))


def where(person_id: str, **changes: object) -> network.Network:
    """The neighbourhood with one person changed."""
    persons = [
        replace(each, **changes) if each.id == person_id else each  # type: ignore[arg-type]  # by name
        for each in PERSONS
    ]
    return a_neighbourhood(persons=persons)


def equals(n: int = 2) -> network.Network:
    """So many people who say the same, beside the library."""
    persons = [a_person(f"p{number}", summary="Ik ruim zwerfafval op.") for number in range(n)]
    return a_network(organizations=ORGANIZATIONS[3:], persons=persons)
