# SPDX-License-Identifier: EUPL-1.2
"""Put Kruisveld together from its sources and a seed."""

from __future__ import annotations

from functools import lru_cache

from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.network import Network, index_network
from scharnier.example import _asking, _bodies, _neighbours, _people, _places, _signals, _ties
from scharnier.example._records import read_lists, read_source
from scharnier.example._values import Account, Example, Signal
from scharnier.formats import skos


@lru_cache(maxsize=2)
def load_kruisveld(seed: int = 1) -> Example:
    """Return the example neighbourhood; the same seed gives an equal value.

    Examples
    --------
    >>> len(load_kruisveld().network.organizations)
    45
    """
    found = _network(seed)
    signals = _draw_signals(found, seed=seed)
    return Example(
        network=found, signals=signals, outcomes=_asking.to_outcomes(signals), accounts=_accounts()
    )


def _network(seed: int) -> Network:
    cards = _people.read_cards()
    drawn = _neighbours.draw_neighbours(read_lists(), seed=seed)
    persons = (*map(_people.to_person, cards), *(each.person for each in drawn))
    memberships = (*_people.to_memberships(cards), *_neighbours.to_memberships(drawn, seed=seed))
    return Network(
        id=NetworkId("kruisveld"),
        name="Kruisveld",
        language="nl",
        areas=_places.read_areas(),
        locations=_places.read_locations(),
        topics=skos.load_thesaurus(),
        organizations=_bodies.read_organizations(),
        services=_bodies.read_services(),
        communities=_bodies.read_communities(),
        resident_groups=_bodies.read_resident_groups(),
        persons=persons,
        memberships=memberships,
        ties=_ties.draw_ties(persons, memberships, seed=seed),
    )


def _draw_signals(found: Network, *, seed: int) -> tuple[Signal, ...]:
    index = index_network(found)
    return _asking.ask_around(_signals.draw_reports(index, seed=seed), index, seed=seed)


def _accounts() -> tuple[Account, ...]:
    return tuple(
        Account(login=account.login, person_id=PersonId(account.person), role=Role(account.role))
        for account in read_source("accounts.toml").account
    )
