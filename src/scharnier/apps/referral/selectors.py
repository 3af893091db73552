# SPDX-License-Identifier: EUPL-1.2
"""Reads of the referral function: who can take a need, from a matcher kept per revision of the network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from scharnier.apps.people import selectors as people
from scharnier.apps.referral import access
from scharnier.core import network, referral
from scharnier.core import text as language
from scharnier.core.kernel import Actor, NetworkId, PersonId, TopicId
from scharnier.formats import lexicon, skos

MOST_MATCHERS = 8  # networks whose matcher stays in memory, in one process
NOBODY = referral.Answer(language="nl", topics=(), confidence=referral.Confidence.NONE, suggestions=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A network at one revision, with the matcher learned from it."""

    revision: str
    on: date
    index: network.NetworkIndex
    topics: Mapping[TopicId, network.Topic]  # the product's thesaurus and the network's own
    matcher: referral.Matcher | None  # None: nobody in the network can be suggested yet


class MatcherStore:
    """The matchers of this process, one per network, fitted again when the network or the day changed."""

    def __init__(self, *, most: int = MOST_MATCHERS) -> None:
        self._most = most
        self._fitted: dict[NetworkId, Fitted] = {}
        self._lock = Lock()

    def fitted(self, network_id: NetworkId, *, on: date) -> Fitted:
        """Return the matcher of a network as it stands now; one query when nothing changed.

        Raises
        ------
        NetworkNotFound
        """
        revision = people.revision(network_id)
        with self._lock:
            found = self._fitted.pop(network_id, None)
            if found is None or (found.revision, found.on) != (revision, on):
                found = fit(network_id, on=on)
            while len(self._fitted) >= self._most:
                self._fitted.pop(next(iter(self._fitted)))  # the one not asked for longest
            self._fitted[network_id] = found
        return found


STORE = MatcherStore()


def fit(network_id: NetworkId, *, on: date) -> Fitted:
    """Return a matcher learned from everything in a network.

    Raises
    ------
    NetworkNotFound
    """
    snapshot = people.read_snapshot(network_id)
    index = network.index_network(snapshot.network)
    topics = {topic.id: topic for topic in (*skos.load_thesaurus(), *snapshot.network.topics)}
    return Fitted(
        revision=snapshot.revision,
        on=on,
        index=index,
        topics=topics,
        matcher=_matcher(
            index, snapshot.outcomes, topics=tuple(topic for topic in topics.values() if topic.fields), on=on
        ),
    )


def _matcher(
    index: network.NetworkIndex,
    outcomes: tuple[referral.Outcome, ...],
    *,
    topics: tuple[network.Topic, ...],
    on: date,
) -> referral.Matcher | None:
    try:
        return referral.fit_matcher(index, outcomes, topics=topics, lexicon=lexicon.load_lexicon(), on=on)
    except referral.NothingToRank:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer and the network it speaks of."""

    index: network.NetworkIndex
    topics: Mapping[TopicId, network.Topic]
    answer: referral.Answer


def suggest(text: str, *, place: str, actor: Actor, on: date, limit: int) -> Found:
    """Return who can take what is going on at a place; without a place, anywhere.

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
    fitted = STORE.fitted(actor.network_id, on=on)
    need = referral.Need(
        text=text,
        area_id=fitted.index.find_area(place).id if place.strip() else None,
        asker_id=PersonId(actor.person_id),
    )
    answer = NOBODY
    if fitted.matcher is not None:
        answer = referral.suggest_parties(
            fitted.matcher, need, limit=limit, seed=_seed(text, actor=actor, on=on)
        )
    return Found(index=fitted.index, topics=fitted.topics, answer=answer)


def _seed(text: str, *, actor: Actor, on: date) -> int:
    """Return chance that differs by asker, yet gives the same question the same answer all day."""
    told = "\n".join((actor.network_id, actor.person_id, on.isoformat(), text))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8])
