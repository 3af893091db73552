# SPDX-License-Identifier: EUPL-1.2
"""What may not come back into a network: whom it erased, and what people objected to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scharnier.apps.tombstones import selectors
from scharnier.core import network, referral
from scharnier.core.kernel import NetworkId

Parts = Mapping[str, Sequence[Any]]  # name of the part of a network -> what a file tells of it
PERSON, TIE, MEMBERSHIP = "person", "tie", "membership"  # kinds of tombstones


def tie_name(source_id: str, target_id: str) -> str:
    """Return what a tombstone calls the ties from one person to another, as the log does."""
    return f"{source_id} {target_id}"


def role_name(value: network.Membership) -> str:
    """Return what a tombstone calls the roles of a person in one party."""
    parties = {
        "organization": value.organization_id,
        "community": value.community_id,
        "resident_group": value.resident_group_id,
    }
    (party,) = (f"{kind} {party_id}" for kind, party_id in parties.items() if party_id)
    return f"{value.person_id} {party}"


def without_objected(told: Parts, *, network_id: NetworkId) -> Parts:
    """Return what a file tells without the ties and roles that somebody objected to."""
    ties = selectors.gone(TIE, network_id=network_id)
    roles = selectors.gone(MEMBERSHIP, network_id=network_id)
    heard = {
        "ties": [tie for tie in told.get("ties", ()) if tie_name(tie.source_id, tie.target_id) not in ties],
        "memberships": [member for member in told.get("memberships", ()) if role_name(member) not in roles],
    }
    return {part: tuple(heard.get(part, items)) for part, items in told.items()}


def outcomes_without_gone(
    outcomes: Iterable[referral.Outcome], *, network_id: NetworkId
) -> Iterator[referral.Outcome]:
    """Yield what was learned of earlier questions, of organizations also where the person is gone."""
    persons = selectors.gone(PERSON, network_id=network_id)
    for outcome in outcomes:
        party = _without(outcome.party, persons)
        if party is not None:
            rather = _without(outcome.rather, persons) if outcome.rather else None
            yield replace(outcome, party=party, rather=rather)


def _without(party: referral.Party, persons: frozenset[str]) -> referral.Party | None:
    """Return a party without a person who is gone; None where nobody is left."""
    if party.person_id not in persons:
        return party
    return replace(party, person_id=None) if party.organization_id else None
