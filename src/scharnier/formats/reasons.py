# SPDX-License-Identifier: EUPL-1.2
"""Say a suggestion in words: who can take it, why, and how to get there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from scharnier.core import network, referral
from scharnier.core.kernel import TopicId
from scharnier.formats.wording import Language, say_day

MOST_NAMED = 2  # topics and services in one breath
DAYS_OF_YEAR = 365

_ACCEPTING = {
    network.Accepting.YES: "accepting_yes",
    network.Accepting.LIMITED: "accepting_limited",
    network.Accepting.UNKNOWN: "accepting_unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidSuggestion:
    """A suggestion as sentences."""

    name: str  # of the party
    capacity: str  # role or organization, may be empty
    because: str  # the sentence "… can take this, because …"
    reasons: tuple[str, ...]  # the four parts, one sentence a fact
    way_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Says suggestions of one network in one language."""

    index: network.NetworkIndex
    topics: Mapping[TopicId, network.Topic]
    language: Language

    def say_suggestion(self, suggestion: referral.Suggestion) -> SaidSuggestion:
        """Return a suggestion in words.

        Raises
        ------
        KeyError
            When the suggestion speaks of a part or topic that the network and thesaurus do not hold.
        """
        name, capacity = self.say_party(suggestion.party), self._capacity(suggestion)
        who = f"{name} ({capacity})" if capacity else name
        is_asker = suggestion.way_in.entry is referral.Entry.SELF
        takes = "can_take_it_yourself" if is_asker else "can_take_it"
        return SaidSuggestion(
            name=name,
            capacity=capacity,
            because=self._say(takes, who=who, because=self._because(suggestion.expertise)),
            reasons=(
                *self._expertise(suggestion.expertise),
                *self._mandate(suggestion.mandate),
                *self._room(suggestion.room),
            ),
            way_in=self._way_in(suggestion),
        )

    def say_party(self, party: referral.Party) -> str:
        """Return the name of a party."""
        if party.person_id is not None:
            return self.index.persons[party.person_id].name
        return self.index.organizations[party.organization_id].name if party.organization_id else ""

    def say_topics(self, topic_ids: Iterable[TopicId]) -> list[str]:
        """Return the names of topics, each once."""
        return list(dict.fromkeys(self.topics[topic_id].name(self.language) for topic_id in topic_ids))

    def _say(self, key: str, **facts: str) -> str:
        return _sentences()[key][self.language].format(**facts)

    def _list(self, words: Sequence[str]) -> str:
        """Join names; a comma before the last keeps names apart that hold an "and" themselves."""
        last = {"nl": "en", "en": "and"}[self.language]
        comma = "," if any(f" {last} " in word for word in words) else ""
        return f"{comma} {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))

    def _capacity(self, suggestion: referral.Suggestion) -> str:
        if suggestion.party.person_id is None:
            return ""
        party, where = suggestion.party, ""
        if party.organization_id is not None:
            where = self.index.organizations[party.organization_id].name
        elif party.community_id is not None:
            where = self.index.communities[party.community_id].name
        return ", ".join(filter(None, (suggestion.mandate.role, where)))

    def _service_names(self, expertise: referral.Expertise) -> list[str]:
        names = (self.index.services[service_id].name for service_id in expertise.service_ids)
        return list(dict.fromkeys(names))

    def _because(self, expertise: referral.Expertise) -> str:
        topics = self.say_topics(expertise.topics)[:MOST_NAMED]
        if topics:
            key = "because_one_topic" if len(topics) == 1 else "because_topics"
            return self._say(key, topics=self._list(topics))
        services = self._service_names(expertise)[:MOST_NAMED]
        if services:
            return self._say("because_service", services=self._list(services))
        if expertise.n_similar:
            return self._say("because_similar")
        if expertise.words:
            return self._say("because_words", words=self._list(expertise.words))
        return self._say("because_alike")

    def _expertise(self, expertise: referral.Expertise) -> Iterator[str]:
        topics, services = self.say_topics(expertise.topics), self._service_names(expertise)
        if topics:
            yield self._say("topics", topics=self._list(topics))
        if services:
            yield self._say("services", services=self._list(services))
        if expertise.words:
            yield self._say("words", words=self._list(expertise.words))
        if expertise.n_similar:
            key = "similar_one" if expertise.n_similar == 1 else "similar"
            yield self._say(key, count=str(expertise.n_similar))

    def _mandate(self, mandate: referral.Mandate) -> Iterator[str]:
        if mandate.role and mandate.organization_id is not None:
            name = self.index.organizations[mandate.organization_id].name
            yield self._say("role_at", role=mandate.role, organization=name)
        elif mandate.role:
            yield self._say("role", role=mandate.role)
        if mandate.cover is referral.Cover.EVERYWHERE:
            yield self._say("works_everywhere")
        elif mandate.area_ids:
            areas = [self.index.areas[area_id].name for area_id in mandate.area_ids]
            yield self._say("works_here", areas=self._list(areas))

    def _room(self, room: referral.Room) -> Iterator[str]:
        key = _ACCEPTING[room.accepting]
        if room.until is None or room.accepting is network.Accepting.UNKNOWN:
            yield self._say(key)
        else:
            yield self._say(f"{key}_until", until=say_day(room.until, language=self.language))
        n_years = (room.n_days_since_checked or 0) // DAYS_OF_YEAR
        if n_years:
            yield self._say("unchecked_one" if n_years == 1 else "unchecked", years=str(n_years))

    def _way_in(self, suggestion: referral.Suggestion) -> str:
        way_in, name = suggestion.way_in, self.say_party(suggestion.party)
        introducers = [self.index.persons[person_id].name for person_id in way_in.introducers]
        if len(introducers) > 1:
            return self._say("in_introduced_twice", first=introducers[0], second=introducers[1], name=name)
        if introducers:
            return self._say("in_introduced", first=introducers[0], name=name)
        if way_in.entry is referral.Entry.FRONT_DOOR:
            return self._front_door(suggestion.party)
        return self._say(f"in_{way_in.entry.value}")

    def _front_door(self, party: referral.Party) -> str:
        if party.person_id is None:
            return self._say("in_their_door")
        if party.organization_id is None:
            return self._say("in_coordinator")
        return self._say("in_front_door", organization=self.index.organizations[party.organization_id].name)


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("scharnier.formats").joinpath("data", "reasons.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
