# SPDX-License-Identifier: EUPL-1.2
"""Choose what one person gets to see: what the policy allows, and of that what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from scharnier.core.kernel import Actor, TopicId
from scharnier.core.network import Network, Tie, Topic
from scharnier.core.picture._model import Age, Line, Node, NodeKind, Picture, Selection, Viewpoint
from scharnier.core.picture._scene import Scene
from scharnier.core.policy import Act, Condition, Kind, conditions_for

DAYS: Mapping[Age, int] = {Age.HALF_YEAR: 183, Age.YEAR: 365}
_KINDS: Mapping[NodeKind, Kind] = {
    NodeKind.PERSON: Kind.PERSON,
    NodeKind.ORGANIZATION: Kind.ORGANIZATION,
    NodeKind.COMMUNITY: Kind.COMMUNITY,
}
_Test = Callable[[Node], bool]


def see_picture(scene: Scene, selection: Selection, *, actor: Actor) -> Picture:
    """Return what an actor sees of a network.

    Parameters
    ----------
    scene
        Of the actor's network; of any other nothing is seen.
    selection
        What the actor asks for. What it names and is not there leaves nobody.
    actor
        Who looks.

    Returns
    -------
    Picture
        Persons whom the policy lets the actor see; organizations and communities when they are asked for,
        with the people shown or fitting the selection themselves; lines between those.

    Notes
    -----
    O(size of the network).

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, PersonId, Role
    >>> from scharnier.core.network import Person
    >>> from scharnier.core.picture._scene import set_scene
    >>> people = (Person(id=PersonId("ria"), name="Ria"), Person(id=PersonId("karel"), name="Karel"))
    >>> scene = set_scene(Network(id=NetworkId("n"), name="N", persons=people), on=date(2026, 1, 1))
    >>> ria = Actor(network_id=NetworkId("n"), person_id=PersonId("ria"), role=Role.RESIDENT)
    >>> [node.name for node in see_picture(scene, Selection(), actor=ria).nodes]
    ['Ria']
    """
    is_seen, fits = _sight(scene, actor), _fitting(scene, selection)
    chosen_groups = _named_groups(selection)
    persons = {
        key
        for key, node in scene.nodes.items()
        if node.kind is NodeKind.PERSON
        and is_seen(node)
        and chosen_groups <= scene.groups_of.get(key, frozenset())
        and fits(node)
    }
    groups = set(_groups(scene, selection, persons=persons, is_seen=is_seen, fits=fits))
    return Picture(
        nodes=tuple(node for key, node in scene.nodes.items() if key in persons or key in groups),
        lines=(*_ties(scene, selection, persons=persons), *_memberships(scene, persons, groups)),
        n_unlisted=len(scene.index.persons) - len(scene.listed) if _sees_listed(scene, actor) else None,
    )


def find_viewpoint(scene: Scene, *, actor: Actor) -> Viewpoint:
    """Return from where an actor looks at a network.

    Parameters
    ----------
    scene
        Of any network.
    actor
        Who looks.

    Notes
    -----
    `see_picture` gives all at one viewpoint the same: what was drawn for one serves the others. O(1).

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, PersonId, Role
    >>> from scharnier.core.picture._scene import set_scene
    >>> scene = set_scene(Network(id=NetworkId("n"), name="N"), on=date(2026, 1, 1))
    >>> ria = Actor(network_id=NetworkId("n"), person_id=PersonId("ria"), role=Role.RESIDENT)
    >>> find_viewpoint(scene, actor=ria).own_id
    'ria'
    """
    conditions = conditions_for(actor.role, Act.SEE, Kind.PERSON)
    is_listed = Condition.LISTED in conditions and actor.person_id in scene.listed
    is_shown = is_listed or Condition.ALWAYS in conditions
    own_id = None if is_shown else actor.person_id
    return Viewpoint(network_id=actor.network_id, role=actor.role, own_id=own_id)


def _sight(scene: Scene, actor: Actor) -> _Test:
    """Return the policy as a test on nodes; its conditions are read once, not for every node."""
    if scene.index.network.id != actor.network_id:
        return lambda _node: False
    conditions = {kind: conditions_for(actor.role, Act.SEE, of) for kind, of in _KINDS.items()}

    def is_seen(node: Node) -> bool:
        allowed = conditions[node.kind]
        if Condition.ALWAYS in allowed:
            return True
        is_own = node.kind is NodeKind.PERSON and node.id == actor.person_id
        return (is_own and Condition.OWN in allowed) or (
            Condition.LISTED in allowed and node.id in scene.listed
        )

    return is_seen


def _sees_listed(scene: Scene, actor: Actor) -> bool:
    is_home = scene.index.network.id == actor.network_id
    return is_home and Condition.LISTED in conditions_for(actor.role, Act.SEE, Kind.PERSON)


def _named_groups(selection: Selection) -> set[str]:
    named = {
        NodeKind.COMMUNITY: selection.community_id,
        NodeKind.ORGANIZATION: selection.organization_id,
    }
    return {f"{kind.value}:{group_id}" for kind, group_id in named.items() if group_id is not None}


def _fitting(scene: Scene, selection: Selection) -> _Test:
    """Return the topic and the area of a selection as a test on nodes."""
    topics = _narrower(scene.index.network, selection.topic_id) if selection.topic_id else None
    areas = None
    if selection.area_id is not None:
        is_known = selection.area_id in scene.index.areas
        areas = scene.index.areas_around(selection.area_id) if is_known else frozenset({selection.area_id})

    def fits(node: Node) -> bool:
        is_about = topics is None or not topics.isdisjoint(node.topics)
        return is_about and (areas is None or not node.area_ids or not areas.isdisjoint(node.area_ids))

    return fits


def _narrower(network: Network, topic_id: TopicId) -> frozenset[TopicId]:
    """Return a topic with everything narrower."""
    within, waiting = {topic_id}, [topic_id]
    while waiting:
        wider = waiting.pop()
        found = [topic.id for topic in network.topics if _is_new(topic, wider, within)]
        within.update(found)
        waiting += found
    return frozenset(within)


def _is_new(topic: Topic, wider: TopicId, within: set[TopicId]) -> bool:
    return wider in topic.broader_ids and topic.id not in within


def _groups(
    scene: Scene, selection: Selection, *, persons: set[str], is_seen: _Test, fits: _Test
) -> Iterator[str]:
    if not selection.with_groups:
        return
    joined = {key for person in persons for key in scene.groups_of.get(person, ())} | _named_groups(selection)
    for key, node in scene.nodes.items():
        if node.kind is NodeKind.PERSON or not is_seen(node):
            continue
        if key in joined or (not selection.is_of_a_group and fits(node)):
            yield key


def _ties(scene: Scene, selection: Selection, *, persons: set[str]) -> Iterator[Line]:
    days = DAYS.get(selection.age)
    since = date.min if days is None else scene.on - timedelta(days=days)
    between = (line for line in scene.ties if line.source in persons and line.target in persons)
    return (
        line for line in between if isinstance(line.relation, Tie) and line.relation.observed_date >= since
    )


def _memberships(scene: Scene, persons: set[str], groups: set[str]) -> Iterator[Line]:
    return (line for line in scene.memberships if line.source in persons and line.target in groups)
