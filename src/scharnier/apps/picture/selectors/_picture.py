# SPDX-License-Identifier: EUPL-1.2
"""What somebody sees of a network: counts and a table for the page, points and lines for the picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

from scharnier.apps.people import selectors as people
from scharnier.apps.picture import words
from scharnier.apps.picture.selectors._scenes import STORE
from scharnier.core import picture
from scharnier.core.kernel import Actor
from scharnier.core.network import Tie
from scharnier.formats import wording

ROWS_PER_PAGE = 50
LEAST_COUNT = 5  # smaller counts of who stays unseen are not told

Pairs = tuple[tuple[str, str], ...]  # identifiers with names


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a picture can be narrowed to."""

    communities: Pairs
    organizations: Pairs
    topics: Pairs
    areas: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the picture in words, or somebody without any."""

    who: people.Link
    how: str = ""  # empty: without a line
    whom: people.Link | None = None
    day: date | None = None  # seen last, or begun
    ago: str = ""
    grade: str = ""  # of a tie: strong, normal or weak


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePage:
    """A picture in words: how many, and one page of the table."""

    n_people: int
    n_ties: int
    n_groups: int
    n_unlisted: int | None  # None: nothing to tell
    has_few_unlisted: bool  # some, but too few to tell how many
    rows: tuple[Row, ...]
    part: Page[Entry]
    own_key: str

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nobody and nothing to see."""
        return not (self.n_people or self.n_groups)


Entry = picture.Line | picture.Node  # of the table: a line, or a node without one


def choices(actor: Actor, *, on: date, language: str) -> Choices:
    """Return what the actor can narrow the picture to: what is in sight, and nothing else.

    Raises
    ------
    NetworkNotFound
    """
    scene = STORE.scene(actor.network_id, on=on)
    seen = picture.see_picture(scene, picture.Selection(with_groups=True), actor=actor).nodes
    topics = {topic_id for node in seen for topic_id in node.topics if topic_id in scene.index.topics}
    return Choices(
        communities=_named(seen, picture.NodeKind.COMMUNITY),
        organizations=_named(seen, picture.NodeKind.ORGANIZATION),
        topics=_by_name((topic_id, scene.index.topics[topic_id].name(language)) for topic_id in topics),
        areas=_by_name((area.id, area.name) for area in scene.index.network.areas) if seen else (),
    )


def _named(nodes: Iterable[picture.Node], kind: picture.NodeKind) -> Pairs:
    return tuple((node.id, node.name) for node in nodes if node.kind is kind)


def _by_name(pairs: Iterable[tuple[str, str]]) -> Pairs:
    return tuple(sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0])))


def picture_page(
    selection: picture.Selection, *, actor: Actor, on: date, number: str, language: wording.Language
) -> PicturePage:
    """Return a picture in words.

    Raises
    ------
    NetworkNotFound
    """
    scene = STORE.scene(actor.network_id, on=on)
    seen = picture.see_picture(scene, selection, actor=actor)
    part = Paginator(tuple(_entries(seen)), ROWS_PER_PAGE).get_page(number)
    n_people = sum(node.kind is picture.NodeKind.PERSON for node in seen.nodes)
    n_unlisted = seen.n_unlisted or 0
    return PicturePage(
        n_people=n_people,
        n_ties=sum(isinstance(line.relation, Tie) for line in seen.lines),
        n_groups=len(seen.nodes) - n_people,
        n_unlisted=n_unlisted if n_unlisted >= LEAST_COUNT else None,
        has_few_unlisted=0 < n_unlisted < LEAST_COUNT,
        rows=tuple(_row(entry, scene=scene, language=language) for entry in part),
        part=part,
        own_key=f"{picture.NodeKind.PERSON.value}:{actor.person_id}",
    )


def _entries(seen: picture.Picture) -> Iterator[Entry]:
    yield from seen.lines
    joined = {key for line in seen.lines for key in (line.source, line.target)}
    yield from (node for node in seen.nodes if node.key not in joined)


def _row(entry: Entry, *, scene: picture.Scene, language: wording.Language) -> Row:
    if isinstance(entry, picture.Node):
        return Row(who=_link(entry))
    who, whom = _link(scene.nodes[entry.source]), _link(scene.nodes[entry.target])
    relation = entry.relation
    if isinstance(relation, Tie):
        grade = picture.grade_strength(relation.strength_on(scene.on))
        ago = wording.say_ago(relation.observed_date, on=scene.on, language=language)
        how, said = str(words.BETWEEN[relation.kind]), str(words.GRADES[grade])
        return Row(who=who, how=how, whom=whom, day=relation.observed_date, ago=ago, grade=said)
    begun = relation.start_date
    ago = wording.say_ago(begun, on=scene.on, language=language) if begun else ""
    return Row(who=who, how=relation.role or gettext("belongs to"), whom=whom, day=begun, ago=ago)


def _link(node: picture.Node) -> people.Link:
    return people.Link(name=node.name, kind=node.kind.value, id=node.id)


def picture_data(selection: picture.Selection, *, actor: Actor, on: date) -> Mapping[str, object]:
    """Return a picture as points and lines: identifiers, names, kinds and places, nothing else.

    Raises
    ------
    NetworkNotFound
    """
    scene = STORE.scene(actor.network_id, on=on)
    seen = picture.see_picture(scene, selection, actor=actor)
    places = picture.place_nodes(scene, seen)
    nodes = [
        {"id": node.key, "name": node.name, "kind": node.kind.value, "x": x, "y": y}
        for node, (x, y) in zip(seen.nodes, places, strict=True)
    ]
    return {"nodes": nodes, "edges": list(_edges(seen, on=on))}


def _edges(seen: picture.Picture, *, on: date) -> Iterator[Mapping[str, str]]:
    """Yield one edge for each two nodes, as strong as their strongest tie."""
    strongest: dict[frozenset[str], tuple[float, picture.Line]] = {}
    for line in seen.lines:
        strength = line.relation.strength_on(on) if isinstance(line.relation, Tie) else 0.0
        ends = frozenset((line.source, line.target))
        if ends not in strongest or strongest[ends][0] < strength:
            strongest[ends] = strength, line
    for strength, line in strongest.values():
        is_tie = isinstance(line.relation, Tie)
        kind = picture.grade_strength(strength).value if is_tie else "membership"
        yield {"source": line.source, "target": line.target, "kind": kind}
