# SPDX-License-Identifier: EUPL-1.2
"""A network made ready to draw on one day: who and what is in it, and where each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from scharnier.core.kernel import AreaId, PersonId
from scharnier.core.network import (
    Community,
    Membership,
    Network,
    NetworkIndex,
    Organization,
    Purpose,
    Tie,
    index_network,
)
from scharnier.core.picture._layout import LayOut, Point, lay_out
from scharnier.core.picture._model import Line, Node, NodeKind, Picture

BENEATH: Point = (0.5, 0.0)  # where the own, unlisted card stands without a tie that can be shown


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Everything of a network that a picture can show, not yet cut down to what one actor may see."""

    index: NetworkIndex
    on: date
    nodes: Mapping[str, Node]  # by key, in order of name
    listed: frozenset[PersonId]  # persons who want to be found on the day
    groups_of: Mapping[str, frozenset[str]]  # key of a person -> keys of organizations and communities
    ties: tuple[Line, ...]  # seen on the day or before, by the names of both ends
    memberships: tuple[Line, ...]  # held on the day, by the names of both ends
    as_read: Scene | None = None  # the same network as it was read before, whose places still hold
    laid_out_by: LayOut = lay_out

    @cached_property
    def places(self) -> Mapping[str, Point]:
        """The place of every node that others may see; nothing of who is unlisted weighs in."""
        if self.as_read is not None:
            return self.as_read.places
        shown = [key for key, node in self.nodes.items() if self.is_open(node)]
        return self.laid_out_by(
            shown, ((line.source, line.target) for line in (*self.ties, *self.memberships))
        )

    def find_places(self) -> None:
        """Find the places now, so that who asks for them later need not wait."""
        _ = self.places

    def is_open(self, node: Node) -> bool:
        """Tell whether a node is no person, or one who wants to be found."""
        return node.kind is not NodeKind.PERSON or node.id in self.listed


def set_scene(network: Network, *, on: date, laid_out_by: LayOut = lay_out) -> Scene:
    """Return a network made ready to draw.

    Parameters
    ----------
    network
        With everybody in it, listed or not.
    on
        The day on which consents, roles and ties count.
    laid_out_by
        What gives every node its place.

    Notes
    -----
    O(size of the network), and the layout at the first asking for a place.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> from scharnier.core.network import Person
    >>> network = Network(id=NetworkId("n"), name="N", persons=(Person(id=PersonId("ria"), name="Ria"),))
    >>> scene = set_scene(network, on=date(2026, 1, 1))
    >>> list(scene.nodes), scene.listed
    (['person:ria'], frozenset())
    """
    index = index_network(network)
    held = [member for member in network.memberships if member.holds_on(on) and _group_key(member)]
    found = {node.key: node for node in _nodes(index, held)}
    nodes = dict(sorted(found.items(), key=lambda item: _by_name(item[1])))
    place = {key: number for number, key in enumerate(nodes)}
    ties = (
        Line(source=_person_key(tie.source_id), target=_person_key(tie.target_id), relation=tie)
        for tie in network.ties
        if tie.observed_date <= on
    )
    members = (
        Line(source=_person_key(member.person_id), target=_group_key(member), relation=member)
        for member in held
    )
    return Scene(
        index=index,
        on=on,
        nodes=nodes,
        listed=frozenset(each.id for each in network.persons if each.consents_to(Purpose.LISTING, on=on)),
        groups_of=_groups(held),
        ties=_in_order(ties, place=place),
        memberships=_in_order(members, place=place),
        laid_out_by=laid_out_by,
    )


