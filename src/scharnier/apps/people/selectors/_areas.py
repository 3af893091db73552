# SPDX-License-Identifier: EUPL-1.2
"""Reads of areas on their way in: what a map holds, and what is here already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from scharnier.apps.people import access, drafts, models
from scharnier.core.kernel import Actor, AreaId
from scharnier.core.network import Area, AreaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArea:
    """One area of a map, with what lies within it."""

    id: AreaId
    name: str
    code: str
    kind: AreaKind
    is_here: bool  # the network has an area of that code
    parts: tuple[FoundArea, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether the network has it and all within it; ticking it then brings nothing new."""
        return self.is_here and all(part.is_whole for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasPage:
    """What a map holds, the largest areas first, each around its parts."""

    file_name: str
    digest: str
    areas: tuple[FoundArea, ...]
    n_areas: int
    whole_ids: tuple[AreaId, ...]  # of those the network has already, with all within them
    ids: tuple[AreaId, ...]


def areas_page(actor: Actor, *, on: date, at: datetime) -> AreasPage:
    """Return what the map holds that the actor keeps ready.

    Raises
    ------
    MayNotImport
    DraftNotFound
        When there is none, or it is over an hour old.
    """
    draft = drafts.own_draft(actor, on=on, at=at, kind=models.DraftKind.AREAS)
    found = found_areas(draft)
    codes = frozenset(code.upper() for code in access.areas(actor).values_list("cbs_code", flat=True) if code)
    nested = tuple(_nested(found, here=frozenset(area.id for area in found if area.cbs_code in codes)))
    return AreasPage(
        file_name=draft.file_name,
        digest=draft.digest,
        areas=nested,
        n_areas=len(found),
        whole_ids=tuple(_whole_ids(nested)),
        ids=tuple(area.id for area in found),
    )


def _whole_ids(areas: Sequence[FoundArea]) -> Iterator[AreaId]:
    for area in areas:
        if area.is_whole:
            yield area.id
        yield from _whole_ids(area.parts)


def found_areas(draft: models.ImportDraft) -> tuple[Area, ...]:
    """Return the areas of a map that was kept."""
    return msgspec.json.decode(bytes(draft.data), type=tuple[Area, ...])


def _nested(found: Sequence[Area], *, here: frozenset[AreaId]) -> Iterator[FoundArea]:
    """Yield the outermost areas, each with its parts in it."""
    within: dict[AreaId | None, list[Area]] = {}
    for area in found:
        within.setdefault(area.parent_id, []).append(area)
    yield from _parts_of(None, within=within, here=here)


def _parts_of(
    parent_id: AreaId | None, *, within: Mapping[AreaId | None, Sequence[Area]], here: frozenset[AreaId]
) -> Iterator[FoundArea]:
    for area in within.get(parent_id, ()):
        yield FoundArea(
            id=area.id,
            name=area.name,
            code=area.cbs_code or "",
            kind=area.kind,
            is_here=area.id in here,
            parts=tuple(_parts_of(area.id, within=within, here=here)),
        )
