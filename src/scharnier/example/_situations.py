# SPDX-License-Identifier: EUPL-1.2
"""Situations of the example: who leads and joins, what they did and how far they came, in days."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Literal

import msgspec

from scharnier.example._records import Table

SOURCE = "situations.toml"


class Agreed(Table):
    """What partners agreed on."""

    text: str
    parties: tuple[str, ...]
    after: int
    review: int
    state: str = "open"


class Done(Table):
    """What somebody does by a day."""

    text: str
    who: str  # a person
    organization: str
    after: int
    due: int
    state: str = "open"
    ended: int = 0
    reason: str = ""


class Series(Table):
    """A figure that partners follow."""

    name: str
    unit: str
    wanted: str
    baseline: float
    target: float
    readings: tuple[tuple[int, float], ...]  # days from the begin, and how many


class Met(Table):
    """A time that partners met, or will."""

    planned: int
    after: int
    at: str  # such as 10:00, for an hour
    place: str
    present: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


class Ended(Table):
    """What came of it."""

    after: int
    lesson: str
    residents: str
    hours: float
    scores: tuple[tuple[str, int], ...]  # of an organization, from 1 to 5


class Shared(Table):
    """A situation, as its source tells it."""

    question: str
    owner: str
    lead: str
    topics: str
    areas: str
    ago: int  # days before the day of the example
    words: str  # of the invitation
    partners: tuple[tuple[str, str], ...]  # an organization, and who answers for it
    template: str
    state: Literal["proposed", "running", "evaluating", "closed"]
    agreements: tuple[Agreed, ...] = ()
    actions: tuple[Done, ...] = ()
    figures: tuple[Series, ...] = ()
    meetings: tuple[Met, ...] = ()
    ended: Ended | None = None


class _Source(Table):
    situations: tuple[Shared, ...]


def load_situations() -> tuple[Shared, ...]:
    """Return the situations of the example, the oldest first.

    Examples
    --------
    >>> [each.state for each in load_situations()]
    ['closed', 'running', 'evaluating']
    """
    text = resources.files("scharnier.example").joinpath("sources", SOURCE).read_text(encoding="utf-8")
    found = msgspec.convert(tomllib.loads(text), _Source).situations
    return tuple(sorted(found, key=lambda each: (-each.ago, each.question)))
