# SPDX-License-Identifier: EUPL-1.2
"""The network of one neighbourhood as one value that hangs together."""

from __future__ import annotations

from dataclasses import dataclass, fields

from scharnier.core.kernel import Invalid, NetworkId
from scharnier.core.network._parties import Community, Organization, Person, ResidentGroup, Service
from scharnier.core.network._places import Area, Location
from scharnier.core.network._problems import Problem, find_problems
from scharnier.core.network._relations import Membership, Tie
from scharnier.core.network._topics import Topic


class InvalidNetwork(Invalid):
    """The parts do not hang together; `problems` names every place."""

    code = "network.invalid_network"

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems=problems)
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything known of one neighbourhood network, each identifier once and every reference answered.

    Raises
    ------
    InvalidNetwork
        With duplicate identifiers, references to nothing, or areas, organizations or topics in a circle.

    Notes
    -----
    Validation is O(size of the network).
    """

    id: NetworkId
    name: str
    language: str = "nl"  # BCP 47 tag of most of its texts
    areas: tuple[Area, ...] = ()
    locations: tuple[Location, ...] = ()
    topics: tuple[Topic, ...] = ()
    organizations: tuple[Organization, ...] = ()
    services: tuple[Service, ...] = ()
    communities: tuple[Community, ...] = ()
    resident_groups: tuple[ResidentGroup, ...] = ()
    persons: tuple[Person, ...] = ()
    memberships: tuple[Membership, ...] = ()
    ties: tuple[Tie, ...] = ()

    def __post_init__(self) -> None:
        parts = {each.name: getattr(self, each.name) for each in fields(self)}
        problems = find_problems(parts)
        if problems:
            raise InvalidNetwork(problems=problems)
