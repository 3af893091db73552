# SPDX-License-Identifier: EUPL-1.2
"""The private rooms of a situation as a reader may see them; that there are others is not told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scharnier.apps.situations import access, models
from scharnier.apps.situations.selectors._seen import Seen
from scharnier.core import situations
from scharnier.core.kernel import OrganizationId, PartId
from scharnier.core.situations import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room that the reader may see."""

    id: PartId
    title: str
    text: str
    source: str  # the organization that opened it
    audience: Audience
    named: tuple[str, ...]
    opens_on: date
    closes_on: date | None
    is_own: bool
    is_open: bool  # for others, today


def room_lines(seen: Seen, *, on: date) -> tuple[RoomLine, ...]:
    """Return the rooms that the reader may see, oldest first."""
    return tuple(_lines(seen, on=on))


def own_room(seen: Seen, room_id: PartId) -> models.Room | None:
    """Return a room that the reader may change; None when there is none."""
    return access.own_rooms(seen.row, actor=seen.actor).filter(pk=room_id).first()


def other_partners(seen: Seen, source_id: OrganizationId) -> tuple[tuple[str, str], ...]:
    """Return the partners besides an organization, to name as readers."""
    found = ((each, seen.names.get(each, each)) for each in seen.value.coalition if each != source_id)
    return tuple(sorted(found, key=lambda pair: (pair[1].casefold(), pair[0])))


def _lines(seen: Seen, *, on: date) -> Iterator[RoomLine]:
    coalition = seen.value.coalition
    for part in seen.value.parts:
        readers = part.readers
        if not any(situations.may_read(part, own, coalition=coalition, on=on) for own in seen.own_ids):
            continue
        yield RoomLine(
            id=part.id,
            title=part.title,
            text=part.text,
            source=seen.names.get(readers.source_id, ""),
            audience=readers.audience,
            named=tuple(sorted(seen.names.get(each, "") for each in readers.named_ids)),
            opens_on=part.opens_on,
            closes_on=part.closes_on,
            is_own=readers.source_id in seen.actor.acts_for,
            is_open=part.opens_on <= on and (part.closes_on is None or on <= part.closes_on),
        )
