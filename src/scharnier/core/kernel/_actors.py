# SPDX-License-Identifier: EUPL-1.2
"""Who acts, in which role, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.kernel._ids import NetworkId, OrganizationId, PersonId


class Role(StrEnum):
    """What somebody is in a network; it decides what they may see and do there."""

    RESIDENT = "resident"
    ENTREPRENEUR = "entrepreneur"
    PROFESSIONAL = "professional"
    COORDINATOR = "coordinator"
    BOARD = "board"
    RESEARCHER = "researcher"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in person of one network.

    Examples
    --------
    >>> samira = PersonId("samira")
    >>> Actor(network_id=NetworkId("kruisveld"), person_id=samira, role=Role.PROFESSIONAL).person_id
    'samira'
    """

    network_id: NetworkId
    person_id: PersonId
    role: Role
    acts_for: frozenset[OrganizationId] = frozenset()  # organizations the person has a role in now
    shared_with_me: frozenset[PersonId] = frozenset()  # whose cards are shared with the person now
