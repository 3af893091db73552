# SPDX-License-Identifier: EUPL-1.2
"""How the sources are written: each table of the TOML files and each row of the CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

import msgspec

Kind = Literal["professional", "volunteer", "entrepreneur", "resident"]
_Table = TypeVar("_Table", bound="Table")


class Table(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A table in a source; a field that nobody reads is a mistake."""


class Place(Table):
    """An area, and how people name it in a sentence."""

    id: str
    name: str
    kind: str
    phrase: str = msgspec.field(name="in")
    parent: str | None = None
    cbs: str | None = None
    also: tuple[str, ...] = ()
    outline: tuple[tuple[float, float], ...] = ()


class Body(Table):
    """An organization."""

    id: str
    name: str
    description: str
    remit: str
    topics: str
    alternate_name: str = ""
    parent: str | None = None
    areas: str = ""


class Room(Table):
    """What is free in a service, as last told."""

    available: int
    maximum: int
    unit: str
    updated: date


class Offer(Table):
    """A service."""

    id: str
    organization: str
    name: str
    description: str
    eligibility: str
    apply: str
    topics: str
    locations: str
    hours: tuple[str, ...]
    languages: str
    areas: str = ""
    room: Room | None = None


class Circle(Table):
    """A community."""

    id: str
    name: str
    description: str
    topics: str
    areas: str = ""


class Group(Table):
    """A resident group."""

    id: str
    name: str
    people: int
    source: str


class Card(Table):
    """A person written by hand."""

    id: str
    name: str
    summary: str
    competences: tuple[str, ...]
    topics: str
    languages: str
    reach: str
    accepting: str
    since: date
    active: date
    kind: Kind = "professional"
    role: str = ""
    organization: str | None = None
    areas: str = ""
    until: date | None = None
    open: int = 0
    capacity: int | None = None
    consents: str | None = None
    ended: date | None = None
    successor: str | None = None
    community: str | None = None
    community_role: str = ""
    group: str | None = None


class Role(Table):
    """What several drawn people do; each sentence of `says` becomes one person."""

    says: tuple[str, ...]
    topics: str
    competences: tuple[str, ...]
    role: str = ""
    kind: Kind = "professional"
    organization: str | None = None
    community: str | None = None
    group: str | None = None
    areas: str = ""
    begun: date | None = None
    ended: date | None = None
    successor: str | None = None


class NameList(Table):
    """Names that go with the languages of a family."""

    languages: str
    given: tuple[str, ...]
    family: tuple[str, ...]


class Lists(Table):
    """Fixed lists, and chances in percent."""

    competences: tuple[str, ...]
    consents: dict[Kind, dict[str, int]]
    reach: dict[Kind, tuple[str, ...]]


class Login(Table):
    """A demonstration account."""

    login: str
    person: str
    role: str


class Concern(Table):
    """What people say about one kind of matter, where, and who takes it."""

    topics: str
    areas: str
    by: str  # organizations, communities and resident groups whose people report it
    to: str  # organizations that take it, the usual one first
    says: tuple[str, ...]  # in Dutch; words in braces come from `slots`, or are the place or its name
    english: tuple[str, ...] = ()
    amiss: str = ""  # organizations that are asked although it is not theirs
    slots: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    months: tuple[int, ...] = ()  # when it occurs; empty is all year
    often: int = 1  # how many times a sentence can be drawn, with other words in its slots


class Planted(Table):
    """Something that one of several partners meets at a place, on one day or more."""

    by: str  # the person who tells it
    area: str
    topics: str
    ago: tuple[int, ...]  # days before the day of the example, one for each time
    text: str


class Source(Table):
    """Any TOML source: each file fills the tables it is about."""

    area: tuple[Place, ...] = ()
    organization: tuple[Body, ...] = ()
    service: tuple[Offer, ...] = ()
    community: tuple[Circle, ...] = ()
    group: tuple[Group, ...] = ()
    person: tuple[Card, ...] = ()
    account: tuple[Login, ...] = ()
    role: tuple[Role, ...] = ()
    names: tuple[NameList, ...] = ()
    concern: tuple[Concern, ...] = ()
    planted: tuple[Planted, ...] = ()


@cache
def read_source(name: str) -> Source:
    """Return what a TOML source says."""
    return _read(name, shape=Source)


def read_roles() -> tuple[Role, ...]:
    """Return what people do who are drawn."""
    return read_source("roles.toml").role


def read_names() -> tuple[NameList, ...]:
    """Return the names to draw from."""
    return read_source("names.toml").names


def read_concerns() -> tuple[Concern, ...]:
    """Return what people meet in the neighbourhood."""
    return tuple(concern for source in read_folder("signals") for concern in source.concern)


def read_planted() -> tuple[Planted, ...]:
    """Return what several partners meet at once."""
    return read_source("planted.toml").planted


def read_lists() -> Lists:
    """Return the fixed lists."""
    return _read("lists.toml", shape=Lists)


def read_folder(name: str) -> Sequence[Source]:
    """Return the TOML sources of a folder, by name."""
    found = (file.name for file in _file(name).iterdir() if file.name.endswith(".toml"))
    return [read_source(f"{name}/{file}") for file in sorted(found)]


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV source."""
    return csv.DictReader(_file(name).read_text(encoding="utf-8").splitlines())


def _file(name: str) -> Traversable:
    return resources.files("scharnier.example").joinpath("sources", *name.split("/"))


def _read(name: str, *, shape: type[_Table]) -> _Table:
    return msgspec.toml.decode(_file(name).read_bytes(), type=shape)
