# SPDX-License-Identifier: EUPL-1.2
"""Reads of the referral function: who can take a need, from a matcher kept while it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from scharnier.apps.people import selectors as people
from scharnier.apps.referral import access
from scharnier.apps.referral.learning import Pupil
from scharnier.core import network, referral
from scharnier.core import text as language
from scharnier.core.kernel import Actor, AreaId, PersonId, TopicId
from scharnier.formats import lexicon, skos

MOST_FINDERS = 8  # of networks with topics of their own, in one process
NOBODY = referral.Answer(language="nl", topics=(), confidence=referral.Confidence.NONE, suggestions=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A network as it was read on a day, with the matcher learned from it."""

    on: date
    index: network.NetworkIndex
    topics: Mapping[TopicId, network.Topic]  # the product's thesaurus and the network's own
    pupil: Pupil | None  # None: nobody in the network can be suggested yet


def fit(snapshot: people.Snapshot, on: date) -> Fitted:
    """Return a matcher learned from everything in a network."""
    index = network.index_network(snapshot.network)
    topics = {topic.id: topic for topic in (*skos.load_thesaurus(), *snapshot.network.topics)}
    known = tuple(topic for topic in topics.values() if topic.fields)
    matcher = _matcher(index, snapshot.outcomes, topics=known, on=on)
    pupil = Pupil(matcher=matcher, last_pk=snapshot.last_outcome_pk) if matcher is not None else None
    return Fitted(on=on, index=index, topics=topics, pupil=pupil)


def _matcher(
    index: network.NetworkIndex,
    outcomes: tuple[referral.Outcome, ...],
    *,
    topics: tuple[network.Topic, ...],
    on: date,
) -> referral.Matcher | None:
    words = lexicon.load_lexicon()
    finder = _finder(topics)
    try:
        return referral.fit_matcher(index, outcomes, topics=topics, lexicon=words, on=on, finder=finder)
    except referral.NothingToRank:
        return None


@lru_cache(maxsize=MOST_FINDERS)
def _finder(topics: tuple[network.Topic, ...]) -> referral.TopicFinder:
    """Return what recognises topics: made once, not each time that somebody answered."""
    return referral.TopicFinder(topics, language.Analyzer(lexicon.load_lexicon()))


KEEPER = people.Keeper(fit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer and the network it speaks of."""

    index: network.NetworkIndex
    topics: Mapping[TopicId, network.Topic]
    answer: referral.Answer
    place: referral.PlaceTaken | None  # None: anywhere

    @property
    def area_id(self) -> AreaId | None:
        """Return the area that the answer is about."""
        return self.place.taken.id if self.place else None


def suggest(  # the text, where it is, and who asks when for how many
    text: str, *, place: str, actor: Actor, on: date, limit: int, area_id: AreaId | None = None
) -> Found:
    """Return who can take what is going on at a place; without a place, anywhere.

    Of several places with one name the answer is about the first, and names the others.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound, UnknownLanguage
        When the text cannot be taken; nothing is read then.
    MayNotAsk
    NetworkNotFound
    UnknownPlace
    """
    access.check_may_ask(actor, on=on)
    language.check_input(text)
    kept = KEEPER.read(actor.network_id, on=on)
    fitted = kept.made
    where = referral.take_place(fitted.index, place, area_id=area_id, organization_ids=actor.acts_for)
    need = referral.Need(
        text=text,
        area_id=where.taken.id if where else None,
        asker_id=PersonId(actor.person_id),
    )
    if fitted.pupil is None:
        return Found(index=fitted.index, topics=fitted.topics, answer=NOBODY, place=where)
    matcher = fitted.pupil.matcher
    found = fitted.pupil.find_parties(need, network_id=actor.network_id)
    index = fitted.index if kept.is_current else _renewed(matcher, found, actor=actor, on=on)
    answer = referral.choose_parties(
        matcher, found, index=index, on=on, limit=limit, seed=_seed(text, actor=actor, on=on)
    )
    return Found(index=index, topics=fitted.topics, answer=answer, place=where)


def _renewed(
    matcher: referral.Matcher, found: referral.Findings, *, actor: Actor, on: date
) -> network.NetworkIndex:
    """Return the network with whom the answer may name as they stand now, whatever was read before."""
    among = referral.concerned_persons(matcher, found, on=on)
    standing = people.read_standing(actor.network_id, among=among)
    return network.renew_index(matcher.index, persons=standing.persons, ties=standing.ties, among=among)


def _seed(text: str, *, actor: Actor, on: date) -> int:
    """Return chance that differs by asker, yet gives the same question the same answer all day."""
    told = "\n".join((actor.network_id, actor.person_id, on.isoformat(), text))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8])
