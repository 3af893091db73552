# SPDX-License-Identifier: EUPL-1.2
"""What there is to choose from on the forms of a card."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache

from django.db.models import Q

from scharnier.apps.people import access, competences, languages, rows
from scharnier.core import network, referral, text
from scharnier.core.kernel import Actor, TopicId
from scharnier.formats import lexicon, skos

Choices = tuple[tuple[str, str], ...]  # value and name
MOST_FOUND = 12
LONGEST_SEARCH = 200  # characters
LEAST_SEARCH = 3  # letters from which a part of a word is looked for
COMMON = (
    "nl",
    "en",
    "ar",
    "tr",
    "ber",
    "pl",
    "de",
    "fr",
    "es",
    "pap",
    "srn",
    "so",
    "ti",
    "ku",
    "fa",
    "uk",
    "bg",
)
COMMON_SIGNED = ("dse",)


def area_choices(actor: Actor, *, chosen: Collection[str] = ()) -> Choices:
    """Return the areas of the actor's network: all but streets, and what was chosen before."""
    is_offered = ~Q(kind=network.AreaKind.STREET.value) | Q(text_id__in=sorted(chosen))
    return tuple(access.areas(actor).filter(is_offered).values_list("text_id", "name"))


def waiting_cards(actor: Actor, *, on: date) -> Choices:
    """Return the cards that were made ready and wait for their person, for who may make them ready."""
    return tuple(access.waiting_persons(actor, on=on).values_list("text_id", "name"))


def language_choices(own: Collection[str]) -> Choices:
    """Return the languages spoken most around here, and those that a card has."""
    tags = dict.fromkeys((*COMMON, *COMMON_SIGNED, *sorted(own)))
    named = [(tag, languages.name_languages([tag])[0]) for tag in tags]
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))


def competence_choices(own: Iterable[str], *, language: str) -> Choices:
    """Return the competences of the product's list, and those that a card has."""
    return competences.choose_from(own, language=language)


def topic_choices(topic_ids: Iterable[str], *, actor: Actor, language: str) -> Choices:
    """Return topics with their names, by name; one that nobody knows is left out."""
    wanted = frozenset(topic_ids)
    if not wanted:
        return ()
    of_product = {topic.id: topic for topic in skos.load_thesaurus() if topic.id in wanted}
    rows_found = access.topics(actor).filter(text_id__in=sorted(wanted))
    of_network = {TopicId(row.text_id): rows.topic_value(row) for row in rows_found}
    return _named({**of_product, **of_network}, language=language)


def find_topics(said: str, *, actor: Actor, language: str) -> Choices:
    """Return the topics that everyday words are about: of the network and of the thesaurus, best first."""
    known = {topic.id: topic for topic in skos.load_thesaurus()}
    known |= {TopicId(row.text_id): rows.topic_value(row) for row in access.topics(actor)}
    said = said.strip()[:LONGEST_SEARCH]
    best = (topic_id for topic_id in topics_in(said) if topic_id in known)
    ids = dict.fromkeys((*best, *_labelled(said, known)))
    return tuple((topic_id, known[topic_id].name(language)) for topic_id in list(ids)[:MOST_FOUND])


def party_choices(actor: Actor) -> Mapping[str, Choices]:
    """Return where somebody can belong, by kind."""
    groups = access.resident_groups(actor)
    return {
        "organization": tuple(access.organizations(actor).values_list("text_id", "name")),
        "community": tuple(access.communities(actor).values_list("text_id", "name")),
        "resident_group": tuple(groups.values_list("text_id", "name")),
    }


def topics_in(said: str) -> tuple[TopicId, ...]:
    """Return the topics of the thesaurus that words are about, in either language, best first."""
    said = said.strip()[:LONGEST_SEARCH]
    best = [*_finder().find(said, language="nl"), *_finder().find(said, language="en")] if said else []
    return tuple(dict.fromkeys(best))


@cache
def _finder() -> referral.TopicFinder:
    return referral.TopicFinder(skos.load_thesaurus(), text.Analyzer(lexicon.load_lexicon()))


def _labelled(said: str, known: Mapping[TopicId, network.Topic]) -> Iterable[TopicId]:
    """Return the topics of which a name holds what was said, shortest name first."""
    wanted = said.casefold()
    if len(wanted) < LEAST_SEARCH:
        return ()
    lengths = {
        topic_id: min(len(label.text) for label in topic.labels if wanted in label.text.casefold())
        for topic_id, topic in known.items()
        if any(wanted in label.text.casefold() for label in topic.labels)
    }
    return sorted(lengths, key=lambda topic_id: (lengths[topic_id], topic_id))


def _named(topics: Mapping[TopicId, network.Topic], *, language: str) -> Choices:
    named = [(topic_id, topic.name(language)) for topic_id, topic in topics.items()]
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))
