# SPDX-License-Identifier: EUPL-1.2
"""A long list, a part at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

LINES_PER_PART = 50

_Row = TypeVar("_Row", bound=Model)
_Line = TypeVar("_Line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[_Line]):
    """One part of a list, and where it stands in the whole."""

    lines: tuple[_Line, ...]
    page: Page[Any]

    @property
    def total(self) -> int:
        """How many there are in all parts."""
        return self.page.paginator.count


def take_part(found: QuerySet[_Row], number: str, *, line: Callable[[_Row], _Line]) -> Part[_Line]:
    """Return the part of a number; of one that is none, the nearest there is."""
    page = Paginator(found, LINES_PER_PART).get_page(number)
    return Part(lines=tuple(map(line, page)), page=page)