def renew_scene(
    scene: Scene, *, listed: frozenset[PersonId], ties: Collection[tuple[str, str, str]], on: date
) -> Scene:
    """Return a scene with who may be seen as it stands now; everybody else stays where they stand.

    Parameters
    ----------
    scene
        A network as it was read.
    listed
        The persons who want to be found on the day.
    ties
        The ties that are there now, each as source, target and kind; the others go.
    on
        The day on which consents and the age of ties count.

    Notes
    -----
    O(ties). Who and what is new is not in it: that asks for reading the network again.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> from scharnier.core.network import Person
    >>> ria = Person(id=PersonId("ria"), name="Ria")
    >>> scene = set_scene(Network(id=NetworkId("n"), name="N", persons=(ria,)), on=date(2026, 1, 1))
    >>> renew_scene(scene, listed=frozenset({ria.id}), ties=(), on=date(2026, 1, 2)).listed
    frozenset({'ria'})
    """
    there = frozenset(ties)
    kept = (line for line in scene.ties if isinstance(line.relation, Tie) and _ends(line.relation) in there)
    return replace(scene, on=on, listed=listed, ties=tuple(kept), as_read=scene)


def _ends(tie: Tie) -> tuple[str, str, str]:
    return tie.source_id, tie.target_id, tie.kind.value


def _by_name(node: Node) -> tuple[str, str]:
    return node.name.casefold(), node.key


def _in_order(lines: Iterable[Line], *, place: Mapping[str, int]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (place[line.source], place[line.target], str(line.relation))))


def _person_key(person_id: PersonId) -> str:
    return f"{NodeKind.PERSON.value}:{person_id}"


def _group_key(member: Membership) -> str:
    """Return the key of the organization or community; empty for a resident group, which has no node."""
    if member.organization_id is not None:
        return f"{NodeKind.ORGANIZATION.value}:{member.organization_id}"
    return "" if member.community_id is None else f"{NodeKind.COMMUNITY.value}:{member.community_id}"


def _groups(held: Iterable[Membership]) -> dict[str, frozenset[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for member in held:
        groups[_person_key(member.person_id)].add(_group_key(member))
    return {key: frozenset(found) for key, found in groups.items()}


def _nodes(index: NetworkIndex, held: Iterable[Membership]) -> Iterator[Node]:
    areas: defaultdict[PersonId, set[AreaId]] = defaultdict(set)
    for member in held:
        if member.organization_id is not None:
            areas[member.person_id] |= index.organizations[member.organization_id].area_ids
    for person in index.network.persons:
        works_in = person.area_ids or frozenset(areas[person.id])
        yield Node(
            kind=NodeKind.PERSON, id=person.id, name=person.name, topics=person.topics, area_ids=works_in
        )
    for organization in index.network.organizations:
        yield _group_node(organization, kind=NodeKind.ORGANIZATION)
    for community in index.network.communities:
        yield _group_node(community, kind=NodeKind.COMMUNITY)


def _group_node(group: Organization | Community, *, kind: NodeKind) -> Node:
    return Node(kind=kind, id=group.id, name=group.name, topics=group.topics, area_ids=group.area_ids)


def place_nodes(scene: Scene, picture: Picture) -> tuple[Point, ...]:
    """Return the place of each node of a picture.

    Parameters
    ----------
    scene
        What the picture was made from.
    picture
        What one actor sees.

    Returns
    -------
    tuple of Point, shape (n nodes,)
        In the order of the picture's nodes. A card that only its own person sees stands amid those it is
        joined to, and beneath all when it is joined to nobody.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> scene = set_scene(Network(id=NetworkId("n"), name="N"), on=date(2026, 1, 1))
    >>> place_nodes(scene, Picture(nodes=(), lines=(), n_unlisted=None))
    ()
    """
    places = scene.places
    return tuple(places.get(node.key) or _amid(node.key, picture, places=places) for node in picture.nodes)


def _amid(key: str, picture: Picture, *, places: Mapping[str, Point]) -> Point:
    ends = [pair for line in picture.lines if key in (pair := (line.source, line.target))]
    near = [places[end] for pair in ends for end in pair if end in places]
    if not near:
        return BENEATH
    return sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)
