# SPDX-License-Identifier: EUPL-1.2
"""What a picture of a network is made of, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.kernel import AreaId, CommunityId, NetworkId, OrganizationId, PersonId, Role, TopicId
from scharnier.core.network import Membership, Tie


class NodeKind(StrEnum):
    """What a point stands for."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COMMUNITY = "community"


class Age(StrEnum):
    """How long ago a tie may have been seen last."""

    HALF_YEAR = "half_year"
    YEAR = "year"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A person, organization or community as one point.

    Examples
    --------
    >>> Node(kind=NodeKind.PERSON, id="ria", name="Ria").key
    'person:ria'
    """

    kind: NodeKind
    id: str
    name: str
    topics: frozenset[TopicId] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()  # empty: everywhere

    @property
    def key(self) -> str:
        """The identifier among nodes of every kind."""
        return f"{self.kind.value}:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What joins two nodes: a tie between persons, or a person's membership."""

    source: str  # key of a person's node
    target: str  # key of a node
    relation: Tie | Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which part of a network somebody wants to see."""

    community_id: CommunityId | None = None  # its members
    organization_id: OrganizationId | None = None  # its people
    topic_id: TopicId | None = None  # who is about it, or about something narrower
    area_id: AreaId | None = None  # who works there, in a part of it or around it
    age: Age = Age.ALL
    with_groups: bool = False  # organizations and communities as well

    @property
    def is_of_a_group(self) -> bool:
        """Tell whether it asks for the people of one organization or community."""
        return self.community_id is not None or self.organization_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """All that decides what somebody sees of a network: who stand at the same one see the same."""

    network_id: NetworkId
    role: Role
    own_id: PersonId | None  # of somebody whom others in that role do not see


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What one person sees of a network: nodes by name, and lines of which both ends are among them."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    n_unlisted: int | None  # persons of the whole network who do not want to be seen; None: not told
