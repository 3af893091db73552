# SPDX-License-Identifier: EUPL-1.2
"""Put Kruisveld together from its sources and a seed."""

from __future__ import annotations

from functools import lru_cache

from scharnier.core.kernel import NetworkId, PersonId
from scharnier.core.network import Network
from scharnier.example import _bodies, _people, _places, _ties
from scharnier.example._records import read_source
from scharnier.example._values import Account, Example, Role
from scharnier.formats import skos


@lru_cache(maxsize=2)
def load_kruisveld(seed: int = 1) -> Example:
    """Return the example neighbourhood; the same seed gives an equal value.

    Examples
    --------
    >>> len(load_kruisveld().network.organizations)
    45
    """
    return Example(network=_network(seed), signals=(), outcomes=(), accounts=_accounts())


def _network(_seed: int) -> Network:
    cards = _people.read_cards()
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
        persons=tuple(map(_people.to_person, cards)),
        memberships=tuple(_people.to_memberships(cards)),
        ties=_ties.read_ties(),
    )


def _accounts() -> tuple[Account, ...]:
    return tuple(
        Account(login=account.login, person_id=PersonId(account.person), role=Role(account.role))
        for account in read_source("accounts.toml").account
    )
