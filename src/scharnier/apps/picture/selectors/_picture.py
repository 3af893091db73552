# SPDX-License-Identifier: EUPL-1.2
"""What somebody sees of a network: counts and a table for the page, points and lines for the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

from scharnier.apps.people import selectors as people
from scharnier.apps.picture import words
from scharnier.apps.picture.selectors._drawings import Entry
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


def choices(actor: Actor, *, on: date, language: str) -> Choices:
    """Return what the actor can narrow the picture to: what is in sight, and nothing else.

    Raises
    ------
    NetworkNotFound
    """
    drawing = STORE.stage(actor.network_id, on=on).draw(picture.Selection(with_groups=True), actor=actor)
    index, seen = drawing.scene.index, drawing.seen.nodes
    topics = drawing.topic_ids & index.topics.keys()
    return Choices(
        communities=_named(seen, picture.NodeKind.COMMUNITY),
        organizations=_named(seen, picture.NodeKind.ORGANIZATION),
        topics=_by_name((topic_id, index.topics[topic_id].name(language)) for topic_id in topics),
        areas=_by_name((area.id, area.name) for area in index.network.areas) if seen else (),
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
    drawing = STORE.stage(actor.network_id, on=on).draw(selection, actor=actor)
    part = Paginator(drawing.entries, ROWS_PER_PAGE).get_page(number)
    n_unlisted = drawing.seen.n_unlisted or 0
    return PicturePage(
        n_people=drawing.n_people,
        n_ties=drawing.n_ties,
        n_groups=len(drawing.seen.nodes) - drawing.n_people,
        n_unlisted=n_unlisted if n_unlisted >= LEAST_COUNT else None,
        has_few_unlisted=0 < n_unlisted < LEAST_COUNT,
        rows=tuple(_row(entry, scene=drawing.scene, language=language) for entry in part),
        part=part,
        own_key=f"{picture.NodeKind.PERSON.value}:{actor.person_id}",
    )


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


def picture_data(selection: picture.Selection, *, actor: Actor, on: date) -> bytes:
    """Return a picture as points and lines in JSON: identifiers, names, kinds and places, nothing else.

    Raises
    ------
    NetworkNotFound
    """
    return STORE.stage(actor.network_id, on=on).draw(selection, actor=actor).data
