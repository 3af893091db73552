# SPDX-License-Identifier: EUPL-1.2
"""Find the best consented way from who asks to who can take it, over at most two introductions."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scharnier.core.kernel import PersonId
from scharnier.core.network import NetworkIndex, Purpose
from scharnier.core.referral._model import Entry, WayIn

MOST_INTRODUCERS = 2  # longer chains mostly break: J. Travers & S. Milgram (1969), S. Goel et al. (2009)
WEAKEST_WAY = 0.05  # product of tie strengths under which nobody would call it knowing someone
KNOWN, INTRODUCED, CONTACT, FRONT_DOOR = 1.0, 0.95, 0.85, 0.8  # what each entry is worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A chain of ties from the asker to a person."""

    strength: float  # product of the ties' strengths on the day, in (0, 1]
    introducers: tuple[PersonId, ...]  # in order, at most two
    since: date  # the oldest observation on the way


def find_routes(index: NetworkIndex, asker_id: PersonId, *, on: date) -> Mapping[PersonId, Route]:
    """Return the strongest route from a person to everyone within two introductions.

    Parameters
    ----------
    index
        The network; its ties are used in both directions.
    asker_id
        Who asks; someone outside the network reaches nobody.
    on
        The day on which ties and consents count.

    Returns
    -------
    mapping of PersonId to Route
        Without the asker. Every introducer consents to introducing on the day.

    Notes
    -----
    Dijkstra's algorithm on minus log strength, with the number of ties as second state [1]_; routes weaker
    than 0.05 are dropped. O(3 e log e) for the e ties within reach.

    References
    ----------
    .. [1] E. W. Dijkstra (1959), Numerische Mathematik 1, 269-271.

    Examples
    --------
    >>> from scharnier.core import network
    >>> from scharnier.core.kernel import NetworkId
    >>> ann, bob = (network.Person(id=PersonId(name), name=name) for name in ("ann", "bob"))
    >>> tie = network.Tie(source_id=ann.id, target_id=bob.id, observed_date=date(2026, 1, 1))
    >>> net = network.Network(id=NetworkId("n"), name="N", persons=(ann, bob), ties=(tie,))
    >>> find_routes(network.index_network(net), ann.id, on=date(2026, 1, 1))["bob"].strength
    1.0
    """
    routes: dict[PersonId, Route] = {}
    settled: set[tuple[PersonId, int]] = set()
    queue: list[tuple[float, int, tuple[PersonId, ...], date]] = [(0.0, 0, (asker_id,), date.max)]
    while queue:
        cost, n_ties, path, since = heapq.heappop(queue)
        if (path[-1], n_ties) in settled:
            continue
        settled.add((path[-1], n_ties))
        if n_ties and path[-1] not in routes:
            routes[path[-1]] = Route(strength=math.exp(-cost), introducers=path[1:-1], since=since)
        if n_ties <= MOST_INTRODUCERS and (not n_ties or _introduces(index, path[-1], on=on)):
            for person_id, (strength, observed) in _reach(index, path[-1], on=on).items():
                farther = cost - math.log(strength)
                if person_id not in path and math.exp(-farther) >= WEAKEST_WAY:
                    step = (farther, n_ties + 1, (*path, person_id), min(since, observed))
                    heapq.heappush(queue, step)
    return routes


def _introduces(index: NetworkIndex, person_id: PersonId, *, on: date) -> bool:
    return index.persons[person_id].consents_to(Purpose.INTRODUCTION, on=on)


def _reach(index: NetworkIndex, person_id: PersonId, *, on: date) -> Mapping[PersonId, tuple[float, date]]:
    """Return the strongest tie on a day, either way, with each neighbour; the latest of equally strong."""
    found: defaultdict[PersonId, tuple[float, date]] = defaultdict(lambda: (0.0, date.max))
    for tie in index.ties_of.get(person_id, ()):
        other = tie.target_id if tie.source_id == person_id else tie.source_id
        found[other] = max(found[other], (tie.strength_on(on), tie.observed_date))
    return {other: known for other, known in found.items() if known[0] > 0}


def way_in_to_person(
    index: NetworkIndex,
    person_id: PersonId,
    *,
    asker_id: PersonId | None,
    routes: Mapping[PersonId, Route],
    on: date,
) -> WayIn:
    """Return the best way to a person: known, introduced, open contact, or the organization's front door.

    Notes
    -----
    Worth 1 for oneself and from 0.95 to 1 by strength for someone known; 0.85 to 0.95 when introduced;
    0.85 with open contact details; 0.8 through the front door.
    """
    if person_id == asker_id:
        return WayIn(score=KNOWN, entry=Entry.SELF)
    route = routes.get(person_id)
    if route is not None:
        entry = Entry.INTRODUCED if route.introducers else Entry.KNOWN
        best, worst = (INTRODUCED, CONTACT) if route.introducers else (KNOWN, INTRODUCED)
        score = worst + (best - worst) * route.strength
        return WayIn(score=score, entry=entry, introducers=route.introducers, since=route.since)
    if index.persons[person_id].consents_to(Purpose.CONTACT, on=on):
        return WayIn(score=CONTACT, entry=Entry.CONTACT)
    return front_door()


def front_door() -> WayIn:
    """Return the way everyone has: the organization itself.

    Examples
    --------
    >>> front_door().entry.value
    'front_door'
    """
    return WayIn(score=FRONT_DOOR, entry=Entry.FRONT_DOOR)
