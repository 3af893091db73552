# SPDX-License-Identifier: EUPL-1.2
"""What was drawn of a network for everybody who stands at one viewpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from scharnier.core import picture
from scharnier.core.kernel import TopicId
from scharnier.core.network import Tie

DIGITS = 5  # of a place: finer than a point of the screen, as close as one can come

Entry = picture.Line | picture.Node  # of the table: a line, or a node without one


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What is seen of a scene; counted, listed and written down once, when it is first asked for."""

    scene: picture.Scene
    seen: picture.Picture

    @cached_property
    def n_people(self) -> int:
        """How many persons are seen."""
        return sum(node.kind is picture.NodeKind.PERSON for node in self.seen.nodes)

    @cached_property
    def n_ties(self) -> int:
        """How many ties are seen."""
        return sum(isinstance(line.relation, Tie) for line in self.seen.lines)

    @cached_property
    def topic_ids(self) -> frozenset[TopicId]:
        """What those seen are about."""
        return frozenset(topic_id for node in self.seen.nodes for topic_id in node.topics)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The table: every line, then who has none."""
        joined = {key for line in self.seen.lines for key in (line.source, line.target)}
        return (*self.seen.lines, *(node for node in self.seen.nodes if node.key not in joined))

    @cached_property
    def data(self) -> bytes:
        """Points and lines as JSON: each node with name, kind and place; edges say two of those by number."""
        places = picture.place_nodes(self.scene, self.seen)
        nodes = [
            (node.key, node.name, node.kind.value, round(x, DIGITS), round(y, DIGITS))
            for node, (x, y) in zip(self.seen.nodes, places, strict=True)
        ]
        return msgspec.json.encode({"nodes": nodes, "edges": list(_edges(self.seen, on=self.scene.on))})


def _edges(seen: picture.Picture, *, on: date) -> Iterator[tuple[int, int, str]]:
    """Yield one edge for each two nodes, as strong as their strongest tie."""
    numbers = {node.key: number for number, node in enumerate(seen.nodes)}
    strongest: dict[frozenset[str], tuple[float, picture.Line]] = {}
    for line in seen.lines:
        strength = line.relation.strength_on(on) if isinstance(line.relation, Tie) else 0.0
        ends = frozenset((line.source, line.target))
        if ends not in strongest or strongest[ends][0] < strength:
            strongest[ends] = strength, line
    for strength, line in strongest.values():
        is_tie = isinstance(line.relation, Tie)
        kind = picture.grade_strength(strength).value if is_tie else "membership"
        yield numbers[line.source], numbers[line.target], kind
